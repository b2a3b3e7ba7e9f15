/// A rate and its interval; two rates, their difference and ratio; and the rules of adverse impact.
///
/// Everything is in closed form or solved to 1e-12, O(1) (the score intervals some tens of evaluations), good for counts up to 10⁹.
#pragma once

#include <span>
#include <vector>

#include "stats/result.hpp"

namespace waymark::stats {

/// Of one rate; [0, 1] and undefined for an empty group. Brown, Cai & DasGupta 2001 (Statistical Science 16:101–133) compare them.
[[nodiscard]] Answer<Interval> wilson_interval(const Group& group, Confidence confidence = {});
/// With continuity correction: Newcombe 1998, Statistics in Medicine 17:857–872, method 4. R's prop.test gives the same but where exactly half of a
/// group has the event; there it leaves the correction out.
[[nodiscard]] Answer<Interval> wilson_corrected_interval(const Group& group, Confidence confidence = {});
/// Exact: never covers less than it promises. Clopper & Pearson 1934, Biometrika 26:404–413.
[[nodiscard]] Answer<Interval> clopper_pearson_interval(const Group& group, Confidence confidence = {});
/// Equal tails of the posterior with the prior Beta(½, ½), not moved to the end where nobody or everybody has the event.
[[nodiscard]] Answer<Interval> jeffreys_interval(const Group& group, Confidence confidence = {});

/// focal − reference, in [−1, 1]. Undefined when a group is empty.
[[nodiscard]] Quantity rate_difference(const TwoGroups& groups);
/// Newcombe 1998, Statistics in Medicine 17:873–890, method 10.
[[nodiscard]] Answer<Interval> newcombe_interval(const TwoGroups& groups, Confidence confidence = {});
/// Miettinen & Nurminen 1985, Statistics in Medicine 4:213–226: all differences that the score test with variance factor N/(N − 1) does not reject.
[[nodiscard]] Answer<Interval> miettinen_nurminen_difference(const TwoGroups& groups, Confidence confidence = {});

/// focal / reference: the adverse impact ratio when the events are selections. 0 to ∞; undefined when a group is empty or neither has an event.
[[nodiscard]] Quantity rate_ratio(const TwoGroups& groups);
/// Same score test, of the ratio. A bound is 0 or ∞ where no ratio is rejected on that side; undefined as the ratio is.
[[nodiscard]] Answer<Interval> miettinen_nurminen_ratio(const TwoGroups& groups, Confidence confidence = {});
/// Log-normal: Katz, Baptista, Azen & Pike 1978, Biometrics 34:469–474. Undefined where one of the groups has no event.
[[nodiscard]] Answer<Interval> katz_interval(const TwoGroups& groups, Confidence confidence = {});

/// The four-fifths rule of the Uniform Guidelines (29 CFR 1607.4 D), in whole numbers: 5·x_f·n_r < 4·x_r·n_f. Exactly 0.8 is not flagged, and no
/// double could say that reliably. A convention, not a test: it errs often in small groups. Undefined as the ratio is.
[[nodiscard]] Answer<bool> below_four_fifths(const TwoGroups& groups);

/// What one decision more would have changed (Uniform Guidelines, Q&A 21). Undefined as the ratio is, or when there is no decision to change.
struct FlipOne {
  Quantity one_more_focal;  ///< the ratio if one more of the focal group had the event
  Quantity one_moved;       ///< the ratio if one event had gone from the reference to the focal group
};
[[nodiscard]] FlipOne flip_one(const TwoGroups& groups);

/// How many more events the focal group would have at the common rate: n_f·(x_f + x_r)/(n_f + n_r) − x_f; negative when it has more than that.
[[nodiscard]] Quantity shortfall(const TwoGroups& groups);

/// How many standard deviations the focal events are from what the common rate would give; beyond 2 in size is the rule of Hazelwood
/// (433 U.S. 299, 1977). Undefined when a group is empty, or nobody or everybody has the event.
struct StandardDeviations {
  Quantity pooled;          ///< difference of rates over its pooled standard error
  Quantity hypergeometric;  ///< given both margins, the exact test's own standard deviation
  Quantity p_value;         ///< two-sided, normal, of `pooled`
};
[[nodiscard]] StandardDeviations standard_deviations(const TwoGroups& groups);

/// Cohen's h: 2·asin√p_f − 2·asin√p_r, in [−π, π] (Cohen 1988, section 6.2). Undefined when a group is empty.
[[nodiscard]] Quantity cohen_h(const TwoGroups& groups);

/// Each group's rate over the largest rate of all; undefined for an empty group, and for all when nobody has the event.
[[nodiscard]] std::vector<Quantity> impact_ratios(std::span<const Group> groups);
/// The group with the highest rate, compared in whole numbers; the first of equals. Nothing but empty groups: undefined.
[[nodiscard]] Answer<std::size_t> highest_rate(std::span<const Group> groups);

inline constexpr Method wilson_method{"Wilson score interval", "Wilson 1927, JASA 22:209–212"};
inline constexpr Method wilson_corrected_method{"Wilson score interval with continuity correction",
                                                "Newcombe 1998, Statistics in Medicine 17:857–872, method 4"};
inline constexpr Method clopper_pearson_method{"Clopper–Pearson exact interval", "Clopper & Pearson 1934, Biometrika 26:404–413"};
inline constexpr Method jeffreys_method{"Jeffreys interval", "Brown, Cai & DasGupta 2001, Statistical Science 16:101–133"};
inline constexpr Method newcombe_method{"Newcombe's hybrid score interval", "Newcombe 1998, Statistics in Medicine 17:873–890, method 10"};
inline constexpr Method miettinen_nurminen_method{"Miettinen–Nurminen score interval", "Miettinen & Nurminen 1985, Statistics in Medicine 4:213–226"};
inline constexpr Method katz_method{"Katz log interval", "Katz, Baptista, Azen & Pike 1978, Biometrics 34:469–474"};
inline constexpr Method four_fifths_method{"Four-fifths rule, in whole numbers",
                                           "Uniform Guidelines on Employee Selection Procedures 1978, 29 CFR 1607.4 D"};
inline constexpr Method standard_deviations_method{"Two standard deviations", "Hazelwood School District v. United States, 433 U.S. 299 (1977)"};

}  // namespace waymark::stats
