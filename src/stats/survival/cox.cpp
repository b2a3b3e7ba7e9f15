#include "stats/survival/cox.hpp"

#include <algorithm>
#include <cmath>

#include "stats/information.hpp"
#include "stats/survival/cox_scores.hpp"

namespace waymark::stats {
namespace {

std::vector<double> sandwich(const CoxRows& rows, const Optimum& best, Ties ties, std::span<const Code> cluster, std::span<const double> covariance) {
  const ScoreSums sums = sum_scores(rows, best.coefficient, ties, cluster, count_codes(cluster));
  return product(product(covariance, cross_product(sums.score, rows.columns), rows.columns), covariance, rows.columns);
}

std::size_t count_used(std::span<const Code> codes) {
  std::vector<bool> seen(count_codes(codes));
  for (const Code code : codes) seen[code] = true;
  return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

void unscale(std::vector<double>& covariance, const CoxRows& rows) {
  const std::size_t p = rows.columns;
  for (std::size_t i = 0; i < p; ++i) {
    for (std::size_t j = 0; j < p; ++j) covariance[i * p + j] /= rows.spread[i] * rows.spread[j];
  }
}

}  // namespace

std::optional<double> CoxFit::standard_error(std::size_t column) const {
  const std::vector<double>& matrix = robust_covariance ? *robust_covariance : covariance;
  const double variance = matrix[column * coefficient.size() + column];
  if (divergence[column] != Divergence::none || std::find(redundant.begin(), redundant.end(), column) != redundant.end()) return std::nullopt;
  return std::sqrt(std::max(0.0, variance));
}

bool CoxFit::diverges() const { return any_diverges(divergence); }

Result<Answer<CoxFit>> fit_cox(const CoxData& data, Ties ties) {
  if (const Result<void> fine = check(data); !fine) return tl::unexpected(fine.error());
  const CoxRows rows = arrange(data);
  if (rows.events == 0) return Answer<CoxFit>(undefined("the event happened to nobody"));
  if (ties == Ties::exact && data.cluster.data() != nullptr) {
    return fail(Error::Kind::bad_input, "Robust errors have no form for exact ties.", "Use Efron's treatment of ties, or leave the clusters out.");
  }

  const std::size_t p = data.columns;
  CoxFit fit;
  fit.rows = data.spells.size();
  fit.events = rows.events;
  fit.strata = rows.strata;
  const Likelihood null = cox_likelihood(rows, std::vector<double>(p), ties);
  fit.log_likelihood_null = null.value;
  const Information at_null(null.information, p);
  if (at_null.rank() == 0) return Answer<CoxFit>(undefined("no covariate varies among those at risk when the event happened"));
  fit.score = chi_squared_test(at_null.squared_length(null.score), at_null.rank());

  const Optimum best = climb([&](std::span<const double> at) { return cox_likelihood(rows, at, ties); }, rows.range, null);
  const Information information(settled_information(best), p);
  fit.log_likelihood = best.likelihood.value;
  fit.iterations = best.iterations;
  fit.largest_step = best.largest_step;
  fit.divergence = best.divergence;
  fit.likelihood_ratio = chi_squared_test(2 * (fit.log_likelihood - fit.log_likelihood_null), at_null.rank());
  std::vector<double> covariance = information.inverse();
  if (!data.cluster.empty()) {
    fit.clusters = count_used(data.cluster);
    fit.robust_covariance = sandwich(rows, best, ties, data.cluster, covariance);
  }
  if (!any_diverges(best.divergence)) {
    const Information spread(fit.robust_covariance ? *fit.robust_covariance : covariance, p);
    fit.wald = chi_squared_test(spread.squared_length(best.coefficient), spread.rank());
  }
  fit.coefficient = best.coefficient;
  fit.redundant = best.redundant;
  for (std::size_t i = 0; i < p; ++i) {
    fit.coefficient[i] /= rows.spread[i];
    if (best.divergence[i] != Divergence::none) {
      fit.coefficient[i] = best.divergence[i] == Divergence::up ? HUGE_VAL : -HUGE_VAL;
    }
  }
  unscale(covariance, rows);
  if (fit.robust_covariance) unscale(*fit.robust_covariance, rows);
  fit.covariance = std::move(covariance);
  return Answer<CoxFit>(std::move(fit));
}

Method cox_method(Ties ties) {
  switch (ties) {
    case Ties::breslow: return {"Cox proportional hazards, Breslow's ties", "Cox 1972, JRSS B 34:187–220; Breslow 1974, Biometrics 30:89–99"};
    case Ties::exact: return {"Cox proportional hazards, exact conditional ties", "Cox 1972, JRSS B 34:187–220; Gail, Lubin & Rubinstein 1981"};
    case Ties::efron: break;
  }
  return {"Cox proportional hazards, Efron's ties", "Cox 1972, JRSS B 34:187–220; Efron 1977, JASA 72:557–565"};
}

}  // namespace waymark::stats
