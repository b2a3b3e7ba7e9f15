/// The inverse square root of a diagonal matrix less one of low rank, applied to a few vectors. Internal to the regression folder.
#pragma once

#include <Eigen/Dense>

namespace waymark::stats {

/// G = diag(diagonal) − low·lowᵀ, positive semi-definite; `null` has the directions in which it is 0 as orthonormal columns.
struct LoweredDiagonal {
  Eigen::VectorXd diagonal;  ///< > 0
  Eigen::MatrixXd low;
  Eigen::MatrixXd null;
  double lowest = 0;  ///< > 0; no eigenvalue is smaller, but for those of `null`
};

/// G^(−1/2)·right, 0 along `null`. Where G is no larger than its rank, by its eigenvalues; else by the quadrature of Hale, Higham & Trefethen 2008
/// (SIAM Journal on Numerical Analysis 46:2505–2523, method 3), which needs no matrix of the size of G. O(n·rank²) for each of its nodes, of which
/// there are as many as the logarithm of the condition asks for, some thirty.
[[nodiscard]] Eigen::MatrixXd inverse_root_product(const LoweredDiagonal& matrix, Eigen::MatrixXd right);

}  // namespace waymark::stats
