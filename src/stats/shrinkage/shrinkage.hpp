/// Rates and means of many small groups, drawn towards what they have in common: raw rates of small groups are mostly chance.
#pragma once

#include <span>
#include <vector>

#include "stats/result.hpp"

namespace waymark::stats {

/// Rates of groups that are themselves drawn from a Beta(alpha, beta), both estimated by maximum likelihood of the beta-binomial
/// (Griffiths 1973, Biometrics 29:637–648), and what is then believed of each group (Carlin & Louis 2000, Bayes and Empirical Bayes Methods,
/// section 3.3). That alpha and beta are estimated is left out of the intervals.
struct BetaBinomial {
  struct Member {
    double mean = 0;
    Interval interval;         ///< equal tails
    double below_overall = 0;  ///< P(the group's own rate is below the overall mean)
  };
  double alpha = 1;
  double beta = 1;
  double mean = 0;         ///< alpha/(alpha + beta)
  double correlation = 0;  ///< 1/(alpha + beta + 1), of two outcomes of one group
  double log_likelihood = 0;
  std::vector<Member> members;  ///< beside the groups
};
/// Undefined with fewer than two groups that have anybody, when nothing or everything happened in all of them, and when the groups differ no more
/// than chance makes them: the overall rate is then the best there is for each. O(groups·steps).
[[nodiscard]] Answer<BetaBinomial> beta_binomial(std::span<const Group> groups, Confidence confidence = {});
[[nodiscard]] Method beta_binomial_method();

/// James & Stein's estimator towards the mean (Efron & Morris 1975, JASA 70:311–319), of values with variance 1: mean + (1 − (k − 3)/V)·(y − mean),
/// V = Σ(y − mean)²; the factor is not let below 0.
struct JamesStein {
  double spread = 0;  ///< V
  double shrink = 0;
  std::vector<double> estimate;
};
/// Undefined with fewer than four values and when all are equal. REQUIRES finite values.
[[nodiscard]] Answer<JamesStein> james_stein(std::span<const double> values);
/// The rate r of n on the scale on which its variance is 1, √n·asin(2r − 1), and back.
[[nodiscard]] double arcsine_scale(double rate, double size);
[[nodiscard]] double arcsine_rate(double value, double size);

/// Means of `groups` of equal size, y = mean + group + error: the restricted likelihood in closed form (Searle, Casella & McCulloch 1992, Variance
/// Components, chapter 4). The group's variance is not let below 0.
struct OneWay {
  double error_variance = 0;
  double group_variance = 0;
  double mean = 0;
  double mean_error = 0;
  double shrink = 0;               ///< of a group's mean towards the overall mean
  double intraclass = 0;           ///< ICC(1), not let below 0
  double restricted_deviance = 0;  ///< −2·log restricted likelihood
  std::vector<double> effect;      ///< best linear prediction of each group
};
/// `values` group after group. Undefined unless there are at least two groups of at least two and something varies within them.
[[nodiscard]] Answer<OneWay> one_way(std::span<const double> values, std::size_t groups);

/// Every row with every column once, y = mean + row + column + error, restricted likelihood in closed form.
struct Crossed {
  double error_variance = 0;
  double row_variance = 0;
  double column_variance = 0;
  double mean = 0;
  double restricted_deviance = 0;  ///< −2·log restricted likelihood
  std::vector<double> row_effect, column_effect;
};
/// `values` row by row. Undefined with fewer than two rows or columns, without error variance, and where a variance would be negative, for which the
/// closed form is not the highest point.
[[nodiscard]] Answer<Crossed> crossed(std::span<const double> values, std::size_t rows);

}  // namespace waymark::stats
