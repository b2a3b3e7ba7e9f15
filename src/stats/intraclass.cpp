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
  // What rounding leaves where means are the same, or the fit is perfect, is no variation.
  const double scale = (result.units + result.within) * 1e-28 * result.n * result.k;
  if (result.residual < scale) result.residual = 0;
  if (result.within < scale) result.within = 0;
  if (result.units < scale) result.units = 0;
  if (result.judges < scale) result.judges = 0;
  result.units /= result.n - 1;
  result.judges /= result.k - 1;
  result.within /= result.n * (result.k - 1);
  result.residual /= (result.n - 1) * (result.k - 1);
  return result;
}

/// Undefined where the variances of the denominator cancel, but for rounding.
Quantity share(double numerator, double denominator, const MeanSquares& ms) {
  if (std::abs(denominator) <= 1e-12 * (ms.units + ms.judges + ms.within + ms.residual)) {
    return undefined("The components of variance cancel, so there is nothing to take a share of.");
  }
  return numerator / denominator;
}

const tl::unexpected<NoAnswer> no_error = undefined("The judges differ by constants only, so there is no error to take an interval from.");

IntraclassCorrelation tested(Quantity estimate, double numerator, double denominator, double df1, double df2) {
  IntraclassCorrelation result{std::move(estimate), infinity, df1, df2, 0.0, no_error};
  if (denominator > 0) {
    result.f = numerator / denominator;
    result.p_value = f_upper(*result.f, df1, df2);
  }
  return result;
}

/// The interval of the variance ratio; correlations are functions of it.
Answer<Interval> f_interval(const IntraclassCorrelation& correlation, Confidence confidence) {
  if (*correlation.f == infinity) return no_error;
  return Interval{*correlation.f / f_quantile(1 - confidence.tail(), correlation.degrees_of_freedom_1, correlation.degrees_of_freedom_2),
                  *correlation.f * f_quantile(1 - confidence.tail(), correlation.degrees_of_freedom_2, correlation.degrees_of_freedom_1)};
}

Answer<Interval> of_one(const Answer<Interval>& f, double k) {
  if (!f) return f;
  return Interval{(f->lower - 1) / (f->lower + k - 1), (f->upper - 1) / (f->upper + k - 1)};
}

Answer<Interval> of_mean(const Answer<Interval>& f) {
  if (!f) return f;
  return Interval{1 - 1 / f->lower, 1 - 1 / f->upper};
}

Answer<Interval> checked(double lower, double upper) {
  if (std::isfinite(lower) && std::isfinite(upper) && lower <= upper) return Interval{lower, upper};
  return undefined("The components of variance are too near to each other for an interval.");
}

Answer<Interval> two_way_random_interval(const MeanSquares& ms, const Quantity& estimate, Confidence confidence) {
  if (!estimate) return tl::unexpected<NoAnswer>(estimate.error());
  if (ms.residual == 0) return no_error;
  const double n = ms.n;
  const double k = ms.k;
  const double f = ms.judges / ms.residual;
  const double middle = n * (1 + (k - 1) * *estimate) - k * *estimate;
  const double degrees = (k - 1) * (n - 1) * std::pow(k * *estimate * f + middle, 2) / ((n - 1) * std::pow(k * *estimate * f, 2) + middle * middle);
  if (!(degrees > 1e-6)) return undefined("The judges' variation leaves no degrees of freedom to take an interval from.");
  const double upper = f_quantile(1 - confidence.tail(), n - 1, degrees);
  const double lower = f_quantile(1 - confidence.tail(), degrees, n - 1);
  const double spread = k * ms.judges + (k * n - k - n) * ms.residual;
  return checked(n * (ms.units - upper * ms.residual) / (upper * spread + n * ms.units),
                 n * (lower * ms.units - ms.residual) / (spread + n * lower * ms.units));
}

/// The reliability of a mean of k from that of one (Spearman–Brown).
Answer<Interval> stepped_up(const Answer<Interval>& one, double k) {
  if (!one) return one;
  const auto step = [&](double bound) { return bound * k / (1 + bound * (k - 1)); };
  return checked(step(one->lower), step(one->upper));
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
  const double residual_df = (n - 1) * (k - 1);
  IntraclassCorrelations result;
  result.one_way = tested(share(ms.units - ms.within, ms.units + (k - 1) * ms.within, ms), ms.units, ms.within, n - 1, n * (k - 1));
  const Answer<Interval> one_way_f = f_interval(result.one_way, confidence);
  result.one_way.interval = of_one(one_way_f, k);
  result.one_way_mean = result.one_way;
  result.one_way_mean.estimate = share(ms.units - ms.within, ms.units, ms);
  result.one_way_mean.interval = of_mean(one_way_f);

  const double judges_part = (ms.judges - ms.residual) / n;
  if (ms.units == 0 && ms.residual == 0) {
    const auto same = undefined("All units have the same ratings, so there are no differences to agree about.");
    const IntraclassCorrelation none{same, same, n - 1, residual_df, same, same};
    result.two_way_random = result.two_way_fixed = result.two_way_random_mean = result.two_way_fixed_mean = none;
    return result;
  }
  result.two_way_random =
      tested(share(ms.units - ms.residual, ms.units + (k - 1) * ms.residual + k * judges_part, ms), ms.units, ms.residual, n - 1, residual_df);
  result.two_way_random.interval = two_way_random_interval(ms, result.two_way_random.estimate, confidence);
  result.two_way_random_mean = result.two_way_random;
  result.two_way_random_mean.estimate = share(ms.units - ms.residual, ms.units + judges_part, ms);
  result.two_way_random_mean.interval = stepped_up(result.two_way_random.interval, k);

  result.two_way_fixed = tested(share(ms.units - ms.residual, ms.units + (k - 1) * ms.residual, ms), ms.units, ms.residual, n - 1, residual_df);
  const Answer<Interval> two_way_f = f_interval(result.two_way_fixed, confidence);
  result.two_way_fixed.interval = of_one(two_way_f, k);
  result.two_way_fixed_mean = result.two_way_fixed;
  result.two_way_fixed_mean.estimate = share(ms.units - ms.residual, ms.units, ms);
  result.two_way_fixed_mean.interval = of_mean(two_way_f);
  return result;
}

}  // namespace waymark::stats
