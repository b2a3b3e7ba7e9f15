#include "stats/agreement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats_reference.hpp"

using namespace waymark;
using namespace waymark::stats;

namespace {

/// A column of the matrix is a unit; null is a missing value.
std::vector<UnitValues> units_of(const Reference& data) {
  std::vector<UnitValues> units(data[std::size_t{0}].size());
  for (const Reference& judge : data.items()) {
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (!judge[i].is_null()) units[i].push_back(judge[i].number());
    }
  }
  return units;
}

Metric metric_of(const std::string& name) {
  return name == "nominal" ? Metric::nominal : name == "ordinal" ? Metric::ordinal : name == "interval" ? Metric::interval : Metric::ratio;
}

SquareMatrix square(const std::vector<std::vector<double>>& rows) {
  SquareMatrix matrix{rows.size(), {}};
  for (const auto& row : rows) matrix.cells.insert(matrix.cells.end(), row.begin(), row.end());
  return matrix;
}

/// Categories 1 to size, two judges.
SquareMatrix cross(const std::vector<double>& x, const std::vector<double>& y, std::size_t size) {
  SquareMatrix table{size, std::vector<double>(size * size, 0)};
  for (std::size_t i = 0; i < x.size(); ++i) ++table.cells[static_cast<std::size_t>(x[i] - 1) * size + static_cast<std::size_t>(y[i] - 1)];
  return table;
}

CategoryCounts counts_of(const Reference& data) {
  CategoryCounts units;
  for (const auto& row : data.rows()) {
    units.emplace_back();
    for (const double count : row) units.back().push_back(*Count::of(count, "count"));
  }
  return units;
}

/// The variance that psych 2.2.9 gives a weighted κ. It takes rowSums(w * rs), which weights row i by its own share instead of column j by the
/// share of row j: fine without weights, wrong with them. Only here to show that this is all that is between it and Fleiss, Cohen & Everitt.
double variance_of_psych(const SquareMatrix& table, const SquareMatrix& weights) {
  const std::size_t size = table.size;
  double n = 0;
  for (const double cell : table.cells) n += cell;
  std::vector<double> rows(size, 0);
  std::vector<double> columns(size, 0);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      rows[i] += table.at(i, j) / n;
      columns[j] += table.at(i, j) / n;
    }
  }
  double observed = 0;
  double expected = 0;
  std::vector<double> column_sums(size, 0);
  std::vector<double> row_sums(size, 0);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      observed += weights.at(i, j) * table.at(i, j) / n;
      expected += weights.at(i, j) * rows[i] * columns[j];
      column_sums[j] += weights.at(i, j) * columns[i];
      row_sums[i] += weights.at(i, j) * rows[i];
    }
  }
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      sum += table.at(i, j) / n * std::pow(weights.at(i, j) * (1 - expected) - (column_sums[i] + row_sums[j]) * (1 - observed), 2);
    }
  }
  return (sum - std::pow(observed * expected - 2 * expected + observed, 2)) / (n * std::pow(1 - expected, 4));
}

std::vector<UnitValues> any_units() {
  return *rc::gen::container<std::vector<UnitValues>>(
      rc::gen::container<UnitValues>(rc::gen::map(rc::gen::inRange(1, 6), [](int value) { return double(value); })));
}

void check_same(const Quantity& got, const Quantity& wanted) {
  RC_ASSERT(got.has_value() == wanted.has_value());
  if (got) RC_ASSERT(agrees(*got, *wanted, 1e-9, 1));
}

}  // namespace

TEST_CASE("Krippendorff's alpha agrees with the references, and with what he published") {
  for (const Reference& file : references("08_krippendorff.json")) {
    for (const std::string set : {"A", "W", "B", "C"}) {
      for (const std::string name : {"nominal", "ordinal", "interval", "ratio"}) {
        const Reference wanted = file[set][name];
        CAPTURE(wanted.path());
        const KrippendorffAlpha got = krippendorff_alpha(units_of(file[set]["data"]), metric_of(name));
        CHECK(agrees(*got.alpha, wanted["alpha"].number(), 1e-12));
        CHECK(agrees(got.observed_disagreement, wanted["Do"].number(), 1e-12));
        CHECK(agrees(got.expected_disagreement, wanted["De"].number(), 1e-12));
        CHECK(static_cast<double>(got.pairable_values) == wanted["n_pairable"].number());
        if (file["published"][set].has(name)) CHECK(std::abs(*got.alpha - file["published"][set][name].number()) < 0.00051);
      }
    }
    const KrippendorffAlpha same = krippendorff_alpha(units_of(file["edge_no_variation"]["data"]), Metric::interval);
    CHECK(same.alpha.error().reason == "All values are the same: without variation there is no telling whether judges agree.");
  }
}

TEST_CASE("weighted kappa and its error agree with the references") {
  for (const Reference& file : references("09_agreement.json")) {
    const Reference cohen = file["cohen1968"];
    SquareMatrix table = square(cohen["table"].rows());
    for (double& cell : table.cells) cell = std::round(cell * cohen["n"].number());
    SquareMatrix weights = square(cohen["weights"].rows());
    const SquareMatrix disagreement = weights;
    const double largest = *std::max_element(weights.cells.begin(), weights.cells.end());
    for (double& weight : weights.cells) weight = 1 - weight / largest;
    const Kappa weighted = *cohen_kappa(table, weights);
    const Kappa plain = *cohen_kappa(table, agreement_weights(3, Weighting::none));
    CHECK(agrees(*plain.kappa, cohen["kappa"].number(), 1e-10));
    CHECK(agrees(std::pow(*plain.standard_error, 2), cohen["var_kappa"].number(), 1e-10));
    CHECK(agrees(*weighted.kappa, cohen["weighted_kappa"].number(), 1e-10));
    CHECK(std::abs(*weighted.kappa - cohen["published"]["weighted"].number()) < 0.00051);
    CHECK(agrees(variance_of_psych(table, disagreement), cohen["var_weighted"].number(), 1e-10));
    for (const std::string name : {"linear", "quadratic"}) {
      const Reference wanted = file["kappa_" + name];
      const SquareMatrix pairs = cross(wanted["x"].numbers(), wanted["y"].numbers(), 5);
      const SquareMatrix by_distance = agreement_weights(5, name == "linear" ? Weighting::linear : Weighting::quadratic);
      const Kappa got = *cohen_kappa(pairs, by_distance);
      CHECK(agrees(*got.kappa, wanted["kappa"].number(), 1e-10));
      CHECK(agrees(got.observed, wanted["po"].number(), 1e-10));
      CHECK(agrees(got.expected, wanted["pe"].number(), 1e-10));
      CHECK(agrees(*got.standard_error, wanted["se_fleiss_cohen_everitt_1969"].number(), 1e-10));
      if (name == "linear") continue;
      CHECK(agrees(*got.kappa, file["psych_quadratic_xy"]["weighted"].number(), 1e-10));
      CHECK(agrees(*cohen_kappa(pairs, agreement_weights(5, Weighting::none))->kappa, file["psych_quadratic_xy"]["kappa"].number(), 1e-10));
      CHECK(agrees(variance_of_psych(pairs, by_distance), file["psych_quadratic_xy"]["var_weighted"].number(), 1e-10));
    }
  }
}

TEST_CASE("six intraclass correlations, Fleiss' kappa and AC1 agree with the references") {
  for (const Reference& file : references("09_agreement.json")) {
    const Reference wanted = file["icc_shrout_fleiss"];
    const IntraclassCorrelations got = *intraclass_correlations(wanted["data"].rows());
    for (std::size_t i = 0; i < 6; ++i) {
      const IntraclassCorrelation& one = *got.all()[i];
      CAPTURE(i);
      CHECK(agrees(*one.estimate, wanted["ICC"].numbers()[i], 1e-10));
      CHECK(agrees(*one.f, wanted["F"].numbers()[i], 1e-10));
      CHECK(one.degrees_of_freedom_1 == wanted["df1"].numbers()[i]);
      CHECK(one.degrees_of_freedom_2 == wanted["df2"].numbers()[i]);
      CHECK(agrees(*one.p_value, wanted["p"].numbers()[i], 1e-10));
      CHECK(agrees(one.interval->lower, wanted["lower"].numbers()[i], 1e-10));
      CHECK(agrees(one.interval->upper, wanted["upper"].numbers()[i], 1e-10));
      CHECK(std::abs(*one.estimate - wanted["published"].numbers()[i]) < 0.0051);
    }
    const CategoryCounts diagnoses = counts_of(file["fleiss1971"]["data"]);
    CHECK(agrees(*fleiss_kappa(diagnoses), file["fleiss1971"]["kappa"].number(), 1e-10));
    const GwetCoefficient gwet = *gwet_coefficient(diagnoses, agreement_weights(5, Weighting::none));
    CHECK(agrees(*gwet.coefficient, file["gwet_ac1_fleiss1971"].number(), 1e-10));
    CHECK(*gwet.standard_error > 0);
  }
}

TEST_CASE("alpha goes by values: not by the order of units or of judges, nor by units with one value") {
  CHECK(rc::check([] {
    const std::vector<UnitValues> units = any_units();
    std::vector<UnitValues> other(units.rbegin(), units.rend());
    for (UnitValues& unit : other) std::reverse(unit.begin(), unit.end());
    other.push_back({4});
    other.emplace_back();
    for (const Metric metric : {Metric::nominal, Metric::ordinal, Metric::interval, Metric::ratio}) {
      check_same(krippendorff_alpha(other, metric).alpha, krippendorff_alpha(units, metric).alpha);
    }
    // Interval alpha keeps under a change of unit, ordinal under any that keeps the order.
    std::vector<UnitValues> stretched = units;
    std::vector<UnitValues> shifted = units;
    for (UnitValues& unit : stretched) {
      for (double& value : unit) value = value * value * value;
    }
    for (UnitValues& unit : shifted) {
      for (double& value : unit) value = 7 * value - 100;
    }
    check_same(krippendorff_alpha(stretched, Metric::ordinal).alpha, krippendorff_alpha(units, Metric::ordinal).alpha);
    check_same(krippendorff_alpha(shifted, Metric::interval).alpha, krippendorff_alpha(units, Metric::interval).alpha);
    check_same(krippendorff_alpha(stretched, Metric::nominal).alpha, krippendorff_alpha(units, Metric::nominal).alpha);
  }));
}

TEST_CASE("alpha of pairs agrees with the coincidence matrix of its definition") {
  CHECK(rc::check([] {
    const std::vector<UnitValues> units = any_units();
    double coincidence[6][6] = {};
    for (const UnitValues& unit : units) {
      for (std::size_t i = 0; i < unit.size(); ++i) {
        for (std::size_t j = 0; j < unit.size(); ++j) {
          if (i != j) coincidence[int(unit[i])][int(unit[j])] += 1.0 / (static_cast<double>(unit.size()) - 1);
        }
      }
    }
    double margins[6] = {};
    double n = 0;
    for (int c = 1; c < 6; ++c) {
      for (const double cell : coincidence[c]) margins[c] += cell;
      n += margins[c];
    }
    double observed = 0;
    double expected = 0;
    for (int c = 1; c < 6; ++c) {
      for (int k = 1; k < 6; ++k) {
        double between = -(margins[c] + margins[k]) / 2;
        for (int g = std::min(c, k); g <= std::max(c, k); ++g) between += margins[g];
        observed += coincidence[c][k] * (c == k ? 0 : between * between);
        expected += margins[c] * margins[k] * (c == k ? 0 : between * between);
      }
    }
    const KrippendorffAlpha got = krippendorff_alpha(units, Metric::ordinal);
    RC_ASSERT(got.alpha.has_value() == (n > 0 && expected > 1e-9));
    if (got.alpha) RC_ASSERT(agrees(*got.alpha, 1 - (n - 1) * observed / expected, 1e-9, 1));
  }));
}

TEST_CASE("perfect agreement is 1, and without variation there is none to speak of") {
  const std::vector<double> x{1, 2, 3, 1, 2, 3};
  const Kappa perfect = *cohen_kappa(cross(x, x, 3), agreement_weights(3, Weighting::quadratic));
  CHECK(*perfect.kappa == 1);
  CHECK(*perfect.standard_error == 0);
  const std::vector<double> same{2, 2, 2};
  CHECK(cohen_kappa(cross(same, same, 3), agreement_weights(3, Weighting::none))->kappa.error().why == NoAnswer::Why::undefined);
  CHECK(!cohen_kappa(cross({}, {}, 3), agreement_weights(3, Weighting::none))->kappa);
  CHECK(!cohen_kappa(cross(x, x, 3), agreement_weights(4, Weighting::none)));
  CHECK(!fleiss_kappa({{Count(3), Count(0)}, {Count(3), Count(0)}}));
  CHECK(!fleiss_kappa({{Count(3), Count(0)}, {Count(1), Count(1)}}));
  CHECK(!fleiss_kappa({{Count(1), Count(0)}, {Count(0), Count(1)}}));
  CHECK(*fleiss_kappa({{Count(3), Count(0)}, {Count(0), Count(3)}}) == 1);
  CHECK(*gwet_coefficient({{Count(3), Count(0)}, {Count(3), Count(0)}}, agreement_weights(2, Weighting::none))->coefficient == 1);

  const std::vector<std::vector<double>> constant{{4, 4}, {4, 4}, {4, 4}};
  CHECK(!intraclass_correlations(constant)->one_way.estimate);
  const std::vector<std::vector<double>> shifted{{1, 3}, {2, 4}, {5, 7}};
  const IntraclassCorrelations judges = *intraclass_correlations(shifted);
  CHECK(agrees(*judges.two_way_fixed.estimate, 1, 1e-12));
  CHECK(*judges.two_way_fixed.f == std::numeric_limits<double>::infinity());
  CHECK(*judges.two_way_random.estimate < 1);
  CHECK(!judges.two_way_random.interval);
  const std::vector<std::vector<double>> no_units{{1, 3}, {1, 3}};
  CHECK(!intraclass_correlations(no_units)->two_way_fixed.estimate);
  CHECK(!intraclass_correlations(std::vector<std::vector<double>>{{1, 2}})->one_way.estimate);
  CHECK(!intraclass_correlations(std::vector<std::vector<double>>{{1, 2}, {1}}));
}

TEST_CASE("whatever the ratings, intraclass correlations are numbers or say why not, and do not depend on the order of units and judges") {
  CHECK(rc::check([] {
    const std::size_t judges = *rc::gen::inRange<std::size_t>(1, 5);
    const auto ratings = *rc::gen::container<std::vector<std::vector<double>>>(
        rc::gen::container<std::vector<double>>(judges, rc::gen::map(rc::gen::inRange(1, 5), [](int value) { return double(value); })));
    std::vector<std::vector<double>> other(ratings.rbegin(), ratings.rend());
    for (auto& row : other) std::reverse(row.begin(), row.end());
    const IntraclassCorrelations got = *intraclass_correlations(ratings);
    const IntraclassCorrelations turned = *intraclass_correlations(other);
    for (std::size_t i = 0; i < 6; ++i) {
      const IntraclassCorrelation& one = *got.all()[i];
      RC_ASSERT(one.estimate.has_value() == turned.all()[i]->estimate.has_value());
      if (one.estimate) RC_ASSERT(agrees(*one.estimate, *turned.all()[i]->estimate, 1e-8, 1));
      if (one.p_value) RC_ASSERT(*one.p_value >= 0 && *one.p_value <= 1);
      if (one.interval) RC_ASSERT(one.interval->lower <= one.interval->upper);
    }
  }));
}

TEST_CASE("where every disagreement weighs the same, the error of kappa is 0 and not what rounding left of it") {
  // Categories 3, 4, 5, 7: one unit has been put into 3 and 4, another into 5 and 7.
  SquareMatrix table{4, std::vector<double>(16, 0)}, weights{4, std::vector<double>(16, 0)};
  table.cells[1] = table.cells[2 * 4 + 3] = 1;
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) weights.cells[i * 4 + j] = 1 - std::abs(static_cast<double>(i) - static_cast<double>(j)) / 3;
  }
  const auto kappa = cohen_kappa(table, weights);
  REQUIRE(kappa);
  CHECK(*kappa->kappa == doctest::Approx(1.0 / 3).epsilon(1e-14));
  CHECK(*kappa->standard_error == 0);
}
