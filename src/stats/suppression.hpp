/// Tables of counts that give nobody away: which cells to hide, and what an attacker can still work out.
///
/// The attacker knows every margin of the table, every cell that is shown, and that counts are not negative. What they can say of a hidden cell is
/// the interval between two linear programs (Fischetti & Salazar 2000, Management Science 46:1008–1027). Programs are solved by GLPK, one call at a
/// time in the whole process; its state does not outlive the call.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "stats/result.hpp"

namespace waymark::stats {

/// Row by row.
struct CountTable {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<Count> cells;  ///< rows·columns of them

  [[nodiscard]] Count at(std::size_t row, std::size_t column) const { return cells[row * columns + column]; }
};

/// One truth a cell, row by row.
using CellMask = std::vector<bool>;

/// Cells from 1 to minimum − 1. Zeros are shown: nobody stands behind them.
[[nodiscard]] CellMask small_cells(const CountTable& table, Count minimum);

/// Has a group, its events or those without the event fewer than `minimum` members, and not none? Then a rate of it is not shown.
[[nodiscard]] bool is_too_small(const Group& group, Count minimum);

struct AttackedCell {
  std::size_t row = 0;
  std::size_t column = 0;
  Count value;
  Count lower;  ///< the attacker knows lower ≤ value ≤ upper; equal bounds give the cell away
  Count upper;

  friend bool operator==(const AttackedCell&, const AttackedCell&) = default;
};
/// Of every hidden cell, row by row. REQUIRES a mask of the table's size. Two linear programs of rows + columns constraints a cell.
[[nodiscard]] std::vector<AttackedCell> attack(const CountTable& table, const CellMask& hidden);

struct Suppression {
  CellMask primary;                    ///< the small cells
  CellMask secondary;                  ///< hidden to protect them
  Count cost;                          ///< sum of the secondary cells
  bool optimal = true;                 ///< no cheaper set of cells protects them; false when the search was cut short
  std::vector<AttackedCell> attacked;  ///< what is left to know

  [[nodiscard]] CellMask hidden() const;
};
/// The cheapest cells to hide beside the small ones, so that of every small cell the attacker's interval is at least `minimum` wide; among equally
/// cheap ones, the fewest cells. Exact, by cutting planes; after 400 rounds or 50,000 nodes a round it gives up optimality, not protection. A table
/// of 12 × 6 takes well under a second. Undefined when not even hiding every cell would protect them (a margin is too small): merge rows or columns then, or keep the
/// table back. Fails with bad_input when the table is not rectangular or empty, or has more than 2,500 cells.
[[nodiscard]] Result<Answer<Suppression>> suppress(const CountTable& table, Count minimum);

/// A figure over a set of people (a count, a mean with its n) that is or would be published.
struct ReleasedFigure {
  std::string name;
  std::vector<std::uint64_t> members;  ///< opaque ids, in any order, each once
};

/// People whose sum can be worked out from several figures.
struct Disclosure {
  std::vector<std::string> figures;   ///< the two whose difference it is; all there are, when it takes more than two
  std::vector<std::uint64_t> people;  ///< ascending, fewer than the minimum
};
/// What would `proposed` figures, with those `released` before of the same attribute, give away: two sets that differ in fewer than `minimum`
/// people (but in some), or fewer people whose sum is a linear combination of the figures (the row-space test). Nothing when the release is
/// safe; what the released ones give away already is not repeated. Fails with bad_input beyond 4·10⁶ figures × classes of people.
/// O(figures²·people + classes³).
[[nodiscard]] Result<std::vector<Disclosure>> differencing_check(std::span<const ReleasedFigure> released, std::span<const ReleasedFigure> proposed,
                                                                 Count minimum);

inline constexpr Method suppression_method{"Complementary cell suppression by cutting planes",
                                           "Fischetti & Salazar 2000, Management Science 46:1008–1027"};

}  // namespace waymark::stats
