#include <fmt/core.h>

#include "base/text.hpp"
#include "org/import/imported_people.hpp"

namespace waymark::org {
namespace {

constexpr std::size_t told_of_each = 100;

}  // namespace

void FindingHeap::add(std::string_view rule, Severity severity, Position place, std::string message, std::string way_out) {
  add({std::string(rule), severity, m_file, {place, place}, std::move(message), std::move(way_out)});
}

void FindingHeap::add(Finding finding) {
  if (finding.severity == Severity::error) ++m_errors;
  if (++m_counts[finding.rule] <= told_of_each) m_findings.push_back(std::move(finding));
}

Findings FindingHeap::take() {
  sort_findings(m_findings);
  for (const auto& [rule, count] : m_counts) {
    if (count <= told_of_each) continue;
    Finding more;
    for (const Finding& finding : m_findings) {
      if (finding.rule == rule) more = finding;
    }
    more.message = fmt::format("There are {} more like the last of these.", counted(count - told_of_each, "place"));
    more.way_out = "Mend these first, and look again.";
    m_findings.push_back(std::move(more));
  }
  return std::move(m_findings);
}

}  // namespace waymark::org
