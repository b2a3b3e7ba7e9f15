/// One pass over the rows of a Cox model, from the last day to the first. Internal to the survival folder.
#pragma once

#include <cmath>

#include "stats/survival/cox_rows.hpp"

namespace waymark::stats {

/// How second moments are kept: the lower triangle, row by row.
constexpr std::size_t triangle(std::size_t columns) { return columns * (columns + 1) / 2; }

/// Σ w, Σ w·x and Σ w·x·xᵀ over a set of rows, w = exp(x·β).
struct RiskSums {
  explicit RiskSums(std::size_t columns) : first(columns), second(triangle(columns)) {}

  double weight = 0;
  std::vector<double> first;
  std::vector<double> second;

  void clear() {
    weight = 0;
    std::fill(first.begin(), first.end(), 0.0);
    std::fill(second.begin(), second.end(), 0.0);
  }
};

/// Sums over the d deaths of a day, numbered k = 0…d−1, with the denominators c = S₀ − f·D₀, f = k/d (Efron) or 0 (Breslow).
struct TieSums {
  double log_sum = 0;  // Σ log c
  double one = 0;      // Σ 1/c
  double part = 0;     // Σ f/c
  double one2 = 0;     // Σ 1/c²
  double part2 = 0;    // Σ f/c²
  double square2 = 0;  // Σ f²/c²
};
[[nodiscard]] TieSums tie_sums(Ties ties, double deaths, double at_risk_weight, double death_weight);

/// What a pass calls. A visitor overrides what it needs.
class CoxVisitor {
 public:
  virtual ~CoxVisitor() = default;
  /// The row comes into the risk set (walking backwards), before the deaths of its block are counted.
  virtual void enter(Row /*place*/, double /*weight*/) {}
  /// Deaths of a block: sums over everybody at risk, and over the deaths alone.
  virtual void deaths(const CoxBlock& block, const RiskSums& at_risk, const RiskSums& deaths, const TieSums& ties) = 0;
  /// The row is out of the risk set for all earlier days.
  virtual void leave(Row /*place*/, double /*weight*/) {}
};

enum class Moments { first, second };
/// Which calls of a visitor are wanted; those for every row cost more than the rest of the pass.
enum class Calls { deaths, rows_too };

/// `coefficients` on the scale of CoxRows. Weights that overflow give sums that are not finite.
void walk_back(const CoxRows& rows, std::span<const double> coefficients, Ties ties, Moments moments, Calls calls, CoxVisitor& visitor);

/// The partial likelihood at `coefficients`.
[[nodiscard]] Likelihood cox_likelihood(const CoxRows& rows, std::span<const double> coefficients, Ties ties);
/// The same for Ties::exact.
[[nodiscard]] Likelihood exact_likelihood(const CoxRows& rows, std::span<const double> coefficients);

/// The information of one block, in `information` (columns², both triangles), times `factor`.
void add_information(const RiskSums& at_risk, const RiskSums& deaths, const TieSums& ties, double factor, std::span<double> information);

}  // namespace waymark::stats
