#include "markup/finding_list.hpp"

#include <utility>

namespace waymark::markup {

void FindingList::add(const char* rule, Severity severity, const Span& span, std::string message, std::string way_out) {
  m_has_errors |= severity == Severity::error;
  const std::size_t count = ++m_counts[rule];
  if (count > most_of_a_rule) return;
  if (count == most_of_a_rule) message += " There may be more such places; they are not listed.";
  m_findings.push_back({rule, severity, m_file, span, std::move(message), std::move(way_out)});
}

Findings FindingList::take() {
  sort_findings(m_findings);
  return std::exchange(m_findings, {});
}

}  // namespace waymark::markup
