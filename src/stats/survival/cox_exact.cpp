#include <algorithm>

#include "stats/survival/cox_pass.hpp"

namespace waymark::stats {
namespace {

/// Sums over all choices of k rows among those added, k = 0…most, of the product of their weights; with first and second derivatives
/// (Gail, Lubin & Rubinstein 1981, Biometrika 68:703–707).
class Choices {
 public:
  Choices(std::size_t most, std::size_t columns)
      : m_most(most), m_columns(columns), m_value(most + 1), m_first((most + 1) * columns), m_second((most + 1) * triangle(columns)) {
    m_value[0] = 1;
  }

  void add(const double* x, double weight) {
    const std::size_t t = triangle(m_columns);
    for (std::size_t k = m_most; k > 0; --k) {
      const double value = m_value[k - 1];
      const double* const first = &m_first[(k - 1) * m_columns];
      const double* const second = &m_second[(k - 1) * t];
      double* const to_first = &m_first[k * m_columns];
      double* const to_second = &m_second[k * t];
      m_value[k] += weight * value;
      std::size_t at = 0;
      for (std::size_t i = 0; i < m_columns; ++i) {
        for (std::size_t j = 0; j <= i; ++j, ++at) {
          to_second[at] += weight * (second[at] + x[i] * first[j] + x[j] * first[i] + x[i] * x[j] * value);
        }
      }
      for (std::size_t i = 0; i < m_columns; ++i) to_first[i] += weight * (first[i] + x[i] * value);
    }
  }

  [[nodiscard]] double value() const { return m_value[m_most]; }
  [[nodiscard]] const double* first() const { return &m_first[m_most * m_columns]; }
  [[nodiscard]] const double* second() const { return &m_second[m_most * triangle(m_columns)]; }

 private:
  std::size_t m_most;
  std::size_t m_columns;
  std::vector<double> m_value, m_first, m_second;
};

}  // namespace

Likelihood exact_likelihood(const CoxRows& rows, std::span<const double> coefficients) {
  const std::size_t p = rows.columns;
  Likelihood likelihood{0, rows.death_sum, std::vector<double>(p * p)};
  for (std::size_t i = 0; i < p; ++i) likelihood.value += rows.death_sum[i] * coefficients[i];
  const auto weight_of = [&](Row place) {
    double eta = 0;
    for (std::size_t i = 0; i < p; ++i) eta += rows.row(place)[i] * coefficients[i];
    return std::exp(eta);
  };
  Row stratum_end = 0;
  for (std::size_t b = rows.blocks.size(); b-- > 0;) {
    const CoxBlock& block = rows.blocks[b];
    if (block.last_of_stratum) stratum_end = block.end;
    std::vector<Row> at_risk;
    double total = 0;
    for (Row place = block.begin; place < stratum_end; ++place) {
      if (rows.delayed_entry() && rows.first_block[place] > b) continue;
      at_risk.push_back(place);
      total += weight_of(place);
    }
    const double deaths = block.deaths();
    const double scale = deaths / total;  // keeps the sums near 1 however many choices there are
    Choices choices(block.deaths(), p);
    for (const Row place : at_risk) choices.add(rows.row(place), weight_of(place) * scale);
    const double value = choices.value();
    likelihood.value -= std::log(value) - deaths * std::log(scale);
    std::size_t at = 0;
    for (std::size_t i = 0; i < p; ++i) {
      likelihood.score[i] -= choices.first()[i] / value;
      for (std::size_t j = 0; j <= i; ++j, ++at) {
        const double spread = choices.second()[at] / value - choices.first()[i] / value * (choices.first()[j] / value);
        likelihood.information[i * p + j] += spread;
        if (i != j) likelihood.information[j * p + i] += spread;
      }
    }
  }
  return likelihood;
}

}  // namespace waymark::stats
