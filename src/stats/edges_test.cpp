// What breaks programs and should not break these: one row, everybody on one day, nobody with the event, columns that repeat each other, and numbers
// that are none.
#include <cmath>

#include <doctest/doctest.h>

#include "stats/mixed/mixed.hpp"
#include "stats/regression/cluster_errors.hpp"
#include "stats/regression/firth.hpp"
#include "stats/severity/facets.hpp"
#include "stats/shrinkage/funnel.hpp"
#include "stats/shrinkage/shrinkage.hpp"
#include "stats/survival/cumulative_incidence.hpp"
#include "stats/survival/fine_gray.hpp"
#include "stats/survival/kaplan_meier.hpp"
#include "stats/survival/log_rank.hpp"

using namespace waymark::stats;

namespace {

using Days = std::vector<Day>;
using Causes = std::vector<std::uint8_t>;
using Codes = std::vector<Code>;

struct Rows {
  const char* what;
  Days stop;
  Causes cause;
  Codes group;
  bool comparable;  // two groups, at risk together when something happened
};
const std::vector<Rows> all_rows{
    {"one row with the event", {5}, {1}, {0}, false},
    {"one censored row", {5}, {0}, {0}, false},
    {"one row that ended on the first moment", {0}, {1}, {0}, false},
    {"everybody on one day", {5, 5, 5, 5}, {1, 1, 0, 2}, {0, 1, 1, 0}, true},
    {"everybody on one day with the event", {5, 5, 5, 5}, {1, 1, 1, 1}, {0, 0, 1, 1}, false},
    {"nobody with the event", {3, 5, 8}, {0, 0, 0}, {0, 1, 0}, false},
    {"days beyond any calendar", {Day{1} << 60, (Day{1} << 60) + 1, Day{1} << 61}, {1, 0, 1}, {0, 1, 1}, true},
};

bool fine(double value) { return !std::isnan(value); }

}  // namespace

TEST_CASE("survival of the few, the tied and the censored has no NaN in it") {
  for (const Rows& rows : all_rows) {
    CAPTURE(rows.what);
    const Spells spells{{}, rows.stop, rows.cause};
    const auto survival = kaplan_meier(spells, rows.group);
    for (const SurvivalCurve& curve : *survival) {
      for (std::size_t at = 0; at < curve.survival.size(); ++at) {
        CHECK(fine(curve.survival[at]));
        CHECK(fine(curve.standard_error[at].value_or(0)));
        CHECK(fine(curve.hazard_standard_error[at]));
        if (curve.interval[at]) CHECK(curve.interval[at]->lower <= curve.interval[at]->upper);
      }
    }
    const auto incidence = cumulative_incidence(spells, rows.group);
    for (const IncidenceCurve& curve : *incidence) {
      for (const auto* values : {&curve.free, &curve.free_standard_error, &curve.incidence, &curve.incidence_standard_error}) {
        for (const double value : *values) CHECK(fine(value));
      }
    }
    const auto compared = *log_rank(spells, rows.group);
    CHECK(compared.has_value() == rows.comparable);
    if (compared) CHECK(fine(compared->p));
    if (const auto gray = *gray_test(spells, 1, rows.group)) CHECK(fine(gray->p));
    std::vector<double> x(rows.group.begin(), rows.group.end());
    if (const auto fit = *fit_fine_gray({spells, x, 1}, 1)) {
      CHECK(fine(fit->coefficient[0]));
      CHECK(fine(fit->robust_covariance[0]));
    }
  }
}

TEST_CASE("regressions of one row, of one outcome, of repeated columns and of numbers that are none") {
  for (const Family family : {Family::linear, Family::logit, Family::complementary_log_log}) {
    const std::vector<double> one{1}, same(6, 1), mixed{0, 1, 0, 1, 1, 0}, twice{1, 2, 3, 4, 5, 7, 2, 4, 6, 8, 10, 14};
    CHECK_FALSE(fit_regression({one, one, 1}, family)->has_value());
    if (family != Family::linear) CHECK_FALSE(fit_regression({same, mixed, 1}, family)->has_value());
    const auto fit = *fit_regression({mixed, twice, 2}, family);
    REQUIRE(fit);
    CHECK(fit->redundant == std::vector<std::size_t>{2});
    const auto clusters = *cluster_errors({mixed, twice, 2}, *fit, Codes{0, 0, 0, 1, 1, 1}, ClusterCorrection::cr2);
    REQUIRE(clusters);
    CHECK_FALSE(clusters->coefficient[2].has_value());
    CHECK_FALSE(cluster_errors({mixed, twice, 2}, *fit, Codes(6), ClusterCorrection::cr2)->has_value());
    for (const double none : {HUGE_VAL, -HUGE_VAL, std::nan("")}) {
      const std::vector<double> covariate{1, 2, 3, 4, 5, none};
      CHECK_FALSE(fit_regression({mixed, covariate, 1}, family).has_value());
      CHECK_FALSE(fit_firth({mixed, covariate, 1}).has_value());
      CHECK_FALSE(fit_mixed_logit({{}, covariate, 1, {}}).has_value());
    }
  }
  const std::vector<double> one{1};
  CHECK_FALSE(fit_firth({one, one, 1})->has_value());
}

TEST_CASE("groups of nobody, of everybody, and one group alone") {
  const auto group = [](std::int64_t events, std::int64_t size) { return Group(Count(events), Count(size)); };
  for (const std::vector<Group>& groups :
       {std::vector<Group>{}, {group(1, 2)}, {group(0, 0), group(0, 0)}, {group(0, 5), group(0, 9)}, {group(5, 5), group(9, 9)}}) {
    CHECK_FALSE(beta_binomial(groups).has_value());
    CHECK_FALSE(funnel(groups).has_value());
  }
}

TEST_CASE("facets of one rating, of equal ratings, and of one judge") {
  CHECK_FALSE(fit_facets({Codes{0}, Codes{0}, {}, std::vector<int>{3}})->has_value());
  CHECK_FALSE(fit_facets({Codes{0, 0, 1, 1}, Codes{0, 1, 0, 1}, {}, std::vector<int>{3, 3, 3, 3}})->has_value());
  CHECK_FALSE(fit_facets({{}, {}, {}, {}}).has_value());
}
