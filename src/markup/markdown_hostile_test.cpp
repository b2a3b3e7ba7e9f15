// What a hostile author can write. No test measures time: one that is not linear does not end while somebody waits.
#include <doctest/doctest.h>

#include "markup/markdown.hpp"

using namespace waymark;

namespace {

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string result;
  result.reserve(bytes + text.size());
  while (result.size() < bytes) result += text;
  return result;
}

markup::Markdown parse(std::string_view text) { return markup::parse_markdown(SourceText("h.md", text)); }

bool has_rule(const Findings& findings, std::string_view rule) {
  for (const Finding& finding : findings) {
    if (finding.rule == rule) return true;
  }
  return false;
}

int depth_of(const std::vector<markup::Block>& blocks) {
  int depth = 0;
  for (const markup::Block& block : blocks) depth = std::max(depth, 1 + depth_of(block.children));
  return depth;
}

constexpr std::size_t five_megabytes = 5'000'000;

}  // namespace

TEST_CASE("5 MB of one mark end, and are refused where they would cost too much") {
  for (const char* const mark : {">", "[", "*", "`", "_", "~", "<", "!", "&", "@", "|", "#", "-", "(", ")", "]", "\\", "w", ":", "\n", "a", "\t"}) {
    CAPTURE(mark);
    const auto markdown = parse(repeated(mark, five_megabytes));
    CHECK(markdown.blocks.size() <= 1);
  }
  CHECK(to_line(parse(repeated(">", five_megabytes)).findings.at(0)) ==
        "h.md:1:33: error: Lists and block quotes are nested more than 32 deep here. [nesting-too-deep]");
  CHECK(has_rule(parse(repeated("[", five_megabytes)).findings, "file-too-dense"));
}

TEST_CASE("5 MB of what is known to be quadratic in cmark-gfm end") {
  for (const char* const each : {"*a ",
                                 "_a ",
                                 "*a _",
                                 "a**b c* ",
                                 "**x [a*b**c*](d)",
                                 "[a](<b",
                                 "[a](b",
                                 "[a](",
                                 "![",
                                 "](",
                                 "[[a]]",
                                 "a<!--",
                                 "x<",
                                 "<a b=",
                                 "<?",
                                 "<!A ",
                                 "<![CDATA[",
                                 "&#0",
                                 "www.a_",
                                 "(www.a.b",
                                 "http://",
                                 "a@b",
                                 "a@b.c ",
                                 "mailto:",
                                 "|\n",
                                 "a|b\n",
                                 "-|\n",
                                 "a\n-|",
                                 "- a\n",
                                 "> a\n",
                                 "a\n",
                                 "a\n\n",
                                 "a  \n",
                                 "[a]: b\n",
                                 "[a]: b (",
                                 "[a]: <b> \"c\n",
                                 "<b>\n\n",
                                 "<b> <i>\n",
                                 "<!-- a -->",
                                 "~~a~ b",
                                 "``a",
                                 "~~~\n",
                                 "===\n",
                                 "a\n===\n",
                                 "# a {#b}\n"}) {
    CAPTURE(each);
    const auto markdown = parse(repeated(each, five_megabytes));
    CHECK(markdown.findings.size() <= 300);
  }
}

TEST_CASE("a hundred thousand nested brackets end") {
  const auto markdown = parse(repeated("[", 100'000) + "a" + repeated("]", 100'000));
  CHECK(has_rule(markdown.findings, "file-too-dense"));
  CHECK(markdown.blocks.size() == 1);
}

TEST_CASE("tables that would grow out of little text are cut") {
  const std::string wide = repeated("|a", 500) + "|\n" + repeated("|-", 500) + "|\n";
  CHECK(has_rule(parse(wide + repeated("x\n", five_megabytes)).findings, "file-too-dense"));
  const std::string too_wide = repeated("|a", 120'000) + "|\n" + repeated("|-", 120'000) + "|\n";
  CHECK(to_line(parse(too_wide).findings.at(0)).starts_with("h.md:1:1: error: This line would be a table row of more than 256 columns"));
  CHECK(has_rule(parse(repeated("a\n", five_megabytes) + "|-|\n").findings, "file-too-dense"));
  CHECK(has_rule(parse("a|b\n" + repeated("-|-|-\n", five_megabytes)).findings, "file-too-dense"));
}

TEST_CASE("one long address used many times does not multiply") {
  const std::string definition = "[a]: /" + repeated("x", 2'000'000) + "\n\n";
  CHECK(has_rule(parse(definition + repeated("[a] ", 400'000)).findings, "file-too-dense"));
  CHECK(has_rule(parse(definition + repeated("[a]\n\n", 400'000)).findings, "file-too-dense"));
}

TEST_CASE("nesting ends at 32") {
  std::string quotes;
  for (int i = 0; i < 32; ++i) quotes += "> ";
  const auto allowed = parse(quotes + "deep");
  CHECK(allowed.findings.empty());
  CHECK(depth_of(allowed.blocks) == 33);
  const auto refused = parse("before\n\n> " + quotes + "deep\n\nafter\n");
  CHECK(to_line(refused.findings.at(0)) == "h.md:3:65: error: Lists and block quotes are nested more than 32 deep here. [nesting-too-deep]");
  REQUIRE(refused.blocks.size() == 2);
  CHECK(refused.blocks[1].text == "after");
}

TEST_CASE("nesting line by line ends at 32 as well") {
  std::string list;
  for (std::size_t i = 0; i < 2000; ++i) list += std::string(i * 2, ' ') + "- a\n";
  const auto markdown = parse(list + repeated("\n", 1'000'000));
  REQUIRE(markdown.findings.size() == 1);
  CHECK(to_line(markdown.findings[0]) == "h.md:33:65: error: Lists and block quotes are nested more than 32 deep here. [nesting-too-deep]");
  CHECK(depth_of(markdown.blocks) <= 2 * 32 + 1);
}

TEST_CASE("emphasis inside emphasis ends at 100") {
  const auto markdown = parse(repeated("*a **a ", 7 * 60) + "b" + repeated(" a** a*", 7 * 60));
  CHECK(has_rule(markdown.findings, "nesting-too-deep"));
  CHECK(markdown.blocks.at(0).html == "<p></p>");
}

TEST_CASE("what only looks hostile is left alone") {
  for (const char* const text : {"- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -\n",
                                 "* * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * *\n",
                                 "    > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > >\n",
                                 "```\n> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > >\n```\n",
                                 "<!--\n> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > >\n-->\n"}) {
    CAPTURE(text);
    CHECK(parse(text).findings.empty());
  }
  CHECK(parse(repeated("Words with a [link](target.md), `code` and **strong** ones. ", 30'000)).findings.empty());
  CHECK(parse(repeated("| a | b | c |\n", 40).insert(14, "|---|---|---|\n")).findings.empty());
  CHECK(parse("```\n" + repeated("|", 10'000) + "\n```\n").findings.empty());
}

TEST_CASE("findings of one rule are a hundred at most") {
  const auto markdown = parse(repeated("<b>\n\n", 50'000));
  CHECK(markdown.findings.size() == 100);
  CHECK(markdown.findings.back().message.ends_with("they are not listed."));
}
