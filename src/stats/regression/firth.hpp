/// Logistic regression that stays finite: separation and rare events.
#pragma once

#include "stats/regression/regression.hpp"

namespace waymark::stats {

/// Firth 1993 (Biometrika 80:27–38): the likelihood times √det I(β), Jeffreys' prior. Tests and intervals are of the penalised likelihood's profile
/// (Heinze & Schemper 2002, Statistics in Medicine 21:2409–2419): Wald's mislead where the correction is needed.
struct FirthFit {
  struct Coefficient {
    double estimate = 0;
    double standard_error = 0;  ///< √ of the inverse information at the estimate; for scale, not for tests
    /// A bound is infinite when the profile never falls that far.
    Interval interval;
    ChiSquaredTest likelihood_ratio;  ///< against 0, the other coefficients free
  };
  std::size_t rows = 0;
  std::size_t events = 0;
  /// [0] is the intercept. Undefined for columns that repeat what earlier ones say.
  std::vector<Answer<Coefficient>> coefficient;
  std::vector<double> covariance;  ///< row by row
  double penalised_log_likelihood = 0;
  int iterations = 0;
};

/// Fails as fit_regression does. Undefined when the outcome does not vary and with fewer rows than coefficients. O(n·columns²) a step; each bound of an interval
/// costs some twenty fits of the other coefficients.
[[nodiscard]] Result<Answer<FirthFit>> fit_firth(const RegressionData& data, Confidence confidence = {});
[[nodiscard]] Method firth_method();

}  // namespace waymark::stats
