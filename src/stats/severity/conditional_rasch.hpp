/// Rasch models by conditional likelihood: the items (or judges) are estimated without anything being assumed about those who are measured.
#pragma once

#include <span>
#include <vector>

#include "stats/result.hpp"

namespace waymark::stats {

/// How the steps between categories may differ. Category c of item i has the cumulative difficulty βᵢc: P(c) ∝ exp(c·θ − βᵢc).
enum class StepModel {
  rasch,           ///< two categories: βᵢ₁ = location
  rating_scale,    ///< βᵢc = c·location + τ₁ + … + τc: the same steps for every item
  partial_credit,  ///< every βᵢc its own
};

/// Andersen 1972 (JRSS B 34:42–54); Fischer & Molenaar 1995, Rasch Models, chapters 3 and 15.
struct ConditionalRasch {
  std::vector<double> location;        ///< of each item; sums to 0. Partial credit: the mean of its steps
  std::vector<double> location_error;  ///< empty for partial credit
  std::vector<double> threshold;       ///< rating scale: τ, sums to 0
  std::vector<double> threshold_error;
  std::vector<std::vector<double>> cumulative;  ///< [item][category − 1]: βᵢc; all of them sum to 0 for partial credit
  double log_likelihood = 0;                    ///< conditional on the sums
  std::size_t persons_used = 0;                 ///< whose sum is neither the lowest nor the highest
  int iterations = 0;
};

/// `categories`: persons × items, row by row, whole numbers from 0; no missing values. Newton's method with elementary symmetric functions and their
/// exact derivatives; O(items²·sum of categories²) a step.
/// Fails with bad_input on a length that does not fit, on a negative category, more than 200 items or sums above 1000, and on three categories under
/// StepModel::rasch. Undefined with fewer than two items, when all sums are extreme, and when an item's category was never used so that its step is
/// infinite.
[[nodiscard]] Result<Answer<ConditionalRasch>> conditional_rasch(std::span<const int> categories, std::size_t items, StepModel model);
[[nodiscard]] Method conditional_rasch_method();

}  // namespace waymark::stats
