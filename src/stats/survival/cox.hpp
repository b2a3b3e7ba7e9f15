/// The proportional hazards model of Cox 1972 (Journal of the Royal Statistical Society B 34:187–220): how covariates multiply the rate of the
/// event, whatever the rate of the baseline.
#pragma once

#include <optional>

#include "stats/chi_squared.hpp"
#include "stats/newton.hpp"
#include "stats/result.hpp"
#include "stats/survival/spells.hpp"

namespace waymark::stats {

/// What is assumed about events of the same day. Efron 1977 (JASA 72:557–565) is close to the exact treatment and the usual choice; Breslow
/// 1974 is what many programs do; exact is the conditional likelihood of truly discrete time (Gail, Lubin & Rubinstein 1981) and costs
/// O(events of the day · rows at risk · columns²) a day.
enum class Ties { efron, breslow, exact };

/// All spans are borrowed. Every cause but 0 is the event.
struct CoxData {
  Spells spells;
  std::span<const double> covariates;  ///< column after column, each as long as the rows; finite
  std::size_t columns = 0;
  std::span<const Code> stratum = {};  ///< empty: one; each has a baseline of its own
  std::span<const Code> cluster = {};  ///< empty: no robust errors; rows of one cluster may depend on each other in any way
};

struct CoxFit {
  std::size_t rows = 0;
  std::size_t events = 0;
  std::size_t strata = 0;    ///< that have rows
  std::size_t clusters = 0;  ///< 0 without robust errors
  /// The log hazard ratio of one unit more. 0 in redundant columns; +∞ or −∞ in diverging ones.
  std::vector<double> coefficient;
  /// Columns that repeat what earlier ones say, or do not vary where it matters; they are out of the model.
  std::vector<std::size_t> redundant;
  /// Columns whose coefficient the likelihood drives to infinity (monotone likelihood: in every risk set the event had the largest, or the
  /// smallest, value). For these there is no Wald test and no standard error: take the score or the likelihood ratio test, or Firth's
  /// correction. The other coefficients are their limits.
  std::vector<Divergence> divergence;
  std::vector<double> covariance;                        ///< inverse information; columns², row by row; 0 for redundant and diverging columns
  std::optional<std::vector<double>> robust_covariance;  ///< with clusters: Lin & Wei 1989 (JASA 84:1074–1078), summed by cluster
  double log_likelihood_null = 0;                        ///< all coefficients 0
  double log_likelihood = 0;
  ChiSquaredTest score;                ///< at 0; valid under divergence
  ChiSquaredTest likelihood_ratio;     ///< valid under divergence, in a weaker sense: its χ² approximation is poor
  std::optional<ChiSquaredTest> wald;  ///< with robust errors where there are any; nothing under divergence
  int iterations = 0;
  double largest_step = 0;  ///< of the last Newton step, in standard errors; below 1e-9 when nothing diverges

  /// √ of the diagonal of the robust covariance where there is one, else of the inverse information; nothing for redundant and diverging columns.
  [[nodiscard]] std::optional<double> standard_error(std::size_t column) const;
  [[nodiscard]] bool diverges() const;
};

/// Newton's method from 0 with halved steps until no coefficient moves by 1e-9 of its standard error. Undefined when there are no events or no
/// column says anything; fails as check() does, on covariates that are not finite (naming row and column, from 1), and with more than
/// `most_columns` columns.
///
/// One sort, then O(n·columns²) a step: one pass from the last day to the first that adds those who come into view; those who entered later
/// than the day are subtracted. Robust errors cost one pass more. Memory: 2·n·columns doubles while rows are put in order, then half of it.
[[nodiscard]] Result<Answer<CoxFit>> fit_cox(const CoxData& data, Ties ties = Ties::efron);
[[nodiscard]] Method cox_method(Ties ties);
constexpr std::size_t most_columns = 200;

/// How the days are stretched before the proportional hazards test asks whether a coefficient follows them: 1 − Ŝ(t−) (Kaplan–Meier), the
/// ranks, the days, or their logarithm.
enum class TimeScale { kaplan_meier, rank, identity, log };

/// Score tests of a coefficient that changes with time, column by column and for all together (Grambsch & Therneau 1994, Biometrika
/// 81:515–526, in the score form of Therneau's survival 3).
struct ProportionalHazards {
  std::vector<ChiSquaredTest> column;  ///< 0 degrees of freedom for redundant columns
  ChiSquaredTest all;
};
/// REQUIRES that `fit` comes from fit_cox with the same data and ties, not exact. Undefined under divergence. O(n·columns²).
[[nodiscard]] Answer<ProportionalHazards> proportional_hazards(const CoxData& data, const CoxFit& fit, Ties ties,
                                                               TimeScale scale = TimeScale::kaplan_meier);

/// The cumulative baseline hazard of one stratum, for a row whose covariates are all 0: on every day on which a row ended.
struct BaselineHazard {
  Code stratum = 0;
  std::vector<Day> day;
  std::vector<double> hazard;
};
/// REQUIRES as above. Efron's estimator for Efron's ties, else Breslow's. Undefined under divergence.
[[nodiscard]] Answer<std::vector<BaselineHazard>> baseline_hazard(const CoxData& data, const CoxFit& fit, Ties ties);

/// In the order of the rows (Therneau & Grambsch 2000, Modeling Survival Data, chapter 4). columns² and n × columns matrices are row by row.
struct CoxResiduals {
  std::vector<double> martingale;  ///< events seen less events expected
  std::vector<double> score;       ///< n × columns; sums to 0
  std::vector<double> dfbeta;      ///< n × columns: by how much each coefficient would change without the row, to first order
  std::vector<Row> event_row;      ///< by stratum, then day
  std::vector<double> schoenfeld;  ///< events × columns, beside event_row
};
/// REQUIRES as above. Undefined under divergence.
[[nodiscard]] Answer<CoxResiduals> cox_residuals(const CoxData& data, const CoxFit& fit, Ties ties);

}  // namespace waymark::stats
