/// Standard errors of a regression whose rows depend on each other within clusters, for few clusters too.
#pragma once

#include "stats/regression/regression.hpp"
#include "stats/survival/spells.hpp"

namespace waymark::stats {

/// How the sandwich of Liang & Zeger 1986 is corrected for few clusters. G clusters, n rows, k coefficients.
enum class ClusterCorrection {
  cr0,   ///< none
  cr1,   ///< G/(G − 1)
  cr1s,  ///< G/(G − 1)·(n − 1)/(n − k), as Stata does
  cr2,   ///< bias-reduced linearisation (Bell & McCaffrey 2002, Survey Methodology 28:169–181) with the working model of the fit, in the form of
         ///< Pustejovsky & Tipton 2018, equation 4, as clubSandwich computes it
};

struct ClusterErrors {
  struct Coefficient {
    double standard_error = 0;
    /// cr2: Satterthwaite's (Pustejovsky & Tipton 2018, Journal of Business & Economic Statistics 36:672–683); else G − 1.
    double degrees_of_freedom = 0;
    double p = 1;  ///< two-sided, Student's t
    Interval interval;
  };
  std::size_t clusters = 0;
  std::vector<double> covariance;  ///< row by row
  /// Beside RegressionFit::coefficient. Undefined for redundant ones, and where the clusters leave no degree of freedom.
  std::vector<Answer<Coefficient>> coefficient;
};

/// REQUIRES that `fit` comes from fit_regression with the same data. Undefined with fewer than two clusters and under divergence; fails when
/// `cluster` is not as long as the rows. O(n·k² + G·k³), cr2 some thirty times that.
[[nodiscard]] Result<Answer<ClusterErrors>> cluster_errors(const RegressionData& data, const RegressionFit& fit, std::span<const Code> cluster,
                                                           ClusterCorrection correction, Confidence confidence = {});
[[nodiscard]] Method cluster_errors_method(ClusterCorrection correction);

/// Two ways of clustering at once (Cameron, Gelbach & Miller 2011, Journal of Business & Economic Statistics 29:238–249): the covariances by each way
/// less that by both, each corrected as `correction` says; not cr2. Square roots of the diagonal; undefined where that is negative.
[[nodiscard]] Result<Answer<std::vector<Quantity>>> two_way_cluster_errors(const RegressionData& data, const RegressionFit& fit,
                                                                           std::span<const Code> first, std::span<const Code> second,
                                                                           ClusterCorrection correction = ClusterCorrection::cr1s);

}  // namespace waymark::stats
