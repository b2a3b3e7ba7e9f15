/// The distributions that tests and intervals need, and the only place of Waymark that sees those of Boost.Math.
///
/// `lower` is P(X ≤ x), `upper` is P(X > x), each accurate in its own small tail (relative 1e-13 where they are not subnormal); `log_` gives
/// the natural logarithm and stays finite where the probability itself is below the smallest double. Arguments: probabilities in [0, 1],
/// degrees of freedom and shapes > 0 (finite), x any number but NaN; infinite x gives the limit. All O(1) unless said. Nothing is NaN.
#pragma once

#include <cstdint>

namespace waymark::stats {

[[nodiscard]] double normal_lower(double z);
[[nodiscard]] double normal_upper(double z);
[[nodiscard]] double normal_log_lower(double z);
[[nodiscard]] double normal_log_upper(double z);
/// 2·P(Z > |z|), at most 1.
[[nodiscard]] double normal_two_sided(double z);
[[nodiscard]] double normal_log_two_sided(double z);
/// z with P(Z ≤ z) = p; ∓∞ at 0 and 1.
[[nodiscard]] double normal_quantile(double p);
/// z with P(Z > z) = p.
[[nodiscard]] double normal_upper_quantile(double p);

[[nodiscard]] double chi_squared_lower(double x, double degrees_of_freedom);
[[nodiscard]] double chi_squared_upper(double x, double degrees_of_freedom);
[[nodiscard]] double chi_squared_log_upper(double x, double degrees_of_freedom);
[[nodiscard]] double chi_squared_quantile(double p, double degrees_of_freedom);
/// x with P(X > x) = p.
[[nodiscard]] double chi_squared_upper_quantile(double p, double degrees_of_freedom);

[[nodiscard]] double student_t_lower(double t, double degrees_of_freedom);
[[nodiscard]] double student_t_upper(double t, double degrees_of_freedom);
[[nodiscard]] double student_t_two_sided(double t, double degrees_of_freedom);
[[nodiscard]] double student_t_log_two_sided(double t, double degrees_of_freedom);
[[nodiscard]] double student_t_quantile(double p, double degrees_of_freedom);

[[nodiscard]] double f_lower(double x, double degrees_of_freedom_1, double degrees_of_freedom_2);
[[nodiscard]] double f_upper(double x, double degrees_of_freedom_1, double degrees_of_freedom_2);
[[nodiscard]] double f_log_upper(double x, double degrees_of_freedom_1, double degrees_of_freedom_2);
[[nodiscard]] double f_quantile(double p, double degrees_of_freedom_1, double degrees_of_freedom_2);

[[nodiscard]] double beta_lower(double x, double a, double b);
[[nodiscard]] double beta_upper(double x, double a, double b);
[[nodiscard]] double beta_quantile(double p, double a, double b);
/// x with P(X > x) = p.
[[nodiscard]] double beta_upper_quantile(double p, double a, double b);
/// log B(a, b)
[[nodiscard]] double log_beta(double a, double b);
/// log Γ(x), x > 0; digamma and trigamma are its first and second derivative.
[[nodiscard]] double log_gamma(double x);
[[nodiscard]] double digamma(double x);
[[nodiscard]] double trigamma(double x);

/// P(X = k) of k events in `size` draws, each with `probability` in [0, 1]; 0 outside 0..size. Relative 1e-14 by the saddle-point form
/// (Loader 2000, Fast and accurate computation of binomial probabilities).
[[nodiscard]] double binomial_mass(std::int64_t k, std::int64_t size, double probability);
[[nodiscard]] double binomial_log_mass(std::int64_t k, std::int64_t size, double probability);
[[nodiscard]] double binomial_lower(std::int64_t k, std::int64_t size, double probability);
[[nodiscard]] double binomial_upper(std::int64_t k, std::int64_t size, double probability);
/// The smallest k with P(X ≤ k) ≥ p. O(log size).
[[nodiscard]] std::int64_t binomial_quantile(double p, std::int64_t size, double probability);

/// An urn with `marked` balls among `total`, from which `drawn` are taken; how many of those are marked.
/// REQUIRES 0 ≤ marked, drawn ≤ total.
struct Hypergeometric {
  std::int64_t marked = 0;
  std::int64_t drawn = 0;
  std::int64_t total = 0;

  [[nodiscard]] std::int64_t smallest() const;
  [[nodiscard]] std::int64_t largest() const;
  [[nodiscard]] double mean() const;
  /// REQUIRES total > 0. 0 when total is 1.
  [[nodiscard]] double variance() const;
  /// Relative 1e-13, by the same form as the binomial's; −∞ outside smallest..largest.
  [[nodiscard]] double log_mass(std::int64_t k) const;
  [[nodiscard]] double mass(std::int64_t k) const;
  /// O(√variance).
  [[nodiscard]] double lower(std::int64_t k) const;
  [[nodiscard]] double upper(std::int64_t k) const;
  [[nodiscard]] double log_lower(std::int64_t k) const;
  [[nodiscard]] double log_upper(std::int64_t k) const;
};

}  // namespace waymark::stats
