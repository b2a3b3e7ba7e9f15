/// Linear, logistic and complementary log-log regression. The last two on one row a person and a month are the discrete-time hazard model (Allison
/// 1982; Prentice & Gloeckler 1978, Biometrics 34:57–67): the outcome is whether the event happened in that month, time is a covariate.
#pragma once

#include <span>
#include <vector>

#include "stats/chi_squared.hpp"
#include "stats/newton.hpp"
#include "stats/result.hpp"

namespace waymark::stats {

enum class Family {
  linear,                 ///< the mean is x·β; least squares
  logit,                  ///< log(p/(1 − p)) = x·β
  complementary_log_log,  ///< log(−log(1 − p)) = x·β: proportional hazards seen month by month
};

/// Borrowed. An intercept is added in front, so coefficients have one more place than columns.
struct RegressionData {
  std::span<const double> outcome;     ///< finite; 0 or 1 unless linear
  std::span<const double> covariates;  ///< column after column; finite
  std::size_t columns = 0;

  [[nodiscard]] std::size_t size() const { return outcome.size(); }
};

struct RegressionFit {
  Family family = Family::linear;
  std::size_t rows = 0;
  std::vector<double> coefficient;     ///< [0] is the intercept; 0 where redundant, ±∞ where diverging
  std::vector<std::size_t> redundant;  ///< places in `coefficient` that repeat what earlier ones say
  /// Coefficients that separation drives to infinity: a combination of columns predicts the outcome of some rows without exception. There is no
  /// Wald test then; take Firth's correction.
  std::vector<Divergence> divergence;
  std::vector<double> covariance;  ///< inverse expected information, times the dispersion; row by row
  double log_likelihood = 0;
  double log_likelihood_null = 0;   ///< of the intercept alone
  double deviance = 0;              ///< linear: the residual sum of squares
  double dispersion = 1;            ///< linear: the residual variance with n − rank degrees of freedom
  ChiSquaredTest likelihood_ratio;  ///< against the intercept alone
  int iterations = 0;

  [[nodiscard]] bool diverges() const { return any_diverges(divergence); }
};

/// Fisher scoring from 0 until no coefficient moves by 1e-9 of its standard error. Fails with bad_input on no rows, lengths that do not fit, numbers
/// that are not finite, and outcomes other than 0 and 1 (naming row and column from 1). Undefined when there are fewer rows than
/// coefficients or a binary outcome does not vary. O(n·columns²) a step.
[[nodiscard]] Result<Answer<RegressionFit>> fit_regression(const RegressionData& data, Family family);
[[nodiscard]] Method regression_method(Family family);

/// What fit_regression refuses.
[[nodiscard]] Result<void> check(const RegressionData& data, Family family);

}  // namespace waymark::stats
