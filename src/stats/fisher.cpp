#include "stats/fisher.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "stats/distributions.hpp"
#include "stats/roots.hpp"

namespace waymark::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Tables whose probabilities differ by less are equally likely: floating point cannot tell them apart, and R's fisher.test says so too.
constexpr double tie = 1e-7;

Hypergeometric urn_of(const TwoGroups& groups) {
  return {groups.focal.events().value() + groups.reference.events().value(), groups.focal.size().value(),
          groups.focal.size().value() + groups.reference.size().value()};
}

/// log P of all tables whose log mass is below a bound, or −∞. Masses rise to the mode and fall behind it, so these are two tails.
double log_unlikely(const Hypergeometric& urn, double bound) {
  const std::int64_t smallest = urn.smallest();
  const std::int64_t largest = urn.largest();
  const double highest =
      std::floor((static_cast<double>(urn.marked) + 1) * (static_cast<double>(urn.drawn) + 1) / (static_cast<double>(urn.total) + 2));
  const std::int64_t mode = std::clamp(static_cast<std::int64_t>(highest), smallest, largest);
  if (urn.log_mass(mode) <= bound) return 0;
  // The last table of the left tail, and the first of the right one; mode belongs to neither.
  std::int64_t left = smallest - 1;
  for (std::int64_t end = mode; end - left > 1;) {
    const std::int64_t middle = left + (end - left) / 2;
    (urn.log_mass(middle) <= bound ? left : end) = middle;
  }
  std::int64_t right = largest + 1;
  for (std::int64_t end = mode; right - end > 1;) {
    const std::int64_t middle = end + (right - end) / 2;
    (urn.log_mass(middle) <= bound ? right : end) = middle;
  }
  const double lower = left < smallest ? -infinity : urn.log_lower(left);
  const double upper = right > largest ? -infinity : urn.log_upper(right - 1);
  const double larger = std::max(lower, upper);
  return larger == -infinity ? larger : std::min(0.0, larger + std::log1p(std::exp(std::min(lower, upper) - larger)));
}

/// The distribution of focal events at an odds ratio ψ, summed from its mode outwards.
struct Tilted {
  double below = 0;  ///< P(X < x)
  double at = 0;     ///< P(X = x)
  double above = 0;  ///< P(X > x)
  double mean = 0;
};

Tilted tilted(const Hypergeometric& urn, std::int64_t x, double log_psi) {
  const double psi = std::exp(log_psi);
  const double marked = static_cast<double>(urn.marked);
  const double drawn = static_cast<double>(urn.drawn);
  const double rest = static_cast<double>(urn.total - urn.marked) - drawn;
  const double first = static_cast<double>(urn.smallest());
  const double last = static_cast<double>(urn.largest());
  const auto step_up = [&](double j) { return psi * (marked - j) * (drawn - j) / ((j + 1) * (rest + j + 1)); };
  // The mode is where a step up begins to be below one: a root of (1 − ψ)j² + … (Liao & Rosen 2001, The American Statistician 55:366–369).
  const double a = psi - 1;
  const double b = -((marked + drawn + 2) * psi + rest);
  const double c = psi * (marked + 1) * (drawn + 1);
  const double q = -(b + std::copysign(std::sqrt(std::max(0.0, b * b - 4 * a * c)), b)) / 2;
  const double mode = std::clamp(std::floor(c / q), first, last);
  const double seen = static_cast<double>(x);
  Tilted sums;
  double moment = 0;
  double total = 0;
  const auto add = [&](double j, double term) {
    (j < seen ? sums.below : j > seen ? sums.above : sums.at) += term;
    moment += (j - mode) * term;
    total += term;
  };
  add(mode, 1);
  double term = 1;
  for (double j = mode; j < last;) {
    term *= step_up(j);
    add(++j, term);
    if (term < total * 1e-19) break;
  }
  term = 1;
  for (double j = mode; j > first;) {
    term /= step_up(--j);
    add(j, term);
    if (term < total * 1e-19) break;
  }
  return {sums.below / total, sums.at / total, sums.above / total, mode + moment / total};
}

/// The odds ratio at which a decreasing or increasing function of its logarithm crosses 0, looked for around a guess.
double solve(const std::function<double(double)>& function, double guess, double step) {
  double lower = guess - step;
  double upper = guess + step;
  const bool rising = function(-100) < 0;
  const auto low_enough = [&](double x) { return (function(x) < 0) == rising; };
  for (double width = step; lower > -100 && !low_enough(lower); width *= 2) {
    upper = lower;
    lower = std::max(-100.0, lower - width);
  }
  for (double width = step; upper < 100 && low_enough(upper); width *= 2) {
    lower = upper;
    upper = std::min(100.0, upper + width);
  }
  return std::exp(find_root(function, lower, upper).value_or(guess));
}

}  // namespace

FisherTest fisher_test(const TwoGroups& groups) {
  const Hypergeometric urn = urn_of(groups);
  const std::int64_t x = groups.focal.events().value();
  FisherTest test;
  if (urn.smallest() == urn.largest()) {
    test.mid_two_sided = 0.5;
    return test;
  }
  const double mass = urn.mass(x);
  test.less = urn.lower(x);
  test.greater = urn.upper(x - 1);
  test.log_two_sided = log_unlikely(urn, urn.log_mass(x) + std::log1p(tie));
  test.two_sided = std::exp(test.log_two_sided);
  test.two_sided_doubled = std::min(1.0, 2 * std::min(test.less, test.greater));
  test.mid_less = urn.lower(x - 1) + mass / 2;
  test.mid_greater = urn.upper(x) + mass / 2;
  test.mid_two_sided_doubled = std::min(1.0, 2 * std::min(test.mid_less, test.mid_greater));
  test.mid_two_sided = (test.two_sided + std::exp(log_unlikely(urn, urn.log_mass(x) - std::log1p(tie)))) / 2;
  return test;
}

ConditionalOddsRatio conditional_odds_ratio(const TwoGroups& groups, Confidence confidence) {
  const Hypergeometric urn = urn_of(groups);
  const std::int64_t x = groups.focal.events().value();
  if (urn.smallest() == urn.largest()) {
    const auto nothing_known = not_identifiable("No other table has these margins, so every odds ratio fits equally well.");
    return {nothing_known, {0, infinity}, nothing_known, {0, infinity}};
  }
  const bool at_start = x == urn.smallest();
  const bool at_end = x == urn.largest();
  const double tail = confidence.tail();
  // Where to begin looking: the empirical odds ratio with half an event more in every cell, and its Wald interval.
  const double a = groups.focal.events().real() + 0.5;
  const double b = groups.focal.others().real() + 0.5;
  const double c = groups.reference.events().real() + 0.5;
  const double d = groups.reference.others().real() + 0.5;
  const double guess = std::log(a) - std::log(b) - std::log(c) + std::log(d);
  const double error = std::sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  const double reach = normal_upper_quantile(tail) * error;

  ConditionalOddsRatio result{
      0.0, {0, infinity}, undefined("The table is at the end of what its margins allow, so one mid-p tail is empty."), {0, infinity}};
  if (at_end) result.estimate = infinity;
  const double seen = static_cast<double>(x);
  if (!at_start && !at_end) {
    result.estimate = solve([&](double log_psi) { return tilted(urn, x, log_psi).mean - seen; }, guess, error / 4);
    result.median_unbiased = solve(
        [&](double log_psi) {
          const Tilted sums = tilted(urn, x, log_psi);
          return sums.above - sums.below;
        },
        guess, error / 4);
  }
  if (!at_start) {
    result.exact.lower = solve(
        [&](double log_psi) {
          const Tilted sums = tilted(urn, x, log_psi);
          return sums.at + sums.above - tail;
        },
        guess - reach, error / 4);
    result.mid_p.lower = solve(
        [&](double log_psi) {
          const Tilted sums = tilted(urn, x, log_psi);
          return sums.at / 2 + sums.above - tail;
        },
        guess - reach, error / 4);
  }
  if (!at_end) {
    result.exact.upper = solve(
        [&](double log_psi) {
          const Tilted sums = tilted(urn, x, log_psi);
          return sums.at + sums.below - tail;
        },
        guess + reach, error / 4);
    result.mid_p.upper = solve(
        [&](double log_psi) {
          const Tilted sums = tilted(urn, x, log_psi);
          return sums.at / 2 + sums.below - tail;
        },
        guess + reach, error / 4);
  }
  return result;
}

}  // namespace waymark::stats
