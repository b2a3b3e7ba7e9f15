#include "stats/shrinkage/shrinkage.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "stats/distributions.hpp"

namespace waymark::stats {
namespace {

/// Log-likelihood and derivatives by (log alpha, log beta).
struct BetaPoint {
  double value = 0;
  double score[2] = {0, 0};
  double hessian[3] = {0, 0, 0};  // aa, ab, bb
};

BetaPoint beta_point(std::span<const Group> groups, double log_alpha, double log_beta) {
  const double a = std::exp(log_alpha), b = std::exp(log_beta);
  BetaPoint point;
  double da = 0, db = 0, daa = 0, dab = 0, dbb = 0;
  for (const Group& group : groups) {
    const double x = group.events().real(), n = group.size().real();
    if (n == 0) continue;
    point.value += log_gamma(n + 1) - log_gamma(x + 1) - log_gamma(n - x + 1) + stats::log_beta(x + a, n - x + b) - stats::log_beta(a, b);
    const double all = digamma(a + b) - digamma(n + a + b), all2 = trigamma(a + b) - trigamma(n + a + b);
    da += digamma(x + a) - digamma(a) + all;
    db += digamma(n - x + b) - digamma(b) + all;
    daa += trigamma(x + a) - trigamma(a) + all2;
    dbb += trigamma(n - x + b) - trigamma(b) + all2;
    dab += all2;
  }
  point.score[0] = a * da;
  point.score[1] = b * db;
  point.hessian[0] = a * da + a * a * daa;
  point.hessian[1] = a * b * dab;
  point.hessian[2] = b * db + b * b * dbb;
  return point;
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

Answer<BetaBinomial> beta_binomial(std::span<const Group> groups, Confidence confidence) {
  double events = 0, size = 0;
  std::size_t used = 0;
  for (const Group& group : groups) {
    events += group.events().real();
    size += group.size().real();
    used += group.empty() ? 0 : 1;
  }
  if (used < 2) return undefined("there are fewer than two groups with anybody in them");
  if (events == 0 || events == size) return undefined(events == 0 ? "it happened to nobody" : "it happened to everybody");
  const double rate = events / size;
  // Where the groups differ no more than chance makes them the likelihood rises for ever towards one common rate.
  double excess = 0;
  for (const Group& group : groups) {
    const double x = group.events().real(), n = group.size().real();
    excess += x * (x - 1) / rate + (n - x) * (n - x - 1) / (1 - rate) - n * (n - 1);
  }
  if (excess <= 0) return undefined("the groups differ no more than chance makes them, so the overall rate is the best there is for each");

  double at[2] = {std::log(10 * rate), std::log(10 * (1 - rate))};
  BetaPoint point = beta_point(groups, at[0], at[1]);
  for (int iteration = 0; iteration < 200; ++iteration) {
    double step[2] = {point.score[0], point.score[1]};
    const double determinant = point.hessian[0] * point.hessian[2] - point.hessian[1] * point.hessian[1];
    if (point.hessian[0] < 0 && determinant > 0) {
      step[0] = -(point.hessian[2] * point.score[0] - point.hessian[1] * point.score[1]) / determinant;
      step[1] = -(point.hessian[0] * point.score[1] - point.hessian[1] * point.score[0]) / determinant;
    }
    const double largest = std::max(std::abs(step[0]), std::abs(step[1]));
    double factor = largest > 2 ? 2 / largest : 1;
    BetaPoint next = beta_point(groups, at[0] + factor * step[0], at[1] + factor * step[1]);
    for (int halvings = 0; halvings < 40 && !(next.value >= point.value - 1e-12 * std::abs(point.value)); ++halvings) {
      factor /= 2;
      next = beta_point(groups, at[0] + factor * step[0], at[1] + factor * step[1]);
    }
    for (int i = 0; i < 2; ++i) at[i] += factor * step[i];
    point = next;
    if (largest < 1e-13) break;
    if (at[0] > 25 || at[1] > 25)
      return undefined("the groups differ no more than chance makes them, so the overall rate is the best there is for each");
  }
  BetaBinomial fit;
  fit.alpha = std::exp(at[0]);
  fit.beta = std::exp(at[1]);
  fit.mean = fit.alpha / (fit.alpha + fit.beta);
  fit.correlation = 1 / (fit.alpha + fit.beta + 1);
  fit.log_likelihood = point.value;
  for (const Group& group : groups) {
    const double a = group.events().real() + fit.alpha, b = group.others().real() + fit.beta;
    fit.members.push_back(
        {a / (a + b), {beta_quantile(confidence.tail(), a, b), beta_upper_quantile(confidence.tail(), a, b)}, beta_lower(fit.mean, a, b)});
  }
  return fit;
}

Method beta_binomial_method() { return {"Beta-binomial empirical Bayes", "Griffiths 1973, Biometrics 29:637–648; Carlin & Louis 2000"}; }

Answer<JamesStein> james_stein(std::span<const double> values) {
  if (values.size() < 4) return undefined("there are fewer than four values");
  const double mean = mean_of(values);
  JamesStein result;
  for (const double value : values) result.spread += (value - mean) * (value - mean);
  if (!(result.spread > 0)) return undefined("all values are the same");
  result.shrink = std::max(0.0, 1 - (static_cast<double>(values.size()) - 3) / result.spread);
  for (const double value : values) result.estimate.push_back(mean + result.shrink * (value - mean));
  return result;
}

double arcsine_scale(double rate, double size) { return std::sqrt(size) * std::asin(2 * rate - 1); }
double arcsine_rate(double value, double size) {
  return (std::sin(std::clamp(value / std::sqrt(size), -std::numbers::pi / 2, std::numbers::pi / 2)) + 1) / 2;
}

Answer<OneWay> one_way(std::span<const double> values, std::size_t groups) {
  if (groups < 2 || values.size() % groups != 0 || values.size() / groups < 2)
    return undefined("there are not at least two groups of at least two, all of one size");
  const std::size_t size = values.size() / groups;
  const double n = static_cast<double>(size), k = static_cast<double>(groups);
  OneWay result;
  result.mean = mean_of(values);
  std::vector<double> means;
  double within = 0, between = 0;
  for (std::size_t g = 0; g < groups; ++g) {
    means.push_back(mean_of(values.subspan(g * size, size)));
    for (const double value : values.subspan(g * size, size)) within += (value - means.back()) * (value - means.back());
    between += n * (means.back() - result.mean) * (means.back() - result.mean);
  }
  double mean_square_within = within / (k * (n - 1)), mean_square_between = between / (k - 1);
  if (!(mean_square_within > 0)) return undefined("nothing varies within the groups");
  // At the edge the groups are as good as one: all squares are the error's.
  if (mean_square_between < mean_square_within) mean_square_within = mean_square_between = (within + between) / (k * n - 1);
  result.error_variance = mean_square_within;
  result.group_variance = (mean_square_between - mean_square_within) / n;
  result.mean_error = std::sqrt(mean_square_between / (k * n));
  result.shrink = result.group_variance * n / mean_square_between;
  result.intraclass = result.group_variance / (result.group_variance + result.error_variance);
  for (const double mean : means) result.effect.push_back(result.shrink * (mean - result.mean));
  result.restricted_deviance = (k * n - 1) * std::log(2 * std::numbers::pi) + k * (n - 1) * std::log(mean_square_within) +
                               (k - 1) * std::log(mean_square_between) + std::log(k * n) + within / mean_square_within +
                               between / mean_square_between;
  return result;
}

Answer<Crossed> crossed(std::span<const double> values, std::size_t rows) {
  if (rows < 2 || values.size() % rows != 0 || values.size() / rows < 2) return undefined("there are not at least two rows and two columns");
  const std::size_t columns = values.size() / rows;
  const double r = static_cast<double>(rows), c = static_cast<double>(columns);
  Crossed result;
  result.mean = mean_of(values);
  result.row_effect.resize(rows);
  result.column_effect.resize(columns);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      result.row_effect[i] += (values[i * columns + j] - result.mean) / c;
      result.column_effect[j] += (values[i * columns + j] - result.mean) / r;
    }
  }
  double error = 0, of_rows = 0, of_columns = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    of_rows += c * result.row_effect[i] * result.row_effect[i] / (r - 1);
    for (std::size_t j = 0; j < columns; ++j) {
      const double residual = values[i * columns + j] - result.mean - result.row_effect[i] - result.column_effect[j];
      error += residual * residual / ((r - 1) * (c - 1));
    }
  }
  for (const double effect : result.column_effect) of_columns += r * effect * effect / (c - 1);
  if (!(error > 0)) return undefined("nothing is left for error");
  if (of_rows < error || of_columns < error) return undefined("one of the variances would be negative, where the closed form does not hold");
  result.error_variance = error;
  result.row_variance = (of_rows - error) / c;
  result.column_variance = (of_columns - error) / r;
  // The mean squares are the eigenvalues of the covariance; that of the overall mean cancels against the mean's own error.
  result.restricted_deviance = (r * c - 1) * (std::log(2 * std::numbers::pi) + 1) + (r - 1) * (c - 1) * std::log(error) +
                               (r - 1) * std::log(of_rows) + (c - 1) * std::log(of_columns) + std::log(r * c);
  for (double& effect : result.row_effect) effect *= (of_rows - error) / of_rows;
  for (double& effect : result.column_effect) effect *= (of_columns - error) / of_columns;
  return result;
}

}  // namespace waymark::stats
