/// The columns of a regression on a scale on which they can be compared. Internal to the regression folder.
#pragma once

#include "stats/regression/regression.hpp"

namespace waymark::stats {

/// An intercept and the columns, each less its mean and divided by its standard deviation, row by row.
class Design {
 public:
  explicit Design(const RegressionData& data);

  [[nodiscard]] std::size_t rows() const { return m_rows; }
  /// With the intercept.
  [[nodiscard]] std::size_t columns() const { return m_columns; }
  [[nodiscard]] const double* row(std::size_t at) const { return &m_z[at * m_columns]; }
  [[nodiscard]] const std::vector<double>& range() const { return m_range; }
  [[nodiscard]] double predictor(std::size_t at, std::span<const double> coefficients) const;
  /// On this scale from those of the data, which must be finite.
  [[nodiscard]] std::vector<double> scaled(std::span<const double> coefficients) const;
  /// The row of the map from coefficients on this scale to those of the data.
  [[nodiscard]] std::vector<double> contrast(std::size_t coefficient) const;
  [[nodiscard]] std::vector<double> unscaled(std::span<const double> coefficients) const;
  [[nodiscard]] std::vector<double> unscaled_covariance(std::span<const double> covariance) const;

 private:
  std::size_t m_rows;
  std::size_t m_columns;
  std::vector<double> m_centre, m_spread, m_range;
  std::vector<double> m_z;
};

/// What one row adds to the likelihood: its logarithm, the derivative by the predictor, and the expected information of the predictor;
/// and the variance of the outcome.
struct RowLikelihood {
  double value = 0;
  double score = 0;
  double weight = 0;
  double variance = 1;
};
/// For Family::linear with variance 1.
[[nodiscard]] RowLikelihood row_likelihood(Family family, double outcome, double predictor);

/// information += weight·z·zᵀ, both triangles.
void add_outer_product(std::span<double> information, const double* z, std::size_t columns, double weight);

}  // namespace waymark::stats
