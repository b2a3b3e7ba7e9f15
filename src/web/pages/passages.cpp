#include "web/pages/passages.hpp"

#include "base/text.hpp"

namespace waymark::web::pages {
namespace {

void fill(Values values, const PassageView& passage, HeadingLevel level) {
  values.set("ANCHOR", passage.anchor);
  values.set("HREF", "#" + passage.anchor);
  values.set("BODY", passage.body);
  values.show_if(passage.is_heading && level == HeadingLevel::three, "HEADING_3");
  values.show_if(passage.is_heading && level == HeadingLevel::four, "HEADING_4");
  values.show_if(!passage.is_heading, "BLOCK");
  values.show_text("CITABLE", "CITATION", passage.citation);
  // Set for the permalink too, which needs a name on every page.
  values.set("NAME", passage.citation.empty() ? passage.anchor : passage.citation);
}

}  // namespace

Prose make_prose(const Links& links, const markup::Block& block) { return Prose(links.prose(markup::inner_html(block))); }

std::vector<PassageView> make_passages(const Links& links, std::span<const pathway::Passage> passages, const std::string& level) {
  std::vector<PassageView> found;
  found.reserve(passages.size());
  for (const pathway::Passage& passage : passages) {
    if (passage.block.html.empty()) continue;
    found.push_back({passage.anchor, level.empty() ? std::string() : level + "." + passage.anchor, passage.block.kind == markup::Block::Kind::heading,
                     make_prose(links, passage.block)});
  }
  return found;
}

void include_passages(Values values, std::string_view marker, const std::vector<PassageView>& passages, HeadingLevel level) {
  for (const PassageView& passage : passages) fill(values.include(marker, "passages.html"), passage, level);
}

}  // namespace waymark::web::pages
