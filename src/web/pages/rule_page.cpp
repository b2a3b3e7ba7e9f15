#include "base/source_text.hpp"
#include "markup/markdown.hpp"
#include "web/pages/lint_page.hpp"

namespace waymark::web::pages {

RulePage make_rule_page(const Links& links, const lint::Explanation& explanation) {
  RulePage page{std::string(explanation.title),
                std::string(explanation.rule.id),
                std::string(lint::to_string(explanation.rule.family)),
                std::string(to_string(explanation.rule.severity)),
                links.to("/lint"),
                {}};
  const SourceText source("page", explanation.body);
  for (const markup::Block& block : markup::parse_markdown(source).blocks) {
    const bool heading = block.kind == markup::Block::Kind::heading;
    page.parts.push_back({heading ? block.text : std::string(), heading ? Prose() : make_prose(links, block)});
  }
  return page;
}

void fill(Values values, const RulePage& page) {
  values.set("TITLE", page.title);
  values.set("RULE", page.rule);
  values.set("FAMILY", page.family);
  values.set("SEVERITY", page.severity);
  for (const RulePage::Part& part : page.parts) {
    const Values row = values.add("PART");
    row.show_text("HEADED", "PART_TITLE", part.heading);
    if (!part.body.empty()) row.add("BLOCK").set("BODY", part.body);
  }
  values.set("FINDINGS_HREF", page.findings_href);
}

}  // namespace waymark::web::pages
