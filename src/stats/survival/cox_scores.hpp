/// Score residuals of a Cox model, row by row or summed by cluster. Internal to the survival folder.
#pragma once

#include "stats/survival/cox_pass.hpp"

namespace waymark::stats {

struct ScoreSums {
  std::vector<double> score;       ///< targets × columns, on the scale of CoxRows
  std::vector<double> martingale;  ///< per target
};
/// `target` gives for each row of the input the line of the result it is added to. One pass; O(n·columns).
[[nodiscard]] ScoreSums sum_scores(const CoxRows& rows, std::span<const double> coefficients, Ties ties, std::span<const Code> target,
                                   std::size_t targets);

/// Σ over targets of score·scoreᵀ; columns², row by row.
[[nodiscard]] std::vector<double> cross_product(std::span<const double> score, std::size_t columns);

}  // namespace waymark::stats
