#include "stats/strata.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats/fisher.hpp"
#include "stats_reference.hpp"

using namespace waymark;
using namespace waymark::stats;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TwoGroups table(double a, double b, double c, double d) {
  const auto group = [](double events, double others) { return Group(*Count::of(events, "events"), *Count::of(events + others, "size")); };
  return {group(a, b), group(c, d)};
}

std::vector<TwoGroups> strata_of(const Reference& set) {
  std::vector<TwoGroups> strata;
  const auto a = set["a"].numbers();
  const auto b = set["b"].numbers();
  const auto c = set["c"].numbers();
  const auto d = set["d"].numbers();
  for (std::size_t i = 0; i < a.size(); ++i) strata.push_back(table(a[i], b[i], c[i], d[i]));
  return strata;
}

std::vector<TwoGroups> any_strata(int most) {
  std::vector<TwoGroups> strata;
  const int count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    const auto cell = [&] { return *rc::gen::inRange(0, most + 1); };
    strata.push_back(table(cell(), cell(), cell(), cell()));
  }
  return strata;
}

void check_same(const Quantity& got, const Quantity& wanted, double tolerance) {
  RC_ASSERT(got.has_value() == wanted.has_value());
  if (got) RC_ASSERT(agrees(*got, *wanted, tolerance, 1e-9));
}
void check_same(const Answer<ChiSquared>& got, const Answer<ChiSquared>& wanted, double tolerance) {
  RC_ASSERT(got.has_value() == wanted.has_value());
  if (got) RC_ASSERT(agrees(got->statistic, wanted->statistic, tolerance, 1e-6));
}

}  // namespace

TEST_CASE("the Cochran–Mantel–Haenszel family agrees with R and metafor") {
  for (const Reference& file : references("05_cmh.json")) {
    for (const std::string name : {"ucb", "ucb_without_A", "bcg"}) {
      const Reference wanted = file[name];
      CAPTURE(wanted.path());
      const std::vector<TwoGroups> strata = strata_of(wanted);
      const MantelHaenszelTest test = mantel_haenszel_test(strata);
      CHECK(agrees(test.plain->statistic, wanted["chisq_nocc"].number(), 1e-10));
      CHECK(agrees(test.plain->p_value, wanted["p_nocc"].number(), 1e-10));
      CHECK(agrees(std::exp(test.plain->log_p_value), wanted["p_nocc"].number(), 1e-10));
      CHECK(agrees(test.corrected->statistic, wanted["chisq_cc"].number(), 1e-10));
      CHECK(agrees(test.corrected->p_value, wanted["p_cc"].number(), 1e-10));
      const CommonRatio odds = mantel_haenszel_odds_ratio(strata);
      CHECK(agrees(*odds.estimate, wanted["mh_or"].number(), 1e-10));
      CHECK(agrees(std::log(*odds.estimate), wanted["log_or"].number(), 1e-10));
      CHECK(agrees(*odds.log_standard_error, wanted["se_log_or"].number(), 1e-10));
      CHECK(agrees(odds.interval->lower, wanted["rbg_ci"].numbers()[0], 1e-10));
      CHECK(agrees(odds.interval->upper, wanted["rbg_ci"].numbers()[1], 1e-10));
      const ExactStratified exact = *exact_stratified(strata);
      CHECK(agrees(exact.two_sided, wanted["exact_p"].number(), 1e-10));
      CHECK(agrees(*exact.odds_ratio, wanted["exact_or"].number(), 1e-3));
      CHECK(agrees(exact.interval.lower, wanted["exact_ci"].numbers()[0], 1e-3));
      CHECK(agrees(exact.interval.upper, wanted["exact_ci"].numbers()[1], 1e-3));
      const Homogeneity same = homogeneity_test(strata);
      CHECK(agrees(same.breslow_day->statistic, wanted["breslow_day"].number(), 1e-10));
      CHECK(agrees(same.breslow_day->p_value, wanted["breslow_day_p"].number(), 1e-10));
      CHECK(agrees(same.tarone->statistic, wanted["tarone"].number(), 1e-10));
      CHECK(agrees(same.tarone->p_value, wanted["tarone_p"].number(), 1e-10));
      CHECK(same.tarone->degrees_of_freedom == wanted["df"].number());
      const CommonRatio ratio = mantel_haenszel_rate_ratio(strata);
      CHECK(agrees(*ratio.estimate, wanted["mh_rr"].number(), 1e-10));
      CHECK(agrees(*ratio.log_standard_error, wanted["se_log_rr"].number(), 1e-10));
      CHECK(agrees(ratio.interval->lower, wanted["rr_ci"].numbers()[0], 1e-10));
      CHECK(agrees(ratio.interval->upper, wanted["rr_ci"].numbers()[1], 1e-10));
      const CommonDifference difference = mantel_haenszel_difference(strata);
      CHECK(agrees(*difference.estimate, wanted["mh_rd"].number(), 1e-10));
      CHECK(agrees(*difference.standard_error, wanted["se_rd"].number(), 1e-10));
    }
  }
}

TEST_CASE("admissions at Berkeley: crude and stratified odds ratios are opposite, and both are there") {
  for (const Reference& file : references("05_cmh.json")) {
    const Reference wanted = file["ucb"];
    const std::vector<TwoGroups> strata = strata_of(wanted);
    const TwoGroups all = *crude(strata);
    CHECK(agrees(all.focal.events().real() * all.reference.others().real() / (all.focal.others().real() * all.reference.events().real()),
                 wanted["crude_or"].number(), 1e-10));
    CHECK(agrees(all.focal.rate(), wanted["crude_rates"].numbers()[0], 1e-10));
    CHECK(agrees(all.reference.rate(), wanted["crude_rates"].numbers()[1], 1e-10));
    CHECK(agrees(all.reference.rate() / all.focal.rate(), wanted["crude_AIR_F_over_M"].number(), 1e-10));
    const StandardisedRates rates = standardised_rates(strata);
    CHECK(agrees(*rates.focal, wanted["direct_standardised"].numbers()[0], 1e-10));
    CHECK(agrees(*rates.reference, wanted["direct_standardised"].numbers()[1], 1e-10));
    CHECK(agrees(1 / *rates.ratio, wanted["std_AIR"].number(), 1e-10));
    const auto by_department = wanted["rates_by_dept"].rows();
    for (std::size_t i = 0; i < strata.size(); ++i) {
      CHECK(agrees(strata[i].focal.rate(), by_department[0][i], 1e-10));
      CHECK(agrees(strata[i].reference.rate(), by_department[1][i], 1e-10));
    }
  }
  for (const Reference& file : references("15_boschloo.json")) {
    const Reference wanted = file["ucb_statsmodels"];
    const std::vector<TwoGroups> strata = strata_of(references("05_cmh.json").front()["ucb"]);
    CHECK(agrees(*mantel_haenszel_odds_ratio(strata).estimate, wanted["or_pooled"].number(), 1e-8));
    CHECK(agrees(mantel_haenszel_odds_ratio(strata).interval->lower, wanted["ci"].numbers()[0], 1e-8));
    CHECK(agrees(mantel_haenszel_odds_ratio(strata).interval->upper, wanted["ci"].numbers()[1], 1e-8));
    CHECK(agrees(mantel_haenszel_test(strata).plain->statistic, wanted["cmh"].number(), 1e-8));
    CHECK(agrees(mantel_haenszel_test(strata).plain->p_value, wanted["cmh_p"].number(), 1e-8));
    CHECK(agrees(mantel_haenszel_test(strata).corrected->statistic, wanted["cmh_cc"].number(), 1e-8));
    CHECK(agrees(homogeneity_test(strata).breslow_day->statistic, wanted["breslow_day"].number(), 1e-8));
    CHECK(agrees(homogeneity_test(strata).breslow_day->p_value, wanted["bd_p"].number(), 1e-8));
    CHECK(agrees(homogeneity_test(strata).tarone->statistic, wanted["tarone"].number(), 1e-8));
    CHECK(agrees(*mantel_haenszel_rate_ratio(strata).estimate, wanted["rr_pooled"].number(), 1e-8));
  }
}

TEST_CASE("strata of one person, and strata where nobody has the event, add nothing and no NaN") {
  for (const Reference& file : references("05_cmh.json")) {
    const Reference wanted = file["sparse"];
    const auto cells = wanted["array"].numbers();  // as R stores it: down the columns of each 2 × 2
    std::vector<TwoGroups> strata;
    for (std::size_t i = 0; i < cells.size(); i += 4) strata.push_back(table(cells[i], cells[i + 2], cells[i + 1], cells[i + 3]));
    CHECK(agrees(mantel_haenszel_test(strata).plain->statistic, wanted["chisq_nocc"].number(), 1e-10));
    CHECK(agrees(mantel_haenszel_test(strata).plain->p_value, wanted["p"].number(), 1e-10));
    CHECK(agrees(*mantel_haenszel_odds_ratio(strata).estimate, wanted["mh_or"].number(), 1e-10));
  }
}

TEST_CASE("several groups and outcomes, trend and equal rates agree with R") {
  for (const Reference& file : references("05_cmh.json")) {
    // HairEyeColor of R: hair by eye, men and women.
    const std::vector<int> men{32, 11, 10, 3, 53, 50, 25, 15, 10, 10, 7, 7, 3, 30, 5, 8};
    const std::vector<int> women{36, 9, 5, 2, 66, 34, 29, 14, 16, 7, 7, 7, 4, 64, 5, 8};
    std::vector<std::vector<Count>> strata(2);
    for (const int count : men) strata[0].emplace_back(count);
    for (const int count : women) strata[1].emplace_back(count);
    const ChiSquared test = **general_association(4, 4, strata);
    CHECK(agrees(test.statistic, file["gcmh_haireye"]["M2"].number(), 1e-10));
    CHECK(test.degrees_of_freedom == file["gcmh_haireye"]["df"].number());
    CHECK(agrees(test.p_value, file["gcmh_haireye"]["p"].number(), 1e-10));
    CHECK(!general_association(4, 3, strata));

    const std::vector<Group> smokers{Group(Count(83), Count(86)), Group(Count(90), Count(93)), Group(Count(129), Count(136)),
                                     Group(Count(70), Count(82))};
    const std::vector<double> scores{1, 2, 3, 4};
    CHECK(agrees(trend_test(smokers, scores)->statistic, file["smokers_trend"]["chisq"].number(), 1e-10));
    CHECK(agrees(trend_test(smokers, scores)->p_value, file["smokers_trend"]["p"].number(), 1e-10));
    CHECK(agrees(equal_rates_test(smokers)->statistic, file["smokers_homog"]["chisq"].number(), 1e-10));
    CHECK(equal_rates_test(smokers)->degrees_of_freedom == file["smokers_homog"]["df"].number());
    CHECK(agrees(equal_rates_test(smokers)->p_value, file["smokers_homog"]["p"].number(), 1e-10));
  }
}

TEST_CASE("the order of strata, an empty one and one without the event change nothing") {
  CHECK(rc::check([] {
    const std::vector<TwoGroups> strata = any_strata(12);
    std::vector<TwoGroups> other(strata.rbegin(), strata.rend());
    other.push_back(table(0, 0, 0, 0));
    other.push_back(table(0, 4, 0, 7));
    other.push_back(table(3, 0, 0, 0));
    check_same(mantel_haenszel_test(other).plain, mantel_haenszel_test(strata).plain, 1e-10);
    check_same(mantel_haenszel_odds_ratio(other).estimate, mantel_haenszel_odds_ratio(strata).estimate, 1e-12);
    check_same(homogeneity_test(other).tarone, homogeneity_test(strata).tarone, 1e-8);
    RC_ASSERT(agrees(exact_stratified(other)->two_sided, exact_stratified(strata)->two_sided, 1e-10));
    check_same(exact_stratified(other)->odds_ratio, exact_stratified(strata)->odds_ratio, 1e-9);
  }));
}

TEST_CASE("with the groups exchanged, ratios are turned over and differences change their sign") {
  CHECK(rc::check([] {
    const std::vector<TwoGroups> strata = any_strata(30);
    std::vector<TwoGroups> exchanged;
    for (const TwoGroups& groups : strata) exchanged.push_back({groups.reference, groups.focal});
    check_same(mantel_haenszel_test(exchanged).corrected, mantel_haenszel_test(strata).corrected, 1e-9);
    check_same(homogeneity_test(exchanged).breslow_day, homogeneity_test(strata).breslow_day, 1e-8);
    const CommonRatio odds = mantel_haenszel_odds_ratio(strata);
    const CommonRatio turned = mantel_haenszel_odds_ratio(exchanged);
    RC_ASSERT(odds.estimate.has_value() == turned.estimate.has_value());
    if (odds.estimate) RC_ASSERT(agrees(*turned.estimate, 1 / *odds.estimate, 1e-12));
    check_same(turned.log_standard_error, odds.log_standard_error, 1e-10);
    check_same(mantel_haenszel_rate_ratio(exchanged).log_standard_error, mantel_haenszel_rate_ratio(strata).log_standard_error, 1e-10);
    const CommonDifference difference = mantel_haenszel_difference(strata);
    const CommonDifference opposite = mantel_haenszel_difference(exchanged);
    RC_ASSERT(difference.estimate.has_value() == opposite.estimate.has_value());
    if (difference.estimate) RC_ASSERT(agrees(*opposite.estimate, -*difference.estimate, 1e-10, 1e-6));
    check_same(opposite.standard_error, difference.standard_error, 1e-6);
  }));
}

TEST_CASE("twice the strata have the same ratio, and half the variance of its logarithm") {
  CHECK(rc::check([] {
    const std::vector<TwoGroups> strata = any_strata(20);
    std::vector<TwoGroups> twice = strata;
    twice.insert(twice.end(), strata.begin(), strata.end());
    check_same(mantel_haenszel_odds_ratio(twice).estimate, mantel_haenszel_odds_ratio(strata).estimate, 1e-12);
    const Quantity once = mantel_haenszel_odds_ratio(strata).log_standard_error;
    if (once) RC_ASSERT(agrees(*mantel_haenszel_odds_ratio(twice).log_standard_error * std::sqrt(2.0), *once, 1e-10));
    const Answer<ChiSquared> test = mantel_haenszel_test(strata).plain;
    if (test) RC_ASSERT(agrees(mantel_haenszel_test(twice).plain->statistic, 2 * test->statistic, 1e-10, 1e-6));
  }));
}

TEST_CASE("with one stratum the exact test is Fisher's, and with several it is what counting out all their tables says") {
  CHECK(rc::check([] {
    const std::vector<TwoGroups> one{any_strata(15).front()};
    const ExactStratified exact = *exact_stratified(one);
    const FisherTest fisher = fisher_test(one.front());
    RC_ASSERT(agrees(exact.two_sided, fisher.two_sided, 1e-11));
    RC_ASSERT(agrees(exact.less, fisher.less, 1e-11));
    RC_ASSERT(agrees(exact.mid_two_sided, fisher.mid_two_sided, 1e-11));
    const ConditionalOddsRatio odds = conditional_odds_ratio(one.front());
    check_same(exact.odds_ratio, odds.estimate, 1e-10);
    RC_ASSERT(agrees(exact.interval.lower, odds.exact.lower, 1e-10));
    RC_ASSERT(agrees(exact.interval.upper, odds.exact.upper, 1e-10));

    const std::vector<TwoGroups> three{any_strata(6).front(), any_strata(6).front(), any_strata(6).front()};
    std::map<std::int64_t, double> all{{0, 1.0}};
    std::int64_t seen = 0;
    for (const TwoGroups& groups : three) {
      const std::int64_t focal = groups.focal.size().value();
      const std::int64_t events = groups.focal.events().value() + groups.reference.events().value();
      const std::int64_t reference = groups.reference.size().value();
      seen += groups.focal.events().value();
      const auto choose = [](std::int64_t n, std::int64_t k) {
        return std::round(std::exp(std::lgamma(static_cast<double>(n) + 1) - std::lgamma(static_cast<double>(k) + 1) -
                                   std::lgamma(static_cast<double>(n - k) + 1)));
      };
      std::map<std::int64_t, double> next;
      for (const auto& [sum, mass] : all) {
        for (std::int64_t k = std::max<std::int64_t>(0, events - reference); k <= std::min(focal, events); ++k) {
          next[sum + k] += mass * choose(focal, k) * choose(reference, events - k) / choose(focal + reference, events);
        }
      }
      all = next;
    }
    double p = 0;
    for (const auto& [sum, mass] : all) p += mass <= all[seen] * (1 + 1e-7) ? mass : 0;
    RC_ASSERT(agrees(exact_stratified(three)->two_sided, p, 1e-9));
  }));
}

TEST_CASE("where there is no number, it is said why") {
  const std::vector<TwoGroups> nobody{table(0, 6, 0, 9)};
  CHECK(mantel_haenszel_test(nobody).plain.error().why == NoAnswer::Why::undefined);
  CHECK(!mantel_haenszel_odds_ratio(nobody).estimate);
  CHECK(!mantel_haenszel_rate_ratio(nobody).estimate);
  CHECK(*mantel_haenszel_difference(nobody).estimate == 0);
  CHECK(exact_stratified(nobody)->odds_ratio.error().why == NoAnswer::Why::not_identifiable);
  CHECK(exact_stratified(nobody)->interval == Interval{0, infinity});
  const std::vector<TwoGroups> none_in_one{table(0, 6, 3, 9), table(0, 2, 1, 1)};
  CHECK(*mantel_haenszel_odds_ratio(none_in_one).estimate == 0);
  CHECK(!mantel_haenszel_odds_ratio(none_in_one).interval);
  CHECK(!homogeneity_test(none_in_one).breslow_day);
  CHECK(*exact_stratified(none_in_one)->odds_ratio == 0);
  CHECK(!standardised_rates(std::vector<TwoGroups>{table(0, 0, 3, 9)}).focal);
  CHECK(!mantel_haenszel_test({}).plain);
  CHECK(!trend_test(std::vector<Group>{Group(Count(0), Count(4))}, std::vector<double>{1}));
  CHECK(!equal_rates_test(std::vector<Group>{Group(Count(1), Count(4))}));
  const std::vector<TwoGroups> huge(3, table(4e8, 4e8, 4e8, 4e8));
  CHECK(!exact_stratified(huge));
  CHECK(!crude(huge));
  CHECK(agrees(*mantel_haenszel_odds_ratio(huge).estimate, 1, 1e-12));
}
