#include "stats/information.hpp"

#include <algorithm>
#include <cmath>

namespace waymark::stats {

Information::Information(std::span<const double> matrix, std::size_t columns, double tolerance)
    : m_columns(columns), m_lower(columns * columns), m_pivots(columns) {
  for (std::size_t j = 0; j < columns; ++j) {
    const double diagonal = matrix[j * columns + j];
    double pivot = diagonal;
    for (std::size_t k = 0; k < j; ++k) pivot -= m_lower[j * columns + k] * m_lower[j * columns + k] * m_pivots[k];
    m_lower[j * columns + j] = 1;
    if (!(pivot > tolerance * diagonal) || !std::isfinite(pivot)) continue;
    m_pivots[j] = pivot;
    for (std::size_t i = j + 1; i < columns; ++i) {
      double value = matrix[i * columns + j];
      for (std::size_t k = 0; k < j; ++k) value -= m_lower[i * columns + k] * m_lower[j * columns + k] * m_pivots[k];
      m_lower[i * columns + j] = value / pivot;
    }
  }
}

std::size_t Information::rank() const {
  return static_cast<std::size_t>(std::count_if(m_pivots.begin(), m_pivots.end(), [](double pivot) { return pivot != 0; }));
}

std::vector<std::size_t> Information::redundant_columns() const {
  std::vector<std::size_t> result;
  for (std::size_t column = 0; column < m_columns; ++column) {
    if (redundant(column)) result.push_back(column);
  }
  return result;
}

std::vector<double> Information::solve(std::span<const double> right) const {
  std::vector<double> x(right.begin(), right.end());
  for (std::size_t i = 0; i < m_columns; ++i) {
    if (redundant(i)) x[i] = 0;
    for (std::size_t k = 0; k < i; ++k) {
      if (!redundant(i) && !redundant(k)) x[i] -= m_lower[i * m_columns + k] * x[k];
    }
  }
  for (std::size_t i = 0; i < m_columns; ++i) x[i] = redundant(i) ? 0 : x[i] / m_pivots[i];
  for (std::size_t i = m_columns; i-- > 0;) {
    for (std::size_t k = i + 1; k < m_columns; ++k) {
      if (!redundant(i) && !redundant(k)) x[i] -= m_lower[k * m_columns + i] * x[k];
    }
  }
  return x;
}

std::vector<double> Information::inverse() const {
  std::vector<double> result(m_columns * m_columns);
  for (std::size_t j = 0; j < m_columns; ++j) {
    if (redundant(j)) continue;
    std::vector<double> unit(m_columns);
    unit[j] = 1;
    const std::vector<double> column = solve(unit);
    for (std::size_t i = 0; i < m_columns; ++i) result[i * m_columns + j] = column[i];
  }
  for (std::size_t i = 0; i < m_columns; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double mean = (result[i * m_columns + j] + result[j * m_columns + i]) / 2;
      result[i * m_columns + j] = result[j * m_columns + i] = mean;
    }
  }
  return result;
}

double Information::squared_length(std::span<const double> right) const {
  const std::vector<double> x = solve(right);
  double sum = 0;
  for (std::size_t i = 0; i < m_columns; ++i) sum += x[i] * right[i];
  return sum;
}

double Information::log_determinant() const {
  double sum = 0;
  for (const double pivot : m_pivots) {
    if (pivot != 0) sum += std::log(pivot);
  }
  return sum;
}

std::vector<double> product(std::span<const double> left, std::span<const double> right, std::size_t columns) {
  std::vector<double> result(columns * columns);
  for (std::size_t i = 0; i < columns; ++i) {
    for (std::size_t k = 0; k < columns; ++k) {
      for (std::size_t j = 0; j < columns; ++j) result[i * columns + j] += left[i * columns + k] * right[k * columns + j];
    }
  }
  return result;
}

std::vector<double> standard_errors(std::span<const double> covariance, std::size_t columns) {
  std::vector<double> result;
  for (std::size_t column = 0; column < columns; ++column) result.push_back(std::sqrt(std::max(0.0, covariance[column * columns + column])));
  return result;
}

}  // namespace waymark::stats
