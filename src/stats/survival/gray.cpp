#include <algorithm>
#include <cmath>

#include "stats/distributions.hpp"
#include "stats/information.hpp"
#include "stats/survival/cumulative_incidence.hpp"

namespace waymark::stats {
namespace {

/// What happened in each group on one day of one stratum.
struct DayCounts {
  std::vector<double> cause, other;
  double all_cause = 0, all_other = 0;
};

/// One stratum, in the notation of Gray 1988, section 2: the score z and its variance as the days pass. The subdistribution risk set of a group
/// is n(t)·(1 − F(t−))/S(t−); under the hypothesis all groups share one F.
class Stratum {
 public:
  Stratum(std::vector<double> at_risk, double rho)
      : m_groups(at_risk.size()),
        m_rho(rho),
        m_at_risk(std::move(at_risk)),
        m_free(m_groups, 1.0),
        m_incidence(m_groups),
        m_c(m_groups * m_groups),
        m_v2(m_groups * m_groups),
        m_v3(m_groups),
        m_score(m_groups),
        m_variance(m_groups * m_groups) {}

  void pass(const DayCounts& today) {
    double sum = 0;       // Σ n/S(t−)
    double weighted = 0;  // Σ n(1 − F(t−))/S(t−)
    std::vector<double> free_after = m_free;
    for (std::size_t k = 0; k < m_groups; ++k) {
      if (!(m_at_risk[k] > 0)) continue;
      const double ended = today.cause[k] + today.other[k];
      free_after[k] = ended == m_at_risk[k] ? 0 : m_free[k] * (m_at_risk[k] - ended) / m_at_risk[k];
      sum += m_at_risk[k] / m_free[k];
      weighted += m_at_risk[k] * (1 - m_incidence[k]) / m_free[k];
    }
    const double pooled_after = m_pooled + today.all_cause / sum;
    const double today_weighs = m_rho == 0 ? 1 : std::pow(1 - m_pooled, m_rho);
    std::vector<double> a(m_groups * m_groups);
    for (std::size_t i = 0; i < m_groups; ++i) {
      if (!(m_at_risk[i] > 0)) continue;
      const double own = m_at_risk[i] / m_free[i];
      for (std::size_t j = 0; j < m_groups; ++j) {
        if (!(m_at_risk[j] > 0)) continue;
        // The difference first: with one group at risk the variance is exactly 0.
        a[i * m_groups + j] = today_weighs * own * (i == j ? sum - own : -m_at_risk[j] / m_free[j]) / sum;
        m_c[i * m_groups + j] += a[i * m_groups + j] * today.all_cause / (sum * (1 - m_pooled));
      }
      if (today.all_cause > 0) m_score[i] += today_weighs * (today.cause[i] - today.all_cause * own * (1 - m_incidence[i]) / weighted);
    }
    if (today.all_cause > 0) add_cause(today, free_after, a, sum, pooled_after);
    if (today.all_other > 0) add_other(today, free_after, pooled_after);
    for (std::size_t k = 0; k < m_groups; ++k) {
      if (m_at_risk[k] > 0) m_incidence[k] += m_free[k] * today.cause[k] / m_at_risk[k];
    }
    m_free = free_after;
    m_pooled = pooled_after;
  }

  void leave(std::size_t group) { --m_at_risk[group]; }

  void add_to(GrayTest& test) const {
    for (std::size_t i = 0; i < m_groups; ++i) {
      test.score[i] += m_score[i];
      for (std::size_t j = 0; j < m_groups; ++j) {
        double value = m_variance[i * m_groups + j];
        for (std::size_t k = 0; k < m_groups; ++k) {
          value += m_c[i * m_groups + k] * m_c[j * m_groups + k] * m_v3[k] + m_c[i * m_groups + k] * m_v2[j * m_groups + k] +
                   m_c[j * m_groups + k] * m_v2[i * m_groups + k];
        }
        test.covariance[i * m_groups + j] += value;
      }
    }
  }

 private:
  void add_cause(const DayCounts& today, const std::vector<double>& free_after, const std::vector<double>& a, double sum, double pooled_after) {
    for (std::size_t k = 0; k < m_groups; ++k) {
      if (!(m_at_risk[k] > 0)) continue;
      const double slope = free_after[k] > 0 ? 1 - (1 - pooled_after) / free_after[k] : 1;
      const double ties = today.all_cause > 1 ? 1 - (today.all_cause - 1) / (sum * m_free[k] - 1) : 1;
      const double rate = ties * m_free[k] * today.all_cause / (sum * m_at_risk[k]);
      m_v3[k] += slope * slope * rate;
      for (std::size_t i = 0; i < m_groups; ++i) {
        const double left = a[i * m_groups + k] - slope * m_c[i * m_groups + k];
        m_v2[i * m_groups + k] += left * slope * rate;
        for (std::size_t j = 0; j < m_groups; ++j)
          m_variance[i * m_groups + j] += left * (a[j * m_groups + k] - slope * m_c[j * m_groups + k]) * rate;
      }
    }
  }

  void add_other(const DayCounts& today, const std::vector<double>& free_after, double pooled_after) {
    for (std::size_t k = 0; k < m_groups; ++k) {
      if (!(free_after[k] > 0) || !(today.other[k] > 0)) continue;
      const double slope = (1 - pooled_after) / free_after[k];
      const double ties = today.other[k] > 1 ? 1 - (today.other[k] - 1) / (m_at_risk[k] - 1) : 1;
      const double rate = ties * m_free[k] * m_free[k] * today.other[k] / (m_at_risk[k] * m_at_risk[k]);
      m_v3[k] += slope * slope * rate;
      for (std::size_t i = 0; i < m_groups; ++i) {
        const double left = slope * m_c[i * m_groups + k];
        m_v2[i * m_groups + k] -= left * slope * rate;
        for (std::size_t j = 0; j < m_groups; ++j) m_variance[i * m_groups + j] += left * slope * m_c[j * m_groups + k] * rate;
      }
    }
  }

  std::size_t m_groups;
  double m_rho;
  std::vector<double> m_at_risk, m_free, m_incidence;
  std::vector<double> m_c, m_v2, m_v3, m_score, m_variance;
  double m_pooled = 0;
};

}  // namespace

Result<Answer<GrayTest>> gray_test(const Spells& spells, std::uint8_t cause, std::span<const Code> group, std::span<const Code> stratum, double rho) {
  for (const Result<void>& fine : {check(spells), check_codes(group, spells.size(), "group"), check_codes(stratum, spells.size(), "stratum")}) {
    if (!fine) return tl::unexpected(fine.error());
  }
  if (spells.delayed_entry()) return fail(Error::Kind::bad_input, "Gray's test has no form for delayed entry.", "Leave the start times out.");
  if (cause == 0) return fail(Error::Kind::bad_input, "Gray's test needs a cause; 0 means censored.", "Name the event whose incidence is compared.");
  if (!(rho >= 0) || !std::isfinite(rho)) {
    return fail(Error::Kind::bad_input, "Rho is negative or no finite number.", "Take 0, or 1 for early differences.");
  }
  const std::size_t rows = spells.size();
  const std::size_t groups = count_codes(group);
  const auto group_of = [&](Row row) { return group.empty() ? Code{0} : group[row]; };
  const auto stratum_of = [&](Row row) { return stratum.empty() ? Code{0} : stratum[row]; };
  const std::vector<Row> leaving = order_by(stratum, spells.stop);
  GrayTest test;
  test.score.resize(groups);
  test.covariance.resize(groups * groups);
  DayCounts today{std::vector<double>(groups), std::vector<double>(groups), 0, 0};
  for (std::size_t at = 0; at < rows;) {
    std::size_t end = at;
    std::vector<double> at_risk(groups);
    for (; end < rows && stratum_of(leaving[end]) == stratum_of(leaving[at]); ++end) ++at_risk[group_of(leaving[end])];
    Stratum here(std::move(at_risk), rho);
    while (at < end) {
      std::size_t next = at;
      for (; next < end && spells.stop[leaving[next]] == spells.stop[leaving[at]]; ++next) {
        const Row row = leaving[next];
        if (spells.cause[row] == cause) {
          ++today.cause[group_of(row)];
          ++today.all_cause;
        } else if (spells.cause[row] != 0) {
          ++today.other[group_of(row)];
          ++today.all_other;
        }
      }
      if (today.all_cause + today.all_other > 0) {
        here.pass(today);
        today = {std::vector<double>(groups), std::vector<double>(groups), 0, 0};
      }
      for (; at < next; ++at) here.leave(group_of(leaving[at]));
    }
    here.add_to(test);
  }
  const Information information(test.covariance, groups, 1e-10);
  test.degrees_of_freedom = information.rank();
  if (test.degrees_of_freedom == 0) return Answer<GrayTest>(undefined("no two groups were at risk together when the cause happened"));
  test.chi_squared = std::max(0.0, information.squared_length(test.score));
  test.p = chi_squared_upper(test.chi_squared, static_cast<double>(test.degrees_of_freedom));
  test.log_p = chi_squared_log_upper(test.chi_squared, static_cast<double>(test.degrees_of_freedom));
  return Answer<GrayTest>(std::move(test));
}

Method gray_test_method() { return {"Gray's test of equal cumulative incidence", "Gray 1988, Annals of Statistics 16:1141–1154"}; }

}  // namespace waymark::stats
