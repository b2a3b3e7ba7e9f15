#include "stats/survival/cumulative_incidence.hpp"

#include <algorithm>
#include <cmath>

namespace waymark::stats {
namespace {

/// The sums over rows of (g, q) that make Σ(a + F·b)² at any F: for rows that ended a and b are final; for those at risk a = −total + g and
/// b = Q − q, where g and q are what the totals were when they entered.
struct Moments {
  double count = 0;
  double g = 0, q = 0, gg = 0, gq = 0, qq = 0;

  void add(double this_g, double this_q, double times = 1) {
    count += times;
    g += times * this_g;
    q += times * this_q;
    gg += times * this_g * this_g;
    gq += times * this_g * this_q;
    qq += times * this_q * this_q;
  }
};

/// The curve of one group for one cause; `cause` 0 gives the standard error of being free.
class Jackknife {
 public:
  /// The totals before the first day: P + R of the compensators, and Q.
  double total = 0;
  double weight = 0;
  Moments ended;
  Moments waiting;

  [[nodiscard]] double variance(double incidence) const {
    // At risk: a = g − total, b = weight − q.
    const double n = waiting.count;
    const double aa = waiting.gg - 2 * total * waiting.g + n * total * total;
    const double bb = n * weight * weight - 2 * weight * waiting.q + waiting.qq;
    const double ab = weight * waiting.g - waiting.gq - n * total * weight + total * waiting.q;
    const double sum = ended.gg + aa + 2 * incidence * (ended.gq + ab) + incidence * incidence * (ended.qq + bb);
    return std::max(0.0, sum);
  }
};

struct Entry {
  double g = 0;
  double q = 0;
};

struct Members {
  const Spells& spells;
  std::span<const Row> leaving;
  std::span<const Row> entering;
};

void fill_errors(IncidenceCurve& curve, const Members& group, std::size_t cause) {
  const RiskTable& table = curve.table;
  const bool delayed = group.spells.delayed_entry();
  Jackknife sums;
  if (!delayed) sums.waiting.add(0, 0, static_cast<double>(table.rows));
  std::vector<Entry> entries(delayed ? table.size() + 1 : 0);  // the totals before each day, for those who entered before it
  std::size_t entry = 0;
  std::size_t leave = 0;
  double free_before = 1;
  for (std::size_t at = 0; at < table.size(); ++at) {
    if (delayed) {
      entries[at] = {sums.total, sums.weight};
      for (; entry < group.entering.size() && group.spells.start[group.entering[entry]] < table.day[at]; ++entry) {
        sums.waiting.add(sums.total, sums.weight);
      }
    }
    const double n = table.at_risk[at];
    const double d = table.of_any_cause(at);
    const double of_cause = cause == 0 ? 0 : table.of_cause(at, cause);
    const double incidence = cause == 0 ? 0 : curve.incidence[at * table.causes + cause - 1];
    const double beta = d > 0 && d < n ? d / n / (n - d) : 0;
    sums.total += free_before * of_cause / (n * n) + incidence * beta;
    sums.weight += beta;
    const double step = d < n ? 1 / (n - d) : 0;
    for (; leave < group.leaving.size() && group.spells.stop[group.leaving[leave]] == table.day[at]; ++leave) {
      const Row row = group.leaving[leave];
      Entry entered;
      if (delayed) {
        const auto day = std::upper_bound(table.day.begin(), table.day.end(), group.spells.start[row]);
        entered = entries[static_cast<std::size_t>(day - table.day.begin())];
      }
      double a = entered.g - sums.total;
      double b = sums.weight - entered.q;
      const std::size_t how = group.spells.cause[row];
      if (how != 0) {
        a += incidence * step + (how == cause ? free_before / n : 0);
        b -= step;
      }
      sums.waiting.add(entered.g, entered.q, -1);
      sums.ended.add(a, b);
    }
    if (cause == 0) {
      const double all = sums.ended.qq + sums.waiting.count * sums.weight * sums.weight - 2 * sums.weight * sums.waiting.q + sums.waiting.qq;
      curve.free_standard_error[at] = curve.free[at] * std::sqrt(std::max(0.0, all));
    } else {
      curve.incidence_standard_error[at * table.causes + cause - 1] = std::sqrt(sums.variance(incidence));
    }
    free_before = curve.free[at];
  }
}

}  // namespace

IncidenceCurve::At IncidenceCurve::at(Day day, std::size_t cause) const {
  const auto after = std::upper_bound(table.day.begin(), table.day.end(), day);
  if (after == table.day.begin()) return {cause == 0 ? 1.0 : 0.0, 0};
  const std::size_t step = static_cast<std::size_t>(after - table.day.begin()) - 1;
  if (cause == 0) return {free[step], free_standard_error[step]};
  const std::size_t place = step * table.causes + cause - 1;
  return {incidence[place], incidence_standard_error[place]};
}

Result<std::vector<IncidenceCurve>> cumulative_incidence(const Spells& spells, std::span<const Code> group) {
  if (const Result<void> fine = check(spells); !fine) return tl::unexpected(fine.error());
  if (const Result<void> fine = check_codes(group, spells.size(), "group"); !fine) return tl::unexpected(fine.error());
  const std::vector<Row> leaving = order_by(group, spells.stop);
  const std::vector<Row> entering = spells.delayed_entry() ? order_by(group, spells.start) : std::vector<Row>();
  std::vector<IncidenceCurve> curves;
  std::size_t first = 0;
  for (RiskTable& table : risk_tables(spells, group)) {
    IncidenceCurve curve;
    curve.table = std::move(table);
    const RiskTable& rows = curve.table;
    double free = 1;
    std::vector<double> incidence(rows.causes);
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const double n = rows.at_risk[at];
      for (std::size_t cause = 1; cause <= rows.causes; ++cause) {
        incidence[cause - 1] += free * rows.of_cause(at, cause) / n;
        curve.incidence.push_back(incidence[cause - 1]);
      }
      const double d = rows.of_any_cause(at);
      if (d > 0) free = d == n ? 0 : free * ((n - d) / n);
      curve.free.push_back(free);
    }
    curve.free_standard_error.resize(curve.free.size());
    curve.incidence_standard_error.resize(curve.incidence.size());
    const Members here{spells, std::span(leaving).subspan(first, rows.rows),
                       spells.delayed_entry() ? std::span(entering).subspan(first, rows.rows) : std::span<const Row>()};
    for (std::size_t cause = 0; cause <= rows.causes; ++cause) fill_errors(curve, here, cause);
    first += rows.rows;
    curves.push_back(std::move(curve));
  }
  return curves;
}

Method cumulative_incidence_method() {
  return {"Aalen–Johansen with the infinitesimal jackknife", "Aalen & Johansen 1978, Scandinavian Journal of Statistics 5:141–150; Efron 1982"};
}

}  // namespace waymark::stats
