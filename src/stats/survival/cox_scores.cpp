#include "stats/survival/cox_scores.hpp"

namespace waymark::stats {
namespace {

/// The score of a row is δ(x − x̄) − w∫(x − x̄)dΛ over its time at risk. Walking backwards, ∫ is what has been summed when the row leaves less
/// what had been summed when it came in; so no row is visited more than twice.
class ScoreVisitor : public CoxVisitor {
 public:
  ScoreVisitor(const CoxRows& rows, std::span<const double> coefficients, std::span<const Code> target, ScoreSums& sums)
      : m_rows(rows),
        m_coefficients(coefficients),
        m_target(target),
        m_sums(sums),
        m_first(rows.columns),
        m_mean(rows.columns),
        m_tied(rows.columns) {}

  void enter(Row place, double weight) override { add(place, weight); }
  void leave(Row place, double weight) override { add(place, -weight); }

  void deaths(const CoxBlock& block, const RiskSums& at_risk, const RiskSums& deaths, const TieSums& ties) override {
    const std::size_t p = m_rows.columns;
    const double count = block.deaths();
    for (std::size_t i = 0; i < p; ++i) {
      m_first[i] += at_risk.first[i] * ties.one2 - deaths.first[i] * ties.part2;
      m_mean[i] = (at_risk.first[i] * ties.one - deaths.first[i] * ties.part) / count;
      m_tied[i] = at_risk.first[i] * ties.part2 - deaths.first[i] * ties.square2;
    }
    m_hazard += ties.one;
    for (Row place = block.begin; place < block.deaths_end; ++place) {
      const double* const x = m_rows.row(place);
      const Code target = m_target[m_rows.input[place]];
      double* const score = &m_sums.score[target * p];
      double weight = 0;
      if (ties.part > 0) {
        double eta = 0;
        for (std::size_t i = 0; i < p; ++i) eta += x[i] * m_coefficients[i];
        weight = std::exp(eta);
      }
      m_sums.martingale[target] += 1 + weight * ties.part;
      for (std::size_t i = 0; i < p; ++i) score[i] += x[i] - m_mean[i] + weight * (x[i] * ties.part - m_tied[i]);
    }
  }

 private:
  void add(Row place, double weight) {
    const std::size_t p = m_rows.columns;
    const double* const x = m_rows.row(place);
    const Code target = m_target[m_rows.input[place]];
    double* const score = &m_sums.score[target * p];
    m_sums.martingale[target] += weight * m_hazard;
    for (std::size_t i = 0; i < p; ++i) score[i] += weight * (x[i] * m_hazard - m_first[i]);
  }

  const CoxRows& m_rows;
  std::span<const double> m_coefficients;
  std::span<const Code> m_target;
  ScoreSums& m_sums;
  double m_hazard = 0;  // Σ 1/c over the days passed
  std::vector<double> m_first;
  std::vector<double> m_mean;
  std::vector<double> m_tied;
};

}  // namespace

ScoreSums sum_scores(const CoxRows& rows, std::span<const double> coefficients, Ties ties, std::span<const Code> target, std::size_t targets) {
  ScoreSums sums{std::vector<double>(targets * rows.columns), std::vector<double>(targets)};
  ScoreVisitor visitor(rows, coefficients, target, sums);
  walk_back(rows, coefficients, ties, Moments::first, Calls::rows_too, visitor);
  return sums;
}

std::vector<double> cross_product(std::span<const double> score, std::size_t columns) {
  std::vector<double> result(columns * columns);
  if (columns == 0) return result;
  for (std::size_t at = 0; at < score.size(); at += columns) {
    for (std::size_t i = 0; i < columns; ++i) {
      for (std::size_t j = 0; j < columns; ++j) result[i * columns + j] += score[at + i] * score[at + j];
    }
  }
  return result;
}

}  // namespace waymark::stats
