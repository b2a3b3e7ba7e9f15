#include "stats/survival/kaplan_meier.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/core.h>

#include "stats/distributions.hpp"

namespace waymark::stats {
namespace {

/// `relative` is the standard error of log S.
std::optional<Interval> survival_interval(IntervalScale scale, double survival, double relative, double z) {
  if (survival <= 0) return std::nullopt;
  if (survival >= 1 && scale != IntervalScale::plain && scale != IntervalScale::log) return std::nullopt;
  switch (scale) {
    case IntervalScale::plain: {
      const double half = z * relative * survival;
      return Interval{std::max(0.0, survival - half), std::min(1.0, survival + half)};
    }
    case IntervalScale::log: return Interval{std::exp(std::log(survival) - z * relative), std::min(1.0, std::exp(std::log(survival) + z * relative))};
    case IntervalScale::log_minus_log: {
      const double middle = std::log(-std::log(survival));
      const double half = z * relative / -std::log(survival);
      return Interval{std::exp(-std::exp(middle + half)), std::exp(-std::exp(middle - half))};
    }
    case IntervalScale::logit: {
      const double middle = std::log(survival / (1 - survival));
      const double half = z * relative / (1 - survival);
      return Interval{1 - 1 / (1 + std::exp(middle - half)), 1 - 1 / (1 + std::exp(middle + half))};
    }
    case IntervalScale::arcsine: {
      const double middle = std::asin(std::sqrt(survival));
      const double half = 0.5 * z * relative * std::sqrt(survival / (1 - survival));
      const double low = std::sin(std::max(0.0, middle - half));
      const double high = std::sin(std::min(std::numbers::pi / 2, middle + half));
      return Interval{low * low, high * high};
    }
  }
  return std::nullopt;
}

SurvivalCurve curve_of(RiskTable table, IntervalScale scale, double z) {
  SurvivalCurve curve;
  const std::size_t steps = table.size();
  curve.survival.reserve(steps);
  curve.standard_error.reserve(steps);
  curve.interval.reserve(steps);
  curve.cumulative_hazard.reserve(steps);
  curve.hazard_standard_error.reserve(steps);
  double survival = 1;
  double greenwood = 0;
  double hazard = 0;
  double hazard_variance = 0;
  for (std::size_t at = 0; at < steps; ++at) {
    const double n = table.at_risk[at];
    const double d = table.of_any_cause(at);
    if (d > 0) {
      survival = d == n ? 0 : survival * ((n - d) / n);
      if (d < n) greenwood += d / (n * (n - d));
      hazard += d / n;
      hazard_variance += d / (n * n);
    }
    const double relative = std::sqrt(greenwood);
    curve.survival.push_back(survival);
    curve.standard_error.push_back(survival > 0 ? std::optional(survival * relative) : std::nullopt);
    curve.interval.push_back(survival_interval(scale, survival, relative, z));
    curve.cumulative_hazard.push_back(hazard);
    curve.hazard_standard_error.push_back(std::sqrt(hazard_variance));
  }
  curve.table = std::move(table);
  return curve;
}

/// The day at which `fallen(at)`, how far a curve has come down, reaches `probability`.
template <class Fallen>
std::optional<double> day_of(const SurvivalCurve& curve, double probability, const Fallen& fallen) {
  constexpr double nearly = 1.5e-8;  // a curve of products of fractions meets 0.5 only up to rounding
  const std::vector<Day>& days = curve.table.day;
  for (std::size_t at = 0; at < days.size(); ++at) {
    const std::optional<double> here = fallen(at);
    if (!here || *here + nearly < probability) continue;
    const double day = static_cast<double>(days[at]);
    if (*here - nearly >= probability) return day;
    for (std::size_t later = at + 1; later < days.size(); ++later) {
      const std::optional<double> there = fallen(later);
      if (!there) return std::nullopt;
      if (*there - nearly >= probability) return (day + static_cast<double>(days[later])) / 2;
    }
    return (day + static_cast<double>(days.back())) / 2;
  }
  return std::nullopt;
}

}  // namespace

std::size_t SurvivalCurve::events() const {
  std::size_t all = 0;
  for (const Row count : table.events) all += count;
  return all;
}

double SurvivalCurve::at(Day day) const {
  const auto after = std::upper_bound(table.day.begin(), table.day.end(), day);
  return after == table.day.begin() ? 1 : survival[static_cast<std::size_t>(after - table.day.begin()) - 1];
}

Result<std::vector<SurvivalCurve>> kaplan_meier(const Spells& spells, std::span<const Code> group, IntervalScale scale, Confidence confidence) {
  if (const Result<void> fine = check(spells); !fine) return tl::unexpected(fine.error());
  if (const Result<void> fine = check_codes(group, spells.size(), "group"); !fine) return tl::unexpected(fine.error());
  const double z = normal_upper_quantile(confidence.tail());
  std::vector<SurvivalCurve> curves;
  for (RiskTable& table : risk_tables(spells, group)) curves.push_back(curve_of(std::move(table), scale, z));
  return curves;
}

Method kaplan_meier_method() { return {"Kaplan–Meier with Greenwood's variance", "Kaplan & Meier 1958, JASA 53:457–481; Greenwood 1926"}; }

SurvivalQuantile quantile(const SurvivalCurve& curve, double probability) {
  const auto bound = [&](double Interval::*which) {
    return [&curve, which](std::size_t at) { return curve.interval[at] ? std::optional(1 - (*curve.interval[at]).*which) : std::nullopt; };
  };
  return {day_of(curve, probability, [&](std::size_t at) { return std::optional(1 - curve.survival[at]); }),
          day_of(curve, probability, bound(&Interval::lower)), day_of(curve, probability, bound(&Interval::upper))};
}

Answer<RestrictedMean> restricted_mean(const SurvivalCurve& curve, Day horizon) {
  const RiskTable& table = curve.table;
  if (table.size() == 0) return undefined("the group has no rows");
  if (horizon > table.day.back() && curve.survival.back() > 0) {
    return undefined(fmt::format("nobody was observed for {}; the last day seen is {}", horizon, table.day.back()));
  }
  std::size_t within = 0;
  while (within < table.size() && table.day[within] <= horizon) ++within;
  RestrictedMean mean;
  double later = static_cast<double>(horizon);
  double variance = 0;
  for (std::size_t at = within; at-- > 0;) {
    const double day = static_cast<double>(table.day[at]);
    mean.days += (later - day) * curve.survival[at];
    later = day;
    const double n = table.at_risk[at];
    const double d = table.of_any_cause(at);
    if (d > 0 && d < n) variance += mean.days * mean.days * d / (n * (n - d));
  }
  mean.days += later;
  mean.standard_error = std::sqrt(variance);
  return mean;
}

}  // namespace waymark::stats
