// Any bytes as Markdown: every place lies inside the text, and nothing of the author's HTML is in the page.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"
#include "markup/markdown.hpp"

namespace {

using namespace waymark;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const SourceText& source, const Span& span) {
  require(span.begin <= span.end);
  require(span.begin.line >= 1 && span.end.line <= source.line_count());
  require(span.begin.column >= 1 && span.begin.column <= count_code_points(source.line(span.begin.line)) + 1);
  require(span.end.column <= count_code_points(source.line(span.end.line)) + 1);
}

void check(const SourceText& source, const markup::Block& block) {
  check(source, block.span);
  require(is_valid_utf8(block.html) && is_valid_utf8(block.text));
  for (const std::string_view never : {"<script", "<!--", "href=\"javascript:", "src=\"javascript:"}) {
    require(block.html.find(never) == std::string::npos);
  }
  for (const markup::Link& link : block.links) check(source, link.span);
  for (const markup::Block& child : block.children) {
    require(child.span.begin >= block.span.begin && child.span.end <= block.span.end);
    check(source, child);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const SourceText source("fuzz.md", {reinterpret_cast<const char*>(data), size});
  const markup::Markdown markdown = markup::parse_markdown(source);
  for (const markup::Block& block : markdown.blocks) check(source, block);
  for (const markup::Comment& comment : markdown.comments) check(source, comment.span);
  for (const Finding& finding : markdown.findings) check(source, finding.span);
  return 0;
}
