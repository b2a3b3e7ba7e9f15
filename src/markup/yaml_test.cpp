#include "markup/yaml.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/text.hpp"

using namespace waymark;
using markup::YamlNode;
using Kind = YamlNode::Kind;

namespace {

markup::Yaml parse(std::string_view text) { return markup::parse_yaml(SourceText("a.yaml", text)); }

std::vector<std::string> lines_of(const Findings& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings) lines.push_back(to_line(finding));
  return lines;
}

/// The only finding, without the file and the sentence: "2:1 yaml-syntax".
std::string finding_of(std::string_view text) {
  const auto yaml = parse(text);
  if (yaml.root) return "root";
  if (yaml.findings.size() != 1) return "findings: " + std::to_string(yaml.findings.size());
  const Finding& finding = yaml.findings[0];
  if (finding.way_out.empty() || finding.severity != Severity::error) return "no way out";
  return std::to_string(finding.span.begin.line) + ":" + std::to_string(finding.span.begin.column) + " " + finding.rule;
}

}  // namespace

TEST_CASE("a pathway file is read with its places") {
  const auto yaml = parse("name: Engineering pathway   # what people call it\nversion: \"1.0\"\ntracks:\n  - id: ic\n    levels: [GE, JSE]\n");
  REQUIRE(yaml.root);
  CHECK(yaml.findings.empty());
  CHECK(yaml.root->kind == Kind::map);
  REQUIRE(yaml.root->entries.size() == 3);
  const YamlNode* const name = yaml.root->find("name");
  REQUIRE(name != nullptr);
  CHECK(name->scalar == "Engineering pathway");
  CHECK(name->span == Span{{1, 7}, {1, 26}});
  CHECK_FALSE(name->quoted);
  const YamlNode* const version = yaml.root->find("version");
  CHECK(version->scalar == "1.0");
  CHECK(version->quoted);
  CHECK(version->span == Span{{2, 10}, {2, 15}});
  const YamlNode* const tracks = yaml.root->find("tracks");
  REQUIRE(tracks->items.size() == 1);
  CHECK(tracks->span.begin == Position{4, 3});
  CHECK(yaml.root->entries[2].key_span == Span{{3, 1}, {3, 7}});
  const YamlNode* const levels = tracks->items[0].find("levels");
  REQUIRE(levels->items.size() == 2);
  CHECK(levels->items[1].scalar == "JSE");
  CHECK(levels->items[1].span == Span{{5, 18}, {5, 21}});
  CHECK(yaml.root->find("nothing") == nullptr);
  CHECK(name->find("name") == nullptr);
}

TEST_CASE("columns count characters, also behind letters of more bytes") {
  const auto yaml = parse("größe: {日本: é, über: \"ö\"}\n");
  REQUIRE(yaml.root);
  const auto& entry = yaml.root->entries.at(0);
  CHECK(entry.key_span == Span{{1, 1}, {1, 6}});
  CHECK(entry.value.entries.at(1).key_span == Span{{1, 16}, {1, 20}});
  CHECK(entry.value.entries.at(1).value.span == Span{{1, 22}, {1, 25}});
}

TEST_CASE("text over several lines") {
  const auto yaml = parse("keep: |\n  one\n   two\n\n  three\nfold: >-\n  a\n  b\nplain: some\n  more é\nquoted: 'it''s\n  so'\nlast: x\n");
  REQUIRE(yaml.root);
  CHECK(yaml.root->find("keep")->scalar == "one\n two\n\nthree\n");
  CHECK(yaml.root->find("keep")->span == Span{{1, 7}, {5, 8}});
  CHECK(yaml.root->find("fold")->scalar == "a b");
  CHECK(yaml.root->find("fold")->span == Span{{6, 7}, {8, 4}});
  CHECK(yaml.root->find("plain")->scalar == "some more é");
  CHECK(yaml.root->find("plain")->span == Span{{9, 8}, {10, 9}});
  CHECK(yaml.root->find("quoted")->scalar == "it's so");
  CHECK(yaml.root->find("quoted")->span == Span{{11, 9}, {12, 6}});
  CHECK(yaml.root->find("last")->span.begin == Position{13, 7});
}

TEST_CASE("nothing is null, and stands behind its key") {
  const auto yaml = parse("empty:\ntilde: ~\nword: null\nquoted: \"null\"\nlist:\n- \n- b\n");
  REQUIRE(yaml.root);
  CHECK(yaml.root->find("empty")->kind == Kind::null);
  CHECK(yaml.root->find("empty")->span == Span{{1, 6}, {1, 6}});
  CHECK(yaml.root->find("tilde")->kind == Kind::null);
  CHECK(yaml.root->find("word")->span == Span{{3, 7}, {3, 11}});
  CHECK(yaml.root->find("quoted")->kind == Kind::scalar);
  CHECK(yaml.root->find("list")->items.at(0).kind == Kind::null);
  for (const char* const text : {"", "\n", "# only a comment\n", "---\n"}) {
    const auto empty = parse(text);
    REQUIRE(empty.root);
    CHECK(empty.root->kind == Kind::null);
  }
}

TEST_CASE("numbers are decimal, and words are words") {
  const auto number = [](std::string_view text) { return parse(text).root.value().number(); };
  CHECK(number("4") == 4.0);
  CHECK(number("-1.25") == -1.25);
  CHECK(number("0") == 0.0);
  CHECK(number("0.5") == 0.5);
  for (const char* const word :
       {"0755", "0x1F", "1_000", ".inf", ".nan", "inf", "nan", "1e5", "+4", "4.", ".5", "-", "1.2.3", "\"4\"", "'4'", "4 years"}) {
    CAPTURE(word);
    CHECK_FALSE(number(word).has_value());
  }
  CHECK(parse("0755").root.value().scalar == "0755");
  CHECK(parse("12").root.value().integer() == 12);
  CHECK_FALSE(parse("1.5").root.value().integer().has_value());
  CHECK_FALSE(parse("99999999999999999999").root.value().integer().has_value());
  CHECK(parse("true").root.value().boolean() == true);
  CHECK(parse("false").root.value().boolean() == false);
  for (const char* const word : {"yes", "no", "on", "off", "True", "\"true\""}) CHECK_FALSE(parse(word).root.value().boolean().has_value());
}

TEST_CASE("everything outside the plain subset is reported, in one pass") {
  const auto yaml = parse("a: &x 1\nb: *x\nc: !!str d\na: 2\n? [q, r]\n: 3\n{k: v}: 4\nnull: 5\n");
  CHECK_FALSE(yaml.root);
  CHECK(lines_of(yaml.findings) == std::vector<std::string>{
                                       "a.yaml:1:4: error: A value that begins with & is an anchor, which is not supported here. [yaml-alias]",
                                       "a.yaml:2:4: error: A value that begins with * is an alias, which is not supported here. [yaml-alias]",
                                       "a.yaml:3:4: error: A value that begins with ! is a tag, which is not supported here. [yaml-tag]",
                                       "a.yaml:4:1: error: The key \"a\" is here a second time; it stands on line 1 already. [yaml-duplicate-key]",
                                       "a.yaml:5:3: error: A key must be a word or a text in quotes. [yaml-key]",
                                       "a.yaml:7:1: error: A key must be a word or a text in quotes. [yaml-key]",
                                       "a.yaml:8:1: error: A key must be a word or a text in quotes. [yaml-key]",
                                   });
}

TEST_CASE("keys may be the same in different maps, not in one") {
  CHECK(parse("- id: a\n- id: a\n").root);
  CHECK(finding_of("- {id: a, 'id': b}\n") == "1:11 yaml-duplicate-key");
}

TEST_CASE("slips of the hand are named where they are") {
  CHECK(finding_of("title: Foo: bar\n") == "1:11 yaml-syntax");
  CHECK(finding_of("a:\n\tb: 1\n") == "2:1 yaml-syntax");
  CHECK(parse("a:\n\tb: 1\n").findings.at(0).message == "This line is indented with a tab.");
  CHECK(finding_of("a: 'open\nb: 1\n") == "1:4 yaml-syntax");
  CHECK(parse("a: 'open\nb: 1\n").findings.at(0).message == "This quote is never closed.");
  CHECK(finding_of("a: \"open") == "1:4 yaml-syntax");
  CHECK(finding_of("é: [1, 2\nb: 3\n") == "1:4 yaml-syntax");
  CHECK(finding_of("a: *important*\n") == "1:4 yaml-alias");
  CHECK(finding_of("a: `code`\n") == "1:4 yaml-syntax");
  CHECK(finding_of("a: @you\n") == "1:4 yaml-syntax");
  CHECK(finding_of("a: \"\\q\"\n") == "1:7 yaml-syntax");
  CHECK(finding_of("a: \"\\0\"\n") == "1:4 yaml-syntax");
  CHECK(finding_of("a: \"\\N\"\n") == "1:4 yaml-syntax");
  CHECK(finding_of("a: ]\n") == "1:4 yaml-syntax");
  CHECK(finding_of("a: - b\n") == "1:4 yaml-syntax");
  CHECK(finding_of("a: | text\n") == "1:6 yaml-syntax");
  CHECK(finding_of("- a\nb: 1\n") == "2:1 yaml-syntax");
  CHECK(finding_of("[a] b\n") == "1:5 yaml-syntax");
  CHECK(finding_of("a: x\x04y\nb: 1\n") == "1:5 yaml-syntax");
}

TEST_CASE("one document a file") {
  CHECK(parse("---\na: 1\n...\n").root);
  CHECK(finding_of("a: 1\n---\nb: 2\n") == "2:1 yaml-documents");
}

TEST_CASE("part of a file keeps the places of the file") {
  const SourceText source("a.md", "---\nid: x\nlist: [a\n---\nbody: [\n");
  const auto whole = markup::parse_yaml(source, 2, 3);
  REQUIRE(whole.root);
  CHECK(whole.root->entries.size() == 1);
  CHECK(whole.root->find("id")->span == Span{{2, 5}, {2, 6}});
  const auto broken = markup::parse_yaml(source, 2, 4);
  CHECK(to_line(broken.findings.at(0)).starts_with("a.md:3:7: error"));
  CHECK(markup::parse_yaml(source, 2, 2).root->kind == Kind::null);
  CHECK(markup::parse_yaml(source, 100).root->kind == Kind::null);
}

TEST_CASE("nesting ends at 32") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']') + "\n"; };
  CHECK(parse(nested(32)).root);
  CHECK(finding_of(nested(33)) == "1:33 yaml-nesting");
  CHECK(finding_of(nested(400)) == "1:33 yaml-nesting");
  CHECK(finding_of("a: " + nested(5'000'000)) == "1:1004 yaml-nesting");
  std::string dashes;
  for (int i = 0; i < 100'000; ++i) dashes += "- ";
  CHECK(finding_of(dashes + "x") == "1:65 yaml-nesting");
  std::string blocks;
  for (std::size_t i = 0; i < 600; ++i) blocks += std::string(i, ' ') + "a:\n";
  CHECK(finding_of(blocks) == "33:33 yaml-nesting");
}

TEST_CASE("a value without end does not fill the memory") {
  std::string text = "a: [";
  while (text.size() < 5'000'000) text += "[\"]\"],";
  CHECK(parse(text + "\n").findings.size() == 1);
  CHECK_FALSE(parse("a: \"" + std::string(3'000'000, 'x')).root);
}

TEST_CASE("many keys and many values on one line take no more than their time") {
  std::string keys;
  for (int i = 0; i < 50'000; ++i) keys += "k" + std::to_string(i) + ": é\n";
  CHECK(parse(keys).root.value().entries.size() == 50'000);
  std::string line = "- [";
  for (int i = 0; i < 100'000; ++i) line += "é, ";
  const auto yaml = parse(line + "x]");
  CHECK(yaml.root.value().items.at(0).items.back().span.begin == Position{1, 300'004});
}

TEST_CASE("any text gives a value or says why not") {
  const auto check = [](std::string_view text) {
    const SourceText source("a.yaml", text);
    const auto yaml = markup::parse_yaml(source);
    RC_ASSERT(yaml.root.has_value() == yaml.findings.empty());
    for (const Finding& finding : yaml.findings) {
      RC_ASSERT(finding.span.begin <= finding.span.end);
      RC_ASSERT(finding.span.end.line <= source.line_count());
      RC_ASSERT(finding.span.end.column <= count_code_points(source.line(finding.span.end.line)) + 1);
    }
    const std::function<void(const YamlNode&)> visit = [&](const YamlNode& node) {
      RC_ASSERT(is_valid_utf8(node.scalar));
      RC_ASSERT(node.span.begin <= node.span.end);
      RC_ASSERT(node.span.end.line <= source.line_count());
      for (const YamlNode& item : node.items) visit(item);
      for (const YamlNode::Entry& entry : node.entries) visit(entry.value);
    };
    if (yaml.root) visit(*yaml.root);
  };
  CHECK(rc::check("bytes", [&](const std::string& bytes) { check(bytes); }));
  CHECK(rc::check("pieces", [&] {
    const std::vector<std::string> pieces{"a",  "é",    ": ", ":", "- ",   "\n",    "\n  ", "\n    ",       "\t",    " ",   "[",  "]",   "{",  "}",
                                          ", ", "\"",   "'",  "#", " # c", "|\n",   ">-\n", "---\n",        "...\n", "&x ", "*x", "!t ", "!!", "? ",
                                          "~",  "null", "%",  "@", "\\",   "\\x41", "\\N",  "key: value\n", "\n- "};
    check(join(*rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)), ""));
  }));
}

TEST_CASE("what is written plainly is read back") {
  CHECK(rc::check("words in lists in maps", [](const std::vector<std::vector<unsigned short>>& lists) {
    std::string text = "begin: here\n";
    for (std::size_t i = 0; i < lists.size(); ++i) {
      text += "k" + std::to_string(i) + ":\n";
      for (const auto number : lists[i]) text += "  - 'é" + std::to_string(number) + "'\n";
    }
    const SourceText source("a.yaml", text);
    const auto yaml = markup::parse_yaml(source);
    RC_ASSERT(yaml.root.has_value());
    RC_ASSERT(yaml.root->entries.size() == lists.size() + 1);
    std::size_t line = 2;
    for (std::size_t i = 0; i < lists.size(); ++i, ++line) {
      const YamlNode& list = yaml.root->entries[i + 1].value;
      RC_ASSERT(list.items.size() == lists[i].size());
      for (std::size_t j = 0; j < lists[i].size(); ++j) {
        RC_ASSERT(list.items[j].scalar == "é" + std::to_string(lists[i][j]));
        RC_ASSERT(list.items[j].span.begin == (Position{++line, 5}));
      }
    }
  }));
}
