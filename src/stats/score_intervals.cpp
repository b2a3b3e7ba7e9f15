#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>

#include "stats/distributions.hpp"
#include "stats/rates.hpp"
#include "stats/roots.hpp"

namespace waymark::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Stands for an infinite score. Beyond every score that counts up to 10⁹ can give, and near enough for interpolation to work with.
constexpr double very_far = 1e6;

struct Counts {
  double x1, n1, x2, n2;
};

Counts counts_of(const TwoGroups& groups) {
  return {groups.focal.events().real(), groups.focal.size().real(), groups.reference.events().real(), groups.reference.size().real()};
}

double score(double difference, double variance) {
  if (variance > 0) return std::clamp(difference / std::sqrt(variance), -very_far, very_far);
  return difference == 0 ? 0 : std::copysign(very_far, difference);
}

/// The rate of the reference group that fits best when the focal one is higher by `delta`: the middle root of a cubic (Miettinen & Nurminen
/// 1985, appendix I), by cosines and then two steps of Newton's, which give back the digits that cosines lose in large samples.
double constrained_reference_rate(const Counts& c, double delta) {
  const double total = c.n1 + c.n2;
  const double l3 = total;
  const double l2 = (c.n1 + 2 * c.n2) * delta - total - (c.x1 + c.x2);
  const double l1 = (c.n2 * delta - total - 2 * c.x2) * delta + c.x1 + c.x2;
  const double l0 = c.x2 * delta * (1 - delta);
  const double q = std::pow(l2 / (3 * l3), 3) - l1 * l2 / (6 * l3 * l3) + l0 / (2 * l3);
  const double p = std::copysign(std::sqrt(std::max(0.0, std::pow(l2 / (3 * l3), 2) - l1 / (3 * l3))), q);
  const double cosine = p == 0 ? 0 : std::clamp(q / (p * p * p), -1.0, 1.0);
  double rate = 2 * p * std::cos((std::numbers::pi + std::acos(cosine)) / 3) - l2 / (3 * l3);
  for (int i = 0; i < 2; ++i) {
    const double value = ((l3 * rate + l2) * rate + l1) * rate + l0;
    const double slope = (3 * l3 * rate + 2 * l2) * rate + l1;
    const double step = slope == 0 ? 0 : value / slope;
    // Near a double root the slope vanishes; a long step would lead away.
    if (std::abs(step) < 1e-4) rate -= step;
  }
  return std::clamp(rate, std::max(0.0, -delta), std::min(1.0, 1 - delta));
}

double score_of_difference(const Counts& c, double delta) {
  const double r2 = constrained_reference_rate(c, delta);
  const double r1 = std::clamp(r2 + delta, 0.0, 1.0);
  const double total = c.n1 + c.n2;
  const double variance = (r1 * (1 - r1) / c.n1 + r2 * (1 - r2) / c.n2) * (total / (total - 1));
  return score(c.x1 / c.n1 - c.x2 / c.n2 - delta, variance);
}

double score_of_ratio(const Counts& c, double ratio) {
  const double total = c.n1 + c.n2;
  const double a = total * ratio;
  const double b = c.n1 * ratio + c.x1 + c.n2 + c.x2 * ratio;
  const double events = c.x1 + c.x2;
  const double r2 = std::clamp(2 * events / (b + std::sqrt(std::max(0.0, b * b - 4 * a * events))), 0.0, std::min(1.0, 1 / ratio));
  const double r1 = std::clamp(r2 * ratio, 0.0, 1.0);
  const double variance = (r1 * (1 - r1) / c.n1 + ratio * ratio * r2 * (1 - r2) / c.n2) * (total / (total - 1));
  return score(c.x1 / c.n1 - c.x2 / c.n2 * ratio, variance);
}

}  // namespace

Answer<Interval> miettinen_nurminen_difference(const TwoGroups& groups, Confidence confidence) {
  const Quantity estimate = rate_difference(groups);
  if (!estimate) return tl::unexpected<NoAnswer>(estimate.error());
  const Counts counts = counts_of(groups);
  const double z = normal_upper_quantile(confidence.tail());
  const auto lower = find_root([&](double delta) { return score_of_difference(counts, delta) - z; }, -1, *estimate);
  const auto upper = find_root([&](double delta) { return score_of_difference(counts, delta) + z; }, *estimate, 1);
  return Interval{lower.value_or(-1), upper.value_or(1)};
}

Answer<Interval> miettinen_nurminen_ratio(const TwoGroups& groups, Confidence confidence) {
  const Quantity estimate = rate_ratio(groups);
  if (!estimate) return tl::unexpected<NoAnswer>(estimate.error());
  const Counts counts = counts_of(groups);
  const double z = normal_upper_quantile(confidence.tail());
  // On the logarithmic scale, from the estimate or, where that is 0 or ∞, from the other end of what counts up to 10⁹ can say.
  constexpr double reach = 60;
  const double at = std::clamp(std::log(*estimate), -reach, reach);
  const auto lower = find_root([&](double log_ratio) { return score_of_ratio(counts, std::exp(log_ratio)) - z; }, -reach, at);
  const auto upper = find_root([&](double log_ratio) { return score_of_ratio(counts, std::exp(log_ratio)) + z; }, at, reach);
  return Interval{lower && counts.x1 > 0 ? std::exp(*lower) : 0, upper && counts.x2 > 0 ? std::exp(*upper) : infinity};
}

}  // namespace waymark::stats
