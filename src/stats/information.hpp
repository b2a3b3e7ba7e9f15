/// Symmetric positive semi-definite matrices: information, covariance. Small (a few dozen columns), dense, row by row.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace waymark::stats {

/// L·D·Lᵀ of a symmetric positive semi-definite matrix that tells which columns repeat what earlier ones say. A column is redundant when less
/// than `tolerance` of its diagonal is left after the columns before it; it is left out, as if it were not in the model, and every result has
/// 0 in its place. Scaling a row with its column does not change what is redundant.
class Information {
 public:
  /// REQUIRES matrix.size() = columns². Only the lower triangle is read. O(columns³).
  Information(std::span<const double> matrix, std::size_t columns, double tolerance = 1e-11);

  [[nodiscard]] std::size_t columns() const { return m_columns; }
  [[nodiscard]] std::size_t rank() const;
  [[nodiscard]] bool redundant(std::size_t column) const { return m_pivots[column] == 0; }
  [[nodiscard]] std::vector<std::size_t> redundant_columns() const;
  /// x with matrix·x = right, in O(columns²).
  [[nodiscard]] std::vector<double> solve(std::span<const double> right) const;
  /// Symmetric, columns². O(columns³).
  [[nodiscard]] std::vector<double> inverse() const;
  /// rightᵀ·matrix⁻¹·right
  [[nodiscard]] double squared_length(std::span<const double> right) const;
  /// The logarithm of the determinant over the columns that are not redundant.
  [[nodiscard]] double log_determinant() const;

 private:
  std::size_t m_columns;
  std::vector<double> m_lower;   // unit lower triangle
  std::vector<double> m_pivots;  // 0 where redundant
};

/// left·right of square matrices, row by row.
[[nodiscard]] std::vector<double> product(std::span<const double> left, std::span<const double> right, std::size_t columns);
/// The square roots of the diagonal.
[[nodiscard]] std::vector<double> standard_errors(std::span<const double> covariance, std::size_t columns);

}  // namespace waymark::stats
