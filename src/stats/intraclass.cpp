#include <cmath>
#include <limits>

#include <fmt/core.h>

#include "stats/agreement.hpp"
#include "stats/distributions.hpp"

namespace waymark::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Mean squares of the two-way analysis of variance.
struct MeanSquares {
  double n = 0, k = 0;  ///< units, judges
  double units = 0, judges = 0, within = 0, residual = 0;
};

MeanSquares mean_squares(std::span<const std::vector<double>> ratings) {
  MeanSquares result{.n = static_cast<double>(ratings.size()), .k = static_cast<double>(ratings.front().size())};
  const std::size_t judges = ratings.front().size();
  double mean = 0;
  for (const auto& row : ratings) {
    for (const double rating : row) mean += rating;
  }
  mean /= result.n * result.k;
  std::vector<double> judge_means(judges, 0);
  std::vector<double> unit_means;
  for (const auto& row : ratings) {
    double sum = 0;
    for (std::size_t j = 0; j < judges; ++j) {
      sum += row[j] - mean;
      judge_means[j] += (row[j] - mean) / result.n;
    }
    unit_means.push_back(sum / result.k);
  }
  for (std::size_t i = 0; i < ratings.size(); ++i) {
    result.units += result.k * unit_means[i] * unit_means[i];
    for (std::size_t j = 0; j < judges; ++j) {
      const double deviation = ratings[i][j] - mean - unit_means[i];
      result.within += deviation * deviation;
      result.residual += (deviation - judge_means[j]) * (deviation - judge_means[j]);
    }
  }
  for (const double judge : judge_means) result.judges += result.n * judge * judge;
  // What rounding leaves of a perfect fit is no residual.
  const double scale = (result.units + result.within) * 1e-28 * result.n * result.k;
  if (result.residual < scale) result.residual = 0;
  if (result.within < scale) result.within = 0;
  result.units /= result.n - 1;
  result.judges /= result.k - 1;
  result.within /= result.n * (result.k - 1);
  result.residual /= (result.n - 1) * (result.k - 1);
  return result;
}

/// The reliability of the mean of k, from that of one (Spearman–Brown), and the same for both bounds.
double of_mean(double one, double k) { return one * k / (1 + one * (k - 1)); }

IntraclassCorrelation tested(double estimate, double numerator, double denominator, double df1, double df2) {
  IntraclassCorrelation result{estimate, infinity, df1,
                               df2,      0.0,      undefined("The judges differ by constants only, so there is no error to take an interval from.")};
  if (denominator > 0) {
    result.f = numerator / denominator;
    result.p_value = f_upper(*result.f, df1, df2);
  }
  return result;
}

/// Bounds of a correlation that is (F − 1)/(F + k − 1).
Answer<Interval> from_f(const IntraclassCorrelation& correlation, double k, Confidence confidence) {
  if (*correlation.f == infinity) return correlation.interval;
  const double lower = *correlation.f / f_quantile(1 - confidence.tail(), correlation.degrees_of_freedom_1, correlation.degrees_of_freedom_2);
  const double upper = *correlation.f * f_quantile(1 - confidence.tail(), correlation.degrees_of_freedom_2, correlation.degrees_of_freedom_1);
  return Interval{(lower - 1) / (lower + k - 1), (upper - 1) / (upper + k - 1)};
}

Answer<Interval> interval_of_mean(const Answer<Interval>& one, double k) {
  if (!one) return one;
  return Interval{of_mean(one->lower, k), of_mean(one->upper, k)};
}

Answer<Interval> two_way_random_interval(const MeanSquares& ms, double estimate, Confidence confidence) {
  if (ms.residual == 0) return undefined("The judges differ by constants only, so there is no error to take an interval from.");
  const double n = ms.n;
  const double k = ms.k;
  const double f = ms.judges / ms.residual;
  const double middle = n * (1 + (k - 1) * estimate) - k * estimate;
  const double degrees = (k - 1) * (n - 1) * std::pow(k * estimate * f + middle, 2) / ((n - 1) * std::pow(k * estimate * f, 2) + middle * middle);
  if (!(degrees > 0)) return undefined("The judges' variation leaves no degrees of freedom to take an interval from.");
  const double upper = f_quantile(1 - confidence.tail(), n - 1, degrees);
  const double lower = f_quantile(1 - confidence.tail(), degrees, n - 1);
  const double spread = k * ms.judges + (k * n - k - n) * ms.residual;
  return Interval{n * (ms.units - upper * ms.residual) / (upper * spread + n * ms.units),
                  n * (lower * ms.units - ms.residual) / (spread + n * lower * ms.units)};
}

IntraclassCorrelations nothing(const std::string& reason) {
  const IntraclassCorrelation none{undefined(reason), undefined(reason), 0, 0, undefined(reason), undefined(reason)};
  return {none, none, none, none, none, none};
}

}  // namespace

Result<IntraclassCorrelations> intraclass_correlations(std::span<const std::vector<double>> ratings, Confidence confidence) {
  for (const auto& row : ratings) {
    if (row.size() != ratings.front().size()) {
      return fail(Error::Kind::bad_input, fmt::format("A unit has {} ratings and another {}.", row.size(), ratings.front().size()),
                  "Give every unit a rating of each judge; leave out units that lack one.");
    }
  }
  if (ratings.size() < 2 || ratings.front().size() < 2) return nothing("It takes at least two units and two judges.");
  const MeanSquares ms = mean_squares(ratings);
  if (ms.units == 0 && ms.within == 0) return nothing("All ratings are the same: without variation there is no telling whether judges agree.");
  const double n = ms.n;
  const double k = ms.k;
  IntraclassCorrelations result;
  result.one_way = tested((ms.units - ms.within) / (ms.units + (k - 1) * ms.within), ms.units, ms.within, n - 1, n * (k - 1));
  result.one_way.interval = from_f(result.one_way, k, confidence);

  const double residual_df = (n - 1) * (k - 1);
  const double random = ms.units + (k - 1) * ms.residual + k * (ms.judges - ms.residual) / n;
  result.two_way_random = tested(random == 0 ? 0 : (ms.units - ms.residual) / random, ms.units, ms.residual, n - 1, residual_df);
  result.two_way_random.interval = two_way_random_interval(ms, *result.two_way_random.estimate, confidence);

  const double fixed = ms.units + (k - 1) * ms.residual;
  result.two_way_fixed = tested(fixed == 0 ? 0 : (ms.units - ms.residual) / fixed, ms.units, ms.residual, n - 1, residual_df);
  result.two_way_fixed.interval = from_f(result.two_way_fixed, k, confidence);
  if (fixed == 0) {
    const auto same = undefined("All units have the same ratings, so there are no differences to be consistent about.");
    result.two_way_fixed = {same, same, n - 1, residual_df, same, same};
  }

  const auto mean_of = [&](const IntraclassCorrelation& one, double numerator, double denominator) {
    IntraclassCorrelation mean = one;
    if (!one.estimate) return mean;
    mean.estimate = denominator == 0 ? Quantity(undefined("The units do not differ in their means, so the mean of the judges has no reliability."))
                                     : Quantity(numerator / denominator);
    mean.interval = interval_of_mean(one.interval, k);
    return mean;
  };
  result.one_way_mean = mean_of(result.one_way, ms.units - ms.within, ms.units);
  result.two_way_random_mean = mean_of(result.two_way_random, ms.units - ms.residual, ms.units + (ms.judges - ms.residual) / n);
  result.two_way_fixed_mean = mean_of(result.two_way_fixed, ms.units - ms.residual, ms.units);
  return result;
}

}  // namespace waymark::stats
