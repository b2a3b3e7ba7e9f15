#include "stats/survival/cumulative_incidence.hpp"

#include <algorithm>
#include <cmath>

namespace waymark::stats {
namespace {

/// Sums over rows of φ, the derivative of the incidence with respect to the weight of a row, and of b, that of −log of the curve of being free.
/// When the incidence rises by Δ, what a row was counted for before shrinks with it: φ becomes φ + Δ·b. Kept that way, and not as
/// Σ(a + F·b)² of ever larger parts, nothing cancels where hardly anybody is left.
struct Moments {
  double count = 0;
  double phi = 0, b = 0, phi_phi = 0, phi_b = 0, b_b = 0;

  void add(double this_phi, double this_b, double times = 1) {
    count += times;
    phi += times * this_phi;
    b += times * this_b;
    phi_phi += times * this_phi * this_phi;
    phi_b += times * this_phi * this_b;
    b_b += times * this_b * this_b;
  }
  /// φ becomes φ + rise·b.
  void raise(double rise) {
    phi_phi += rise * (2 * phi_b + rise * b_b);
    phi_b += rise * b_b;
    phi += rise * b;
  }
  /// Every φ and b moves by the same.
  void move(double phi_by, double b_by) {
    phi_phi += phi_by * (2 * phi + count * phi_by);
    phi_b += phi_by * b + b_by * phi + count * phi_by * b_by;
    b_b += b_by * (2 * b + count * b_by);
    phi += count * phi_by;
    b += count * b_by;
  }
};

/// Where a row would stand that has been at risk from the first day, and how high the incidence is.
struct Standing {
  double phi = 0;
  double b = 0;
  double incidence = 0;
};

/// What is less than this of the largest sum of squares so far is its rounding.
constexpr double rounding = 1e-13;

struct Members {
  const Spells& spells;
  std::span<const Row> leaving;
  std::span<const Row> entering;
};

/// The standard errors of one cause; `cause` 0 gives that of being free.
void fill_errors(IncidenceCurve& curve, const Members& group, std::size_t cause) {
  const RiskTable& table = curve.table;
  const bool delayed = group.spells.delayed_entry();
  Moments ended;
  Moments waiting;
  if (!delayed) waiting.add(0, 0, static_cast<double>(table.rows));
  Standing now;
  std::vector<Standing> entries(delayed ? table.size() + 1 : 0);  // before each day, for those who entered before it
  std::size_t entry = 0;
  std::size_t leave = 0;
  double free_before = 1;
  double largest = 0;
  for (std::size_t at = 0; at < table.size(); ++at) {
    if (delayed) {
      entries[at] = now;
      for (; entry < group.entering.size() && group.spells.start[group.entering[entry]] < table.day[at]; ++entry) waiting.add(0, 0);
    }
    const double n = table.at_risk[at];
    const double d = table.of_any_cause(at);
    const double of_cause = cause == 0 ? 0 : table.of_cause(at, cause);
    const double beta = d > 0 && d < n ? d / n / (n - d) : 0;
    const double rise = free_before * of_cause / n;
    ended.raise(rise);
    waiting.raise(rise);
    waiting.move(-rise / n, beta);
    now = {now.phi + rise * now.b - rise / n, now.b + beta, now.incidence + rise};
    const double step = d < n ? 1 / (n - d) : 0;
    for (; leave < group.leaving.size() && group.spells.stop[group.leaving[leave]] == table.day[at]; ++leave) {
      const Row row = group.leaving[leave];
      Standing entered;
      if (delayed) {
        const auto day = std::upper_bound(table.day.begin(), table.day.end(), group.spells.start[row]);
        entered = entries[static_cast<std::size_t>(day - table.day.begin())];
      }
      // What came before the row entered is not its own; it has grown since as every part grows.
      const double phi = now.phi - entered.phi - (now.incidence - entered.incidence) * entered.b;
      const double b = now.b - entered.b;
      waiting.add(phi, b, -1);
      const std::size_t how = group.spells.cause[row];
      ended.add(how != 0 && how == cause ? phi + free_before / n : phi, how != 0 ? b - step : b);
    }
    const double squares = cause == 0 ? ended.b_b + waiting.b_b : ended.phi_phi + waiting.phi_phi;
    largest = std::max(largest, squares);
    const double error = squares > rounding * largest ? std::sqrt(squares) : 0;
    if (cause == 0) {
      curve.free_standard_error[at] = curve.free[at] * error;
    } else {
      curve.incidence_standard_error[at * table.causes + cause - 1] = error;
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
