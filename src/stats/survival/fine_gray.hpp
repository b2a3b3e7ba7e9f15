/// Competing risks with covariates: how they change the incidence of one cause, the others still taking people away.
#pragma once

#include "stats/survival/cox.hpp"

namespace waymark::stats {

/// Fine & Gray 1999 (JASA 94:496–509): a Cox model of the subdistribution hazard. Those whom another cause has taken stay in the risk set with
/// the weight Ĝ(t−)/Ĝ(Tᵢ−), Ĝ the Kaplan–Meier curve of being censored, on a day after its events. Ties after Efron. Strata have a baseline
/// and a Ĝ each (Zhou, Latouche, Rocha & Fine 2011, Biometrics 67:661–670, regularly stratified).
struct FineGrayFit {
  std::size_t rows = 0;
  std::size_t events = 0;           ///< of the cause
  std::size_t competing = 0;        ///< of any other
  std::vector<double> coefficient;  ///< log subdistribution hazard ratios; 0 for redundant, ±∞ for diverging columns
  std::vector<std::size_t> redundant;
  std::vector<Divergence> divergence;
  std::vector<double> covariance;  ///< inverse information; columns², row by row
  /// Lin & Wei's sandwich, a row of the input as the unit: everything a person contributes is summed before it is squared. That Ĝ is estimated
  /// is left out, as usual; it makes the errors a little wide.
  std::vector<double> robust_covariance;
  /// The same with every stretch of constant weight as a unit of its own, which is what R's coxph gives for rows made by finegray without an id.
  std::vector<double> stretch_covariance;
  double log_likelihood_null = 0;
  double log_likelihood = 0;
  int iterations = 0;

  [[nodiscard]] bool diverges() const { return any_diverges(divergence); }
};

/// Clusters of `data` must be empty, and nobody may enter late: fails with bad_input otherwise, and as check() does. Undefined when
/// the cause did not happen or no column says anything. O(n·columns² + sorting) a step.
[[nodiscard]] Result<Answer<FineGrayFit>> fit_fine_gray(const CoxData& data, std::uint8_t cause);
[[nodiscard]] Method fine_gray_method();

}  // namespace waymark::stats
