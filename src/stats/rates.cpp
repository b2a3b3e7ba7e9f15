#include "stats/rates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "stats/distributions.hpp"

namespace waymark::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double z_of(Confidence confidence) { return normal_upper_quantile(confidence.tail()); }

tl::unexpected<NoAnswer> empty_group() { return undefined("The group is empty."); }

std::optional<NoAnswer> lacks_difference(const TwoGroups& groups) {
  if (groups.focal.empty() || groups.reference.empty())
    return NoAnswer{NoAnswer::Why::undefined, "One of the groups is empty, so there is nothing to compare."};
  return std::nullopt;
}

std::optional<NoAnswer> lacks_ratio(const TwoGroups& groups) {
  if (auto lacking = lacks_difference(groups)) return lacking;
  if (groups.focal.events().value() == 0 && groups.reference.events().value() == 0) {
    return NoAnswer{NoAnswer::Why::undefined, "Neither group has an event, so there is no ratio of rates."};
  }
  return std::nullopt;
}

double ratio_of(double focal, double reference) { return reference == 0 ? infinity : focal / reference; }

/// The score interval of a rate that stands in for the observed one; with the observed one itself, Wilson's.
double score_bound(double rate, double size, double z, double sign) {
  const double half = z * z / (2 * size);
  return (rate + half + sign * z * std::sqrt(rate * (1 - rate) / size + half / (2 * size))) / (1 + 2 * half);
}

}  // namespace

Answer<Interval> wilson_interval(const Group& group, Confidence confidence) {
  if (group.empty()) return empty_group();
  const double z = z_of(confidence);
  const double n = group.size().real();
  // At the ends the bound is the end; rounding would miss it.
  return Interval{group.events().value() == 0 ? 0 : score_bound(group.rate(), n, z, -1),
                  group.others().value() == 0 ? 1 : score_bound(group.rate(), n, z, 1)};
}

Answer<Interval> wilson_corrected_interval(const Group& group, Confidence confidence) {
  if (group.empty()) return empty_group();
  const double z = z_of(confidence);
  const double n = group.size().real();
  const double below = group.rate() - 0.5 / n;
  const double above = group.rate() + 0.5 / n;
  return Interval{below <= 0 ? 0 : score_bound(below, n, z, -1), above >= 1 ? 1 : score_bound(above, n, z, 1)};
}

Answer<Interval> clopper_pearson_interval(const Group& group, Confidence confidence) {
  if (group.empty()) return empty_group();
  const double x = group.events().real();
  const double rest = group.others().real();
  return Interval{x == 0 ? 0 : beta_quantile(confidence.tail(), x, rest + 1), rest == 0 ? 1 : beta_upper_quantile(confidence.tail(), x + 1, rest)};
}

Answer<Interval> jeffreys_interval(const Group& group, Confidence confidence) {
  if (group.empty()) return empty_group();
  const double a = group.events().real() + 0.5;
  const double b = group.others().real() + 0.5;
  return Interval{beta_quantile(confidence.tail(), a, b), beta_upper_quantile(confidence.tail(), a, b)};
}

Quantity rate_difference(const TwoGroups& groups) {
  if (auto lacking = lacks_difference(groups)) return tl::unexpected<NoAnswer>(*lacking);
  return groups.focal.rate() - groups.reference.rate();
}

Answer<Interval> newcombe_interval(const TwoGroups& groups, Confidence confidence) {
  const Quantity difference = rate_difference(groups);
  if (!difference) return tl::unexpected<NoAnswer>(difference.error());
  const Interval focal = *wilson_interval(groups.focal, confidence);
  const Interval reference = *wilson_interval(groups.reference, confidence);
  const double p = groups.focal.rate();
  const double q = groups.reference.rate();
  return Interval{*difference - std::hypot(p - focal.lower, reference.upper - q), *difference + std::hypot(focal.upper - p, q - reference.lower)};
}

Quantity rate_ratio(const TwoGroups& groups) {
  if (auto lacking = lacks_ratio(groups)) return tl::unexpected<NoAnswer>(*lacking);
  return ratio_of(groups.focal.rate(), groups.reference.rate());
}

Answer<Interval> katz_interval(const TwoGroups& groups, Confidence confidence) {
  const Quantity ratio = rate_ratio(groups);
  if (!ratio) return tl::unexpected<NoAnswer>(ratio.error());
  if (groups.focal.events().value() == 0 || groups.reference.events().value() == 0) {
    return undefined("The log interval needs an event in both groups; the score interval does not.");
  }
  const auto part = [](const Group& group) { return group.others().real() / (group.events().real() * group.size().real()); };
  const double reach = z_of(confidence) * std::sqrt(part(groups.focal) + part(groups.reference));
  return Interval{*ratio * std::exp(-reach), *ratio * std::exp(reach)};
}

Answer<bool> below_four_fifths(const TwoGroups& groups) {
  if (auto lacking = lacks_ratio(groups)) return tl::unexpected<NoAnswer>(*lacking);
  return 5 * groups.focal.events().value() * groups.reference.size().value() < 4 * groups.reference.events().value() * groups.focal.size().value();
}

FlipOne flip_one(const TwoGroups& groups) {
  if (auto lacking = lacks_ratio(groups)) return {tl::unexpected<NoAnswer>(*lacking), tl::unexpected<NoAnswer>(*lacking)};
  if (groups.focal.others().value() == 0) {
    const auto nobody = undefined("Everybody in the focal group has the event already.");
    return {nobody, nobody};
  }
  const double n = groups.focal.size().real();
  const double more = (groups.focal.events().real() + 1) / n;
  FlipOne result{ratio_of(more, groups.reference.rate()), undefined("The reference group has no event that could move.")};
  if (groups.reference.events().value() > 0)
    result.one_moved = ratio_of(more, (groups.reference.events().real() - 1) / groups.reference.size().real());
  return result;
}

Quantity shortfall(const TwoGroups& groups) {
  if (auto lacking = lacks_difference(groups)) return tl::unexpected<NoAnswer>(*lacking);
  const double events = groups.focal.events().real() + groups.reference.events().real();
  return groups.focal.size().real() * (events / (groups.focal.size().real() + groups.reference.size().real())) - groups.focal.events().real();
}

StandardDeviations standard_deviations(const TwoGroups& groups) {
  if (auto lacking = lacks_difference(groups)) {
    const tl::unexpected<NoAnswer> none(*lacking);
    return {none, none, none};
  }
  const double n = groups.focal.size().real();
  const double m = groups.reference.size().real();
  const double events = groups.focal.events().real() + groups.reference.events().real();
  const double total = n + m;
  if (events == 0 || events == total) {
    const auto none =
        undefined(events == 0 ? "Nobody has the event, so there is no variation." : "Everybody has the event, so there is no variation.");
    return {none, none, none};
  }
  const double common = events / total;
  const double pooled = (groups.focal.rate() - groups.reference.rate()) / std::sqrt(common * (1 - common) * (1 / n + 1 / m));
  const double deviation = std::sqrt(n * common * (1 - common) * (m / (total - 1)));
  return {pooled, (groups.focal.events().real() - n * common) / deviation, normal_two_sided(pooled)};
}

Quantity cohen_h(const TwoGroups& groups) {
  if (auto lacking = lacks_difference(groups)) return tl::unexpected<NoAnswer>(*lacking);
  return 2 * std::asin(std::sqrt(groups.focal.rate())) - 2 * std::asin(std::sqrt(groups.reference.rate()));
}

Answer<std::size_t> highest_rate(std::span<const Group> groups) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].empty()) continue;
    if (!best || groups[i].events().value() * groups[*best].size().value() > groups[*best].events().value() * groups[i].size().value()) best = i;
  }
  if (!best) return undefined("Every group is empty.");
  return *best;
}

std::vector<Quantity> impact_ratios(std::span<const Group> groups) {
  std::vector<Quantity> result;
  const Answer<std::size_t> best = highest_rate(groups);
  for (const Group& group : groups) {
    if (!best || group.empty()) {
      result.emplace_back(empty_group());
    } else {
      result.push_back(rate_ratio({group, groups[*best]}));
    }
  }
  return result;
}

}  // namespace waymark::stats
