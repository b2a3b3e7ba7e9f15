/// A statistic against the chi-squared distribution.
#pragma once

#include <cstddef>

namespace waymark::stats {

struct ChiSquaredTest {
  double statistic = 0;
  std::size_t degrees_of_freedom = 0;
  double p = 1;
  double log_p = 0;  ///< finite where p is below the smallest double
};

/// p = P(X > statistic). Negative statistics count as 0; with 0 degrees of freedom p is 1.
[[nodiscard]] ChiSquaredTest chi_squared_test(double statistic, std::size_t degrees_of_freedom);

}  // namespace waymark::stats
