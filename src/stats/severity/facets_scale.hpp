/// The rating scale of the facets model: what one location on it says about the categories. Internal to the severity folder.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

namespace waymark::stats {

constexpr std::size_t most_categories = 50;

/// Probabilities of the categories 0…m at a location, and their moments.
struct ScalePoint {
  std::size_t top = 0;  // m
  std::array<double, most_categories> probability;
  double mean = 0;
  double variance = 0;

  /// P(X ≥ h), and its covariance with X; h from 1.
  [[nodiscard]] double at_least(std::size_t h) const {
    double sum = 0;
    for (std::size_t k = h; k <= top; ++k) sum += probability[k];
    return sum;
  }
  [[nodiscard]] double fourth_moment() const {
    double sum = 0;
    for (std::size_t k = 0; k <= top; ++k) sum += probability[k] * std::pow(static_cast<double>(k) - mean, 4);
    return sum;
  }
};

class RatingScale {
 public:
  explicit RatingScale(std::span<const double> threshold) : m_height(threshold.size() + 1, 1.0) {
    double sum = 0;
    for (std::size_t h = 0; h < threshold.size(); ++h) m_height[h + 1] = std::exp(-(sum += threshold[h]));
  }

  /// P(k) ∝ exp(k·location − Στ).
  void at(double location, ScalePoint& point) const {
    const std::size_t top = m_height.size() - 1;
    const double step = std::exp(location > 13 ? 13 : location < -13 ? -13 : location);
    point.top = top;
    double power = 1, total = 0, first = 0, second = 0;
    for (std::size_t k = 0; k <= top; ++k) {
      const double weight = power * m_height[k];
      const double category = static_cast<double>(k);
      point.probability[k] = weight;
      total += weight;
      first += category * weight;
      second += category * category * weight;
      power *= step;
    }
    const double inverse = 1 / total;
    for (std::size_t k = 0; k <= top; ++k) point.probability[k] *= inverse;
    point.mean = first * inverse;
    point.variance = std::max(0.0, second * inverse - point.mean * point.mean);
  }

 private:
  std::vector<double> m_height;
};

}  // namespace waymark::stats
