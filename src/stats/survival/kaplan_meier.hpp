/// How long until the event, without covariates: survival, cumulative hazard, quantiles and the restricted mean.
#pragma once

#include <optional>

#include "stats/result.hpp"
#include "stats/survival/risk_table.hpp"

namespace waymark::stats {

/// The scale on which the interval of a survival probability is symmetric (Kalbfleisch & Prentice 2002, The Statistical Analysis of Failure
/// Time Data, section 1.4). log_minus_log and logit stay inside (0, 1) by themselves; plain and log are cut at 0 and 1.
enum class IntervalScale { plain, log, log_minus_log, logit, arcsine };

/// One group's curve: a step at every day of its risk table.
///
/// survival: ∏ (1 − d/n) (Kaplan & Meier 1958). standard_error: Greenwood's, S·√Σ d/(n(n−d)); nothing where S = 0. interval: on the scale
/// asked for; nothing where S = 0, and for log_minus_log, logit and arcsine nothing where S = 1. cumulative_hazard: Nelson–Aalen, Σ d/n, and
/// hazard_standard_error √Σ d/n² (Aalen's; tied events counted as if one after another in the same risk set).
struct SurvivalCurve {
  RiskTable table;
  std::vector<double> survival;
  std::vector<std::optional<double>> standard_error;
  std::vector<std::optional<Interval>> interval;
  std::vector<double> cumulative_hazard;
  std::vector<double> hazard_standard_error;

  [[nodiscard]] std::size_t events() const;
  /// The survival after everything that happened up to and including `day`; 1 before the first day.
  [[nodiscard]] double at(Day day) const;
};

/// A curve a group, in the order of their codes; every cause but 0 counts as the event when `event` is nothing, else only that one and the
/// others are censored. Fails as check() does. O(n + sorting).
[[nodiscard]] Result<std::vector<SurvivalCurve>> kaplan_meier(const Spells& spells, std::span<const Code> group,
                                                              IntervalScale scale = IntervalScale::log_minus_log, Confidence confidence = {});
[[nodiscard]] Method kaplan_meier_method();

/// The day by which the event has happened to the share `probability` (0 < probability < 1), and the interval that the bounds of the curve give
/// (Brookmeyer & Crowley 1982). Where the curve is exactly 1 − probability for a while, the middle of that while. Nothing where the curve, or
/// its bound, never comes down that far. A bound that rises again (as log intervals may, and any with delayed entry) counts where it first comes
/// down; R's quantile.survfit searches it as if it only fell, and may then give a later day.
struct SurvivalQuantile {
  std::optional<double> day;
  std::optional<double> lower;
  std::optional<double> upper;
};
[[nodiscard]] SurvivalQuantile quantile(const SurvivalCurve& curve, double probability);

/// The mean time without the event up to a horizon: the area under the curve, with the standard error √Σ A(t)²·d/(n(n−d)), A(t) the area
/// between t and the horizon (Irwin 1949; Klein & Moeschberger 2003, Survival Analysis, section 4.5).
/// Undefined when nobody was observed as long as the horizon and the curve is still above 0 there.
struct RestrictedMean {
  double days = 0;
  double standard_error = 0;
};
[[nodiscard]] Answer<RestrictedMean> restricted_mean(const SurvivalCurve& curve, Day horizon);

}  // namespace waymark::stats
