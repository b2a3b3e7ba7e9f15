#include "stats/roots.hpp"

#include <cstdint>
#include <limits>

#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/toms748_solve.hpp>

namespace waymark::stats {

std::optional<double> find_root(const RealFunction& function, double lower, double upper) {
  const double at_lower = function(lower);
  if (at_lower == 0) return lower;
  const double at_upper = function(upper);
  if (at_upper == 0) return upper;
  if ((at_lower > 0) == (at_upper > 0)) return std::nullopt;
  std::uintmax_t calls = 200;
  const auto [below, above] =
      boost::math::tools::toms748_solve(function, lower, upper, at_lower, at_upper, boost::math::tools::eps_tolerance<double>(52), calls);
  return below + (above - below) / 2;
}

Summit find_summit(const RealFunction& function, double lower, double upper) {
  std::uintmax_t calls = 200;
  const auto [place, negated] =
      boost::math::tools::brent_find_minima([&](double x) { return -function(x); }, lower, upper, std::numeric_limits<double>::digits / 2, calls);
  return {place, -negated};
}

}  // namespace waymark::stats
