/// Findings of one file, with an end: a hostile file has one on every line.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "base/finding.hpp"

namespace waymark::markup {

class FindingList {
 public:
  static constexpr std::size_t most_of_a_rule = 100;

  explicit FindingList(std::string file) : m_file(std::move(file)) {}

  /// The hundredth of a rule says that the rest is not listed; later ones are dropped.
  void add(const char* rule, Severity severity, const Span& span, std::string message, std::string way_out);
  [[nodiscard]] bool has_errors() const { return m_has_errors; }
  [[nodiscard]] bool has(const char* rule) const { return m_counts.contains(rule); }
  /// What was added, in the order of the file; the list is empty then.
  [[nodiscard]] Findings take();

 private:
  std::string m_file;
  Findings m_findings;
  std::map<std::string, std::size_t, std::less<>> m_counts;
  bool m_has_errors = false;
};

}  // namespace waymark::markup
