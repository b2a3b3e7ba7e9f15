#include "stats/regression/regression.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/core.h>

#include "stats/information.hpp"
#include "stats/regression/design.hpp"

namespace waymark::stats {
namespace {

constexpr std::size_t most_columns = 200;

Likelihood likelihood(const Design& design, std::span<const double> outcome, Family family, std::span<const double> coefficients) {
  const std::size_t p = design.columns();
  Likelihood result{0, std::vector<double>(p), std::vector<double>(p * p)};
  for (std::size_t at = 0; at < design.rows(); ++at) {
    const RowLikelihood row = row_likelihood(family, outcome[at], design.predictor(at, coefficients));
    result.value += row.value;
    for (std::size_t i = 0; i < p; ++i) result.score[i] += row.score * design.row(at)[i];
    add_outer_product(result.information, design.row(at), p, row.weight);
  }
  return result;
}

double null_log_likelihood(std::span<const double> outcome) {
  double events = 0;
  for (const double value : outcome) events += value;
  const double n = static_cast<double>(outcome.size());
  return events * std::log(events / n) + (n - events) * std::log((n - events) / n);
}

double gaussian_log_likelihood(double squares, double n) { return -n / 2 * (std::log(2 * std::numbers::pi * squares / n) + 1); }

/// Least squares is one step of Newton's; the errors are then those of the residual variance.
void finish_linear(RegressionFit& fit, std::span<const double> outcome, std::size_t rank) {
  const double n = static_cast<double>(outcome.size());
  fit.deviance = -2 * fit.log_likelihood;
  fit.dispersion = fit.deviance / (n - static_cast<double>(rank));
  double mean = 0, squares = 0;
  for (const double value : outcome) mean += value / n;
  for (const double value : outcome) squares += (value - mean) * (value - mean);
  fit.log_likelihood = gaussian_log_likelihood(fit.deviance, n);
  fit.log_likelihood_null = gaussian_log_likelihood(squares, n);
  for (double& value : fit.covariance) value *= fit.dispersion;
}

}  // namespace

Result<void> check(const RegressionData& data, Family family) {
  const std::size_t n = data.size();
  if (n == 0) return fail(Error::Kind::bad_input, "There are no rows.", "Give at least one row with an outcome.");
  if (data.columns > most_columns) {
    return fail(Error::Kind::bad_input, fmt::format("There are {} covariates; at most {} can be in a model.", data.columns, most_columns));
  }
  if (data.covariates.size() != n * data.columns) {
    return fail(Error::Kind::bad_input,
                fmt::format("{} covariates of {} rows need {} values, and there are {}.", data.columns, n, n * data.columns, data.covariates.size()));
  }
  for (std::size_t row = 0; row < n; ++row) {
    const double value = data.outcome[row];
    if (!std::isfinite(value)) return fail(Error::Kind::bad_input, fmt::format("The outcome of row {} is no finite number.", row + 1));
    if (family != Family::linear && value != 0 && value != 1) {
      return fail(Error::Kind::bad_input, fmt::format("The outcome of row {} is {}.", row + 1, value),
                  "Write 1 where it happened and 0 where it did not.");
    }
  }
  for (std::size_t at = 0; at < data.covariates.size(); ++at) {
    if (!std::isfinite(data.covariates[at])) {
      return fail(Error::Kind::bad_input, fmt::format("Covariate {} of row {} is no finite number.", at / n + 1, at % n + 1),
                  "Leave the row out, or give it a value.");
    }
  }
  return {};
}

Result<Answer<RegressionFit>> fit_regression(const RegressionData& data, Family family) {
  if (const Result<void> fine = check(data, family); !fine) return tl::unexpected(fine.error());
  const auto [low, high] = std::minmax_element(data.outcome.begin(), data.outcome.end());
  if (family != Family::linear && *low == *high) return Answer<RegressionFit>(undefined("the outcome is the same in every row"));
  const Design design(data);
  const std::size_t p = design.columns();
  const auto at = [&](std::span<const double> coefficients) { return likelihood(design, data.outcome, family, coefficients); };
  const Optimum best = climb(at, design.range(), at(std::vector<double>(p)));
  const Information information(settled_information(best), p);
  const std::size_t rank = p - best.redundant.size();
  if (design.rows() <= rank && family == Family::linear) {
    return Answer<RegressionFit>(undefined("there are no more rows than coefficients, so nothing is left to judge errors by"));
  }
  RegressionFit fit;
  fit.family = family;
  fit.rows = data.size();
  fit.iterations = best.iterations;
  fit.divergence = best.divergence;
  fit.log_likelihood = best.likelihood.value;
  fit.coefficient = design.unscaled(best.coefficient);
  fit.covariance = design.unscaled_covariance(information.inverse());
  if (family == Family::linear) {
    fit.log_likelihood = at(best.coefficient).value;
    finish_linear(fit, data.outcome, rank);
  } else {
    fit.deviance = -2 * fit.log_likelihood;
    fit.log_likelihood_null = null_log_likelihood(data.outcome);
  }
  fit.redundant = best.redundant;
  for (std::size_t i = 0; i < p; ++i) {
    if (best.divergence[i] != Divergence::none) {
      fit.coefficient[i] = best.divergence[i] == Divergence::up ? HUGE_VAL : -HUGE_VAL;
    }
  }
  fit.likelihood_ratio = chi_squared_test(2 * (fit.log_likelihood - fit.log_likelihood_null), rank - 1);
  return Answer<RegressionFit>(std::move(fit));
}

Method regression_method(Family family) {
  switch (family) {
    case Family::linear: return {"Least squares", "Gauss 1809"};
    case Family::logit: return {"Logistic regression", "Cox 1958, JRSS B 20:215–242; McCullagh & Nelder 1989"};
    case Family::complementary_log_log: break;
  }
  return {"Complementary log-log regression", "Prentice & Gloeckler 1978, Biometrics 34:57–67"};
}

}  // namespace waymark::stats
