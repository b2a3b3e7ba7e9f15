#include "stats/rates.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats_reference.hpp"

using namespace waymark;
using namespace waymark::stats;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Group group(std::int64_t events, std::int64_t size) { return Group(Count(events), Count(size)); }
Group group(const Reference& pair) { return group(static_cast<std::int64_t>(pair.numbers()[0]), static_cast<std::int64_t>(pair.numbers()[1])); }

Group any_group(std::int64_t most) {
  const auto size = *rc::gen::inRange<std::int64_t>(0, most + 1);
  return group(*rc::gen::inRange<std::int64_t>(0, size + 1), size);
}

void check_interval(const Answer<Interval>& got, const Reference& wanted, double tolerance) {
  CAPTURE(wanted.path());
  REQUIRE(got.has_value());
  // Bounds of 0 and 1 come as such, or as what rounding left of them.
  CHECK(agrees(got->lower, wanted.numbers()[0], tolerance, 1e-6));
  CHECK(agrees(got->upper, wanted.numbers()[1], tolerance, 1e-6));
}

}  // namespace

TEST_CASE("intervals of one rate agree with R") {
  for (const Reference& file : references("06_rates.json")) {
    for (const Reference& wanted : file["ci_single"].items()) {
      const Group one = group(static_cast<std::int64_t>(wanted["x"].number()), static_cast<std::int64_t>(wanted["n"].number()));
      check_interval(wilson_interval(one), wanted["wilson"], 1e-9);
      check_interval(wilson_corrected_interval(one), wanted["wilson_cc"], 1e-9);
      check_interval(clopper_pearson_interval(one), wanted["clopper_pearson"], 1e-9);
      check_interval(jeffreys_interval(one), wanted["jeffreys"], 1e-9);
    }
  }
}

TEST_CASE("differences, ratios and the rules of adverse impact agree with the references") {
  for (const Reference& file : references("06_rates.json")) {
    for (const std::string& name : file.keys()) {
      if (!file[name].is_object()) continue;
      const Reference wanted = file[name];
      CAPTURE(wanted.path());
      const auto x = wanted["x"].numbers();
      const auto n = wanted["n"].numbers();
      const TwoGroups groups{*Group::of(*Count::of(x[0], "x"), *Count::of(n[0], "n"), "focal"),
                             *Group::of(*Count::of(x[1], "x"), *Count::of(n[1], "n"), "reference")};
      CHECK(agrees(groups.focal.rate(), wanted["rate_focal"].number(), 1e-15));
      CHECK(agrees(groups.reference.rate(), wanted["rate_ref"].number(), 1e-15));
      CHECK(agrees(*rate_ratio(groups), wanted["AIR"].number(), 1e-9));
      CHECK(*below_four_fifths(groups) == wanted["four_fifths_flag"].truth());
      check_interval(katz_interval(groups), wanted["katz_log_ci"], 1e-9);
      const StandardDeviations deviations = standard_deviations(groups);
      CHECK(agrees(*deviations.pooled, wanted["z_pooled"].number(), 1e-9));
      CHECK(agrees(*deviations.hypergeometric, wanted["z_hyper"].number(), 1e-9));
      CHECK(agrees(*deviations.p_value, wanted["p_z"].number(), 1e-9));
      CHECK((std::abs(*deviations.pooled) > 1.96) == wanted["two_sd_flag"].truth());
      CHECK(agrees(*cohen_h(groups), wanted["cohen_h"].number(), 1e-9));
      CHECK(agrees(*shortfall(groups), wanted["shortfall"].number(), 1e-9));
      CHECK(agrees(*rate_difference(groups), wanted["rd"].number(), 1e-9));
      check_interval(newcombe_interval(groups), wanted["newcombe_rd"], 1e-9);
      check_interval(miettinen_nurminen_difference(groups), wanted["mn_rd"], 1e-9);
      check_interval(miettinen_nurminen_ratio(groups), wanted["mn_rr"], 1e-9);
      const FlipOne flipped = flip_one(groups);
      CHECK(agrees(*flipped.one_more_focal, wanted["flip_one"]["AIR_if_one_more_focal"].number(), 1e-9));
      CHECK(agrees(*flipped.one_moved, wanted["flip_one"]["AIR_if_one_moved"].number(), 1e-9));
    }
  }
}

TEST_CASE("the published worked examples of the four-fifths rule come out as published") {
  for (const Reference& file : references("06b_ll144_ugesp.json")) {
    const Reference guidelines = file["UGESP_QA11_rates"];
    const Group white = group(static_cast<std::int64_t>(guidelines["per100"]["white"].number()), 100);
    for (const std::string& name : guidelines["flag"].keys()) {
      CAPTURE(name);
      const TwoGroups groups{group(static_cast<std::int64_t>(guidelines["per100"][name].number()), 100), white};
      CHECK(*below_four_fifths(groups) == guidelines["flag"][name].truth());
      CHECK(agrees(*rate_ratio(groups), guidelines["ratio"][name].number(), 1e-15));
    }
    const Reference example = file["EEOC_80_40_example"];
    const TwoGroups eighty_forty{group(example["black"]), group(example["white"])};
    CHECK(*rate_ratio(eighty_forty) == example["ratio"].number());
    CHECK(*below_four_fifths(eighty_forty) == example["flag"].truth());
    const Reference rows = file["LL144_rule_scoring_example"]["rows"];
    for (const auto& family : {std::vector<std::string>{"Male", "Female"}, {"Hispanic", "White", "Black", "NHPI", "Asian"}}) {
      std::vector<Group> groups;
      for (const std::string& name : family) {
        groups.push_back(group(static_cast<std::int64_t>(rows[name]["x"].number()), static_cast<std::int64_t>(rows[name]["n"].number())));
      }
      const std::vector<Quantity> ratios = impact_ratios(groups);
      for (std::size_t i = 0; i < family.size(); ++i) {
        // Boost.JSON 1.81 reads a double to the last bit but one.
        CHECK(agrees(*ratios[i], rows[family[i]]["impact_ratio"].number(), 3e-16));
        CHECK(std::abs(*ratios[i] - rows[family[i]]["published_ratio"].number()) < 0.0051);
        CHECK(agrees(groups[i].rate(), rows[family[i]]["rate"].number(), 3e-16));
      }
    }
  }
}

TEST_CASE("a ratio of exactly four fifths is never flagged, and one event less always is") {
  int exact = 0;
  int wrong_in_doubles = 0;
  for (std::int64_t nf = 5; nf < 60; ++nf) {
    for (std::int64_t xf = 1; xf <= nf; ++xf) {
      for (std::int64_t nr = 5; nr < 60; ++nr) {
        if (5 * xf * nr % (4 * nf) != 0) continue;
        const std::int64_t xr = 5 * xf * nr / (4 * nf);
        if (xr > nr) continue;
        ++exact;
        const TwoGroups groups{group(xf, nf), group(xr, nr)};
        if (groups.focal.rate() / groups.reference.rate() < 0.8) ++wrong_in_doubles;
        REQUIRE(!*below_four_fifths(groups));
        REQUIRE(*below_four_fifths({group(xf - 1, nf), group(xr, nr)}));
      }
    }
  }
  for (const Reference& file : references("06b_ll144_ugesp.json")) {
    CHECK(exact == file["four_fifths_exact_boundary"]["tables_with_ratio_exactly_0.8"].number());
    CHECK(wrong_in_doubles == file["four_fifths_exact_boundary"]["naive_double_misflags"].number());
  }
  const std::int64_t most = Count::max;
  CHECK(!*below_four_fifths({group(most / 5 * 4, most), group(most, most)}));
  CHECK(*below_four_fifths({group(most / 5 * 4 - 1, most), group(most, most)}));
}

TEST_CASE("the bounds of the score intervals are where the score test just rejects, so each holds its estimate") {
  CHECK(rc::check([] {
    const std::int64_t most = *rc::gen::element<std::int64_t>(6, 40, 3000, 1'000'000'000);
    const TwoGroups groups{any_group(most), any_group(most)};
    const Quantity difference = rate_difference(groups);
    if (difference) {
      RC_ASSERT(newcombe_interval(groups)->contains(*difference));
      const Interval score = *miettinen_nurminen_difference(groups);
      RC_ASSERT(score.lower <= *difference && *difference <= score.upper && score.lower >= -1 && score.upper <= 1);
      const Interval turned = *miettinen_nurminen_difference({groups.reference, groups.focal});
      RC_ASSERT(agrees(turned.lower, -score.upper, 1e-8, 1e-3));
    }
    const Quantity ratio = rate_ratio(groups);
    RC_ASSERT(ratio.has_value() == miettinen_nurminen_ratio(groups).has_value());
    if (ratio) {
      const Interval score = *miettinen_nurminen_ratio(groups);
      RC_ASSERT(score.lower <= *ratio && *ratio <= score.upper);
      const Interval turned = *miettinen_nurminen_ratio({groups.reference, groups.focal});
      RC_ASSERT(agrees(turned.lower, 1 / score.upper, 1e-7, 1e-12));
    }
    if (!groups.focal.empty()) {
      for (const auto& interval : {wilson_interval(groups.focal), clopper_pearson_interval(groups.focal), wilson_corrected_interval(groups.focal)}) {
        RC_ASSERT(interval->contains(groups.focal.rate()) && interval->lower >= 0 && interval->upper <= 1);
      }
      const Group others(groups.focal.others(), groups.focal.size());
      RC_ASSERT(agrees(wilson_interval(others)->lower, 1 - wilson_interval(groups.focal)->upper, 1e-9, 1));
      RC_ASSERT(agrees(clopper_pearson_interval(others)->lower, 1 - clopper_pearson_interval(groups.focal)->upper, 1e-9, 1));
    }
  }));
}

TEST_CASE("where there is no number, it is said why") {
  const TwoGroups empty{group(0, 0), group(3, 9)};
  CHECK(rate_difference(empty).error().reason == "One of the groups is empty, so there is nothing to compare.");
  CHECK(!miettinen_nurminen_ratio(empty));
  CHECK(!standard_deviations(empty).pooled);
  CHECK(!wilson_interval(group(0, 0)));
  const TwoGroups both_zero{group(0, 6), group(0, 9)};
  CHECK(rate_ratio(both_zero).error().reason == "Neither group has an event, so there is no ratio of rates.");
  CHECK(!below_four_fifths(both_zero));
  CHECK(*rate_difference(both_zero) == 0);
  CHECK(miettinen_nurminen_difference(both_zero)->lower < 0);
  CHECK(standard_deviations(both_zero).pooled.error().reason == "Nobody has the event, so there is no variation.");
  const TwoGroups only_focal{group(3, 9), group(0, 6)};
  CHECK(*rate_ratio(only_focal) == infinity);
  CHECK(miettinen_nurminen_ratio(only_focal)->upper == infinity);
  CHECK(!katz_interval(only_focal));
  CHECK(!*below_four_fifths(only_focal));
  CHECK(!flip_one(only_focal).one_moved);
  CHECK(!flip_one({group(3, 3), group(1, 6)}).one_more_focal);
  CHECK(!highest_rate(std::vector<Group>{group(0, 0)}));
}

TEST_CASE("counts that make no sense are refused, and named") {
  CHECK(Count::of(-1, "x").error().message == "x is -1, which is no count.");
  CHECK(Count::of(1.5, "x").error().message == "x is 1.5, which is no count.");
  CHECK(!Count::of(std::numeric_limits<double>::quiet_NaN(), "x"));
  CHECK(!Count::of(2e9, "x"));
  CHECK(Group::of(Count(5), Count(3), "GE").error().message == "GE has 5 events in a group of 3.");
}
