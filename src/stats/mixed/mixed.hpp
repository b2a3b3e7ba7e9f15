/// Logistic models in which every group (a team, a judge) has a level of its own, drawn from a normal distribution.
#pragma once

#include <span>
#include <vector>

#include "stats/result.hpp"
#include "stats/survival/spells.hpp"

namespace waymark::stats {

/// Borrowed. One row a count of `outcome`: to how many of the row it happened. Empty rows add nothing.
struct MixedLogitData {
  std::span<const Group> outcome;
  std::span<const double> covariates;  ///< column after column; finite
  std::size_t columns = 0;
  std::span<const Code> group;
};

/// Borrowed. One row a judgement: its category, from 0 upwards, without gaps.
struct MixedOrdinalData {
  std::span<const Code> category;
  std::span<const double> covariates;  ///< column after column; finite
  std::size_t columns = 0;
  std::span<const Code> group;
};

/// What both models give. All are log odds.
struct MixedFit {
  std::size_t rows = 0;
  std::size_t groups = 0;           ///< that have rows
  std::vector<double> coefficient;  ///< logit: the intercept, ordinal: the thresholds, ascending; then the columns
  double deviation = 0;             ///< σ, the standard deviation of the groups; > 0
  /// Of the coefficients and, last, of σ: the inverse of minus the second derivative of the marginal log-likelihood; row by row.
  std::vector<double> covariance;
  double log_likelihood = 0;  ///< marginal: the groups integrated out
  double deviance = 0;        ///< logit: −2·(log_likelihood − that of every row at its own rate); ordinal: −2·log_likelihood
  /// By code of the group: the most likely level given its rows and the estimates; 0 for codes without rows.
  std::vector<double> effect;
  std::vector<double> effect_error;  ///< 1/√ of the curvature there, the estimates taken as known
  int iterations = 0;
};

/// How finely the groups are integrated out: nodes of the Gauss–Hermite rule, moved to each group's mode and stretched by its curvature (Liu & Pierce
/// 1994, Biometrika 81:624–629; Pinheiro & Bates 1995, Journal of Computational and Graphical Statistics 4:12–35). 1 is Laplace's method.
class Nodes {
 public:
  static constexpr std::size_t max = 100;
  /// REQUIRES 1 ≤ count ≤ max.
  constexpr explicit Nodes(std::size_t count) : m_count(count) {}
  [[nodiscard]] constexpr std::size_t count() const { return m_count; }

 private:
  std::size_t m_count;
};

/// log(p/(1 − p)) = intercept + x·β + u, u ~ N(0, σ²) for each group; maximum marginal likelihood (McCulloch & Searle 2001, Generalized, Linear, and
/// Mixed Models, chapter 8).
///
/// Newton's method from the common rate, until no coefficient (of columns with mean 0 and variance 1) moves by 1e-10. Fails with bad_input on no rows,
/// lengths that do not fit and covariates that are not finite (naming row and column from 1). Undefined with fewer than two groups, when the outcome
/// does not vary, and when the groups differ no more than chance makes them (σ = 0: take fit_regression). Not identifiable when a column repeats
/// what earlier ones say, or the likelihood rises without end. O(rows·nodes·columns²) a step.
[[nodiscard]] Result<Answer<MixedFit>> fit_mixed_logit(const MixedLogitData& data, Nodes nodes = Nodes(25));
[[nodiscard]] Method mixed_logit_method();

/// log(P(Y ≤ j)/P(Y > j)) = threshold_j − x·β − u, u ~ N(0, σ²) for each group: the proportional odds model of McCullagh 1980 (Journal of the Royal
/// Statistical Society B 42:109–142) with levels of groups (Hedeker & Gibbons 1994, Biometrics 50:933–944). A positive effect is a group that gives
/// higher categories: a lenient judge.
///
/// As fit_mixed_logit; not identifiable, too, when nobody is in a category below the highest.
[[nodiscard]] Result<Answer<MixedFit>> fit_mixed_ordinal(const MixedOrdinalData& data, Nodes nodes = Nodes(25));
[[nodiscard]] Method mixed_ordinal_method();

}  // namespace waymark::stats
