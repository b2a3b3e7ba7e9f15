#include "stats/shrinkage/funnel.hpp"

#include <algorithm>
#include <cmath>

#include "stats/distributions.hpp"

namespace waymark::stats {
namespace {

/// The binomial quantile, moved between counts so that the tail is met exactly.
double limit(double p, const Group& group, double target) {
  const std::int64_t n = group.size().value();
  const std::int64_t k = binomial_quantile(p, n, target);
  const double above = binomial_lower(k, n, target) - p;
  return (static_cast<double>(k) - above / binomial_mass(k, n, target)) / group.size().real();
}

/// Between the two nearest of the sorted values (R's type 7).
double quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const std::size_t below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

Answer<Funnel> funnel(std::span<const Group> groups, double winsor) {
  if (groups.size() < 2) return undefined("there are fewer than two groups");
  double events = 0, size = 0;
  for (const Group& group : groups) {
    if (group.empty()) return undefined("a group is empty");
    events += group.events().real();
    size += group.size().real();
  }
  if (events == 0 || events == size) return undefined(events == 0 ? "it happened to nobody" : "it happened to everybody");
  Funnel result;
  result.target = events / size;
  const double count = static_cast<double>(groups.size());
  std::vector<double> z;
  double weight = 0, squares = 0;
  for (const Group& group : groups) {
    const double variance = result.target * (1 - result.target) / group.size().real();
    z.push_back((group.rate() - result.target) / std::sqrt(variance));
    weight += 1 / variance;
    squares += 1 / (variance * variance);
  }
  std::vector<double> sorted = z;
  std::sort(sorted.begin(), sorted.end());
  const double low = quantile(sorted, winsor), high = quantile(sorted, 1 - winsor);
  result.dispersion = 0;
  for (const double value : z) result.dispersion += std::pow(std::clamp(value, low, high), 2) / count;
  result.extra_variance = std::max(0.0, (count * result.dispersion - (count - 1)) / (weight - squares / weight));
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const double variance = result.target * (1 - result.target) / groups[i].size().real();
    Funnel::Member member;
    member.z = z[i];
    member.adjusted_z = (groups[i].rate() - result.target) / std::sqrt(variance + result.extra_variance);
    member.warning = {limit(.025, groups[i], result.target), limit(.975, groups[i], result.target)};
    member.alarm = {limit(.001, groups[i], result.target), limit(.999, groups[i], result.target)};
    result.members.push_back(member);
  }
  return result;
}

Method funnel_method() { return {"Funnel limits with overdispersion", "Spiegelhalter 2005, Statistics in Medicine 24:1185–1202"}; }

}  // namespace waymark::stats
