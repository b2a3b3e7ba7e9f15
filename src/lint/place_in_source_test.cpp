#include "lint/place_in_source.hpp"

#include <doctest/doctest.h>

#include "markup/markdown.hpp"

using namespace waymark;
using namespace waymark::lint;

namespace {

/// The source text where a word of the plain text was found.
std::string found(const std::string& markdown, std::string_view word) {
  const SourceText source("x.md", markdown);
  const auto page = markup::parse_markdown(source);
  const auto& block = page.blocks.at(0);
  const std::size_t begin = block.text.find(word);
  REQUIRE(begin != std::string::npos);
  const Span span = place_in_source(source, block.span, block.text, begin, begin + word.size());
  const std::string_view line = source.line(span.begin.line);
  return std::to_string(span.begin.line) + ":" + std::to_string(span.begin.column) + " " +
         (span.begin.line == span.end.line ? std::string(line.substr(span.begin.column - 1, span.end.column - span.begin.column)) : std::string("…"));
}

}  // namespace

TEST_CASE("a word is found where it stands, whatever markup is around it") {
  CHECK(found("plain gravitas here\n", "gravitas") == "1:7 gravitas");
  CHECK(found("two\nlines with gravitas\n", "gravitas") == "2:12 gravitas");
  CHECK(found("some *strong* and **gravitas** here\n", "gravitas") == "1:21 gravitas");
  CHECK(found("a [link](levels/SSE.md#x) and gravitas\n", "gravitas") == "1:31 gravitas");
  CHECK(found("a [gravitas](levels/gravitas.md) here\n", "gravitas") == "1:4 gravitas");
  CHECK(found("> quoted\n> gravitas\n", "gravitas") == "2:3 gravitas");
  CHECK(found("this \\*and\\* gravitas\n", "gravitas") == "1:14 gravitas");
  CHECK(found("this &amp; gravitas\n", "gravitas") == "1:12 gravitas");
  CHECK(found("a <b>bold</b> gravitas\n", "gravitas") == "1:15 gravitas");
  CHECK(found("a <!-- note > --> gravitas\n", "gravitas") == "1:19 gravitas");
  CHECK(found("see <https://example.org/x> gravitas\n", "gravitas") == "1:29 gravitas");
  CHECK(found("`code` then gravitas\n", "gravitas") == "1:13 gravitas");
  CHECK(found("### A title with gravitas {#its-id}\n", "gravitas") == "1:18 gravitas");
}

TEST_CASE("where both cannot be laid side by side, the whole block is meant") {
  const SourceText source("x.md", "one two three\n");
  const Span block{{1, 1}, {1, 14}};
  CHECK(place_in_source(source, block, "something else", 10, 14) == block);
}
