/// Who was at risk and what happened, day by day: what Kaplan–Meier, Nelson–Aalen, Aalen–Johansen and Gray's test are functions of.
#pragma once

#include <vector>

#include "stats/survival/spells.hpp"

namespace waymark::stats {

/// One group. Days on which a row ended, ascending; the vectors beside it are as long, `events` times `causes`.
struct RiskTable {
  std::size_t rows = 0;
  std::size_t causes = 1;
  std::vector<Day> day;
  std::vector<Row> at_risk;  ///< rows with start < day ≤ stop
  std::vector<Row> censored;
  std::vector<Row> events;  ///< [day × causes + (cause − 1)]

  [[nodiscard]] std::size_t size() const { return day.size(); }
  [[nodiscard]] Row of_cause(std::size_t at, std::size_t cause) const { return events[at * causes + cause - 1]; }
  [[nodiscard]] Row of_any_cause(std::size_t at) const {
    Row all = 0;
    for (std::size_t cause = 1; cause <= causes; ++cause) all += of_cause(at, cause);
    return all;
  }
};

/// A table a group, in the order of their codes; groups without rows have an empty one. `group` may be empty: one group. REQUIRES checked
/// input. O(n + sorting).
[[nodiscard]] std::vector<RiskTable> risk_tables(const Spells& spells, std::span<const Code> group);

}  // namespace waymark::stats
