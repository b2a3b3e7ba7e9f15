#include "web/pages/lint_page.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/source_text.hpp"
#include "web/checked.hpp"

namespace waymark::web::pages {
namespace {

using pathway::Level;

/// The page that shows a file, and the part of it that begins last before a line.
struct Shown {
  std::string href;
  const Level* level = nullptr;
};

Shown page_of(const Site& site, const Links& links, const std::string& file) {
  const pathway::Pathway& pathway = site.pathway();
  for (const Level& level : pathway.levels) {
    if (level.place.file == file) return {links.to(address::level(level.id)), &level};
  }
  for (const pathway::Capability& each : pathway.capabilities) {
    if (each.place.file == file) return {links.to(address::capability(each.id)), nullptr};
  }
  for (const pathway::Archetype& each : pathway.archetypes) {
    if (each.place.file == file) return {links.to(address::archetype(each.id)), nullptr};
  }
  if (pathway.fork && pathway.fork->page == file) return {links.to("/fork"), nullptr};
  return {};
}

std::string anchor_before(const Level& level, std::size_t line) {
  std::size_t nearest = 0;
  std::string anchor;
  const auto look = [&](const std::string& candidate, const pathway::Place& place) {
    if (place.span.begin.line > line || place.span.begin.line < nearest) return;
    nearest = place.span.begin.line;
    anchor = candidate;
  };
  for (const pathway::Section& section : level.sections) look(section.anchor, section.place);
  for (const pathway::Criterion& criterion : level.criteria) look(criterion.anchor, criterion.place);
  return anchor;
}

void fill_row(Values values, const LintPage::Row& row) {
  values.show_if(row.severity == Severity::error, "IS_ERROR");
  values.show_if(row.severity == Severity::warning, "IS_WARNING");
  values.show_if(row.severity == Severity::note, "IS_NOTE");
  values.set("LINE", row.place);
  values.show_text("SHOWN", "ROW_HREF", row.href);
  values.show_if(row.href.empty(), "UNSHOWN");
  if (!row.before.empty() || !row.marked.empty() || !row.after.empty()) {
    const Values excerpt = values.add("EXCERPT");
    excerpt.set("BEFORE", row.before);
    excerpt.set("MARKED", row.marked);
    excerpt.set("AFTER", row.after);
  }
  values.set("MESSAGE", row.message);
  values.set("WAY_OUT", row.way_out);
  values.set("RULE", row.rule.title);
  values.set("RULE_HREF", row.rule.href);
}

}  // namespace

LintPage make_lint_page(const Site& site, const Links& links) {
  LintPage page;
  page.rules = links.to("/lint/rules");
  const Checked* const checked = site.checked();
  if (checked == nullptr) return page;
  page.allowed = checked->allowed;
  page.criteria = checked->criteria;
  page.criteria_in_doubt = checked->criteria_in_doubt;
  page.untold = checked->findings - checked->rows.size();
  Shown shown;
  for (const Checked::Row& row : checked->rows) {
    const Finding& finding = row.finding;
    ++(finding.severity == Severity::error ? page.errors : finding.severity == Severity::warning ? page.warnings : page.notes);
    if (page.files.empty() || page.files.back().name != finding.file) {
      shown = page_of(site, links, finding.file);
      page.files.push_back({finding.file, shown.href, {}});
    }
    std::string href = shown.href;
    if (shown.level != nullptr) {
      if (const std::string anchor = anchor_before(*shown.level, finding.span.begin.line); !anchor.empty()) href += "#" + anchor;
    }
    page.files.back().rows.push_back({finding.severity,
                                      fmt::format("line {}", finding.span.begin.line),
                                      std::move(href),
                                      row.before,
                                      row.marked,
                                      row.after,
                                      finding.message,
                                      finding.way_out,
                                      {finding.rule, links.to("/lint/rules/" + finding.rule)}});
  }
  return page;
}

void fill(Values values, const LintPage& page) {
  values.set("RULES_HREF", page.rules);
  values.show_if(page.files.empty(), "NOTHING");
  if (!page.files.empty()) {
    const Values sums = values.add("SUMS");
    sums.set("ERRORS", page.errors);
    sums.set("WARNINGS", page.warnings);
    sums.set("NOTES", page.notes);
    if (page.untold > 0) sums.add("UNTOLD").set("UNTOLD_COUNT", page.untold);
  }
  if (page.criteria > 0) {
    const Values share = values.add("SHARE");
    share.set("IN_DOUBT", page.criteria_in_doubt);
    share.set("CRITERIA", page.criteria);
  }
  if (page.allowed > 0) values.add("ALLOWED").set("ALLOWED_COUNT", page.allowed);
  for (const LintPage::File& file : page.files) {
    const Values section = values.add("FILE");
    section.set("FILE_NAME", file.name);
    section.show_text("FILE_SHOWN", "FILE_HREF", file.href);
    for (const LintPage::Row& row : file.rows) fill_row(section.add("ROW"), row);
  }
}

RulesPage make_rules_page(const Links& links) {
  RulesPage page{links.to("/lint"), {}};
  for (const lint::RuleInfo& rule : lint::all_rules()) {
    const std::string family(lint::to_string(rule.family));
    auto found = std::find_if(page.families.begin(), page.families.end(), [&](const RulesPage::Family& each) { return each.title == family; });
    if (found == page.families.end()) found = page.families.insert(page.families.end(), {family, {}});
    const auto explanation = lint::explain(rule.id);
    found->rules.push_back({explanation ? std::string(explanation->title) : std::string(rule.id), links.to("/lint/rules/" + std::string(rule.id))});
  }
  return page;
}

void fill(Values values, const RulesPage& page) {
  values.set("FINDINGS_HREF", page.findings);
  for (const RulesPage::Family& family : page.families) {
    const Values section = values.add("FAMILY");
    section.set("FAMILY_TITLE", family.title);
    add_each(section, {"ITEM", "ITEM_TITLE", "ITEM_HREF"}, family.rules);
  }
}

RulePage make_rule_page(const Links& links, const lint::Explanation& explanation) {
  RulePage page{std::string(explanation.rule.id),
                std::string(explanation.title),
                std::string(lint::to_string(explanation.rule.family)),
                std::string(to_string(explanation.rule.severity)),
                links.to("/lint"),
                links.to("/lint/rules"),
                {}};
  const SourceText source(page.id + ".md", explanation.body);
  for (const markup::Block& block : markup::parse_markdown(source).blocks) {
    if (block.kind == markup::Block::Kind::heading) {
      page.body.emplace_back("<h2>" + block.html + "</h2>");
    } else {
      page.body.push_back(make_prose(links, block));
    }
  }
  return page;
}

void fill(Values values, const RulePage& page) {
  values.set("ID", page.id);
  values.set("TITLE", page.title);
  values.set("FAMILY", page.family);
  values.set("SEVERITY", page.severity);
  values.set("FINDINGS_HREF", page.findings);
  values.set("RULES_HREF", page.rules);
  for (const Prose& block : page.body) values.add("BLOCK").set("BODY", block);
}

}  // namespace waymark::web::pages
