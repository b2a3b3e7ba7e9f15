#include "stats/chi_squared.hpp"

#include <algorithm>

#include "stats/distributions.hpp"

namespace waymark::stats {

ChiSquaredTest chi_squared_test(double statistic, std::size_t degrees_of_freedom) {
  ChiSquaredTest test{std::max(0.0, statistic), degrees_of_freedom, 1, 0};
  if (degrees_of_freedom == 0) return test;
  const double degrees = static_cast<double>(degrees_of_freedom);
  test.p = chi_squared_upper(test.statistic, degrees);
  test.log_p = chi_squared_log_upper(test.statistic, degrees);
  return test;
}

}  // namespace waymark::stats
