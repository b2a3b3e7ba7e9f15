#include "stats/distributions.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

namespace waymark::stats {
namespace {

namespace bm = boost::math;
/// Limits come as values: whoever reads a tail wants 0 there, not an exception.
using Quiet = bm::policies::policy<bm::policies::promote_double<false>, bm::policies::overflow_error<bm::policies::ignore_error>,
                                   bm::policies::underflow_error<bm::policies::ignore_error>, bm::policies::max_series_iterations<100000>>;
constexpr double infinity = std::numeric_limits<double>::infinity();
/// Below this a tail loses digits, and its logarithm is taken from a continued fraction or a series instead.
constexpr double tiny = 1e-290;

double is_probability([[maybe_unused]] double p) {
  assert(p >= 0 && p <= 1);
  return p;
}

/// log Q(a, x), far out: Q = e^{−x} x^a / Γ(a) · K, K the continued fraction of NIST DLMF 8.9.2, by Lentz's method.
double log_gamma_q_far(double a, double x) {
  double b = x + 1 - a;
  double c = 1e300;
  double d = 1 / b;
  double fraction = d;
  for (int i = 1; i < 100000; ++i) {
    const double numerator = -i * (i - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const double step = c * d;
    fraction *= step;
    if (std::abs(step - 1) < 1e-16) break;
  }
  return -x + a * std::log(x) - std::lgamma(a) + std::log(fraction);
}

double log_gamma_q(double a, double x) {
  if (x <= 0) return 0;
  if (x == infinity) return -infinity;
  const double q = bm::gamma_q(a, x, Quiet());
  return q > tiny ? (q > 0.5 ? std::log1p(-bm::gamma_p(a, x, Quiet())) : std::log(q)) : log_gamma_q_far(a, x);
}

/// log I_x(a, b) where it is tiny, so that x lies below the mean: the series of NIST DLMF 8.17.8, all of whose terms are positive.
double log_ibeta_far(double a, double b, double log_x, double x, double log_1_x) {
  double term = 1;
  double sum = 1;
  for (int n = 0; n < 1'000'000; ++n) {
    term *= (a + b + n) / (a + 1 + n) * x;
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return a * log_x + b * log_1_x - std::log(a) - log_beta(a, b) + std::log(sum);
}

/// I_{x/(x+y)}(a, b) and its complement, from x : y, so that neither end loses digits.
double ibeta(double a, double b, double x, double y) {
  return x <= y ? bm::ibeta(a, b, x / (x + y), Quiet()) : bm::ibetac(b, a, y / (x + y), Quiet());
}

double log_ibeta(double a, double b, double x, double y) {
  const double p = ibeta(a, b, x, y);
  if (p > tiny) return p > 0.5 ? std::log1p(-ibeta(b, a, y, x)) : std::log(p);
  if (x == 0) return -infinity;
  return log_ibeta_far(a, b, std::log(x) - std::log(x + y), x / (x + y), -std::log1p(x / y));
}

/// log n! − the leading terms of Stirling's formula (Loader 2000, stirlerr).
double stirling_error(double n) {
  constexpr double half_log_two_pi = 0.918938533204672741780329736406;
  if (n <= 15) return n == 0 ? 0 : std::lgamma(n + 1) - (n + 0.5) * std::log(n) + n - half_log_two_pi;
  const double square = n * n;
  return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - (1.0 / 1188) / square) / square) / square) / square) / n;
}

/// x log(x/m) + m − x without cancellation near x = m (Loader 2000, bd0).
double deviance(double x, double m) {
  if (std::abs(x - m) < 0.1 * (x + m)) {
    const double v = (x - m) / (x + m);
    double sum = (x - m) * v;
    double power = 2 * x * v;
    for (int j = 1; j < 1000; ++j) {
      power *= v * v;
      const double next = sum + power / (2 * j + 1);
      if (next == sum) return sum;
      sum = next;
    }
    return sum;
  }
  return x * std::log(x / m) + m - x;
}

double binomial_log_mass_of(double k, double size, double p, double q) {
  if (p == 0) return k == 0 ? 0 : -infinity;
  if (q == 0) return k == size ? 0 : -infinity;
  if (k == 0) return size == 0 ? 0 : (p < 0.1 ? size * std::log1p(-p) : size * std::log(q));
  if (k == size) return q < 0.1 ? size * std::log1p(-q) : size * std::log(p);
  const double rest = size - k;
  const double exponent = stirling_error(size) - stirling_error(k) - stirling_error(rest) - deviance(k, size * p) - deviance(rest, size * q);
  return exponent + 0.5 * std::log(size / (2 * std::numbers::pi * k) / rest);
}

enum class Towards { smaller, larger };

/// Σ mass(j)/mass(k) from k outwards, ended where no more term counts. REQUIRES that masses fall in that direction.
double relative_tail(const Hypergeometric& urn, std::int64_t k, Towards towards) {
  const double marked = static_cast<double>(urn.marked);
  const double drawn = static_cast<double>(urn.drawn);
  const double rest = static_cast<double>(urn.total - urn.marked) - drawn;
  double term = 1;
  double sum = 1;
  double j = static_cast<double>(k);
  const double end = static_cast<double>(towards == Towards::larger ? urn.largest() : urn.smallest());
  while (j != end) {
    if (towards == Towards::larger) {
      term *= (marked - j) * (drawn - j) / ((j + 1) * (rest + j + 1));
      ++j;
    } else {
      term *= j * (rest + j) / ((marked - j + 1) * (drawn - j + 1));
      --j;
    }
    sum += term;
    if (term < sum * 1e-18) break;
  }
  return sum;
}

/// log P of the tail that begins with k, by whichever side is the smaller.
double log_tail(const Hypergeometric& urn, std::int64_t k, Towards towards) {
  const bool larger = towards == Towards::larger;
  if (larger ? k <= urn.smallest() : k >= urn.largest()) return 0;
  if (larger ? k > urn.largest() : k < urn.smallest()) return -infinity;
  const double mode = std::floor((static_cast<double>(urn.marked) + 1) * (static_cast<double>(urn.drawn) + 1) / (static_cast<double>(urn.total) + 2));
  const bool falls = larger ? static_cast<double>(k) >= mode : static_cast<double>(k) <= mode;
  if (falls) return std::min(0.0, urn.log_mass(k) + std::log(relative_tail(urn, k, towards)));
  return std::log1p(-std::exp(larger ? log_tail(urn, k - 1, Towards::smaller) : log_tail(urn, k + 1, Towards::larger)));
}

}  // namespace

double normal_lower(double z) { return normal_upper(-z); }
double normal_upper(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }
double normal_log_lower(double z) { return normal_log_upper(-z); }
double normal_log_upper(double z) {
  return z > 5 ? log_gamma_q(0.5, z * z / 2) - std::numbers::ln2 : z < 0 ? std::log1p(-normal_upper(-z)) : std::log(normal_upper(z));
}
double normal_two_sided(double z) { return std::erfc(std::abs(z) / std::numbers::sqrt2); }
double normal_log_two_sided(double z) { return log_gamma_q(0.5, z * z / 2); }
double normal_quantile(double p) { return -normal_upper_quantile(p); }
double normal_upper_quantile(double p) {
  is_probability(p);
  if (p == 0) return infinity;
  if (p == 1) return -infinity;
  return std::numbers::sqrt2 * bm::erfc_inv(2 * p, Quiet());
}

double chi_squared_lower(double x, double k) { return x <= 0 ? 0 : x == infinity ? 1 : bm::gamma_p(k / 2, x / 2, Quiet()); }
double chi_squared_upper(double x, double k) { return x <= 0 ? 1 : x == infinity ? 0 : bm::gamma_q(k / 2, x / 2, Quiet()); }
double chi_squared_log_upper(double x, double k) { return log_gamma_q(k / 2, x / 2); }
double chi_squared_quantile(double p, double k) { return is_probability(p) == 1 ? infinity : 2 * bm::gamma_p_inv(k / 2, p, Quiet()); }
double chi_squared_upper_quantile(double p, double k) { return is_probability(p) == 0 ? infinity : 2 * bm::gamma_q_inv(k / 2, p, Quiet()); }

double student_t_two_sided(double t, double k) { return std::isinf(t) ? 0 : ibeta(k / 2, 0.5, k, t * t); }
double student_t_log_two_sided(double t, double k) { return std::isinf(t) ? -infinity : log_ibeta(k / 2, 0.5, k, t * t); }
double student_t_upper(double t, double k) { return t < 0 ? 1 - student_t_upper(-t, k) : student_t_two_sided(t, k) / 2; }
double student_t_lower(double t, double k) { return student_t_upper(-t, k); }
double student_t_quantile(double p, double k) {
  is_probability(p);
  if (p > 0.5) return -student_t_quantile(1 - p, k);
  if (p == 0) return -infinity;
  if (p == 0.5) return 0;
  double rest = 0;
  const double x = bm::ibeta_inv(k / 2, 0.5, 2 * p, &rest, Quiet());
  return -std::sqrt(k * rest / x);
}

double f_lower(double x, double a, double b) { return x <= 0 ? 0 : x == infinity ? 1 : ibeta(a / 2, b / 2, a * x, b); }
double f_upper(double x, double a, double b) { return x <= 0 ? 1 : x == infinity ? 0 : ibeta(b / 2, a / 2, b, a * x); }
double f_log_upper(double x, double a, double b) { return x <= 0 ? 0 : x == infinity ? -infinity : log_ibeta(b / 2, a / 2, b, a * x); }
double f_quantile(double p, double a, double b) {
  if (is_probability(p) == 1) return infinity;
  double rest = 0;
  const double x = bm::ibeta_inv(a / 2, b / 2, p, &rest, Quiet());
  return b * x / (a * rest);
}

double beta_lower(double x, double a, double b) { return x <= 0 ? 0 : x >= 1 ? 1 : bm::ibeta(a, b, x, Quiet()); }
double beta_upper(double x, double a, double b) { return x <= 0 ? 1 : x >= 1 ? 0 : bm::ibetac(a, b, x, Quiet()); }
double beta_quantile(double p, double a, double b) { return bm::ibeta_inv(a, b, is_probability(p), Quiet()); }
double beta_upper_quantile(double p, double a, double b) { return bm::ibetac_inv(a, b, is_probability(p), Quiet()); }
double log_beta(double a, double b) {
  // Where the sizes differ widely, Γ(b)/Γ(a + b) by differences would lose every digit.
  const double small = std::min(a, b);
  const double large = std::max(a, b);
  return std::lgamma(small) + (large < 100 ? std::lgamma(large) - std::lgamma(a + b) : std::log(bm::tgamma_delta_ratio(large, small, Quiet())));
}
double log_gamma(double x) { return bm::lgamma(x, Quiet()); }
double digamma(double x) { return bm::digamma(x, Quiet()); }
double trigamma(double x) { return bm::trigamma(x, Quiet()); }

double binomial_log_mass(std::int64_t k, std::int64_t size, double p) {
  is_probability(p);
  if (k < 0 || k > size) return -infinity;
  return binomial_log_mass_of(static_cast<double>(k), static_cast<double>(size), p, 1 - p);
}
double binomial_mass(std::int64_t k, std::int64_t size, double p) { return std::exp(binomial_log_mass(k, size, p)); }
double binomial_lower(std::int64_t k, std::int64_t size, double p) {
  if (k < 0) return 0;
  return k >= size ? 1 : beta_upper(p, static_cast<double>(k) + 1, static_cast<double>(size - k));
}
double binomial_upper(std::int64_t k, std::int64_t size, double p) {
  if (k < 0) return 1;
  return k >= size ? 0 : beta_lower(p, static_cast<double>(k) + 1, static_cast<double>(size - k));
}
std::int64_t binomial_quantile(double p, std::int64_t size, double probability) {
  is_probability(p);
  std::int64_t below = -1;
  std::int64_t enough = size;
  while (enough - below > 1) {
    const std::int64_t middle = below + (enough - below) / 2;
    (binomial_lower(middle, size, probability) >= p ? enough : below) = middle;
  }
  return enough;
}

std::int64_t Hypergeometric::smallest() const { return std::max<std::int64_t>(0, marked + drawn - total); }
std::int64_t Hypergeometric::largest() const { return std::min(marked, drawn); }
double Hypergeometric::mean() const { return static_cast<double>(drawn) * (static_cast<double>(marked) / static_cast<double>(total)); }
double Hypergeometric::variance() const {
  if (total <= 1) return 0;
  const double n = static_cast<double>(total);
  const double share = static_cast<double>(marked) / n;
  return static_cast<double>(drawn) * share * (1 - share) * (n - static_cast<double>(drawn)) / (n - 1);
}
double Hypergeometric::log_mass(std::int64_t k) const {
  if (k < smallest() || k > largest()) return -infinity;
  if (smallest() == largest()) return 0;
  const double p = static_cast<double>(drawn) / static_cast<double>(total);
  const double q = static_cast<double>(total - drawn) / static_cast<double>(total);
  return binomial_log_mass_of(static_cast<double>(k), static_cast<double>(marked), p, q) +
         binomial_log_mass_of(static_cast<double>(drawn - k), static_cast<double>(total - marked), p, q) -
         binomial_log_mass_of(static_cast<double>(drawn), static_cast<double>(total), p, q);
}
double Hypergeometric::mass(std::int64_t k) const { return std::exp(log_mass(k)); }
double Hypergeometric::log_lower(std::int64_t k) const { return log_tail(*this, k, Towards::smaller); }
double Hypergeometric::log_upper(std::int64_t k) const { return log_tail(*this, k + 1, Towards::larger); }
double Hypergeometric::lower(std::int64_t k) const { return std::exp(log_lower(k)); }
double Hypergeometric::upper(std::int64_t k) const { return std::exp(log_upper(k)); }

}  // namespace waymark::stats
