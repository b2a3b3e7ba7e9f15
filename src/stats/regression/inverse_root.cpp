#include "stats/regression/inverse_root.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <boost/math/special_functions/ellint_1.hpp>
#include <boost/math/special_functions/jacobi_elliptic.hpp>

namespace waymark::stats {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

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
  const double lowest = std::min(matrix.lowest, largest);
  // A modulus of exactly 1 has no quarter period; a lower bound that is too low costs nodes only.
  const double modulus = std::sqrt(std::min(1 - lowest / largest, 1 - 1e-15));
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

}  // namespace

Matrix inverse_root_product(const LoweredDiagonal& matrix, Matrix right) {
  const auto drop_null = [&](Matrix& vectors) { vectors -= matrix.null * (matrix.null.transpose() * vectors); };
  drop_null(right);
  Matrix result = matrix.diagonal.size() <= matrix.low.cols() ? by_eigenvalues(matrix, right) : by_quadrature(matrix, right);
  drop_null(result);
  return result;
}

}  // namespace waymark::stats
