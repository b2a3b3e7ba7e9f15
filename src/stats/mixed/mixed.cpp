#include "stats/mixed/mixed.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/core.h>
#include <Eigen/Dense>

#include "stats/distributions.hpp"
#include "stats/information.hpp"
#include "stats/mixed/marginal.hpp"

namespace waymark::stats {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Result<void> check(std::size_t rows, std::span<const double> covariates, std::size_t columns, std::span<const Code> group) {
  if (rows == 0) return fail(Error::Kind::bad_input, "There are no rows.", "Give at least two groups with a row each.");
  if (group.size() != rows || covariates.size() != rows * columns)
    return fail(Error::Kind::bad_input, "The outcome, the groups and the covariates are not equally long.");
  for (std::size_t at = 0; at < covariates.size(); ++at) {
    if (!std::isfinite(covariates[at]))
      return fail(Error::Kind::bad_input, fmt::format("Covariate {} of row {} is no finite number.", at / rows + 1, at % rows + 1));
  }
  return {};
}

/// The covariates less their means, divided by their spread, row by row.
struct Scaled {
  std::vector<double> x, centre, spread;
  std::optional<std::size_t> redundant;

  Scaled(std::span<const double> covariates, std::size_t rows, std::size_t columns) : x(rows * columns), centre(columns), spread(columns, 1) {
    const double n = static_cast<double>(rows);
    for (std::size_t j = 0; j < columns; ++j) {
      const auto column = covariates.subspan(j * rows, rows);
      // Divided first, so that the sums of large numbers stay finite.
      for (const double value : column) centre[j] += value / n;
      double largest = 0;
      for (const double value : column) largest = std::max(largest, std::abs(value / 2 - centre[j] / 2));
      double squares = 0;
      for (const double value : column) squares += largest > 0 ? std::pow((value / 2 - centre[j] / 2) / largest, 2) / n : 0;
      if (const double wide = 2 * largest * std::sqrt(squares); wide > 1e-12 * std::abs(centre[j]))
        spread[j] = wide;
      else if (!redundant)
        redundant = j;
      for (std::size_t at = 0; at < rows; ++at) x[at * columns + j] = (column[at] - centre[j]) / spread[j];
    }
    std::vector<double> cross(columns * columns);
    for (std::size_t at = 0; at < rows; ++at) {
      for (std::size_t i = 0; i < columns; ++i) {
        for (std::size_t j = 0; j < columns; ++j) cross[i * columns + j] += x[at * columns + i] * x[at * columns + j];
      }
    }
    const auto repeated = Information(cross, columns).redundant_columns();
    if (!redundant && !repeated.empty()) redundant = repeated.front();
  }
};

struct Summit {
  VectorXd place;
  MatrixXd curvature;  // minus the second derivative
  double value = 0;
  int iterations = 0;
  bool reached = false;
};

std::span<const double> view(const VectorXd& vector) { return {vector.data(), static_cast<std::size_t>(vector.size())}; }

MatrixXd curvature_at(const MarginalLikelihood& likelihood, const VectorXd& place) {
  MatrixXd result(place.size(), place.size());
  for (Index i = 0; i < place.size(); ++i) {
    // Of the fourth order: the error is far below what a step needs and below what a standard error shows.
    const double step = 1e-3;
    VectorXd moved = place;
    const auto gradient = [&](double by) {
      moved[i] = place[i] + by;
      const auto point = likelihood.at(view(moved));
      return VectorXd(Eigen::Map<const VectorXd>(point.gradient.data(), place.size()));
    };
    result.col(i) = -(8 * (gradient(step) - gradient(-step)) - (gradient(2 * step) - gradient(-2 * step))) / (12 * step);
  }
  return (result + result.transpose()) / 2;
}

/// Newton's method; where the likelihood is not concave, along the eigenvectors, each by the size of its curvature.
Summit climb(const MarginalLikelihood& likelihood, VectorXd place) {
  Summit best{std::move(place), {}, 0, 0, false};
  auto point = likelihood.at(view(best.place));
  for (; best.iterations < 200; ++best.iterations) {
    best.curvature = curvature_at(likelihood, best.place);
    const Eigen::SelfAdjointEigenSolver<MatrixXd> parts(best.curvature);
    const VectorXd gradient = Eigen::Map<const VectorXd>(point.gradient.data(), best.place.size());
    const VectorXd along = parts.eigenvectors().transpose() * gradient;
    VectorXd step = parts.eigenvectors() * along.cwiseQuotient(parts.eigenvalues().cwiseAbs().cwiseMax(1e-8));
    const double largest = step.cwiseAbs().maxCoeff();
    if (largest > 2) step *= 2 / largest;
    auto next = likelihood.at(view(best.place + step));
    for (int halvings = 0; halvings < 40 && !(next.value >= point.value - 1e-12 * std::abs(point.value)); ++halvings) {
      step /= 2;
      next = likelihood.at(view(best.place + step));
    }
    best.place += step;
    point = std::move(next);
    best.value = point.value;
    if (largest < 1e-10) {
      best.reached = parts.eigenvalues().minCoeff() > 0;
      return best;
    }
    // Forty log odds a standard deviation of a column: beyond what any number of rows could tell from infinity.
    if (best.place.cwiseAbs().maxCoeff() > 40) return best;
  }
  return best;
}

struct Problem {
  std::vector<MixedRow> rows;
  std::size_t categories = 0;
  std::vector<double> weight;  // by category
  std::size_t codes = 0;
};

Answer<MixedFit> fit(Problem problem, const Scaled& scaled, std::size_t nodes) {
  const std::size_t columns = scaled.centre.size(), thresholds = problem.categories - 1;
  MarginalLikelihood likelihood(std::move(problem.rows), scaled.x, columns, problem.categories, nodes);
  const std::size_t p = likelihood.parameters();
  VectorXd start = VectorXd::Zero(static_cast<Index>(p));
  double below = 0, all = 0;
  for (const double weight : problem.weight) all += weight;
  for (std::size_t j = 0; j < thresholds; ++j) {
    below += problem.weight[j];
    start[static_cast<Index>(j)] = std::log(below / (all - below));
  }
  start[static_cast<Index>(p) - 1] = 0.7;
  MixedFit result;
  result.groups = likelihood.modes(view(start)).size();
  if (result.groups < 2) return undefined("there are fewer than two groups with rows");
  const Summit summit = climb(likelihood, start);
  const double sigma = std::abs(summit.place[summit.place.size() - 1]);
  if (sigma < 1e-4) return undefined("the groups differ no more than chance makes them, so the model without them is the better one");
  if (!summit.reached) return not_identifiable("the likelihood rises without end: some columns or groups predict the outcome without exception");

  // Back to the columns of the data: a threshold takes up what the means of the columns were.
  MatrixXd back = MatrixXd::Identity(summit.place.size(), summit.place.size());
  for (std::size_t j = 0; j < columns; ++j) {
    const Index at = static_cast<Index>(thresholds + j);
    back(at, at) = 1 / scaled.spread[j];
    for (Index i = 0; i < static_cast<Index>(thresholds); ++i) back(i, at) = scaled.centre[j] / scaled.spread[j];
  }
  if (summit.place[summit.place.size() - 1] < 0) back(summit.place.size() - 1, summit.place.size() - 1) = -1;
  const VectorXd place = back * summit.place;
  const MatrixXd covariance = back * summit.curvature.inverse() * back.transpose();
  result.coefficient.assign(place.data(), place.data() + p - 1);
  result.deviation = sigma;
  result.covariance.assign(covariance.data(), covariance.data() + p * p);
  result.log_likelihood = summit.value;
  result.deviance = -2 * summit.value;
  result.iterations = summit.iterations;
  result.effect.resize(problem.codes);
  result.effect_error.resize(problem.codes);
  for (const auto& mode : likelihood.modes(view(summit.place))) {
    result.effect[mode.group] = summit.place[summit.place.size() - 1] * mode.place;
    result.effect_error[mode.group] = sigma / std::sqrt(mode.curvature);
  }
  return result;
}

}  // namespace

Result<Answer<MixedFit>> fit_mixed_logit(const MixedLogitData& data, Nodes nodes) {
  const std::size_t rows = data.outcome.size();
  if (const auto fine = check(rows, data.covariates, data.columns, data.group); !fine) return tl::unexpected(fine.error());
  Problem problem{{}, 2, {0, 0}, count_codes(data.group)};
  double arrangements = 0, saturated = 0;
  for (std::size_t at = 0; at < rows; ++at) {
    const double events = data.outcome[at].events().real(), others = data.outcome[at].others().real(), size = events + others;
    if (others > 0) problem.rows.push_back({data.group[at], 0, others, at});
    if (events > 0) problem.rows.push_back({data.group[at], 1, events, at});
    problem.weight[0] += others;
    problem.weight[1] += events;
    arrangements += log_gamma(size + 1) - log_gamma(events + 1) - log_gamma(others + 1);
    saturated += (events > 0 ? events * std::log(events / size) : 0) + (others > 0 ? others * std::log(others / size) : 0);
  }
  if (problem.weight[0] == 0 || problem.weight[1] == 0)
    return Answer<MixedFit>(undefined(problem.weight[1] == 0 ? "it happened to nobody" : "it happened to everybody"));
  const Scaled scaled(data.covariates, rows, data.columns);
  if (scaled.redundant) return Answer<MixedFit>(not_identifiable(fmt::format("column {} repeats what earlier ones say", *scaled.redundant + 1)));
  Answer<MixedFit> result = fit(std::move(problem), scaled, nodes.count());
  if (!result) return result;
  result->rows = rows;
  result->deviance = 2 * (saturated - result->log_likelihood);
  result->log_likelihood += arrangements;
  // The intercept is the threshold with the other sign.
  const std::size_t p = result->coefficient.size() + 1;
  result->coefficient[0] = -result->coefficient[0];
  for (std::size_t j = 1; j < p; ++j) {
    result->covariance[j] = -result->covariance[j];
    result->covariance[j * p] = -result->covariance[j * p];
  }
  return result;
}

Method mixed_logit_method() {
  return {"Logistic regression with normal levels of groups, adaptive Gauss–Hermite", "McCulloch & Searle 2001; Pinheiro & Bates 1995"};
}

Result<Answer<MixedFit>> fit_mixed_ordinal(const MixedOrdinalData& data, Nodes nodes) {
  const std::size_t rows = data.category.size();
  if (const auto fine = check(rows, data.covariates, data.columns, data.group); !fine) return tl::unexpected(fine.error());
  const std::size_t categories = count_codes(data.category);
  if (categories > rows) return Answer<MixedFit>(not_identifiable("there are categories in which nobody is"));
  Problem problem{{}, categories, std::vector<double>(categories), count_codes(data.group)};
  for (std::size_t at = 0; at < rows; ++at) {
    problem.rows.push_back({data.group[at], data.category[at], 1, at});
    problem.weight[data.category[at]] += 1;
  }
  if (std::count(problem.weight.begin(), problem.weight.end(), static_cast<double>(rows)) > 0)
    return Answer<MixedFit>(undefined("the category is the same in every row"));
  const auto empty = std::find(problem.weight.begin(), problem.weight.end(), 0.0);
  if (empty != problem.weight.end()) return Answer<MixedFit>(not_identifiable("there are categories in which nobody is"));
  const Scaled scaled(data.covariates, rows, data.columns);
  if (scaled.redundant) return Answer<MixedFit>(not_identifiable(fmt::format("column {} repeats what earlier ones say", *scaled.redundant + 1)));
  Answer<MixedFit> result = fit(std::move(problem), scaled, nodes.count());
  if (result) result->rows = rows;
  return result;
}

Method mixed_ordinal_method() {
  return {"Proportional odds with normal levels of groups, adaptive Gauss–Hermite", "McCullagh 1980; Hedeker & Gibbons 1994, Biometrics 50:933–944"};
}

}  // namespace waymark::stats
