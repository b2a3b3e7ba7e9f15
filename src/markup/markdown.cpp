#include "markup/markdown.hpp"

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

}  // namespace waymark::markup
