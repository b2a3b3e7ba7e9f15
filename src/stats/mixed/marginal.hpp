/// The marginal likelihood of a proportional odds model with one normal level a group, and its exact derivative. Internal to the mixed folder.
#pragma once

#include <span>
#include <vector>

#include "stats/survival/spells.hpp"

namespace waymark::stats {

/// Nodes of ∫ f and its weights: the Gauss–Hermite rule with e^{z²} taken into the weight, so that neither under- nor overflows.
struct HermiteRule {
  std::vector<double> node;
  std::vector<double> weight;

  /// Golub & Welsch 1969 (Mathematics of Computation 23:221–230) for the nodes. REQUIRES 1 ≤ count ≤ 100. O(count³).
  explicit HermiteRule(std::size_t count);
};

/// `weight` judgements of one category by one group, their covariates at `x`.
struct MixedRow {
  Code group = 0;
  std::size_t category = 0;
  double weight = 1;
  std::size_t x = 0;  ///< row of the covariates
};

/// Parameters: categories − 1 thresholds, ascending; the columns; σ. Both signs of σ mean the same.
class MarginalLikelihood {
 public:
  /// `covariates` row by row; rows are put in order of their groups here.
  MarginalLikelihood(std::vector<MixedRow> rows, std::vector<double> covariates, std::size_t columns, std::size_t categories, std::size_t nodes);

  struct Point {
    double value = 0;  ///< −∞ where the thresholds do not ascend
    std::vector<double> gradient;
  };
  /// The gradient is that of the rule, which moves with each group's mode and curvature.
  [[nodiscard]] Point at(std::span<const double> parameters) const;
  struct Mode {
    Code group = 0;
    double place = 0;      ///< of u/σ
    double curvature = 1;  ///< −second derivative by u/σ; at least 1
  };
  [[nodiscard]] std::vector<Mode> modes(std::span<const double> parameters) const;
  [[nodiscard]] std::size_t parameters() const { return m_categories + m_columns; }
  [[nodiscard]] std::size_t thresholds() const { return m_categories - 1; }

 private:
  struct Edges;
  [[nodiscard]] std::vector<Edges> edges(std::span<const double> parameters, std::size_t first, std::size_t last) const;
  static Mode mode(std::span<const Edges> rows, double sigma);
  double add_group(std::span<const double> parameters, std::size_t first, std::size_t last, std::vector<double>& gradient) const;

  std::vector<MixedRow> m_rows;
  std::vector<std::size_t> m_ends;  // of groups in m_rows
  std::vector<double> m_x;
  std::size_t m_columns;
  std::size_t m_categories;
  HermiteRule m_rule;
};

}  // namespace waymark::stats
