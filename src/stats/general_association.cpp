#include <fmt/core.h>
#include <Eigen/QR>

#include "stats/distributions.hpp"
#include "stats/strata.hpp"

namespace waymark::stats {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd table_of(std::size_t rows, std::size_t columns, const std::vector<Count>& counts) {
  MatrixXd table(static_cast<Index>(rows), static_cast<Index>(columns));
  for (std::size_t i = 0; i < counts.size(); ++i) table(static_cast<Index>(i / columns), static_cast<Index>(i % columns)) = counts[i].real();
  return table;
}

std::vector<Index> filled(const VectorXd& sums) {
  std::vector<Index> result;
  for (Index i = 0; i < sums.size(); ++i) {
    if (sums(i) > 0) result.push_back(i);
  }
  return result;
}

/// diag(shares) − shares·sharesᵀ of all but the last margin.
MatrixXd spread(const VectorXd& margins, double total) {
  const VectorXd shares = margins.head(margins.size() - 1) / total;
  return MatrixXd(shares.asDiagonal()) - shares * shares.transpose();
}

}  // namespace

Result<Answer<ChiSquared>> general_association(std::size_t rows, std::size_t columns, std::span<const std::vector<Count>> strata) {
  MatrixXd all = MatrixXd::Zero(static_cast<Index>(rows), static_cast<Index>(columns));
  for (const std::vector<Count>& stratum : strata) {
    if (stratum.size() != rows * columns) {
      return fail(Error::Kind::bad_input,
                  fmt::format("A stratum has {} counts; {} rows of {} need {}.", stratum.size(), rows, columns, rows * columns),
                  "Give every stratum the same rows and columns, with 0 where there is nobody.");
    }
    all += table_of(rows, columns, stratum);
  }
  const std::vector<Index> kept_rows = filled(all.rowwise().sum());
  const std::vector<Index> kept_columns = filled(all.colwise().sum().transpose());
  if (kept_rows.size() < 2 || kept_columns.size() < 2) {
    return Answer<ChiSquared>(undefined("Fewer than two groups or outcomes have anybody, so there is nothing to compare."));
  }
  const Index free_rows = static_cast<Index>(kept_rows.size()) - 1;
  const Index free_columns = static_cast<Index>(kept_columns.size()) - 1;
  VectorXd difference = VectorXd::Zero(free_rows * free_columns);
  MatrixXd covariance = MatrixXd::Zero(difference.size(), difference.size());
  for (const std::vector<Count>& stratum : strata) {
    const MatrixXd table = table_of(rows, columns, stratum)(kept_rows, kept_columns);
    const double total = table.sum();
    if (total < 2) continue;
    const VectorXd row_sums = table.rowwise().sum();
    const VectorXd column_sums = table.colwise().sum().transpose();
    const MatrixXd expected = row_sums * column_sums.transpose() / total;
    const MatrixXd rows_spread = spread(row_sums, total);
    const MatrixXd columns_spread = spread(column_sums, total);
    const double scale = total * (total / (total - 1));
    for (Index j = 0; j < free_columns; ++j) {
      difference.segment(j * free_rows, free_rows) += (table - expected).col(j).head(free_rows);
      for (Index l = 0; l < free_columns; ++l) {
        covariance.block(j * free_rows, l * free_rows, free_rows, free_rows) += scale * columns_spread(j, l) * rows_spread;
      }
    }
  }
  const Eigen::CompleteOrthogonalDecomposition<MatrixXd> solver(covariance);
  if (solver.rank() == 0) return Answer<ChiSquared>(undefined("No stratum has two groups and two outcomes, so nothing can be compared."));
  const double statistic = difference.dot(solver.solve(difference));
  const double degrees = static_cast<double>(solver.rank());
  return Answer<ChiSquared>(ChiSquared{statistic, degrees, chi_squared_upper(statistic, degrees), chi_squared_log_upper(statistic, degrees)});
}

}  // namespace waymark::stats
