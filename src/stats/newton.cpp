#include "stats/newton.hpp"

#include <algorithm>
#include <cmath>

#include "stats/information.hpp"

namespace waymark::stats {
namespace {

constexpr int most_iterations = 60;
constexpr double small_step = 1e-9;  // in standard errors

bool is_finite(const Likelihood& likelihood) {
  const auto fine = [](double value) { return std::isfinite(value); };
  return std::isfinite(likelihood.value) && std::all_of(likelihood.score.begin(), likelihood.score.end(), fine) &&
         std::all_of(likelihood.information.begin(), likelihood.information.end(), fine);
}

std::vector<Divergence> diverging(std::span<const double> range, std::span<const double> step) {
  std::vector<Divergence> result(range.size(), Divergence::none);
  for (std::size_t i = 0; i < range.size(); ++i) {
    if (std::abs(step[i]) * range[i] > 0.1) result[i] = step[i] > 0 ? Divergence::up : Divergence::down;
  }
  return result;
}

double in_standard_errors(const Information& information, std::span<const double> step, const std::vector<Divergence>& divergence) {
  const std::vector<double> errors = standard_errors(information.inverse(), information.columns());
  double largest = 0;
  for (std::size_t i = 0; i < step.size(); ++i) {
    if (errors[i] > 0 && divergence[i] == Divergence::none) largest = std::max(largest, std::abs(step[i]) / errors[i]);
  }
  return largest;
}

/// Which way each coefficient went when the information about one of them ran out.
struct Lost {
  std::vector<double> step;  // the last with information about all; empty while nothing is lost
  std::vector<bool> column;
};

/// What has been lost is no estimate, and neither is what can only be told together with it.
void mark_lost(Optimum& best, const Lost& lost, const Information& information, std::span<const double> range) {
  if (lost.step.empty()) return;
  const std::vector<double> errors = standard_errors(information.inverse(), information.columns());
  for (std::size_t i = 0; i < range.size(); ++i) {
    const bool unknown = lost.column[i] || errors[i] * range[i] > 1e3;
    if (unknown && best.divergence[i] == Divergence::none) best.divergence[i] = lost.step[i] > 0 ? Divergence::up : Divergence::down;
  }
}

/// Takes columns out of the model, as if they said nothing.
void leave_out(const std::vector<std::size_t>& columns, Likelihood& likelihood) {
  const std::size_t all = likelihood.score.size();
  for (const std::size_t column : columns) {
    likelihood.score[column] = 0;
    for (std::size_t i = 0; i < all; ++i) likelihood.information[column * all + i] = likelihood.information[i * all + column] = 0;
  }
}

}  // namespace

bool any_diverges(const std::vector<Divergence>& divergence) {
  return std::any_of(divergence.begin(), divergence.end(), [](Divergence d) { return d != Divergence::none; });
}

Optimum climb(const LikelihoodFunction& function, std::span<const double> range, Likelihood start) {
  const std::size_t columns = range.size();
  Optimum best;
  best.coefficient.resize(columns);
  best.likelihood = std::move(start);
  // Where weights run to 0, what is left of a repeating column is rounding that may pass for information; at the start it cannot.
  best.redundant = Information(best.likelihood.information, columns).redundant_columns();
  leave_out(best.redundant, best.likelihood);
  Lost lost{{}, std::vector<bool>(columns)};
  double gain = 1;
  while (true) {
    const Information information(best.likelihood.information, columns);
    if (information.redundant_columns().size() > best.redundant.size() && best.iterations > 0) {
      if (lost.step.empty()) lost.step = best.step;
      for (const std::size_t column : information.redundant_columns()) lost.column[column] = true;
      for (const std::size_t column : best.redundant) lost.column[column] = false;
    }
    best.step = information.solve(best.likelihood.score);
    best.divergence.assign(columns, Divergence::none);
    if (gain < 1e-6) best.divergence = diverging(range, best.step);
    best.largest_step = in_standard_errors(information, best.step, best.divergence);
    std::vector<double> next = best.coefficient;
    for (std::size_t i = 0; i < columns; ++i) next[i] += best.step[i];
    if (best.largest_step < small_step || best.iterations >= most_iterations) {
      // The last step is free: what it changes is below the rounding of the information.
      mark_lost(best, lost, information, range);
      if (best.largest_step < small_step && !any_diverges(best.divergence)) best.coefficient = std::move(next);
      return best;
    }
    Likelihood tried = function(next);
    ++best.iterations;
    const double lowest = best.likelihood.value - 1e-9 * std::abs(best.likelihood.value);
    for (int halvings = 0; halvings < 40 && (!is_finite(tried) || tried.value < lowest); ++halvings) {
      for (std::size_t i = 0; i < columns; ++i) next[i] = (next[i] + best.coefficient[i]) / 2;
      tried = function(next);
    }
    if (!is_finite(tried)) {
      mark_lost(best, lost, information, range);
      return best;
    }
    gain = tried.value - best.likelihood.value;
    best.coefficient = std::move(next);
    best.likelihood = std::move(tried);
    leave_out(best.redundant, best.likelihood);
  }
}

std::vector<double> settled_information(const Optimum& optimum) {
  const std::size_t columns = optimum.divergence.size();
  std::vector<double> matrix = optimum.likelihood.information;
  for (std::size_t i = 0; i < columns; ++i) {
    if (optimum.divergence[i] == Divergence::none) continue;
    for (std::size_t j = 0; j < columns; ++j) matrix[i * columns + j] = matrix[j * columns + i] = 0;
  }
  return matrix;
}

}  // namespace waymark::stats
