#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include <fmt/core.h>

#include "stats/distributions.hpp"
#include "stats/roots.hpp"
#include "stats/strata.hpp"

namespace waymark::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double tie = 1e-7;
constexpr double most_steps = 2e9;

struct Stratum {
  Hypergeometric urn;
  std::int64_t first, last;
};

/// The distribution of the sum of focal events over all strata, given every margin, at one odds ratio. masses[k] is of first + k.
struct SumDistribution {
  std::int64_t first = 0;
  std::vector<double> masses;
};

/// The masses of a stratum at an odds ratio; those below 10⁻³²⁰ of the largest are 0.
std::vector<double> tilted_masses(const Stratum& stratum, double log_psi) {
  std::vector<double> logs;
  double largest = -infinity;
  for (std::int64_t k = stratum.first; k <= stratum.last; ++k) {
    logs.push_back(stratum.urn.log_mass(k) + log_psi * static_cast<double>(k));
    largest = std::max(largest, logs.back());
  }
  double total = 0;
  for (double& log : logs) total += log = std::exp(log - largest);
  for (double& mass : logs) mass /= total;
  return logs;
}

SumDistribution distribution_of(const std::vector<Stratum>& strata, double log_psi) {
  SumDistribution sum{0, {1.0}};
  for (const Stratum& stratum : strata) {
    const std::vector<double> masses = tilted_masses(stratum, log_psi);
    std::vector<double> next(sum.masses.size() + masses.size() - 1, 0.0);
    // All terms are positive, so every mass keeps its relative precision, in the tails too; a Fourier transform would lose them.
    for (std::size_t i = 0; i < masses.size(); ++i) {
      if (masses[i] == 0) continue;
      for (std::size_t j = 0; j < sum.masses.size(); ++j) next[i + j] += masses[i] * sum.masses[j];
    }
    sum.masses = std::move(next);
    sum.first += stratum.first;
  }
  return sum;
}

struct Tails {
  double below = 0, at = 0, above = 0, mean = 0;
};

/// At an odds ratio e^shift times that of the distribution.
Tails tails_at(const SumDistribution& sum, std::size_t seen, double shift) {
  double largest = -infinity;
  std::vector<double> logs(sum.masses.size());
  for (std::size_t k = 0; k < logs.size(); ++k) {
    logs[k] = std::log(sum.masses[k]) + shift * (static_cast<double>(k) - static_cast<double>(seen));
    largest = std::max(largest, logs[k]);
  }
  Tails tails;
  for (std::size_t k = 0; k < logs.size(); ++k) {
    const double mass = std::exp(logs[k] - largest);
    (k < seen ? tails.below : k > seen ? tails.above : tails.at) += mass;
    tails.mean += mass * static_cast<double>(k);
  }
  const double total = tails.below + tails.at + tails.above;
  return {tails.below / total, tails.at / total, tails.above / total, tails.mean / total};
}

/// Where a monotone function of the shift crosses 0.
double solve(const std::function<double(double)>& function, double step) {
  double lower = -step;
  double upper = step;
  while (upper < 200 && (function(lower) < 0) == (function(upper) < 0)) {
    lower *= 2;
    upper *= 2;
  }
  return find_root(function, lower, upper).value_or(0);
}

}  // namespace

Result<ExactStratified> exact_stratified(Strata strata, Confidence confidence) {
  std::vector<Stratum> all;
  std::size_t seen = 0;
  for (const TwoGroups& groups : strata) {
    const std::int64_t x = groups.focal.events().value();
    const Hypergeometric urn{x + groups.reference.events().value(), groups.focal.size().value(),
                             groups.focal.size().value() + groups.reference.size().value()};
    if (urn.smallest() == urn.largest()) continue;
    all.push_back({urn, urn.smallest(), urn.largest()});
    seen += static_cast<std::size_t>(x - urn.smallest());
  }
  ExactStratified result{.odds_ratio = not_identifiable("No other tables have these margins, so every odds ratio fits equally well."),
                         .interval = {0, infinity}};
  if (all.empty()) {
    result.mid_two_sided = 0.5;
    return result;
  }
  double steps = 0;
  double range = 0;
  for (const Stratum& stratum : all) {
    const double width = static_cast<double>(stratum.last - stratum.first + 1);
    range += width;
    steps += width * range;
  }
  if (steps > most_steps) {
    return fail(Error::Kind::bad_input, fmt::format("The exact test of {} strata would take {:.1g} steps, which is too long.", all.size(), steps),
                "With so many members the Cochran–Mantel–Haenszel test says the same.");
  }

  const SumDistribution null = distribution_of(all, 0);
  const double mass = null.masses[seen];
  double likely = 0;
  double unlikely = 0;
  double strictly_unlikely = 0;
  result.less = result.greater = 0;
  for (std::size_t k = 0; k < null.masses.size(); ++k) {
    if (k <= seen) result.less += null.masses[k];
    if (k >= seen) result.greater += null.masses[k];
    (null.masses[k] <= mass * (1 + tie) ? unlikely : likely) += null.masses[k];
    if (null.masses[k] < mass / (1 + tie)) strictly_unlikely += null.masses[k];
  }
  result.two_sided = likely == 0 ? 1 : std::min(1.0, unlikely);
  result.mid_two_sided = (result.two_sided + strictly_unlikely) / 2;
  result.less = std::min(1.0, result.less);
  result.greater = std::min(1.0, result.greater);

  const bool at_start = seen == 0;
  const bool at_end = seen + 1 == null.masses.size();
  // Near the estimate the masses around the sum seen are far from underflow, whatever they are under the null.
  const CommonRatio common = mantel_haenszel_odds_ratio(strata);
  const double base = common.estimate && *common.estimate > 0 && *common.estimate < infinity ? std::log(*common.estimate) : 0;
  const SumDistribution near = distribution_of(all, base);
  const double target = static_cast<double>(seen);
  result.odds_ratio = at_start ? 0.0
                      : at_end ? infinity
                               : std::exp(base + solve([&](double shift) { return tails_at(near, seen, shift).mean - target; }, 0.05));
  const double tail = confidence.tail();
  if (!at_start) {
    result.interval.lower = std::exp(base + solve(
                                                [&](double shift) {
                                                  const Tails tails = tails_at(near, seen, shift);
                                                  return tails.at + tails.above - tail;
                                                },
                                                0.5));
  }
  if (!at_end) {
    result.interval.upper = std::exp(base + solve(
                                                [&](double shift) {
                                                  const Tails tails = tails_at(near, seen, shift);
                                                  return tails.at + tails.below - tail;
                                                },
                                                0.5));
  }
  return result;
}

}  // namespace waymark::stats
