#include "importer/html_reader.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "importer/block_reader.hpp"
#include "importer/html_blocks.hpp"
#include "importer/outline_builder.hpp"

namespace waymark::importer {

void read_html_page(const FolderFile& file, SourceOutline& outline) {
  const SourceText source(file.path, file.bytes);
  const HtmlBlocks page = html_blocks(source.text(), 1, HtmlExtent::page);
  Document document;
  document.path = file.path;
  OutlineBuilder builder(document, outline);
  BlockReader reader(source, document, outline, builder);
  for (const Finding& finding : source.findings()) {
    if (finding.severity == Severity::error)
      builder.ask(fmt::format("{}:{}: {} It was imported as far as it could be read; is anything wrong there?", finding.file, finding.span.begin.line,
                              finding.message));
  }
  if (!page.note.empty()) builder.ask(fmt::format("{}:1: {}. Is the page whole?", file.path, page.note));
  const bool has_heading =
      std::any_of(page.blocks.begin(), page.blocks.end(), [](const markup::Block& block) { return block.kind == markup::Block::Kind::heading; });
  if (!page.title.empty()) {
    const SourcePlace place = reader.place(page.title_line, page.title_line);
    if (has_heading) {
      builder.set_aside(place, page.title, "the title of the window");
    } else {
      builder.page_title(page.title, place);
    }
  }
  for (const HtmlBlocks::LeftOut& left : page.left_out) reader.set_aside(left.text, reader.place(left.first_line, left.last_line), left.reason);
  for (const std::string& link : page.links) {
    if (is_internal_link(link)) document.links.push_back(link);
  }
  reader.read(page.blocks);
  builder.finish();
  outline.documents.push_back(std::move(document));
}

}  // namespace waymark::importer
