#include "stats/suppression.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/core.h>

#include "stats/linear_program.hpp"

namespace waymark::stats {
namespace {

constexpr std::size_t most_cells = 2'500;
constexpr int most_rounds = 400;
constexpr int most_nodes = 50'000;
/// Programs are solved in floating point; whole numbers are this close to what they give.
constexpr double slack = 1e-6;

std::vector<std::size_t> chosen(const CellMask& mask) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (mask[i]) result.push_back(i);
  }
  return result;
}

double width(const CellRange& range) { return range.upper.value - range.lower.value; }

/// How wide the interval of a small cell can become at most, if other cells are hidden: its width is at most Σ coefficients over hidden cells. By
/// duality, hiding a cell lets it rise to its smaller margin or fall to 0, and each unit moves the bound by the reduced cost.
std::vector<double> leverage(const CountTable& table, const CellRange& range, const std::vector<double>& room) {
  std::vector<double> result(table.cells.size(), 0);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const double up = range.upper.reduced_costs[i];
    const double down = range.lower.reduced_costs[i];
    const double value = table.cells[i].real();
    result[i] = std::max(0.0, up) * room[i] + std::max(0.0, -up) * value + std::max(0.0, -down) * room[i] + std::max(0.0, down) * value;
    if (result[i] < slack) result[i] = 0;
  }
  return result;
}

/// From each value to the smaller of its margins.
std::vector<double> room_above(const CountTable& table) {
  std::vector<double> rows(table.rows, 0);
  std::vector<double> columns(table.columns, 0);
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    rows[i / table.columns] += table.cells[i].real();
    columns[i % table.columns] += table.cells[i].real();
  }
  std::vector<double> room;
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    room.push_back(std::min(rows[i / table.columns], columns[i % table.columns]) - table.cells[i].real());
  }
  return room;
}

class Search {
 public:
  Search(const CountTable& table, Count minimum)
      : m_table(table), m_minimum(minimum.real()), m_room(room_above(table)), m_primary(small_cells(table, minimum)) {
    m_asked = chosen(m_primary);
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      if (m_primary[i]) continue;
      m_free.push_back(i);
      // Counts first; among equal sums, fewer cells.
      m_costs.push_back(table.cells[i].real() * static_cast<double>(table.cells.size() + 1) + 1);
    }
  }

  Answer<Suppression> run() {
    if (const auto open = first_open(CellMask(m_table.cells.size(), true))) {
      return undefined(fmt::format("Not even hiding every cell would protect row {}, column {}: a margin is too small.", *open / m_table.columns + 1,
                                   *open % m_table.columns + 1));
    }
    for (int round = 0; round < most_rounds; ++round) {
      const auto cover = cheapest_cover(m_costs, m_cuts, most_nodes);
      if (!cover) break;
      m_all_optimal = m_all_optimal && cover->optimal;
      const CellMask hidden = with(cover->chosen);
      if (!add_cuts(hidden)) return finished(hidden, m_all_optimal);
    }
    return finished(pruned(), false);
  }

 private:
  CellMask with(const std::vector<bool>& choice) const {
    CellMask hidden = m_primary;
    for (std::size_t i = 0; i < m_free.size(); ++i) hidden[m_free[i]] = choice[i];
    return hidden;
  }

  std::optional<std::size_t> first_open(const CellMask& hidden) const {
    for (const CellRange& range : cell_ranges(m_table, hidden, m_asked)) {
      if (width(range) < m_minimum - slack) return range.cell;
    }
    return std::nullopt;
  }

  /// What each small cell that is still open would need; false when none is.
  bool add_cuts(const CellMask& hidden) {
    bool added = false;
    for (const CellRange& range : cell_ranges(m_table, hidden, m_asked)) {
      if (width(range) >= m_minimum - slack) continue;
      const std::vector<double> all = leverage(m_table, range, m_room);
      CoverCut cut{{}, m_minimum};
      for (const std::size_t cell : m_asked) cut.bound -= all[cell];
      if (cut.bound < slack) continue;  // rounding: the small cells alone would do
      for (const std::size_t cell : m_free) cut.coefficients.push_back(std::min(all[cell], cut.bound));
      m_cuts.push_back(std::move(cut));
      added = true;
    }
    return added;
  }

  /// Everything hidden, then shown again as long as the small cells stay protected, the largest first.
  CellMask pruned() const {
    CellMask hidden(m_table.cells.size(), true);
    std::vector<std::size_t> order = m_free;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return m_table.cells[a] > m_table.cells[b]; });
    for (const std::size_t cell : order) {
      hidden[cell] = false;
      if (first_open(hidden)) hidden[cell] = true;
    }
    return hidden;
  }

  Suppression finished(const CellMask& hidden, bool optimal) const {
    Suppression result{.primary = m_primary, .secondary = hidden, .cost = {}, .optimal = optimal, .attacked = attack(m_table, hidden)};
    std::int64_t cost = 0;
    for (std::size_t i = 0; i < hidden.size(); ++i) {
      if (m_primary[i]) result.secondary[i] = false;
      if (result.secondary[i]) cost += m_table.cells[i].value();
    }
    result.cost = Count(cost);
    return result;
  }

  const CountTable& m_table;
  double m_minimum;
  std::vector<double> m_room;
  CellMask m_primary;
  std::vector<std::size_t> m_asked;
  std::vector<std::size_t> m_free;
  std::vector<double> m_costs;
  std::vector<CoverCut> m_cuts;
  bool m_all_optimal = true;
};

}  // namespace

CellMask small_cells(const CountTable& table, Count minimum) {
  CellMask result;
  for (const Count cell : table.cells) result.push_back(cell.value() > 0 && cell < minimum);
  return result;
}

bool is_too_small(const Group& group, Count minimum) {
  const auto small = [&](Count count) { return count.value() > 0 && count < minimum; };
  return small(group.size()) || small(group.events()) || small(group.others());
}

std::vector<AttackedCell> attack(const CountTable& table, const CellMask& hidden) {
  std::vector<AttackedCell> result;
  for (const CellRange& range : cell_ranges(table, hidden, chosen(hidden))) {
    // A table with whole margins has whole extremes (its constraints are totally unimodular).
    const auto whole = [](double value) { return Count(std::max<std::int64_t>(0, std::llround(value))); };
    result.push_back(
        {range.cell / table.columns, range.cell % table.columns, table.cells[range.cell], whole(range.lower.value), whole(range.upper.value)});
  }
  return result;
}

CellMask Suppression::hidden() const {
  CellMask result = primary;
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = primary[i] || secondary[i];
  return result;
}

Result<Answer<Suppression>> suppress(const CountTable& table, Count minimum) {
  if (table.cells.empty() || table.cells.size() != table.rows * table.columns) {
    return fail(Error::Kind::bad_input, fmt::format("The table has {} rows, {} columns and {} cells.", table.rows, table.columns, table.cells.size()),
                "Give every row as many cells as there are columns.");
  }
  if (table.cells.size() > most_cells) {
    return fail(Error::Kind::bad_input, fmt::format("The table has {} cells, and {} can be searched.", table.cells.size(), most_cells),
                "Split it, or merge rows.");
  }
  const std::int64_t total =
      std::accumulate(table.cells.begin(), table.cells.end(), std::int64_t{0}, [](std::int64_t sum, Count cell) { return sum + cell.value(); });
  if (total > Count::max)
    return fail(Error::Kind::bad_input, "The table counts more than can be counted here.", fmt::format("Counts go up to {}.", Count::max));
  return Search(table, minimum).run();
}

}  // namespace waymark::stats
