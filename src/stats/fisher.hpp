/// Two groups, one outcome, exactly: everything given both margins of the table (the conditional, non-central hypergeometric distribution).
///
/// Two-sided p values come in the two conventions in use: all tables no more likely than the one seen (R's fisher.test; tables within 10⁻⁷
/// of its probability count as equally likely, as in R), and twice the smaller tail. Sources: Fisher 1935, JRSS 98:39–82; Lancaster 1961, JASA 56:223–234 (mid-p); Cornfield 1956
/// (conditional odds ratio and interval); Agresti 2013, Categorical Data Analysis, sections 3.5 and 16.6.
///
/// Estimates are conditional maximum likelihood, to 1e-12 and better. With a zero cell the odds ratio is 0 or ∞ and the interval is
/// one-sided in effect: its other bound leaves (1 − confidence)/2. Where no table but this one has its margins (an empty group, or nobody or
/// everybody with the event) nothing is known of the odds ratio: p is 1, the odds ratio not identifiable, the interval 0 to ∞.
/// O(√n) each; a table of a hundred takes a few microseconds, one of 10⁹ some milliseconds.
#pragma once

#include "stats/result.hpp"

namespace waymark::stats {

struct FisherTest {
  double less = 1;               ///< P(as few focal events, or fewer)
  double greater = 1;            ///< P(as many focal events, or more)
  double two_sided = 1;          ///< all tables no more likely
  double two_sided_doubled = 1;  ///< min(1, 2·min(less, greater))
  double log_two_sided = 0;      ///< natural logarithm; finite where the p value is below the smallest double
  double mid_less = 0.5;         ///< the table seen counts half
  double mid_greater = 0.5;
  double mid_two_sided_doubled = 1;  ///< Lancaster: min(1, 2·min(mid_less, mid_greater))
  double mid_two_sided = 1;          ///< less likely tables, and half of the equally likely ones
};

[[nodiscard]] FisherTest fisher_test(const TwoGroups& groups);

struct ConditionalOddsRatio {
  Quantity estimate;         ///< may be 0 or ∞
  Interval exact;            ///< Clopper–Pearson like: each tail ≤ (1 − confidence)/2
  Quantity median_unbiased;  ///< where mid-p tails are equal; undefined at the ends of what the margins allow
  Interval mid_p;            ///< each mid-p tail (1 − confidence)/2
};

[[nodiscard]] ConditionalOddsRatio conditional_odds_ratio(const TwoGroups& groups, Confidence confidence = {});

inline constexpr Method fisher_method{"Fisher's exact test", "Fisher 1935, JRSS 98:39–82"};
inline constexpr Method mid_p_method{"Lancaster's mid-p", "Lancaster 1961, JASA 56:223–234"};
inline constexpr Method conditional_odds_ratio_method{"Conditional maximum likelihood with exact interval",
                                                      "Cornfield 1956; Agresti 2013, section 16.6"};

/// Boschloo's unconditional test: the largest probability, over every common rate, of a table whose one-sided Fisher p is no larger than the one seen
/// (Boschloo 1970, Statistica Neerlandica 24:1–9). Never larger than Fisher's. Two-sided: twice the smaller, as scipy's boschloo_exact does.
struct BoschlooTest {
  double less = 1;
  double rate_of_less = 0;  ///< the common rate where it is largest
  double greater = 1;
  double rate_of_greater = 0;
  double two_sided = 1;
};

/// Fails with bad_input when the groups have more than 10,000 members together. An empty group gives p = 1. O(n^1.5).
[[nodiscard]] Result<BoschlooTest> boschloo_test(const TwoGroups& groups);

inline constexpr Method boschloo_method{"Boschloo's exact unconditional test", "Boschloo 1970, Statistica Neerlandica 24:1–9"};

}  // namespace waymark::stats
