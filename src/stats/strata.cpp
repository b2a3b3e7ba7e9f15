#include "stats/strata.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/core.h>

#include "stats/distributions.hpp"

namespace waymark::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// A stratum in the letters of the literature: a b / c d, focal group first, events first.
struct Cells {
  double a, b, c, d, n1, n2, m1, m2, n;
};

Cells cells_of(const TwoGroups& groups) {
  const double a = groups.focal.events().real();
  const double b = groups.focal.others().real();
  const double c = groups.reference.events().real();
  const double d = groups.reference.others().real();
  return {a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d};
}

bool informs(const Cells& t) { return t.n1 > 0 && t.n2 > 0 && t.m1 > 0 && t.m2 > 0; }

/// The strata that hold information about the odds ratio.
std::vector<Cells> informative(Strata strata) {
  std::vector<Cells> result;
  for (const TwoGroups& stratum : strata) {
    if (const Cells cells = cells_of(stratum); informs(cells)) result.push_back(cells);
  }
  return result;
}

/// Those in which both groups have somebody: all that is needed for rates.
std::vector<Cells> comparable(Strata strata) {
  std::vector<Cells> result;
  for (const TwoGroups& stratum : strata) {
    if (const Cells cells = cells_of(stratum); cells.n1 > 0 && cells.n2 > 0) result.push_back(cells);
  }
  return result;
}

ChiSquared chi_squared(double statistic, double degrees_of_freedom) {
  return {statistic, degrees_of_freedom, chi_squared_upper(statistic, degrees_of_freedom), chi_squared_log_upper(statistic, degrees_of_freedom)};
}

tl::unexpected<NoAnswer> no_information() { return undefined("No stratum has both groups and both outcomes, so nothing can be compared."); }

CommonRatio on_log_scale(double estimate, double variance, Confidence confidence) {
  if (estimate == 0 || estimate == infinity) {
    const auto none = undefined("The estimate is at the end of its range, where the logarithmic scale has no interval; the exact interval has.");
    return {estimate, none, none};
  }
  const double error = std::sqrt(variance);
  const double reach = normal_upper_quantile(confidence.tail()) * error;
  return {estimate, error, Interval{estimate * std::exp(-reach), estimate * std::exp(reach)}};
}

CommonRatio no_ratio(const tl::unexpected<NoAnswer>& why) { return {why, why, why}; }

/// Σ ad/n and Σ bc/n, whose ratio is the Mantel–Haenszel odds ratio.
struct OddsSums {
  double numerator = 0;
  double denominator = 0;
};
OddsSums odds_sums(const std::vector<Cells>& strata) {
  OddsSums sums;
  for (const Cells& t : strata) {
    sums.numerator += t.a * t.d / t.n;
    sums.denominator += t.b * t.c / t.n;
  }
  return sums;
}

/// The focal events expected at an odds ratio, given the margins: the root of a quadratic that fits the margins.
double expected_at(const Cells& t, double odds_ratio) {
  // ψ (n1 − e)(m1 − e) = e (n2 − m1 + e), solved so that neither a small nor a large ψ loses digits.
  const double a = odds_ratio - 1;
  const double b = -(odds_ratio * (t.n1 + t.m1) + t.n2 - t.m1);
  const double c = odds_ratio * t.n1 * t.m1;
  return 2 * c / (-b + std::sqrt(std::max(0.0, b * b - 4 * a * c)));
}

}  // namespace

MantelHaenszelTest mantel_haenszel_test(Strata strata) {
  double difference = 0;
  double variance = 0;
  for (const Cells& t : informative(strata)) {
    difference += t.a - t.n1 * (t.m1 / t.n);
    variance += t.n1 * (t.n2 / t.n) * (t.m1 / t.n) * (t.m2 / (t.n - 1));
  }
  if (variance == 0) return {no_information(), no_information()};
  const double size = std::abs(difference);
  // As in R, no correction where it would turn the difference over; a difference of just ½ must not depend on rounding.
  const double corrected = size >= 0.5 - 1e-9 ? std::max(0.0, size - 0.5) : size;
  return {chi_squared(size * size / variance, 1), chi_squared(corrected * corrected / variance, 1)};
}

CommonRatio mantel_haenszel_odds_ratio(Strata strata, Confidence confidence) {
  const std::vector<Cells> all = informative(strata);
  const auto [r, s] = odds_sums(all);
  if (r == 0 && s == 0) return no_ratio(no_information());
  double pr = 0;
  double ps_qr = 0;
  double qs = 0;
  for (const Cells& t : all) {
    const double p = (t.a + t.d) / t.n;
    const double q = (t.b + t.c) / t.n;
    pr += p * (t.a * t.d / t.n);
    ps_qr += p * (t.b * t.c / t.n) + q * (t.a * t.d / t.n);
    qs += q * (t.b * t.c / t.n);
  }
  return on_log_scale(s == 0 ? infinity : r / s, pr / (2 * r * r) + ps_qr / (2 * r * s) + qs / (2 * s * s), confidence);
}

CommonRatio mantel_haenszel_rate_ratio(Strata strata, Confidence confidence) {
  double r = 0;
  double s = 0;
  double spread = 0;
  for (const Cells& t : comparable(strata)) {
    r += t.a * (t.n2 / t.n);
    s += t.c * (t.n1 / t.n);
    // n1·n2·m1 − a·c·n, put so that nothing cancels.
    spread += (t.a / t.n) * t.d * (t.n1 / t.n) + (t.c / t.n) * t.b * (t.n2 / t.n);
  }
  if (r == 0 && s == 0) return no_ratio(undefined("In no stratum with both groups has anybody the event, so there is no ratio of rates."));
  return on_log_scale(s == 0 ? infinity : r / s, spread / (r * s), confidence);
}

CommonDifference mantel_haenszel_difference(Strata strata, Confidence confidence) {
  double weight = 0;
  double difference = 0;
  double p = 0;
  double q = 0;
  double size = 0;
  for (const Cells& t : comparable(strata)) {
    const double share1 = t.n1 / t.n;
    const double share2 = t.n2 / t.n;
    weight += t.n1 * share2;
    difference += t.a * share2 - t.c * share1;
    p += t.c * share1 * share1 - t.a * share2 * share2 + share1 * share2 * (t.n2 - t.n1) / 2;
    size += t.c * share1 * share1 + t.a * share2 * share2 + share1 * share2 * t.n / 2;
    q += (t.a / t.n * (t.n2 - t.c) + t.c / t.n * (t.n1 - t.a)) / 2;
  }
  if (weight == 0) {
    const auto none = undefined("No stratum has both groups, so nothing can be compared.");
    return {none, none, none};
  }
  const double estimate = difference / weight;
  // Where every rate is 0 or 1 the two parts cancel, but for rounding.
  const double variance = estimate * p + q;
  const double error = variance > 1e-13 * (std::abs(estimate) * size + q) ? std::sqrt(variance) / weight : 0;
  const double reach = normal_upper_quantile(confidence.tail()) * error;
  return {estimate, error, Interval{estimate - reach, estimate + reach}};
}

Homogeneity homogeneity_test(Strata strata) {
  const std::vector<Cells> all = informative(strata);
  if (all.size() < 2) {
    const auto none = undefined("Fewer than two strata have both groups and both outcomes, so there is nothing to differ.");
    return {none, none};
  }
  const auto [r, s] = odds_sums(all);
  if (r == 0 || s == 0) {
    const auto none = undefined("The common odds ratio is 0 or infinite, so the strata have no expected counts.");
    return {none, none};
  }
  double statistic = 0;
  double differences = 0;
  double variances = 0;
  for (const Cells& t : all) {
    const double e = expected_at(t, r / s);
    const double variance = 1 / (1 / e + 1 / (t.n1 - e) + 1 / (t.m1 - e) + 1 / (t.n2 - t.m1 + e));
    statistic += (t.a - e) * ((t.a - e) / variance);
    differences += t.a - e;
    variances += variance;
  }
  const double degrees = static_cast<double>(all.size() - 1);
  const double tarone = std::max(0.0, statistic - differences * (differences / variances));
  return {chi_squared(statistic, degrees), chi_squared(tarone, degrees)};
}

StandardisedRates standardised_rates(Strata strata) {
  double total = 0;
  double focal = 0;
  double reference = 0;
  for (const TwoGroups& stratum : strata) {
    const Cells t = cells_of(stratum);
    if (t.n == 0) continue;
    if (t.n1 == 0 || t.n2 == 0) {
      const auto none = undefined("One of the groups is empty in a stratum, so its rate there is not known.");
      return {none, none, none};
    }
    total += t.n;
    focal += t.n * (t.a / t.n1);
    reference += t.n * (t.c / t.n2);
  }
  if (total == 0) {
    const auto none = undefined("Every stratum is empty.");
    return {none, none, none};
  }
  StandardisedRates result{focal / total, reference / total, undefined("Neither group has an event, so there is no ratio of rates.")};
  if (focal > 0 || reference > 0) result.ratio = reference == 0 ? infinity : focal / reference;
  return result;
}

Result<TwoGroups> crude(Strata strata) {
  std::int64_t sums[4] = {};
  for (const TwoGroups& stratum : strata) {
    sums[0] += stratum.focal.events().value();
    sums[1] += stratum.focal.size().value();
    sums[2] += stratum.reference.events().value();
    sums[3] += stratum.reference.size().value();
  }
  if (std::max(sums[1], sums[3]) > Count::max) {
    return fail(Error::Kind::bad_input, "All strata together have more members than can be counted here.",
                fmt::format("Counts go up to {}.", Count::max));
  }
  return TwoGroups{Group(Count(sums[0]), Count(sums[1])), Group(Count(sums[2]), Count(sums[3]))};
}

Answer<ChiSquared> trend_test(std::span<const Group> groups, std::span<const double> scores) {
  double events = 0;
  double total = 0;
  double weighted = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    events += groups[i].events().real();
    total += groups[i].size().real();
    weighted += groups[i].size().real() * scores[i];
  }
  if (total == 0 || events == 0 || events == total) return undefined("All outcomes are the same, so there is no trend to see.");
  const double rate = events / total;
  const double mean = weighted / total;
  double covariance = 0;
  double spread = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const double size = groups[i].size().real();
    covariance += (groups[i].events().real() - size * rate) * (scores[i] - mean);
    spread += size * (scores[i] - mean) * (scores[i] - mean);
  }
  if (spread == 0) return undefined("All members have the same score, so there is no trend to see.");
  return chi_squared(covariance * (covariance / (rate * (1 - rate) * spread)), 1);
}

Answer<ChiSquared> equal_rates_test(std::span<const Group> groups) {
  double events = 0;
  double total = 0;
  int filled = 0;
  for (const Group& group : groups) {
    events += group.events().real();
    total += group.size().real();
    if (!group.empty()) ++filled;
  }
  if (filled < 2) return undefined("Fewer than two groups have members, so there is nothing to compare.");
  if (events == 0 || events == total) return undefined("All outcomes are the same, so there is nothing to compare.");
  const double rate = events / total;
  double statistic = 0;
  for (const Group& group : groups) {
    if (group.empty()) continue;
    const double expected = group.size().real() * rate;
    statistic += std::pow(group.events().real() - expected, 2) / (expected * (1 - rate));
  }
  return chi_squared(statistic, filled - 1);
}

}  // namespace waymark::stats
