#include "stats/survival/kaplan_meier.hpp"

#include <cmath>
#include <map>
#include <tuple>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats_reference.hpp"
#include "stats_table.hpp"

using namespace waymark::stats;

namespace {

struct Columns {
  std::vector<Day> start, stop;
  std::vector<std::uint8_t> cause;
  std::vector<Code> group;
  double scale = 1;

  [[nodiscard]] Spells spells() const { return {start, stop, cause}; }
};

Columns lung() {
  const Table table("lung.csv");
  return {{}, table.days("time"), table.events("status", 2), table.codes("sex")};
}

/// A number where there is one, null where there is none.
bool agrees_with(const std::optional<double>& got, const Reference& wanted) {
  if (wanted.is_null()) return !got.has_value();
  return got.has_value() && agrees(*got, wanted.number(), 1e-12, 1e-300);
}

void check_curves(const Columns& data, const std::vector<SurvivalCurve>& curves, const Reference& wanted) {
  std::size_t at = 0;
  for (const SurvivalCurve& curve : curves) {
    for (std::size_t step = 0; step < curve.table.size(); ++step, ++at) {
      CAPTURE(wanted["time"].path());
      CAPTURE(at);
      CHECK(agrees(static_cast<double>(curve.table.day[step]) / data.scale, wanted["time"][at].number(), 0));
      CHECK(curve.table.at_risk[step] == wanted["n_risk"][at].number());
      CHECK(curve.table.of_any_cause(step) == wanted["n_event"][at].number());
      CHECK(curve.table.censored[step] == wanted["n_censor"][at].number());
      CHECK(agrees(curve.survival[step], wanted["surv"][at].number(), 1e-12));
      CHECK(agrees_with(curve.standard_error[step], wanted["std_err"][at]));
      const auto& interval = curve.interval[step];
      CHECK(agrees_with(interval ? std::optional(interval->lower) : std::nullopt, wanted["lower"][at]));
      CHECK(agrees_with(interval ? std::optional(interval->upper) : std::nullopt, wanted["upper"][at]));
    }
  }
  CHECK(at == wanted["time"].size());
}

/// Null is what R gives for a quantile that is not reached.
void check_quantiles(const SurvivalCurve& curve, const Reference& probabilities, const Reference& day, const Reference& lower,
                     const Reference& upper) {
  for (std::size_t at = 0; at < probabilities.size(); ++at) {
    const SurvivalQuantile got = quantile(curve, probabilities[at].number());
    CAPTURE(day.path());
    CHECK(agrees_with(got.day, day[at]));
    CHECK(agrees_with(got.lower, lower[at]));
    CHECK(agrees_with(got.upper, upper[at]));
  }
}

const std::map<std::string, IntervalScale> scales{{"log", IntervalScale::log},
                                                  {"plain", IntervalScale::plain},
                                                  {"log-log", IntervalScale::log_minus_log},
                                                  {"logit", IntervalScale::logit},
                                                  {"arcsin", IntervalScale::arcsine}};

}  // namespace

TEST_CASE("curves, intervals on five scales and quantiles agree with survfit") {
  const Columns data = lung();
  for (const Reference& all : references("01_km.json")) {
    for (const auto& [name, scale] : scales) {
      const Reference wanted = all["lung_sex_" + name];
      const auto curves = kaplan_meier(data.spells(), data.group, scale);
      REQUIRE(curves);
      check_curves(data, *curves, wanted);
      const Reference q = wanted["quantiles"];
      for (std::size_t sex = 0; sex < 2; ++sex) check_quantiles((*curves)[sex], q["p"], q["quantile"][sex], q["lower"][sex], q["upper"][sex]);
    }
    const auto curve = kaplan_meier(data.spells(), {}, IntervalScale::log);
    check_curves(data, *curve, all["lung_all"]);
    const Reference q = all["lung_all"]["quantiles"];
    check_quantiles((*curve)[0], q["p"], q["quantile"], q["lower"], q["upper"]);
  }
}

TEST_CASE("delayed entry agrees with survfit") {
  const Table table("heart.csv");
  const Columns data{table.days("start", 2), table.days("stop", 2), table.events("event", 1), table.codes("transplant"), 2};
  for (const Reference& all : references("01_km.json")) {
    check_curves(data, *kaplan_meier(data.spells(), data.group, IntervalScale::log), all["heart_delayed_entry"]);
  }
}

TEST_CASE("the Nelson–Aalen hazard and the restricted mean agree with survfit") {
  const Columns data = lung();
  const SurvivalCurve curve = (*kaplan_meier(data.spells(), {}))[0];
  const auto by_sex = *kaplan_meier(data.spells(), data.group);
  for (const Reference& all : references("01_km.json")) {
    const Reference hazard = all["lung_nelson_aalen"];
    for (std::size_t at = 0; at < hazard["time"].size(); ++at) {
      CHECK(agrees(curve.cumulative_hazard[at], hazard["cumhaz"][at].number(), 1e-12));
      CHECK(agrees(curve.hazard_standard_error[at], hazard["std_chaz"][at].number(), 1e-12));
    }
    CHECK(agrees(restricted_mean(curve, 365)->days, all["lung_rmean365"]["rmean"].number(), 1e-12));
    CHECK(agrees(restricted_mean(curve, 365)->standard_error, all["lung_rmean365"]["se"].number(), 1e-12));
    for (std::size_t sex = 0; sex < 2; ++sex) {
      CHECK(agrees(restricted_mean(by_sex[sex], 365)->days, all["lung_sex_rmean365"]["rmean"][sex].number(), 1e-12));
      CHECK(agrees(restricted_mean(by_sex[sex], 365)->standard_error, all["lung_sex_rmean365"]["se"][sex].number(), 1e-12));
      CHECK(by_sex[sex].events() == all["lung_sex_rmean365"]["events"][sex].number());
    }
  }
}

TEST_CASE("the edges agree: a tie of event and censoring, nobody with the event, everybody, and a curve that stays at one half") {
  for (const Reference& all : references("01_km.json")) {
    for (const char* name : {"edge_tie_event_censor", "edge_all_censored", "edge_all_events", "edge_median_flat"}) {
      const Reference wanted = all[name];
      Columns data;
      for (const double t : wanted["input"]["t"].numbers()) data.stop.push_back(static_cast<Day>(t));
      for (const double s : wanted["input"]["s"].numbers()) data.cause.push_back(static_cast<std::uint8_t>(s));
      const auto curves = kaplan_meier(data.spells(), {}, IntervalScale::log);
      check_curves(data, *curves, wanted);
      if (!wanted.has("median")) continue;
      const Reference median = wanted["median"];
      const SurvivalQuantile got = quantile((*curves)[0], .5);
      CHECK(agrees_with(got.day, median["quantile"].items().empty() ? median["quantile"] : median["quantile"][0]));
      CHECK(agrees_with(got.upper, median["upper"][0]));
    }
  }
}

TEST_CASE("a horizon nobody was observed to has no restricted mean, unless the event has happened to all") {
  const std::vector<Day> stop{3, 5};
  const std::vector<std::uint8_t> all{1, 1}, some{1, 0};
  CHECK_FALSE(restricted_mean((*kaplan_meier(Spells{{}, stop, some}, {}))[0], 6).has_value());
  CHECK(restricted_mean((*kaplan_meier(Spells{{}, stop, some}, {}))[0], 5)->days == doctest::Approx(4));
  CHECK(restricted_mean((*kaplan_meier(Spells{{}, stop, all}, {}))[0], 60)->days == doctest::Approx(4));
}

TEST_CASE("a curve of one row, of everybody on one day, of nobody with the event, and of the latest day there is") {
  const std::vector<Day> lone{3}, tied{4, 4, 4}, latest{Day{1} << 62};
  const std::vector<std::uint8_t> event{1}, censored{0}, all{1, 1, 1}, none{0, 0, 0};
  for (const IntervalScale scale :
       {IntervalScale::plain, IntervalScale::log, IntervalScale::log_minus_log, IntervalScale::logit, IntervalScale::arcsine}) {
    for (const auto& [stop, cause, survival] : {std::tuple{lone, event, 0.0}, std::tuple{lone, censored, 1.0}, std::tuple{tied, all, 0.0},
                                                std::tuple{tied, none, 1.0}, std::tuple{latest, event, 0.0}}) {
      const SurvivalCurve curve = (*kaplan_meier(Spells{{}, stop, cause}, {}, scale))[0];
      REQUIRE(curve.survival.size() == 1);
      CHECK(curve.survival[0] == survival);
      CHECK(curve.standard_error[0].has_value() == (survival > 0));
      if (curve.interval[0]) CHECK((curve.interval[0]->lower == 1 && curve.interval[0]->upper == 1));
      if (survival > 0)
        CHECK_FALSE(quantile(curve, .5).day.has_value());
      else
        CHECK(quantile(curve, .5).day == static_cast<double>(stop[0]));
    }
  }
}

TEST_CASE("times that make no sense are refused with their row") {
  const std::vector<std::uint8_t> cause{1, 1};
  const std::vector<Day> negative{3, -1}, stop{3, 5}, start{0, 5};
  CHECK(kaplan_meier(Spells{{}, negative, cause}, {}).error().message == "Row 2 has a negative time, -1.");
  CHECK(kaplan_meier(Spells{start, stop, cause}, {}).error().message == "Row 2 ends at 5, which is not after its start at 5.");
  CHECK_FALSE(kaplan_meier(Spells{}, {}).has_value());
  CHECK_FALSE(kaplan_meier(Spells{{}, stop, {}}, {}).has_value());
}

TEST_CASE("neither the order of the rows nor the unit of time changes a curve; everybody twice leaves it and narrows its errors") {
  CHECK(rc::check([] {
    const auto rows =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<int, bool>>>(rc::gen::pair(rc::gen::inRange(0, 12), rc::gen::arbitrary<bool>())));
    Columns plain, turned, twice;
    for (const auto& [day, event] : rows) {
      plain.stop.push_back(day);
      plain.cause.push_back(event);
      turned.stop.insert(turned.stop.begin(), day * 1'000'000'007LL);
      turned.cause.insert(turned.cause.begin(), event);
      twice.stop.insert(twice.stop.end(), 2, day);
      twice.cause.insert(twice.cause.end(), 2, event);
    }
    const SurvivalCurve a = (*kaplan_meier(plain.spells(), {}))[0];
    const SurvivalCurve b = (*kaplan_meier(turned.spells(), {}))[0];
    const SurvivalCurve c = (*kaplan_meier(twice.spells(), {}))[0];
    RC_ASSERT(a.survival == b.survival);
    RC_ASSERT(a.standard_error == b.standard_error);
    RC_ASSERT(a.survival.size() == c.survival.size());
    for (std::size_t at = 0; at < a.survival.size(); ++at) {
      RC_ASSERT(std::abs(a.survival[at] - c.survival[at]) < 1e-12);
      if (a.standard_error[at] && c.standard_error[at]) RC_ASSERT(std::abs(*a.standard_error[at] / std::sqrt(2) - *c.standard_error[at]) < 1e-12);
    }
  }));
}
