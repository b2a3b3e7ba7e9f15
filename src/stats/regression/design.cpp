#include "stats/regression/design.hpp"

#include <algorithm>
#include <cmath>

namespace waymark::stats {

Design::Design(const RegressionData& data)
    : m_rows(data.size()), m_columns(data.columns + 1), m_centre(m_columns), m_spread(m_columns, 1), m_range(m_columns, 1), m_z(m_rows * m_columns) {
  for (std::size_t at = 0; at < m_rows; ++at) m_z[at * m_columns] = 1;
  for (std::size_t column = 1; column < m_columns; ++column) {
    const std::span<const double> values = data.covariates.subspan((column - 1) * m_rows, m_rows);
    double largest = 0;
    for (const double value : values) largest = std::max(largest, std::abs(value));
    if (largest == 0) continue;
    double mean = 0;
    for (const double value : values) mean += value / largest;
    mean /= static_cast<double>(m_rows);
    double squares = 0, low = HUGE_VAL, high = -HUGE_VAL;
    for (const double value : values) {
      squares += (value / largest - mean) * (value / largest - mean);
      low = std::min(low, value / largest);
      high = std::max(high, value / largest);
    }
    const double spread = std::sqrt(squares / static_cast<double>(m_rows));
    if (!(spread > 1e-13)) continue;  // a constant: nothing but rounding is left of it
    m_centre[column] = mean * largest;
    m_spread[column] = spread * largest;
    m_range[column] = (high - low) / spread;
    for (std::size_t at = 0; at < m_rows; ++at) m_z[at * m_columns + column] = (values[at] / largest - mean) / spread;
  }
}

double Design::predictor(std::size_t at, std::span<const double> coefficients) const {
  double sum = 0;
  for (std::size_t i = 0; i < m_columns; ++i) sum += row(at)[i] * coefficients[i];
  return sum;
}

std::vector<double> Design::scaled(std::span<const double> coefficients) const {
  std::vector<double> result(coefficients.begin(), coefficients.end());
  for (std::size_t i = 1; i < m_columns; ++i) {
    result[0] += coefficients[i] * m_centre[i];
    result[i] = coefficients[i] * m_spread[i];
  }
  return result;
}

std::vector<double> Design::contrast(std::size_t coefficient) const {
  std::vector<double> result(m_columns);
  if (coefficient > 0) {
    result[coefficient] = 1 / m_spread[coefficient];
    return result;
  }
  result[0] = 1;
  for (std::size_t i = 1; i < m_columns; ++i) result[i] = -m_centre[i] / m_spread[i];
  return result;
}

std::vector<double> Design::unscaled(std::span<const double> coefficients) const {
  std::vector<double> result;
  for (std::size_t i = 0; i < m_columns; ++i) {
    const std::vector<double> map = contrast(i);
    double sum = 0;
    for (std::size_t j = 0; j < m_columns; ++j) sum += map[j] == 0 ? 0 : map[j] * coefficients[j];
    result.push_back(sum);
  }
  return result;
}

std::vector<double> Design::unscaled_covariance(std::span<const double> covariance) const {
  std::vector<double> result(m_columns * m_columns);
  for (std::size_t i = 0; i < m_columns; ++i) {
    const std::vector<double> left = contrast(i);
    for (std::size_t j = 0; j < m_columns; ++j) {
      const std::vector<double> right = contrast(j);
      for (std::size_t k = 0; k < m_columns; ++k) {
        for (std::size_t l = 0; l < m_columns; ++l) result[i * m_columns + j] += left[k] * covariance[k * m_columns + l] * right[l];
      }
    }
  }
  return result;
}

RowLikelihood row_likelihood(Family family, double outcome, double predictor) {
  switch (family) {
    case Family::linear: {
      const double error = outcome - predictor;
      return {-error * error / 2, error, 1, 1};
    }
    case Family::logit: {
      const double small = std::exp(-std::abs(predictor));
      const double p = predictor > 0 ? 1 / (1 + small) : small / (1 + small);
      const double other = predictor > 0 ? small / (1 + small) : 1 / (1 + small);
      const double value = -(std::log1p(small) + ((outcome > 0) == (predictor > 0) ? 0 : std::abs(predictor)));
      return {value, outcome > 0 ? other : -p, p * other, p * other};
    }
    case Family::complementary_log_log: {
      const double hazard = std::exp(std::min(predictor, 700.0));
      const double p = -std::expm1(-hazard);
      // hazard·(1 − p)/p is 1 at hazard 0 and falls below the smallest double beyond 745.
      const double odds = p > 0 ? hazard * (std::exp(-hazard) / p) : 1;
      const double variance = p * std::exp(-hazard);
      if (outcome > 0) return {p > 0 ? std::log(p) : predictor, odds, hazard * odds, variance};
      return {-hazard, -hazard, hazard * odds, variance};
    }
  }
  return {};
}

void add_outer_product(std::span<double> information, const double* z, std::size_t columns, double weight) {
  for (std::size_t i = 0; i < columns; ++i) {
    const double wz = weight * z[i];
    for (std::size_t j = 0; j < columns; ++j) information[i * columns + j] += wz * z[j];
  }
}

}  // namespace waymark::stats
