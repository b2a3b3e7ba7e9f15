#include "lint/rule.hpp"

#include <algorithm>

#include "lint/document_rules.hpp"

namespace waymark::lint {

/// Written by the build from the files of rules/ (cmake/Rules.cmake).
std::vector<Rule> found_rules();

std::string_view to_string(Family family) {
  switch (family) {
    case Family::document: return "document";
    case Family::structure: return "structure";
    case Family::vagueness: return "vagueness";
    case Family::tenure: return "tenure";
    case Family::grid: return "grid";
    case Family::distinguishability: return "distinguishability";
    case Family::ladder: return "ladder";
    case Family::inflation: return "inflation";
    case Family::examples: return "examples";
    case Family::fairness: return "fairness";
    case Family::bundling: return "bundling";
    case Family::freshness: return "freshness";
    case Family::statement: return "statement";
    case Family::settings: return "settings";
  }
  return "";
}

Finding& Reporter::at(const pathway::Place& place, std::string message, std::string way_out) {
  m_findings.push_back({std::string(m_rule), m_severity, place.file, place.span, std::move(message), std::move(way_out)});
  return m_findings.back();
}

Finding& Reporter::at(const Prose& prose, std::size_t begin, std::size_t end, std::string message, std::string way_out) {
  return at({std::string(prose.file), m_documents.locate(prose, begin, end)}, std::move(message), std::move(way_out));
}

Related Reporter::related(const Prose& prose, std::string message) const { return {std::string(prose.file), prose.block->span, std::move(message)}; }

std::span<const Rule> rules() {
  static const std::vector<Rule> sorted = [] {
    std::vector<Rule> all = found_rules();
    std::sort(all.begin(), all.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
    return all;
  }();
  return sorted;
}

std::span<const RuleInfo> all_rules() {
  static const std::vector<RuleInfo> sorted = [] {
    std::vector<RuleInfo> all(document_rules().begin(), document_rules().end());
    for (const Rule& rule : rules()) all.push_back({rule.id, rule.family, rule.severity});
    std::sort(all.begin(), all.end(), [](const RuleInfo& a, const RuleInfo& b) { return a.id < b.id; });
    return all;
  }();
  return sorted;
}

const RuleInfo* find_rule(std::string_view id) {
  const auto all = all_rules();
  const auto at = std::lower_bound(all.begin(), all.end(), id, [](const RuleInfo& rule, std::string_view wanted) { return rule.id < wanted; });
  return at != all.end() && at->id == id ? &*at : nullptr;
}

std::vector<std::string> rule_ids() {
  std::vector<std::string> ids;
  for (const RuleInfo& rule : all_rules()) ids.emplace_back(rule.id);
  return ids;
}

}  // namespace waymark::lint
