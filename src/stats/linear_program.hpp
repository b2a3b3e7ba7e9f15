/// The two programs that suppression needs, in plain numbers. GLPK is seen only in linear_program.cpp.
///
/// GLPK's environment is global: calls wait for each other, and each cleans up behind itself.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "stats/suppression.hpp"

namespace waymark::stats {

/// One end of a cell's interval, with the proof: by how much each cell's freedom could move it at most (reduced costs).
struct CellBound {
  double value = 0;
  std::vector<double> reduced_costs;  ///< one a cell, row by row
};
struct CellRange {
  std::size_t cell = 0;
  CellBound lower;
  CellBound upper;
};
/// For each of `asked` cells, the least and greatest value in a table with the same margins, not negative, with the cells that are not
/// hidden as they are. REQUIRES asked cells to be hidden.
[[nodiscard]] std::vector<CellRange> cell_ranges(const CountTable& table, const CellMask& hidden, const std::vector<std::size_t>& asked);

/// Σ coefficients·choice ≥ bound
struct CoverCut {
  std::vector<double> coefficients;  ///< one a choice, not negative
  double bound = 0;
};
struct CoverChoice {
  std::vector<bool> chosen;
  bool optimal = true;  ///< false: cut short, the best found
};
/// The cheapest choices that satisfy all cuts; nothing when none was found within `nodes`, or none exists. REQUIRES costs > 0.
[[nodiscard]] std::optional<CoverChoice> cheapest_cover(const std::vector<double>& costs, const std::vector<CoverCut>& cuts, int nodes);

}  // namespace waymark::stats
