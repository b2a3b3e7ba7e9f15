#include "markup/markdown.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace waymark;
using markup::Block;
using Kind = markup::Block::Kind;

namespace {

markup::Markdown parse(std::string_view text) { return markup::parse_markdown(SourceText("a.md", text)); }

std::vector<std::string> lines_of(const Findings& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings) lines.push_back(to_line(finding));
  return lines;
}

}  // namespace

TEST_CASE("a heading, a paragraph and a list are three blocks that know where they stand") {
  const auto markdown = parse("## Scope of *impact*\n\nOwns a **system**\nand its edges.\n\n- one\n- two\n");
  REQUIRE(markdown.blocks.size() == 3);
  const Block& heading = markdown.blocks[0];
  CHECK(heading.kind == Kind::heading);
  CHECK(heading.level == 2);
  CHECK(heading.text == "Scope of impact");
  CHECK(heading.html == "Scope of <em>impact</em>");
  CHECK(heading.span == Span{{1, 1}, {1, 21}});
  const Block& paragraph = markdown.blocks[1];
  CHECK(paragraph.kind == Kind::paragraph);
  CHECK(paragraph.text == "Owns a system and its edges.");
  CHECK(paragraph.html == "<p>Owns a <strong>system</strong>\nand its edges.</p>");
  CHECK(paragraph.span == Span{{3, 1}, {4, 15}});
  const Block& list = markdown.blocks[2];
  CHECK(list.kind == Kind::bullet_list);
  CHECK(list.text == "one two");
  CHECK(list.html == "<ul>\n<li>one</li>\n<li>two</li>\n</ul>");
  REQUIRE(list.children.size() == 2);
  CHECK(list.children[1].kind == Kind::list_item);
  CHECK(list.children[1].html == "<li>two</li>");
  CHECK(list.children[1].span == Span{{7, 1}, {7, 6}});
  CHECK(list.children[1].children[0].html == "<p>two</p>");
  CHECK(list.children[1].children[0].span == Span{{7, 3}, {7, 6}});
  CHECK(markdown.findings.empty());
}

TEST_CASE("the id an author gives a heading is taken out of it") {
  struct Case {
    const char* heading;
    const char* id;
    const char* text;
  };
  for (const Case& each : {
           Case{"### Drives the design {#drives-design}", "drives-design", "Drives the design"},
           Case{"### Drives the design {: #drives-design }", "drives-design", "Drives the design"},
           Case{"### Drives {.wide #drives_the.design:1 data-x=\"a b\"}", "drives_the.design:1", "Drives"},
           Case{"### Drives {#a} ###", "a", "Drives"},
           Case{"## {#only}", "only", ""},
           Case{"Drives\nthe design {#two-lines}\n---", "two-lines", "Drives the design"},
           Case{"### No {#1st}", "", "No {#1st}"},
           Case{"### No {#a b}", "", "No {#a b}"},
           Case{"### No {.class}", "", "No {.class}"},
           Case{"### No {#}", "", "No {#}"},
           Case{"### No \\{#a}", "", "No {#a}"},
           Case{"### No `{#a}`", "", "No {#a}"},
           Case{"### No {#a} more", "", "No {#a} more"},
           Case{"### No {#ö}", "", "No {#ö}"},
       }) {
    const std::string heading = each.heading;
    const auto markdown = parse(heading);
    CAPTURE(heading);
    REQUIRE(markdown.blocks.size() == 1);
    CHECK(markdown.blocks[0].id == each.id);
    CHECK(markdown.blocks[0].text == each.text);
    CHECK(markdown.blocks[0].html.find("{#") ==
          (*each.id == '\0' && std::string_view(each.text).find("{#") != std::string_view::npos ? markdown.blocks[0].html.find('{') : std::string::npos));
  }
}

TEST_CASE("an id belongs to headings only") {
  CHECK(parse("A paragraph {#id}").blocks[0].text == "A paragraph {#id}");
  CHECK(parse("- item {#id}").blocks[0].text == "item {#id}");
}

TEST_CASE("links say what they lead to and where the target is written") {
  const auto markdown = parse("See `[a](x.md)` and [ISE.md](ISE.md#finishes), [**bold** words]( <a b.md> \"Title\").\n");
  const auto& links = markdown.blocks[0].links;
  REQUIRE(links.size() == 2);
  CHECK(links[0] == markup::Link{"ISE.md#finishes", "ISE.md", {{1, 30}, {1, 45}}});
  CHECK(links[1].target == "a b.md");
  CHECK(links[1].text == "bold words");
  CHECK(links[1].span == Span{{1, 67}, {1, 73}});
}

TEST_CASE("columns of links count characters, also behind letters of more bytes and on later lines") {
  const auto markdown = parse("größer\n> 日本 [ü](ö.md) 語\n> weiter [z](z.md)\n");
  REQUIRE(markdown.blocks.size() == 2);
  const auto& links = markdown.blocks[1].links;
  REQUIRE(links.size() == 2);
  CHECK(links[0].span == Span{{2, 10}, {2, 14}});
  CHECK(links[1].span == Span{{3, 14}, {3, 18}});
}

TEST_CASE("a link by reference stands where its block stands") {
  const auto markdown = parse("[r]: ../levels/SSE.md\n\nSee [there][r].\n");
  REQUIRE(markdown.blocks.size() == 1);
  CHECK(markdown.blocks[0].links == std::vector{markup::Link{"../levels/SSE.md", "there", {{3, 1}, {3, 16}}}});
}

TEST_CASE("bare addresses are links") {
  const auto markdown = parse("https://a.example/x, www.b.example and me@c.example or <https://d.example>.");
  const auto& links = markdown.blocks[0].links;
  REQUIRE(links.size() == 4);
  CHECK(links[0].span == Span{{1, 1}, {1, 20}});
  CHECK(links[1].target == "http://www.b.example");
  CHECK(links[1].span == Span{{1, 22}, {1, 35}});
  CHECK(links[2].target == "mailto:me@c.example");
  CHECK(links[3].span == Span{{1, 57}, {1, 74}});
}

TEST_CASE("links of the parts are links of the whole") {
  const auto markdown = parse("- [a](a.md)\n  - [b](b.md)\n\n> | x |\n> |---|\n> | [c](c.md) |\n");
  REQUIRE(markdown.blocks.size() == 2);
  CHECK(markdown.blocks[0].links.size() == 2);
  CHECK(markdown.blocks[0].children[0].links.size() == 2);
  REQUIRE(markdown.blocks[1].links.size() == 1);
  CHECK(markdown.blocks[1].links[0].span == Span{{6, 9}, {6, 13}});
}

TEST_CASE("targets can be changed for the page; what is reported stays as written") {
  const SourceText source("a.md", "[a](b.md) ![p](p.png) https://x.example");
  const auto markdown = markup::parse_markdown(source, 1, [](std::string_view target) { return "/to/" + std::string(target); });
  CHECK(markdown.blocks[0].html ==
        "<p><a href=\"/to/b.md\">a</a> <img src=\"/to/p.png\" alt=\"p\" /> <a href=\"/to/https://x.example\">https://x.example</a></p>");
  CHECK(markdown.blocks[0].links[0].target == "b.md");
}

TEST_CASE("addresses that would run something are emptied, also those that LinkTargets makes") {
  CHECK(parse("[a](javascript:alert(1))").blocks[0].html == "<p><a href=\"\">a</a></p>");
  CHECK(parse("[a](JaVaScRiPt:alert(1)) ![b](data:text/html,x)").blocks[0].html == "<p><a href=\"\">a</a> <img src=\"\" alt=\"b\" /></p>");
  CHECK(parse("<javascript:alert(1)>").blocks[0].html == "<p><a href=\"\">javascript:alert(1)</a></p>");
  const SourceText source("a.md", "[a](b)");
  const auto made = markup::parse_markdown(source, 1, [](std::string_view) { return std::string("vbscript:x\"'<>"); });
  CHECK(made.blocks[0].html == "<p><a href=\"\">a</a></p>");
  const auto quoted = markup::parse_markdown(source, 1, [](std::string_view) { return std::string("/x\"'<>&é"); });
  CHECK(quoted.blocks[0].html == "<p><a href=\"/x%22&#x27;%3C%3E&amp;%C3%A9\">a</a></p>");
}

TEST_CASE("HTML is left out and reported once a block") {
  const auto markdown = parse("One <b>bold</b> and <br> word.\n\n<div>\n  <script>alert(1)</script>\n</div>\n\n- <i>x</i>\n");
  REQUIRE(markdown.blocks.size() == 3);
  CHECK(markdown.blocks[0].html == "<p>One bold and  word.</p>");
  CHECK(markdown.blocks[0].text == "One bold and word.");
  CHECK(markdown.blocks[1].kind == Kind::raw_html);
  CHECK(markdown.blocks[1].html.empty());
  CHECK(markdown.blocks[1].text == "<div>\n  <script>alert(1)</script>\n</div>");
  CHECK(markdown.blocks[1].span == Span{{3, 1}, {5, 7}});
  CHECK(markdown.blocks[2].html == "<ul>\n<li>x</li>\n</ul>");
  CHECK(lines_of(markdown.findings) ==
        std::vector<std::string>{"a.md:1:5: warning: HTML is not shown to readers: the tags in this block are left out. [raw-html]",
                                 "a.md:3:1: warning: HTML is not shown to readers: this block is left out. [raw-html]",
                                 "a.md:7:3: warning: HTML is not shown to readers: the tags in this block are left out. [raw-html]"});
}

TEST_CASE("comments are kept apart, with their places") {
  const auto markdown = parse("<!-- first -->\n\nText <!-- inline --> goes on.\n\n> <!-- of two\n> lines -->\n\n- a\n\n  <!--b--> <!--c-->\n");
  CHECK(markdown.findings.empty());
  REQUIRE(markdown.comments.size() == 5);
  CHECK(markdown.comments[0].text == "first");
  CHECK(markdown.comments[0].span == Span{{1, 1}, {1, 15}});
  CHECK(markdown.comments[1].span == Span{{3, 6}, {3, 21}});
  CHECK(markdown.comments[2].text == "of two\nlines");
  CHECK(markdown.comments[2].span == Span{{5, 3}, {6, 12}});
  CHECK(markdown.comments[3].span == Span{{10, 3}, {10, 11}});
  CHECK(markdown.comments[4].text == "c");
  REQUIRE(markdown.blocks.size() == 3);
  CHECK(markdown.blocks[0].text == "Text goes on.");
  CHECK(markdown.blocks[0].html.find("<!--") == std::string::npos);
}

TEST_CASE("a comment that is never closed is reported, for it hides the rest") {
  const auto markdown = parse("Text.\n\n<!-- note\n\n## Gone\n");
  CHECK(markdown.blocks.size() == 1);
  REQUIRE(markdown.comments.size() == 1);
  CHECK(markdown.comments[0].text == "note\n\n## Gone");
  CHECK(lines_of(markdown.findings) ==
        std::vector<std::string>{"a.md:3:1: warning: This comment is never closed: everything behind it is hidden. [raw-html]"});
}

TEST_CASE("a table has rows of cells, the first row its header") {
  const auto markdown = parse("Before the table\n| level | scope \\| é |\n|:--|--:|\n| SSE | `x` | too many\n| ISE\n");
  REQUIRE(markdown.blocks.size() == 2);
  CHECK(markdown.blocks[0].span == Span{{1, 1}, {1, 17}});
  const Block& table = markdown.blocks[1];
  CHECK(table.kind == Kind::table);
  CHECK(table.span == Span{{2, 1}, {5, 6}});
  CHECK(table.text == "level scope | é SSE x ISE");
  REQUIRE(table.children.size() == 3);
  REQUIRE(table.children[0].children.size() == 2);
  CHECK(table.children[0].span.begin == Position{2, 1});
  CHECK(table.children[0].children[1].html == "scope | é");
  CHECK(table.children[0].children[1].span == Span{{2, 11}, {2, 21}});
  CHECK(table.children[1].children.size() == 2);
  CHECK(table.children[1].children[1].html == "<code>x</code>");
  CHECK(table.children[2].children[1].text.empty());
  CHECK(table.html.find("<td align=\"right\"><code>x</code></td>") != std::string::npos);
}

TEST_CASE("code is text, and says its language") {
  const auto markdown = parse("```cpp title=x\nif (a < b) \"c\";\n```\n\n    indented\n\n~~~\nnever closed\n\n");
  REQUIRE(markdown.blocks.size() == 3);
  CHECK(markdown.blocks[0].html == "<pre><code class=\"language-cpp\">if (a &lt; b) &quot;c&quot;;\n</code></pre>");
  CHECK(markdown.blocks[0].text == "if (a < b) \"c\";");
  CHECK(markdown.blocks[0].span == Span{{1, 1}, {3, 4}});
  CHECK(markdown.blocks[1].span == Span{{5, 5}, {5, 13}});
  CHECK(markdown.blocks[2].span.begin == Position{7, 1});
}

TEST_CASE("nested lists are one element, each part by itself and no text twice") {
  const auto markdown = parse("1. first\n   - inner\n\n     > quoted\n2. second\n");
  REQUIRE(markdown.blocks.size() == 1);
  const Block& list = markdown.blocks[0];
  CHECK(list.kind == Kind::ordered_list);
  CHECK(list.text == "first inner quoted second");
  CHECK(list.children[0].span == Span{{1, 1}, {4, 14}});
  const Block& inner = list.children[0].children[1];
  CHECK(inner.kind == Kind::bullet_list);
  CHECK(inner.children[0].children[1].kind == Kind::block_quote);
  CHECK(inner.children[0].children[1].span == Span{{4, 6}, {4, 14}});
  CHECK(list.html.find(inner.html) != std::string::npos);
}

TEST_CASE("a paragraph behind link definitions begins where its text begins") {
  const auto markdown = parse("[a]: b\n[c]: d\n  Text\n");
  REQUIRE(markdown.blocks.size() == 1);
  CHECK(markdown.blocks[0].span == Span{{3, 3}, {3, 7}});
}

TEST_CASE("parsing begins where it is told to and keeps the places of the file") {
  const SourceText source("a.md", "---\nid: x\n---\n# Title [l](x)\n");
  const auto markdown = markup::parse_markdown(source, 4);
  REQUIRE(markdown.blocks.size() == 1);
  CHECK(markdown.blocks[0].span == Span{{4, 1}, {4, 15}});
  CHECK(markdown.blocks[0].links[0].span == Span{{4, 13}, {4, 14}});
  CHECK(markup::parse_markdown(source, 5).blocks.empty());
  CHECK(markup::parse_markdown(source, 500).blocks.empty());
  CHECK(parse("").blocks.empty());
}

TEST_CASE("text that is no Markdown can be put into HTML") {
  CHECK(markup::escape_html("a < b & \"c\" > 'd'") == "a &lt; b &amp; &quot;c&quot; &gt; 'd'");
}

TEST_CASE("threads do not disturb one another") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "A ~~wrong~~ way: www.a.example, x@b.example, [l](t) and **more**.\n\n";
  const SourceText source("a.md", text);
  const auto expected = markup::parse_markdown(source).blocks[150].html;
  CHECK(expected.find("<del>") != std::string::npos);
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) result = markup::parse_markdown(source).blocks[150].html;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) CHECK(result == expected);
}
