/// Competing risks: how likely each way of ending is by a day. One minus Kaplan–Meier overstates it, because it pretends that those who left
/// another way could still have the event.
#pragma once

#include "stats/result.hpp"
#include "stats/survival/risk_table.hpp"

namespace waymark::stats {

/// One group. free: the share to whom nothing has happened yet; incidence: the share to whom `cause` has happened, by Aalen & Johansen 1978
/// (Scandinavian Journal of Statistics 5:141–150): F_j(t) = Σ S(u−)·d_j(u)/n(u). free and all incidences sum to 1. Standard errors are the
/// infinitesimal jackknife, √Σ φᵢ(t)², φᵢ the derivative with respect to the weight of row i.
struct IncidenceCurve {
  RiskTable table;
  std::vector<double> free;
  std::vector<double> free_standard_error;
  std::vector<double> incidence;  ///< [day × causes + (cause − 1)]
  std::vector<double> incidence_standard_error;

  /// Everything that happened up to and including a day.
  struct At {
    double share = 0;
    double standard_error = 0;
  };
  /// `cause` 0: free of any. 1 and 0 before the first day.
  [[nodiscard]] At at(Day day, std::size_t cause) const;
};

/// A curve a group, in the order of their codes. Fails as check() does. O(n·causes + sorting): the squares are summed as the days pass,
/// because φᵢ(t) of a row that has ended is linear in F_j(t).
[[nodiscard]] Result<std::vector<IncidenceCurve>> cumulative_incidence(const Spells& spells, std::span<const Code> group = {});
[[nodiscard]] Method cumulative_incidence_method();

/// Gray's k-sample test of equal cumulative incidence of one cause (Gray 1988, Annals of Statistics 16:1141–1154), stratified when `stratum` is
/// not empty. Days weigh (1 − F̂(t−))^ρ, F̂ the incidence of all groups together: ρ = 0 weighs them alike, ρ = 1 early ones more.
struct GrayTest {
  std::vector<double> score;       ///< per group
  std::vector<double> covariance;  ///< groups × groups, row by row
  double chi_squared = 0;
  std::size_t degrees_of_freedom = 0;
  double p = 1;
  double log_p = 0;
};
/// Undefined when no two groups were at risk together when the cause happened. Fails as check() does, on delayed entry (for which the test
/// has no form), on a cause of 0, and on ρ that is negative or not finite. O(n + sorting + days·groups³).
[[nodiscard]] Result<Answer<GrayTest>> gray_test(const Spells& spells, std::uint8_t cause, std::span<const Code> group,
                                                 std::span<const Code> stratum = {}, double rho = 0);
[[nodiscard]] Method gray_test_method();

}  // namespace waymark::stats
