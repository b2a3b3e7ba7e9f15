#include "stats/survival/cox.hpp"

#include <algorithm>
#include <cmath>

#include "stats/information.hpp"
#include "stats/survival/cox_scores.hpp"

namespace waymark::stats {
namespace {

constexpr int most_iterations = 60;
constexpr double small_step = 1e-9;  // in standard errors

/// Where Newton stopped, on the scale of CoxRows.
struct Optimum {
  std::vector<double> coefficient;
  std::vector<double> step;
  CoxLikelihood likelihood;
  std::vector<Divergence> divergence;
  int iterations = 0;
  double largest_step = 0;
};

bool is_finite(const CoxLikelihood& likelihood) {
  const auto fine = [](double value) { return std::isfinite(value); };
  return std::isfinite(likelihood.value) && std::all_of(likelihood.score.begin(), likelihood.score.end(), fine) &&
         std::all_of(likelihood.information.begin(), likelihood.information.end(), fine);
}

/// A coefficient diverges when the likelihood has stopped rising but its step is still a large part of the column's range: along a
/// recession direction each Newton step moves the linear predictor by about 1 and the gain falls by e.
std::vector<Divergence> diverging(const CoxRows& rows, std::span<const double> step) {
  std::vector<Divergence> result(rows.columns, Divergence::none);
  for (std::size_t i = 0; i < rows.columns; ++i) {
    if (std::abs(step[i]) * rows.range[i] > 0.1) result[i] = step[i] > 0 ? Divergence::up : Divergence::down;
  }
  return result;
}

bool any(const std::vector<Divergence>& divergence) {
  return std::any_of(divergence.begin(), divergence.end(), [](Divergence d) { return d != Divergence::none; });
}

/// The step in standard errors, of the columns that do not diverge.
double in_standard_errors(const Information& information, std::span<const double> step, const std::vector<Divergence>& divergence) {
  const std::vector<double> errors = standard_errors(information.inverse(), information.columns());
  double largest = 0;
  for (std::size_t i = 0; i < step.size(); ++i) {
    if (errors[i] > 0 && divergence[i] == Divergence::none) largest = std::max(largest, std::abs(step[i]) / errors[i]);
  }
  return largest;
}

Optimum climb(const CoxRows& rows, Ties ties, CoxLikelihood start) {
  Optimum best;
  best.coefficient.resize(rows.columns);
  best.likelihood = std::move(start);
  double gain = 1;
  while (true) {
    const Information information(best.likelihood.information, rows.columns);
    best.step = information.solve(best.likelihood.score);
    best.divergence.assign(rows.columns, Divergence::none);
    if (gain < 1e-6) best.divergence = diverging(rows, best.step);
    best.largest_step = in_standard_errors(information, best.step, best.divergence);
    const bool last = best.largest_step < small_step || best.iterations >= most_iterations;
    std::vector<double> next = best.coefficient;
    for (std::size_t i = 0; i < rows.columns; ++i) next[i] += best.step[i];
    if (last) {
      // The last step is free: what it changes is below the rounding of the information.
      if (best.largest_step < small_step && !any(best.divergence)) best.coefficient = std::move(next);
      return best;
    }
    CoxLikelihood tried = cox_likelihood(rows, next, ties);
    ++best.iterations;
    for (int halvings = 0; halvings < 40 && (!is_finite(tried) || tried.value < best.likelihood.value - 1e-9 * std::abs(best.likelihood.value));
         ++halvings) {
      for (std::size_t i = 0; i < rows.columns; ++i) next[i] = (next[i] + best.coefficient[i]) / 2;
      tried = cox_likelihood(rows, next, ties);
    }
    if (!is_finite(tried)) return best;
    gain = tried.value - best.likelihood.value;
    best.coefficient = std::move(next);
    best.likelihood = std::move(tried);
  }
}

/// The information without the diverging columns, which have none left.
Information settled_information(const Optimum& best, std::size_t columns) {
  std::vector<double> matrix = best.likelihood.information;
  for (std::size_t i = 0; i < columns; ++i) {
    if (best.divergence[i] == Divergence::none) continue;
    for (std::size_t j = 0; j < columns; ++j) matrix[i * columns + j] = matrix[j * columns + i] = 0;
  }
  return Information(matrix, columns);
}

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

bool CoxFit::diverges() const { return any(divergence); }

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
  const CoxLikelihood null = cox_likelihood(rows, std::vector<double>(p), ties);
  fit.log_likelihood_null = null.value;
  const Information at_null(null.information, p);
  if (at_null.rank() == 0) return Answer<CoxFit>(undefined("no covariate varies among those at risk when the event happened"));
  fit.score = chi_squared_test(at_null.squared_length(null.score), at_null.rank());

  const Optimum best = climb(rows, ties, null);
  const Information information = settled_information(best, p);
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
  if (!any(best.divergence)) {
    const Information spread(fit.robust_covariance ? *fit.robust_covariance : covariance, p);
    fit.wald = chi_squared_test(spread.squared_length(best.coefficient), spread.rank());
  }
  fit.coefficient = best.coefficient;
  for (std::size_t i = 0; i < p; ++i) {
    fit.coefficient[i] /= rows.spread[i];
    if (best.divergence[i] != Divergence::none) {
      fit.coefficient[i] = best.divergence[i] == Divergence::up ? HUGE_VAL : -HUGE_VAL;
    } else if (information.redundant(i)) {
      fit.coefficient[i] = 0;
      fit.redundant.push_back(i);
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
