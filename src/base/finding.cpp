#include "base/finding.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/core.h>

namespace waymark {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "error";
}

void sort_findings(Findings& findings) {
  const auto key = [](const Finding& f) { return std::tie(f.file, f.span.begin, f.rule, f.message); };
  std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
  findings.erase(std::unique(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) { return key(a) == key(b); }),
                 findings.end());
}

bool has_errors(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return f.severity == Severity::error; });
}

std::string to_line(const Finding& finding) {
  return fmt::format("{}:{}:{}: {}: {} [{}]", finding.file, finding.span.begin.line, finding.span.begin.column,
                     to_string(finding.severity), finding.message, finding.rule);
}

}  // namespace waymark
