#include "markup/markdown.hpp"

#include "base/text.hpp"
#include "markup/block_builder.hpp"
#include "markup/cmark_tree.hpp"
#include "markup/finding_list.hpp"

namespace waymark::markup {

Markdown parse_markdown(const SourceText& source, std::size_t first_line, const LinkTargets& targets) {
  Markdown markdown;
  FindingList findings(source.name());
  CmarkTree tree(source, first_line, findings);
  BlockBuilder(source, tree, targets, markdown, findings).build();
  markdown.findings = findings.take();
  return markdown;
}

std::string_view inner_html(const Block& block) {
  constexpr std::string_view open = "<li>";
  constexpr std::string_view close = "</li>";
  std::string_view html = trim(block.html);
  if (block.kind == Block::Kind::list_item && html.starts_with(open) && html.ends_with(close)) {
    html = trim(html.substr(open.size(), html.size() - open.size() - close.size()));
  }
  return html;
}

}  // namespace waymark::markup
