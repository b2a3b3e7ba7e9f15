#include "stats/fisher.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats_reference.hpp"

using namespace waymark;
using namespace waymark::stats;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TwoGroups table(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
  return {Group(Count(a), Count(a + b)), Group(Count(c), Count(c + d))};
}
TwoGroups table(const Reference& rows) {
  const auto cells = rows.rows();
  const auto whole = [](double value) { return static_cast<std::int64_t>(value); };
  return table(whole(cells[0][0]), whole(cells[0][1]), whole(cells[1][0]), whole(cells[1][1]));
}

TwoGroups any_table(int most) {
  const int focal = *rc::gen::inRange(0, most + 1);
  const int reference = *rc::gen::inRange(0, most + 1);
  const int x = *rc::gen::inRange(0, focal + 1);
  const int y = *rc::gen::inRange(0, reference + 1);
  return table(x, focal - x, y, reference - y);
}

/// All tables of the same margins, and their probabilities at an odds ratio, from products of whole numbers.
struct Enumerated {
  std::int64_t first = 0;
  std::vector<long double> mass;
  std::size_t seen = 0;
};
Enumerated enumerate(const TwoGroups& groups, double odds_ratio = 1) {
  const auto choose = [](std::int64_t n, std::int64_t k) {
    long double result = 1;
    for (std::int64_t i = 0; i < k; ++i) result = result * static_cast<long double>(n - i) / static_cast<long double>(i + 1);
    return result;
  };
  const std::int64_t focal = groups.focal.size().value();
  const std::int64_t reference = groups.reference.size().value();
  const std::int64_t events = groups.focal.events().value() + groups.reference.events().value();
  Enumerated result{std::max<std::int64_t>(0, events - reference), {}, 0};
  long double total = 0;
  for (std::int64_t k = result.first; k <= std::min(focal, events); ++k) {
    result.mass.push_back(choose(focal, k) * choose(reference, events - k) *
                          std::pow(static_cast<long double>(odds_ratio), static_cast<long double>(k)));
    total += result.mass.back();
  }
  for (long double& mass : result.mass) mass /= total;
  result.seen = static_cast<std::size_t>(groups.focal.events().value() - result.first);
  return result;
}

}  // namespace

TEST_CASE("Fisher's test, mid-p and the conditional odds ratio agree with the references") {
  for (const Reference& file : references("04_fisher.json")) {
    for (const std::string& name : file.keys()) {
      const Reference wanted = file[name];
      CAPTURE(wanted.path());
      const TwoGroups groups = table(wanted["table"]);
      const FisherTest test = fisher_test(groups);
      CHECK(agrees(test.two_sided, wanted["p_two_sided_minlik"].number(), 1e-10));
      CHECK(agrees(test.two_sided, wanted["r_fisher_p"].number(), 1e-10));
      CHECK(agrees(test.greater, wanted["p_greater"].number(), 1e-10));
      CHECK(agrees(test.less, wanted["p_less"].number(), 1e-10));
      CHECK(agrees(test.mid_greater, wanted["midp_greater"].number(), 1e-10));
      CHECK(agrees(test.mid_less, wanted["midp_less"].number(), 1e-10));
      CHECK(agrees(test.mid_two_sided_doubled, wanted["midp_two_sided_doubling"].number(), 1e-10));
      CHECK(agrees(test.mid_two_sided, wanted["midp_two_sided_minlik"].number(), 1e-10));
      const ConditionalOddsRatio odds = conditional_odds_ratio(groups);
      if (name == "both_zero") {
        // R gives 0, because it asks for the smallest table first. The table is the largest as well, and every odds ratio fits it.
        CHECK(odds.estimate.error().why == NoAnswer::Why::not_identifiable);
      } else {
        CHECK(agrees(*odds.estimate, wanted["or_cmle"].number(), 1e-10));
      }
      CHECK(agrees(odds.exact.lower, wanted["ci"].numbers()[0], 1e-10));
      CHECK(agrees(odds.exact.upper, wanted["ci"].numbers()[1], 1e-10));
      CHECK(agrees(odds.mid_p.lower, wanted["midp_ci"].numbers()[0], 1e-10));
      CHECK(agrees(odds.mid_p.upper, wanted["midp_ci"].numbers()[1], 1e-10));
      REQUIRE(odds.median_unbiased.has_value() != wanted["midp_mue_or"].is_null());
      if (odds.median_unbiased) CHECK(agrees(*odds.median_unbiased, wanted["midp_mue_or"].number(), 1e-10));
    }
  }
}

TEST_CASE("Boschloo's test agrees with a fine search by scipy") {
  for (const Reference& file : references("15_boschloo.json")) {
    for (const std::string& name : file.keys()) {
      if (!name.starts_with("boschloo_")) continue;
      const Reference wanted = file[name];
      CAPTURE(wanted.path());
      const TwoGroups groups = table(wanted["rows_group_cols_outcome"]);
      const BoschlooTest test = *boschloo_test(groups);
      CHECK(agrees(test.less, wanted["p_less"].number(), 1e-8));
      CHECK(agrees(test.greater, wanted["p_greater"].number(), 1e-8));
      CHECK(agrees(test.two_sided, wanted["p_two"].number(), 1e-8));
      CHECK(agrees(fisher_test(groups).two_sided, wanted["fisher_p"].number(), 1e-10));
    }
  }
}

TEST_CASE("small tables agree with counting out every table of the same margins") {
  CHECK(rc::check([] {
    const TwoGroups groups = any_table(25);
    const Enumerated all = enumerate(groups);
    const FisherTest test = fisher_test(groups);
    long double less = 0;
    long double greater = 0;
    long double unlikely = 0;
    for (std::size_t i = 0; i < all.mass.size(); ++i) {
      if (i <= all.seen) less += all.mass[i];
      if (i >= all.seen) greater += all.mass[i];
      if (all.mass[i] <= all.mass[all.seen] * (1 + 1e-7L)) unlikely += all.mass[i];
    }
    RC_ASSERT(agrees(test.less, static_cast<double>(less), 1e-12));
    RC_ASSERT(agrees(test.greater, static_cast<double>(greater), 1e-12));
    RC_ASSERT(agrees(test.two_sided, static_cast<double>(unlikely), 1e-12));
    RC_ASSERT(agrees(std::exp(test.log_two_sided), static_cast<double>(unlikely), 1e-12));
    RC_ASSERT(agrees(test.mid_less + test.mid_greater, 1, 1e-12));
  }));
}

TEST_CASE("the bounds of the conditional interval leave just the tails they promise, and the estimate gives the mean that was seen") {
  CHECK(rc::check([] {
    const TwoGroups groups = any_table(25);
    const ConditionalOddsRatio odds = conditional_odds_ratio(groups, Confidence(0.9));
    RC_ASSERT(odds.exact.lower <= odds.mid_p.lower && odds.mid_p.upper <= odds.exact.upper);
    const auto tail = [&](double odds_ratio, bool upper, long double own) {
      const Enumerated all = enumerate(groups, odds_ratio);
      long double sum = all.mass[all.seen] * own;
      for (std::size_t i = 0; i < all.mass.size(); ++i) sum += (upper ? i > all.seen : i < all.seen) ? all.mass[i] : 0;
      return static_cast<double>(sum);
    };
    if (odds.exact.lower > 0) RC_ASSERT(agrees(tail(odds.exact.lower, true, 1), 0.05, 1e-10));
    if (odds.exact.upper < infinity) RC_ASSERT(agrees(tail(odds.exact.upper, false, 1), 0.05, 1e-10));
    if (odds.mid_p.lower > 0) RC_ASSERT(agrees(tail(odds.mid_p.lower, true, 0.5L), 0.05, 1e-10));
    if (odds.mid_p.upper < infinity) RC_ASSERT(agrees(tail(odds.mid_p.upper, false, 0.5L), 0.05, 1e-10));
    if (odds.estimate && *odds.estimate > 0 && *odds.estimate < infinity) {
      const Enumerated all = enumerate(groups, *odds.estimate);
      long double mean = 0;
      for (std::size_t i = 0; i < all.mass.size(); ++i) mean += all.mass[i] * static_cast<long double>(i);
      RC_ASSERT(agrees(static_cast<double>(mean), static_cast<double>(all.seen), 1e-10));
    }
  }));
}

TEST_CASE("with the groups exchanged, less is greater and the odds ratio is turned over") {
  CHECK(rc::check([] {
    const TwoGroups groups = any_table(300);
    const TwoGroups exchanged{groups.reference, groups.focal};
    const FisherTest test = fisher_test(groups);
    const FisherTest turned = fisher_test(exchanged);
    RC_ASSERT(agrees(test.less, turned.greater, 1e-11));
    RC_ASSERT(agrees(test.two_sided, turned.two_sided, 1e-11));
    RC_ASSERT(agrees(test.mid_two_sided, turned.mid_two_sided, 1e-11));
    const ConditionalOddsRatio odds = conditional_odds_ratio(groups);
    const ConditionalOddsRatio over = conditional_odds_ratio(exchanged);
    RC_ASSERT(odds.estimate.has_value() == over.estimate.has_value());
    if (odds.estimate) RC_ASSERT(agrees(*odds.estimate, 1 / *over.estimate, 1e-10));
    RC_ASSERT(agrees(odds.exact.lower, 1 / over.exact.upper, 1e-10));
  }));
}

TEST_CASE("Boschloo's test is never weaker than Fisher's, one-sided, and is a probability") {
  CHECK(rc::check([] {
    const TwoGroups groups = any_table(12);
    const FisherTest fisher = fisher_test(groups);
    const BoschlooTest test = *boschloo_test(groups);
    RC_ASSERT(test.less <= fisher.less + 1e-12 && test.greater <= fisher.greater + 1e-12);
    RC_ASSERT(test.less > 0 && test.two_sided <= 1);
  }));
}

TEST_CASE("zero cells give one-sided bounds, empty groups no test, and nothing is NaN") {
  const ConditionalOddsRatio none = conditional_odds_ratio(table(0, 10, 7, 13));
  CHECK(*none.estimate == 0);
  CHECK(none.exact.lower == 0);
  CHECK(std::isfinite(none.exact.upper));
  const ConditionalOddsRatio all = conditional_odds_ratio(table(5, 0, 0, 5));
  CHECK(*all.estimate == infinity);
  CHECK(all.exact.upper == infinity);
  for (const TwoGroups& groups : {table(0, 0, 0, 0), table(0, 0, 3, 4), table(0, 6, 0, 9), table(6, 0, 9, 0)}) {
    CHECK(fisher_test(groups).two_sided == 1);
    CHECK(conditional_odds_ratio(groups).exact == Interval{0, infinity});
    CHECK(boschloo_test(groups)->two_sided == doctest::Approx(1));
  }
  CHECK(!boschloo_test(table(5000, 5000, 5000, 5000)));
}

TEST_CASE("a thousand million in each group are no trouble") {
  const TwoGroups groups = table(500'000'000, 500'000'000, 499'950'000, 500'050'000);
  const FisherTest test = fisher_test(groups);
  // z = 100,000/√(10⁹) = 2.236; the normal approximation is good to a few millionths here.
  CHECK(agrees(test.two_sided, 0.0253473, 1e-3));
  const ConditionalOddsRatio odds = conditional_odds_ratio(groups);
  CHECK(agrees(*odds.estimate, 500'000'000.0 / 500'000'000 * 500'050'000 / 499'950'000, 1e-8));
  CHECK(odds.exact.lower > 1);
  const FisherTest far = fisher_test(table(900'000'000, 100'000'000, 100'000'000, 900'000'000));
  CHECK(far.two_sided == 0);
  CHECK(std::isfinite(far.log_two_sided));
  CHECK(far.log_two_sided < -1e8);
}
