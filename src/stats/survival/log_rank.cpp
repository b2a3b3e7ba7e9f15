#include "stats/survival/log_rank.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "stats/distributions.hpp"
#include "stats/information.hpp"
#include "stats/survival/kaplan_meier.hpp"

namespace waymark::stats {
namespace {

/// One day of one stratum: adds what it says to the test.
void add_day(LogRank& test, double weight, const std::vector<Row>& at_risk, const std::vector<Row>& events, double n, double d) {
  const std::size_t groups = at_risk.size();
  const double share = d / n;
  const double spread = n > 1 ? weight * weight * share * (n - d) / (n - 1) : 0;
  for (std::size_t i = 0; i < groups; ++i) {
    const double here = at_risk[i];
    test.observed[i] += weight * events[i];
    test.expected[i] += weight * here * share;
    if (spread == 0 || here == 0) continue;
    double* const row = &test.covariance[i * groups];
    const double times = spread * here / n;
    for (std::size_t j = 0; j < groups; ++j) row[j] -= times * at_risk[j];
    row[i] += times * n;
  }
}

/// Groups that share no information with any other make the matrix singular; the last of those that are linked is redundant.
void finish(LogRank& test) {
  const std::size_t groups = test.rows.size();
  std::vector<double> difference;
  for (std::size_t i = 0; i < groups; ++i) difference.push_back(test.observed[i] - test.expected[i]);
  const Information information(test.covariance, groups, 1e-10);
  test.degrees_of_freedom = information.rank();
  if (test.degrees_of_freedom == 0) return;
  test.chi_squared = std::max(0.0, information.squared_length(difference));
  test.p = chi_squared_upper(test.chi_squared, static_cast<double>(test.degrees_of_freedom));
  test.log_p = chi_squared_log_upper(test.chi_squared, static_cast<double>(test.degrees_of_freedom));
}

/// The sums of scores of all choices among `scores`, sorted, by how many rows were chosen.
std::vector<std::vector<double>> sums_by_count(std::span<const double> scores) {
  std::vector<std::vector<double>> sums(scores.size() + 1);
  sums[0] = {0};
  for (std::size_t used = 0; used < scores.size(); ++used) {
    for (std::size_t count = used + 1; count-- > 0;) {
      for (std::size_t at = 0, size = sums[count].size(); at < size; ++at) sums[count + 1].push_back(sums[count][at] + scores[used]);
    }
  }
  for (std::vector<double>& of_count : sums) std::sort(of_count.begin(), of_count.end());
  return sums;
}

/// How many pairs have left + right ≤ limit; both ascending.
double count_at_most(const std::vector<double>& left, const std::vector<double>& right, double limit) {
  double count = 0;
  std::size_t end = right.size();
  for (const double value : left) {
    while (end > 0 && value + right[end - 1] > limit) --end;
    count += static_cast<double>(end);
  }
  return count;
}

}  // namespace

Result<Answer<LogRank>> log_rank(const Spells& spells, std::span<const Code> group, std::span<const Code> stratum, double rho) {
  for (const Result<void>& fine : {check(spells), check_codes(group, spells.size(), "group"), check_codes(stratum, spells.size(), "stratum")}) {
    if (!fine) return tl::unexpected(fine.error());
  }
  if (!std::isfinite(rho)) return fail(Error::Kind::bad_input, "The weight exponent rho is no number.", "Give 0 for the log-rank test.");
  const std::size_t rows = spells.size();
  const std::size_t groups = count_codes(group);
  const auto group_of = [&](Row row) { return group.empty() ? Code{0} : group[row]; };
  const auto stratum_of = [&](Row row) { return stratum.empty() ? Code{0} : stratum[row]; };
  const std::vector<Row> leaving = order_by(stratum, spells.stop);
  const std::vector<Row> entering = spells.delayed_entry() ? order_by(stratum, spells.start) : std::vector<Row>();

  LogRank test;
  test.rows.resize(groups);
  test.observed.resize(groups);
  test.expected.resize(groups);
  test.covariance.resize(groups * groups);
  std::vector<Row> at_risk(groups);
  std::vector<Row> events(groups);
  std::size_t at = 0;
  while (at < rows) {
    const Code this_stratum = stratum_of(leaving[at]);
    std::size_t end = at;
    std::fill(at_risk.begin(), at_risk.end(), Row{0});
    for (; end < rows && stratum_of(leaving[end]) == this_stratum; ++end) {
      ++test.rows[group_of(leaving[end])];
      if (!spells.delayed_entry()) ++at_risk[group_of(leaving[end])];
    }
    double n = spells.delayed_entry() ? 0 : static_cast<double>(end - at);
    double survival = 1;
    std::size_t entry = at;
    while (at < end) {
      const Day today = spells.stop[leaving[at]];
      if (spells.delayed_entry()) {
        for (; entry < end && spells.start[entering[entry]] < today; ++entry, ++n) ++at_risk[group_of(entering[entry])];
      }
      std::size_t next = at;
      double d = 0;
      for (; next < end && spells.stop[leaving[next]] == today; ++next) {
        if (spells.cause[leaving[next]] == 0) continue;
        ++events[group_of(leaving[next])];
        ++d;
      }
      if (d > 0) {
        add_day(test, rho == 0 ? 1 : std::pow(survival, rho), at_risk, events, n, d);
        survival *= (n - d) / n;
        std::fill(events.begin(), events.end(), Row{0});
      }
      for (; at < next; ++at, --n) --at_risk[group_of(leaving[at])];
    }
  }
  finish(test);
  if (test.degrees_of_freedom == 0) return Answer<LogRank>(undefined("no two groups were at risk together when something happened"));
  return Answer<LogRank>(std::move(test));
}

Method log_rank_method() { return {"Log-rank test of the G^rho family", "Harrington & Fleming 1982, Biometrika 69:553–566; Mantel 1966"}; }

Result<Answer<ExactLogRank>> exact_log_rank(const Spells& spells, std::span<const Code> group) {
  for (const Result<void>& fine : {check(spells), check_codes(group, spells.size(), "group")}) {
    if (!fine) return tl::unexpected(fine.error());
  }
  if (spells.delayed_entry()) return fail(Error::Kind::bad_input, "The exact log-rank test has no form for delayed entry.", "Use the log-rank test.");
  const std::size_t rows = spells.size();
  if (rows > most_exact_rows) {
    return fail(Error::Kind::bad_input, fmt::format("The exact log-rank test takes at most {} rows, and there are {}.", most_exact_rows, rows),
                "Use the log-rank test; with so many rows the two agree.");
  }
  if (count_codes(group) > 2) return fail(Error::Kind::bad_input, "The exact log-rank test compares two groups.", "Use the log-rank test for more.");

  const SurvivalCurve pooled = std::move((*kaplan_meier(spells, {}))[0]);
  std::vector<double> scores;
  double mean = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto day = std::lower_bound(pooled.table.day.begin(), pooled.table.day.end(), spells.stop[row]);
    const double hazard = pooled.cumulative_hazard[static_cast<std::size_t>(day - pooled.table.day.begin())];
    scores.push_back((spells.cause[row] != 0 ? 1 : 0) - hazard);
    mean += scores.back() / static_cast<double>(rows);
  }
  double statistic = 0;
  double squares = 0;
  std::size_t chosen = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    scores[row] -= mean;
    squares += scores[row] * scores[row];
    if (!group.empty() && group[row] == 0) {
      statistic += scores[row];
      ++chosen;
    }
  }
  if (chosen == 0 || chosen == rows) return Answer<ExactLogRank>(undefined("one of the two groups is empty"));
  const double n = static_cast<double>(rows);
  const double variance = static_cast<double>(chosen) * (n - static_cast<double>(chosen)) * squares / (n * (n - 1));
  if (!(variance > 1e-20)) return Answer<ExactLogRank>(undefined("every row has the same score"));

  const std::span<const double> all(scores);
  const std::vector<std::vector<double>> left = sums_by_count(all.first(rows / 2));
  const std::vector<std::vector<double>> right = sums_by_count(all.subspan(rows / 2));
  // Sums that are equal in exact arithmetic must count as equal, in whatever order they were added.
  const double edge = std::abs(statistic) - 1e-9 * std::sqrt(variance);
  ExactLogRank test;
  double extreme = 0;
  for (std::size_t count = 0; count < left.size() && count <= chosen; ++count) {
    if (chosen - count >= right.size()) continue;
    const std::vector<double>& a = left[count];
    const std::vector<double>& b = right[chosen - count];
    const double pairs = static_cast<double>(a.size()) * static_cast<double>(b.size());
    test.assignments += pairs;
    if (edge <= 0) {
      extreme += pairs;
    } else {
      extreme += count_at_most(a, b, -edge) + pairs - count_at_most(a, b, std::nextafter(edge, 0));
    }
  }
  test.z = statistic / std::sqrt(variance);
  test.p = std::min(1.0, extreme / test.assignments);
  return Answer<ExactLogRank>(test);
}

}  // namespace waymark::stats
