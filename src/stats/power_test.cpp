#include "stats/power.hpp"

#include <map>
#include <tuple>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats/distributions.hpp"
#include "stats/fisher.hpp"
#include "stats_reference.hpp"

using namespace waymark;
using namespace waymark::stats;

namespace {

Count count(const Reference& number) { return *Count::of(number.number(), "count"); }

}  // namespace

TEST_CASE("the normal formulas agree with R's power.prop.test, and Schoenfeld's with its definition") {
  for (const Reference& file : references("14_power.json")) {
    CHECK(agrees(*rates_power(50, .3, .5), file["ppt_power"]["power"].number(), 1e-9));
    CHECK(agrees(*members_for_power(.5, .75, .9), file["ppt_n"]["n"].number(), 1e-9));
    const Reference events = file["schoenfeld"];
    CHECK(agrees(*events_for_hazard_ratio(events["hr"].number(), events["p"].number()), events["events"].number(), 1e-9));
    const Reference detectable = file["schoenfeld_mde"];
    CHECK(agrees(detectable_hazard_ratio(detectable["events"].number(), detectable["p"].number()), detectable["hr"].number(), 1e-9));
  }
  CHECK(!rates_power(50, .3, .3));
  CHECK(!members_for_power(.3, .3));
  CHECK(!events_for_hazard_ratio(1, .5));
}

TEST_CASE("exact power agrees with enumeration in R, for Fisher's test and for mid-p") {
  std::map<std::tuple<std::int64_t, std::int64_t, ExactTest>, ExactPower> made;
  const auto power = [&](Count focal, Count reference, ExactTest test) {
    const auto key = std::tuple(focal.value(), reference.value(), test);
    return made.try_emplace(key, *ExactPower::make(focal, reference, test)).first->second;
  };
  for (const Reference& file : references("14_power.json")) {
    for (const Reference& wanted : file["exact_grid"].items()) {
      CAPTURE(wanted.path());
      const ExactPower fisher = power(count(wanted["n1"]), count(wanted["n2"]), ExactTest::fisher);
      const ExactPower mid_p = power(count(wanted["n1"]), count(wanted["n2"]), ExactTest::mid_p);
      const double focal_rate = wanted["p1"].number();
      const double reference_rate = wanted["p2"].number();
      CHECK(agrees(fisher.at(focal_rate, reference_rate), wanted["fisher"].number(), 1e-9));
      CHECK(agrees(mid_p.at(focal_rate, reference_rate), wanted["midp"].number(), 1e-9));
      CHECK(agrees(fisher.at(reference_rate, reference_rate), wanted["size_fisher"].number(), 1e-9));
      CHECK(agrees(mid_p.at(reference_rate, reference_rate), wanted["size_midp"].number(), 1e-9));
    }
    for (const Reference& wanted : file["mde"].items()) {
      CAPTURE(wanted.path());
      const ExactPower mid_p = power(count(wanted["n_focal"]), count(wanted["n_ref"]), ExactTest::mid_p);
      const Quantity rate = mid_p.detectable_rate(wanted["p_ref"].number());
      REQUIRE(rate.has_value() != wanted["mde_rate"].is_null());
      if (rate) CHECK(agrees(*rate, wanted["mde_rate"].number(), 1e-9));
      if (rate) CHECK(agrees(*rate / wanted["p_ref"].number(), wanted["mde_air"].number(), 1e-9));
      CHECK(agrees(mid_p.smallest_p(), wanted["min_attainable_two_sided_midp"].number(), 1e-9));
    }
  }
  for (const Reference& file : references("14b_fourfifths_error.json")) {
    for (const std::string& name : file.keys()) {
      const Reference wanted = file[name];
      CAPTURE(wanted.path());
      const Count focal = count(wanted["n_focal"]);
      const Count reference = count(wanted["n_ref"]);
      const ExactPower mid_p = power(focal, reference, ExactTest::mid_p);
      CHECK(agrees(*four_fifths_flag_probability(focal, reference, .15, .15), wanted["false_flag_four_fifths_when_equal"].number(), 1e-10));
      CHECK(agrees(1 - *four_fifths_flag_probability(focal, reference, .09, .15), wanted["missed_four_fifths_when_true_AIR_0.6"].number(), 1e-10));
      CHECK(agrees(mid_p.at(0, .15), wanted["midp_power_true_AIR_0"].number(), 1e-10));
      CHECK(agrees(mid_p.at(.09, .15), wanted["midp_power_true_AIR_0.6"].number(), 1e-10));
      CHECK(agrees(mid_p.at(.12, .15), wanted["midp_power_AIR_0.8"].number(), 1e-10));
    }
  }
}

TEST_CASE("exact power is the probability of the tables that the test itself rejects") {
  CHECK(rc::check([] {
    const int focal = *rc::gen::inRange(0, 12);
    const int reference = *rc::gen::inRange(0, 12);
    const double alpha = *rc::gen::element(0.01, 0.05, 0.2);
    const double focal_rate = *rc::gen::inRange(0, 11) / 10.0;
    const double reference_rate = *rc::gen::inRange(0, 11) / 10.0;
    double fisher = 0;
    double mid_p = 0;
    for (int x = 0; x <= focal; ++x) {
      for (int y = 0; y <= reference; ++y) {
        const FisherTest test = fisher_test({Group(Count(x), Count(focal)), Group(Count(y), Count(reference))});
        const double mass = binomial_mass(x, focal, focal_rate) * binomial_mass(y, reference, reference_rate);
        // A p of exactly alpha may fall to either side by rounding.
        RC_PRE(std::abs(test.two_sided - alpha) > 1e-9 && std::abs(test.mid_two_sided_doubled - alpha) > 1e-9);
        if (test.two_sided <= alpha) fisher += mass;
        if (test.mid_two_sided_doubled <= alpha) mid_p += mass;
      }
    }
    RC_ASSERT(
        agrees(ExactPower::make(Count(focal), Count(reference), ExactTest::fisher, alpha)->at(focal_rate, reference_rate), fisher, 1e-10, 1e-12));
    RC_ASSERT(agrees(ExactPower::make(Count(focal), Count(reference), ExactTest::mid_p, alpha)->at(focal_rate, reference_rate), mid_p, 1e-10, 1e-12));
  }));
}

TEST_CASE("a detectable rate has the power it promises, on both sides") {
  const ExactPower power = *ExactPower::make(Count(40), Count(160), ExactTest::mid_p);
  CHECK(agrees(power.at(*power.detectable_rate(.3), .3), .8, 1e-12));
  CHECK(agrees(power.at(*power.detectable_higher_rate(.3), .3), .8, 1e-12));
  CHECK(*power.detectable_higher_rate(.3) > .3);
  CHECK(!ExactPower::make(Count(3), Count(5), ExactTest::mid_p)->detectable_rate(.2));
  CHECK(!ExactPower::make(Count(0), Count(5), ExactTest::mid_p)->detectable_higher_rate(.2));
  CHECK(!ExactPower::make(Count(100'000), Count(100'000), ExactTest::fisher));
  CHECK(!ExactPower::make(Count(10), Count(10), ExactTest::fisher, 0));
}
