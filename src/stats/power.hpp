/// What the data could have shown: power, and the smallest difference that would have been seen. So that "nothing found" is not read as "fair".
#pragma once

#include <memory>

#include "stats/result.hpp"

namespace waymark::stats {

/// Which of the exact tests is meant; two-sided, and significant when p ≤ α.
enum class ExactTest {
  fisher,  ///< FisherTest::two_sided
  mid_p,   ///< FisherTest::mid_two_sided_doubled
};

/// Power of the two-sample z test of two rates with `members` in each group (Fleiss 1981, section 3.2; R's power.prop.test): only the tail
/// on the side of the difference. REQUIRES rates in [0, 1], 0 < alpha < 1, members > 0 (may be fractional). Undefined when the rates are equal.
[[nodiscard]] Quantity rates_power(double members, double rate_1, double rate_2, double alpha = 0.05);
/// Members in each group for that power, 0 < power < 1; fractional, to be rounded up.
[[nodiscard]] Quantity members_for_power(double rate_1, double rate_2, double power = 0.8, double alpha = 0.05);

/// Exact, unconditional power of an exact test in two groups of given sizes: which tables it rejects is found once (O(n·min size)), then each power
/// is a sum over all tables, O(focal·reference). Safe to share between threads.
class ExactPower {
 public:
  /// Fails with bad_input when there are more than 25 million tables (5,000 in each group), or alpha is not between 0 and 1.
  [[nodiscard]] static Result<ExactPower> make(Count focal, Count reference, ExactTest test, double alpha = 0.05);

  /// P(the test rejects) when the groups have these rates, in [0, 1]; at equal rates, its size.
  [[nodiscard]] double at(double focal_rate, double reference_rate) const;

  /// The largest focal rate below the reference one that is told apart from it with this power: the smallest shortfall the groups could have shown.
  /// Undefined when not even a focal rate of 0 would be.
  [[nodiscard]] Quantity detectable_rate(double reference_rate, double power = 0.8) const;
  /// As above, for an excess: the smallest focal rate above the reference one. Undefined when not even 1 would do.
  [[nodiscard]] Quantity detectable_higher_rate(double reference_rate, double power = 0.8) const;

  /// The smallest two-sided p that any table of these groups has; above alpha, the test cannot reject at all.
  [[nodiscard]] double smallest_p() const;

 private:
  struct Rejected;
  explicit ExactPower(std::shared_ptr<const Rejected> rejected) : m_rejected(std::move(rejected)) {}
  std::shared_ptr<const Rejected> m_rejected;
};

/// P(the four-fifths rule flags the focal group) at these rates. Exact, O(focal·reference). Same limit as ExactPower.
[[nodiscard]] Result<double> four_fifths_flag_probability(Count focal, Count reference, double focal_rate, double reference_rate);

/// Events that a log-rank test needs to see a hazard ratio, when a share of all, 0 < share < 1, is in one of the groups (Schoenfeld 1981,
/// Biometrika 68:316–319). Undefined at a ratio of 1. Fractional.
[[nodiscard]] Quantity events_for_hazard_ratio(double hazard_ratio, double share, double power = 0.8, double alpha = 0.05);
/// The hazard ratio below 1 that so many events could have shown; its inverse is the one above. REQUIRES events > 0.
[[nodiscard]] double detectable_hazard_ratio(double events, double share, double power = 0.8, double alpha = 0.05);

inline constexpr Method rates_power_method{"Power of the test of two rates",
                                           "Fleiss 1981, Statistical Methods for Rates and Proportions, section 3.2"};
inline constexpr Method exact_power_method{"Exact unconditional power, by enumeration", "Agresti 2013, Categorical Data Analysis, section 3.5"};
inline constexpr Method schoenfeld_method{"Schoenfeld's formula", "Schoenfeld 1981, Biometrika 68:316–319"};

}  // namespace waymark::stats
