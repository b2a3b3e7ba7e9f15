#include "stats/regression/cluster_errors.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include <Eigen/Dense>
#include <boost/math/special_functions/ellint_1.hpp>
#include <boost/math/special_functions/jacobi_elliptic.hpp>

#include "stats/distributions.hpp"
#include "stats/information.hpp"
#include "stats/regression/design.hpp"

namespace waymark::stats {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

/// G = diag(diagonal) − low·lowᵀ, positive semi-definite; `null` has the directions in which it is 0 as orthonormal columns.
struct LoweredDiagonal {
  Vector diagonal;  ///< > 0
  Matrix low;
  Matrix null;
  double lowest = 0;  ///< > 0; no eigenvalue is smaller, but for those of `null`
};

Matrix by_eigenvalues(const LoweredDiagonal& matrix, const Matrix& right) {
  Matrix dense = -matrix.low * matrix.low.transpose();
  dense.diagonal() += matrix.diagonal;
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(dense);
  // What is left of the null directions is rounding; right has nothing along them.
  const Vector roots = solver.eigenvalues().cwiseMax(matrix.lowest / 2).cwiseSqrt().cwiseInverse();
  return solver.eigenvectors() * roots.asDiagonal() * (solver.eigenvectors().transpose() * right);
}

Matrix by_quadrature(const LoweredDiagonal& matrix, const Matrix& right) {
  const double largest = matrix.diagonal.maxCoeff();
  // Below 1e-14 of the largest the modulus would be 1, which has no quarter period: rows of a probability within 1e-8 of 0 or 1.
  const double modulus = std::sqrt(1 - std::clamp(matrix.lowest / largest, 1e-14, 1.0));
  const double lowest = largest * (1 - modulus) * (1 + modulus);
  const double quarter = boost::math::ellint_1(modulus);
  // The error is e^(−2π²·nodes/(log condition + 3)).
  const int nodes = 6 + static_cast<int>(std::ceil(36 * (std::log(largest / lowest) + 3) / (2 * std::numbers::pi * std::numbers::pi)));
  Matrix sum = Matrix::Zero(right.rows(), right.cols());
  for (int node = 0; node < nodes; ++node) {
    double cn = 0, dn = 0;
    const double sn = boost::math::jacobi_elliptic(modulus, (node + 0.5) * quarter / nodes, &cn, &dn);
    const double shift = lowest * (sn / cn) * (sn / cn);
    const Vector inverse = (matrix.diagonal.array() + shift).inverse();
    const Matrix scaled = inverse.asDiagonal() * matrix.low;
    Matrix inner = -matrix.low.transpose() * scaled;
    inner.diagonal().array() += 1;
    const Matrix solved = inner.ldlt().solve(scaled.transpose() * right);
    sum.noalias() += dn / (cn * cn) * (inverse.asDiagonal() * right + scaled * solved);
  }
  return 2 * quarter * std::sqrt(lowest) / (std::numbers::pi * nodes) * sum;
}

/// G^(−1/2)·right, 0 along `null`. Where G is no larger than its rank, by its eigenvalues; else by the quadrature of Hale, Higham & Trefethen 2008
/// (SIAM Journal on Numerical Analysis 46:2505–2523, method 3), which needs no matrix of the size of G. O(n·rank²) for each of its nodes, of which
/// there are as many as the logarithm of the condition asks for, some thirty.
Matrix inverse_root_product(const LoweredDiagonal& matrix, Matrix right) {
  const auto drop_null = [&](Matrix& vectors) { vectors -= matrix.null * (matrix.null.transpose() * vectors); };
  drop_null(right);
  Matrix result = matrix.diagonal.size() <= matrix.low.cols() ? by_eigenvalues(matrix, right) : by_quadrature(matrix, right);
  drop_null(result);
  return result;
}

/// The parts of Satterthwaite's degrees of freedom of one coefficient that are sums over clusters.
struct Satterthwaite {
  explicit Satterthwaite(Eigen::Index columns) : outer(Matrix::Zero(columns, columns)) {}
  double trace = 0, squares = 0, mixed = 0;
  Matrix outer;

  [[nodiscard]] double degrees(const Matrix& bread) const {
    const Matrix product = outer * bread;
    const double all = squares - 2 * mixed + (product * product).trace();
    return all > 0 ? trace * trace / all : 0;
  }
};

class Sandwich {
 public:
  Sandwich(const RegressionData& data, const RegressionFit& fit) : m_fit(fit), m_design(data), m_columns(m_design.columns()) {
    const std::vector<double> coefficients = m_design.scaled(fit.coefficient);
    std::vector<double> information(m_columns * m_columns);
    for (std::size_t at = 0; at < m_design.rows(); ++at) {
      m_rows.push_back(row_likelihood(fit.family, data.outcome[at], m_design.predictor(at, coefficients)));
      add_outer_product(information, m_design.row(at), m_columns, m_rows.back().weight);
    }
    const std::vector<double> inverse = Information(information, m_columns).inverse();
    m_bread = Eigen::Map<const Matrix>(inverse.data(), size(), size());
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(m_bread);
    m_root = solver.eigenvectors() * solver.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal();
    for (std::size_t i = 0; i < m_columns; ++i) {
      const std::vector<double> contrast = m_design.contrast(i);
      m_contrasts.push_back(m_bread * Eigen::Map<const Vector>(contrast.data(), size()));
    }
  }

  [[nodiscard]] std::size_t columns() const { return m_columns; }
  [[nodiscard]] const Matrix& bread() const { return m_bread; }

  /// Covariance on the scale of the data, and Satterthwaite's sums for cr2.
  struct Filling {
    std::size_t clusters = 0;
    std::vector<double> covariance;
    std::vector<Satterthwaite> satterthwaite;
  };
  [[nodiscard]] Filling fill(std::span<const Code> cluster, ClusterCorrection correction) const {
    Filling filling;
    filling.satterthwaite.assign(m_columns, Satterthwaite(size()));
    Matrix meat = Matrix::Zero(size(), size());
    const std::vector<Day> no_days(cluster.size());
    const std::vector<Row> order = order_by(cluster, no_days);
    for (std::size_t at = 0; at < order.size();) {
      const std::size_t first = at;
      while (at < order.size() && cluster[order[at]] == cluster[order[first]]) ++at;
      const std::span<const Row> rows = std::span(order).subspan(first, at - first);
      const Vector score = correction == ClusterCorrection::cr2 ? adjusted_score(rows, filling.satterthwaite) : plain_score(rows);
      meat.noalias() += score * score.transpose();
      ++filling.clusters;
    }
    const double n = static_cast<double>(m_design.rows());
    const double g = static_cast<double>(filling.clusters);
    const double k = static_cast<double>(m_columns - m_fit.redundant.size());
    double factor = 1;
    if (correction == ClusterCorrection::cr1 || correction == ClusterCorrection::cr1s) factor *= g / (g - 1);
    if (correction == ClusterCorrection::cr1s) factor *= (n - 1) / (n - k);
    const Matrix covariance = factor * m_bread * meat * m_bread;
    filling.covariance = m_design.unscaled_covariance(std::span(covariance.data(), m_columns * m_columns));
    return filling;
  }

 private:
  [[nodiscard]] Eigen::Index size() const { return static_cast<Eigen::Index>(m_columns); }

  [[nodiscard]] Vector plain_score(std::span<const Row> rows) const {
    Vector score = Vector::Zero(size());
    for (const Row row : rows) score += m_rows[row].score * Eigen::Map<const Vector>(m_design.row(row), size());
    return score;
  }

  /// Pustejovsky & Tipton 2018, equation 4. With Φ the variances of the outcomes, U the derivatives of their means and M the bread, the residuals of
  /// the cluster are multiplied by Φ^½·G^(−½)·Φ^½, where G = Φ^½·(Φ − U·M·Uᵀ)·Φ^½. A direction that the cluster alone decides, in which G is 0,
  /// is dropped. X are the weighted rows, Φ^(−½)·U.
  [[nodiscard]] Vector adjusted_score(std::span<const Row> rows, std::vector<Satterthwaite>& satterthwaite) const {
    const Eigen::Index n = static_cast<Eigen::Index>(rows.size());
    Matrix x(n, size());
    Vector variance(n), residual(n);  // the latter in such units that Xᵀ·residual is the score
    for (Eigen::Index at = 0; at < n; ++at) {
      const Row row = rows[static_cast<std::size_t>(at)];
      const RowLikelihood& here = m_rows[row];
      const double root = std::sqrt(std::max(here.weight, smallest));
      x.row(at) = root * Eigen::Map<const Vector>(m_design.row(row), size()).transpose();
      residual[at] = here.score / root;
      variance[at] = std::max(here.variance, smallest);
    }
    const Matrix root = x * m_root;  // root·rootᵀ is the cluster's block of the hat matrix
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(root.transpose() * root);
    const Eigen::Index decided = (solver.eigenvalues().array() > 1 - 1e-9).count();
    LoweredDiagonal lowered;
    lowered.diagonal = variance.cwiseAbs2();
    lowered.low = variance.asDiagonal() * root;
    const double largest = decided < size() ? std::max(0.0, solver.eigenvalues()[size() - decided - 1]) : 0;
    lowered.lowest = lowered.diagonal.minCoeff() * (1 - largest);
    lowered.null = variance.cwiseInverse().asDiagonal() * (root * solver.eigenvectors().rightCols(decided));
    if (decided > 0) {
      const Eigen::HouseholderQR<Matrix> orthogonal(lowered.null);
      lowered.null = orthogonal.householderQ() * Matrix::Identity(n, decided);
    }
    const Matrix adjusted = inverse_root_product(lowered, x);
    const Matrix spread = variance.asDiagonal() * adjusted;
    const Matrix once = x.transpose() * spread;
    const Matrix twice = spread.transpose() * spread;
    for (std::size_t i = 0; i < m_columns; ++i) {
      const Vector& c = m_contrasts[i];
      const Vector t = once * c;
      const double length = c.dot(twice * c);
      const double fitted = t.dot(m_bread * t);
      Satterthwaite& sums = satterthwaite[i];
      sums.trace += length - fitted;
      sums.squares += length * length;
      sums.mixed += length * fitted;
      sums.outer.noalias() += t * t.transpose();
    }
    return spread.transpose() * residual;
  }

  /// A row whose weight is below it says nothing.
  static constexpr double smallest = 1e-150;

  const RegressionFit& m_fit;
  Design m_design;
  std::size_t m_columns;
  std::vector<RowLikelihood> m_rows;
  Matrix m_bread;
  Matrix m_root;
  std::vector<Vector> m_contrasts;  // bread times the contrast of each coefficient
};

constexpr const char* few_clusters = "there are fewer than two clusters";
constexpr const char* no_estimate = "a coefficient runs to infinity, so it has no standard error; Firth's correction gives one";

bool is_redundant(const RegressionFit& fit, std::size_t coefficient) {
  return std::find(fit.redundant.begin(), fit.redundant.end(), coefficient) != fit.redundant.end();
}

}  // namespace

Result<Answer<ClusterErrors>> cluster_errors(const RegressionData& data, const RegressionFit& fit, std::span<const Code> cluster,
                                             ClusterCorrection correction, Confidence confidence) {
  if (cluster.size() != data.size()) return fail(Error::Kind::bad_input, "The clusters are not as many as the rows.");
  if (const Result<void> fine = check_codes(cluster, data.size(), "cluster"); !fine) return tl::unexpected(fine.error());
  if (fit.diverges()) return Answer<ClusterErrors>(not_identifiable(no_estimate));
  const Sandwich sandwich(data, fit);
  const auto filling = sandwich.fill(cluster, correction);
  if (filling.clusters < 2) return Answer<ClusterErrors>(undefined(few_clusters));
  ClusterErrors errors;
  errors.clusters = filling.clusters;
  errors.covariance = filling.covariance;
  for (std::size_t i = 0; i < sandwich.columns(); ++i) {
    if (is_redundant(fit, i)) {
      errors.coefficient.push_back(undefined("the column repeats what earlier ones say"));
      continue;
    }
    ClusterErrors::Coefficient here;
    here.standard_error = std::sqrt(std::max(0.0, errors.covariance[i * sandwich.columns() + i]));
    here.degrees_of_freedom =
        correction == ClusterCorrection::cr2 ? filling.satterthwaite[i].degrees(sandwich.bread()) : static_cast<double>(filling.clusters) - 1;
    if (!(here.standard_error > 0) || !(here.degrees_of_freedom > 0)) {
      errors.coefficient.push_back(undefined("the clusters leave no degree of freedom for it"));
      continue;
    }
    here.p = student_t_two_sided(fit.coefficient[i] / here.standard_error, here.degrees_of_freedom);
    const double reach = student_t_quantile(1 - confidence.tail(), here.degrees_of_freedom) * here.standard_error;
    here.interval = {fit.coefficient[i] - reach, fit.coefficient[i] + reach};
    errors.coefficient.push_back(here);
  }
  return Answer<ClusterErrors>(std::move(errors));
}

Method cluster_errors_method(ClusterCorrection correction) {
  if (correction == ClusterCorrection::cr2) {
    return {"Cluster-robust errors CR2 with Satterthwaite's degrees of freedom",
            "Bell & McCaffrey 2002, Survey Methodology 28:169–181; Pustejovsky & Tipton 2018, JBES 36:672–683"};
  }
  return {"Cluster-robust errors", "Liang & Zeger 1986, Biometrika 73:13–22"};
}

Result<Answer<std::vector<Quantity>>> two_way_cluster_errors(const RegressionData& data, const RegressionFit& fit, std::span<const Code> first,
                                                             std::span<const Code> second, ClusterCorrection correction) {
  if (first.size() != data.size() || second.size() != data.size()) return fail(Error::Kind::bad_input, "The clusters are not as many as the rows.");
  if (correction == ClusterCorrection::cr2) {
    return fail(Error::Kind::bad_input, "CR2 has no form for two ways of clustering.", "Take CR1, or cluster one way.");
  }
  if (fit.diverges()) return Answer<std::vector<Quantity>>(not_identifiable(no_estimate));
  std::map<std::pair<Code, Code>, Code> both;
  std::vector<Code> cell;
  for (std::size_t row = 0; row < data.size(); ++row) {
    cell.push_back(both.emplace(std::pair(first[row], second[row]), static_cast<Code>(both.size())).first->second);
  }
  const Sandwich sandwich(data, fit);
  const auto one = sandwich.fill(first, correction), two = sandwich.fill(second, correction), common = sandwich.fill(cell, correction);
  if (one.clusters < 2 || two.clusters < 2) return Answer<std::vector<Quantity>>(undefined(few_clusters));
  std::vector<Quantity> result;
  for (std::size_t i = 0; i < sandwich.columns(); ++i) {
    const std::size_t at = i * (sandwich.columns() + 1);
    const double variance = one.covariance[at] + two.covariance[at] - common.covariance[at];
    result.push_back(variance > 0 ? Quantity(std::sqrt(variance)) : Quantity(undefined("the two ways of clustering leave no positive variance")));
  }
  return Answer<std::vector<Quantity>>(std::move(result));
}

}  // namespace waymark::stats
