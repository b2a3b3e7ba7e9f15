/// Do the groups differ in how long until the event? Log-rank tests and their exact form for small groups.
#pragma once

#include "stats/result.hpp"
#include "stats/survival/spells.hpp"

namespace waymark::stats {

/// What was seen in each group against what was to be expected if the groups did not differ, and the test.
struct LogRank {
  std::vector<std::size_t> rows;
  std::vector<double> observed;    ///< weighted by Ŝ(t−)^ρ; the plain count of events when ρ = 0
  std::vector<double> expected;    ///< weighted in the same way; sums to the sum of observed
  std::vector<double> covariance;  ///< of observed − expected; groups × groups, row by row
  double chi_squared = 0;
  std::size_t degrees_of_freedom = 0;
  double p = 1;
  double log_p = 0;  ///< finite where p is below the smallest double
};

/// The k-sample log-rank test, stratified when `stratum` is not empty, of the G^ρ family of Harrington & Fleming 1982 (Biometrika 69:553–566):
/// ρ = 0 is the log-rank test (Mantel 1966), ρ = 1 Peto & Peto's modification of the Wilcoxon test. In every stratum the weight is the
/// left-continuous Kaplan–Meier curve of all groups together. The variance is hypergeometric. Every cause but 0 is the event.
///
/// Strata in which nobody can be compared add 0. Groups that cannot be compared with any other do not count as degrees of freedom.
/// Undefined when no two groups were ever at risk together when something happened. Fails as check() does, and on ρ that is not finite.
/// O(n + sorting + days·groups + events' days·groups²).
[[nodiscard]] Result<Answer<LogRank>> log_rank(const Spells& spells, std::span<const Code> group, std::span<const Code> stratum = {}, double rho = 0);
[[nodiscard]] Method log_rank_method();

/// The permutation distribution of the log-rank scores of two groups, exactly (Streitberg & Röhmel 1986; the scores δ − Λ̂(t) of Peto & Peto 1972),
/// conditional on the pooled times. `p` is the share of the assignments of the same size whose sum of scores is at least as far from
/// its mean.
struct ExactLogRank {
  double z = 0;  ///< the sum of the first group's scores, standardised with the permutation variance
  double p = 1;
  double assignments = 0;  ///< how many there are: n over n₁
};
/// Two groups, codes 0 and 1, at most `most_exact_rows` rows, without delayed entry (which breaks exchangeability); fails with bad_input
/// otherwise. Undefined when one group is empty or all scores are equal. O(2^(n/2)·n) time, 2^(n/2)·16 bytes.
constexpr std::size_t most_exact_rows = 40;
[[nodiscard]] Result<Answer<ExactLogRank>> exact_log_rank(const Spells& spells, std::span<const Code> group);

}  // namespace waymark::stats
