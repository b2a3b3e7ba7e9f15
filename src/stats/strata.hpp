/// Two groups in several strata (levels, cycles): one answer from all of them, and whether there is one.
///
/// A stratum with fewer than two members, or in which one group is empty or all outcomes are the same, holds no information about the odds ratio
/// and adds 0. Results do not depend on the order of strata. O(strata), but for the exact test.
#pragma once

#include <span>
#include <vector>

#include "stats/result.hpp"

namespace waymark::stats {

/// Strata are TwoGroups; all of them belong to the same two groups.
using Strata = std::span<const TwoGroups>;

struct ChiSquared {
  double statistic = 0;
  double degrees_of_freedom = 1;
  double p_value = 1;
  double log_p_value = 0;  ///< natural logarithm
};

/// Cochran–Mantel–Haenszel: is the odds ratio 1 in all strata? Undefined without an informative stratum. `corrected` has the continuity correction
/// ½, as far as the difference allows. (Mantel & Haenszel 1959, J. Natl. Cancer Inst. 22:719–748; Agresti 2013, section 6.4.2.)
struct MantelHaenszelTest {
  Answer<ChiSquared> plain;
  Answer<ChiSquared> corrected;
};
[[nodiscard]] MantelHaenszelTest mantel_haenszel_test(Strata strata);

/// A common ratio, and its interval on the logarithmic scale.
struct CommonRatio {
  Quantity estimate;            ///< 0 to ∞
  Quantity log_standard_error;  ///< undefined where the estimate is 0 or ∞
  Answer<Interval> interval;
};
/// Mantel–Haenszel odds ratio with the interval of Robins, Breslow & Greenland 1986 (Biometrics 42:311–323).
[[nodiscard]] CommonRatio mantel_haenszel_odds_ratio(Strata strata, Confidence confidence = {});
/// Mantel–Haenszel rate ratio with the interval of Greenland & Robins 1985 (Biometrics 41:55–68).
[[nodiscard]] CommonRatio mantel_haenszel_rate_ratio(Strata strata, Confidence confidence = {});

/// Mantel–Haenszel rate difference with the standard error of Sato 1989 (Sato, Greenland & Robins, Biometrics 45:1323–1324).
struct CommonDifference {
  Quantity estimate;
  Quantity standard_error;
  Answer<Interval> interval;
};
[[nodiscard]] CommonDifference mantel_haenszel_difference(Strata strata, Confidence confidence = {});

/// Are the odds ratios of the strata the same? Breslow & Day 1980 (Statistical Methods in Cancer Research I, equation 4.30), and with Tarone's
/// correction (1985, Biometrika 72:91–95). Degrees of freedom: informative strata less one. Undefined with fewer than two of them, or where
/// the common odds ratio is 0 or ∞.
struct Homogeneity {
  Answer<ChiSquared> breslow_day;
  Answer<ChiSquared> tarone;
};
[[nodiscard]] Homogeneity homogeneity_test(Strata strata);

/// The rates both groups would have if their strata were filled as all members together are (direct standardisation; Rothman, Greenland & Lash
/// 2008, chapter 3). Undefined when a group is empty in a stratum that counts.
struct StandardisedRates {
  Quantity focal;
  Quantity reference;
  Quantity ratio;  ///< focal over reference
};
[[nodiscard]] StandardisedRates standardised_rates(Strata strata);

/// All strata in one table, as if there were none; results can be the opposite of the stratified ones, so show both. Fails with bad_input when a
/// sum is beyond Count::max.
[[nodiscard]] Result<TwoGroups> crude(Strata strata);

/// The exact counterpart, given the margins of every stratum: p from all sums no more likely than the one seen (as R's mantelhaen.test does), and
/// the common odds ratio by conditional maximum likelihood. With one stratum it is Fisher's test.
struct ExactStratified {
  double two_sided = 1;
  double less = 1;
  double greater = 1;
  double mid_two_sided = 1;  ///< less likely sums, and half of the equally likely ones
  Quantity odds_ratio;       ///< as in ConditionalOddsRatio
  Interval interval;
};
/// Fails with bad_input when the distribution of the sum would take more than 2·10⁹ steps (some seconds). O(Σ strata range · sum of ranges so far).
[[nodiscard]] Result<ExactStratified> exact_stratified(Strata strata, Confidence confidence = {});

/// I groups × J outcomes in several strata: are groups and outcomes independent within strata, against any association (Landis, Heyman & Koch
/// 1978; Agresti 2013, section 8.4.3)? Strata hold counts row by row, I·J of them. Rows and columns that are empty everywhere are left out;
/// degrees of freedom are the rank of the covariance matrix, (I − 1)(J − 1) as a rule. Fails with bad_input when a stratum has another size.
[[nodiscard]] Result<Answer<ChiSquared>> general_association(std::size_t rows, std::size_t columns, std::span<const std::vector<Count>> strata);

/// Do rates rise or fall along scores? Cochran 1954 and Armitage 1955, as R's prop.trend.test. REQUIRES as many scores as groups.
[[nodiscard]] Answer<ChiSquared> trend_test(std::span<const Group> groups, std::span<const double> scores);
/// Are all rates the same? Pearson's chi-squared without correction, groups − 1 degrees of freedom.
[[nodiscard]] Answer<ChiSquared> equal_rates_test(std::span<const Group> groups);

inline constexpr Method mantel_haenszel_method{"Cochran–Mantel–Haenszel test", "Mantel & Haenszel 1959, J. Natl. Cancer Inst. 22:719–748"};
inline constexpr Method odds_ratio_method{"Mantel–Haenszel odds ratio, Robins–Breslow–Greenland interval",
                                          "Robins, Breslow & Greenland 1986, Biometrics 42:311–323"};
inline constexpr Method rate_ratio_method{"Mantel–Haenszel rate ratio", "Greenland & Robins 1985, Biometrics 41:55–68"};
inline constexpr Method difference_method{"Mantel–Haenszel rate difference", "Sato, Greenland & Robins 1989, Biometrics 45:1323–1324"};
inline constexpr Method breslow_day_method{"Breslow–Day test", "Breslow & Day 1980, Statistical Methods in Cancer Research I, 4.30"};
inline constexpr Method tarone_method{"Breslow–Day test with Tarone's correction", "Tarone 1985, Biometrika 72:91–95"};
inline constexpr Method standardised_method{"Direct standardisation", "Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 3"};
inline constexpr Method exact_stratified_method{"Exact conditional test of a common odds ratio",
                                                "Agresti 2013, Categorical Data Analysis, section 16.5"};
inline constexpr Method general_association_method{"Generalised Cochran–Mantel–Haenszel test",
                                                   "Landis, Heyman & Koch 1978, Int. Stat. Review 46:237–254"};
inline constexpr Method trend_method{"Cochran–Armitage trend test", "Armitage 1955, Biometrics 11:375–386"};

}  // namespace waymark::stats
