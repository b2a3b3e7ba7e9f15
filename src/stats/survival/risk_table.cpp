#include "stats/survival/risk_table.hpp"

#include <algorithm>

namespace waymark::stats {

std::vector<RiskTable> risk_tables(const Spells& spells, std::span<const Code> group) {
  const std::vector<Row> leaving = order_by(group, spells.stop);
  const std::vector<Row> entering = spells.delayed_entry() ? order_by(group, spells.start) : std::vector<Row>();
  const auto code = [&](Row row) { return group.empty() ? Code{0} : group[row]; };

  std::vector<RiskTable> tables(count_codes(group));
  const std::size_t causes = std::max<std::size_t>(1, *std::max_element(spells.cause.begin(), spells.cause.end()));
  for (RiskTable& table : tables) table.causes = causes;
  for (const Row row : leaving) ++tables[code(row)].rows;

  std::size_t at = 0;
  std::size_t entry = 0;
  for (RiskTable& table : tables) {
    const std::size_t end = at + table.rows;
    const std::size_t last_entry = entry + table.rows;
    Row at_risk = spells.delayed_entry() ? 0 : static_cast<Row>(table.rows);
    while (at < end) {
      const Day today = spells.stop[leaving[at]];
      if (spells.delayed_entry()) {
        for (; entry < last_entry && spells.start[entering[entry]] < today; ++entry) ++at_risk;
      }
      table.day.push_back(today);
      table.at_risk.push_back(at_risk);
      table.censored.push_back(0);
      table.events.resize(table.events.size() + causes);
      Row* const events = &table.events[table.events.size() - causes];
      for (; at < end && spells.stop[leaving[at]] == today; ++at) {
        const std::uint8_t cause = spells.cause[leaving[at]];
        if (cause == 0) {
          ++table.censored.back();
        } else {
          ++events[cause - 1];
        }
        --at_risk;
      }
    }
    entry = last_entry;
  }
  return tables;
}

}  // namespace waymark::stats
