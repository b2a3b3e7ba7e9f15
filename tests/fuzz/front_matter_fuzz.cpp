// Any bytes as a page: front matter, then the body behind it, as the pathway reads one.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "markup/markdown.hpp"
#include "markup/yaml.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waymark;
  const SourceText source("fuzz.md", {reinterpret_cast<const char*>(data), size});
  const markup::FrontMatter front = markup::parse_front_matter(source);
  require(front.body_line >= 1 && front.body_line <= source.line_count() + 1);
  require(!front.root || front.findings.empty());
  for (const Finding& finding : front.findings) require(finding.span.end.line < front.body_line || front.body_line == 1);
  const markup::Markdown body = markup::parse_markdown(source, front.body_line);
  for (const markup::Block& block : body.blocks) require(block.span.begin.line >= front.body_line);
  return 0;
}
