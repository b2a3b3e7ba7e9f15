#include "stats/survival/log_rank.hpp"

#include <bit>
#include <cmath>
#include <numeric>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats_reference.hpp"
#include "stats_table.hpp"

using namespace waymark::stats;

namespace {

void check_test(const waymark::Result<Answer<LogRank>>& got, const Reference& wanted) {
  CAPTURE(wanted.path());
  REQUIRE(got);
  REQUIRE(*got);
  const LogRank& test = **got;
  const std::size_t groups = wanted["n"].size();
  REQUIRE(test.rows.size() == groups);
  const auto covariance = wanted["var"].rows();
  for (std::size_t i = 0; i < groups; ++i) {
    CHECK(static_cast<double>(test.rows[i]) == wanted["n"][i].number());
    CHECK(agrees(test.observed[i], wanted["observed"][i].number(), 1e-12));
    CHECK(agrees(test.expected[i], wanted["expected"][i].number(), 1e-12));
    for (std::size_t j = 0; j < groups; ++j) CHECK(agrees(test.covariance[i * groups + j], covariance[i][j], 1e-12));
  }
  CHECK(agrees(test.chi_squared, wanted["chisq"].number(), 1e-12));
  CHECK(static_cast<double>(test.degrees_of_freedom) == wanted["df"].number());
  CHECK(agrees(test.p, wanted["p"].number(), 1e-10));
  CHECK(agrees(test.log_p, wanted["log_p"].number(), 1e-10));
}

struct Rows {
  std::vector<Day> stop;
  std::vector<std::uint8_t> cause;
  std::vector<Code> group;

  [[nodiscard]] Spells spells() const { return {{}, stop, cause}; }
};

rc::Gen<Rows> some_rows(int most, int groups) {
  const auto row = rc::gen::tuple(rc::gen::inRange(0, 10), rc::gen::arbitrary<bool>(), rc::gen::inRange<Code>(0, static_cast<Code>(groups)));
  return rc::gen::map(rc::gen::resize(most, rc::gen::nonEmpty(rc::gen::container<std::vector<std::tuple<int, bool, Code>>>(row))),
                      [](const auto& rows) {
                        Rows result;
                        for (const auto& [day, event, group] : rows) {
                          result.stop.push_back(day);
                          result.cause.push_back(event);
                          result.group.push_back(group);
                        }
                        return result;
                      });
}

/// P(|T − mean| ≥ |t − mean|) over all ways to choose the first group, one by one.
double by_enumeration(const Rows& rows) {
  const std::size_t n = rows.stop.size();
  std::vector<double> scores;
  for (std::size_t i = 0; i < n; ++i) {
    double hazard = 0;
    for (Day day = 0; day <= rows.stop[i]; ++day) {
      double at_risk = 0, events = 0;
      for (std::size_t j = 0; j < n; ++j) {
        at_risk += rows.stop[j] >= day;
        events += rows.stop[j] == day && rows.cause[j];
      }
      if (events > 0) hazard += events / at_risk;
    }
    scores.push_back(rows.cause[i] - hazard);
  }
  unsigned mine = 0;
  for (std::size_t i = 0; i < n; ++i) mine |= rows.group[i] == 0 ? 1U << i : 0U;
  const auto sum = [&](unsigned chosen) {
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) total += chosen >> i & 1 ? scores[i] : 0;
    return total;
  };
  const double mean = std::accumulate(scores.begin(), scores.end(), 0.0) * std::popcount(mine) / static_cast<double>(n);
  double extreme = 0, all = 0;
  for (unsigned chosen = 0; chosen < 1U << n; ++chosen) {
    if (std::popcount(chosen) != std::popcount(mine)) continue;
    ++all;
    extreme += std::abs(sum(chosen) - mean) >= std::abs(sum(mine) - mean) - 1e-9;
  }
  return extreme / all;
}

}  // namespace

TEST_CASE("the log-rank test agrees with survdiff: k groups, strata and G^rho") {
  for (const Reference& all : references("02_logrank.json")) {
    Table lung("lung.csv");
    const auto test = [](const Table& table, const char* time, const char* status, double event, const char* group, const char* stratum = nullptr,
                         double rho = 0) {
      const auto stop = table.days(time);
      const auto cause = table.events(status, event);
      const auto groups = table.codes(group);
      const auto strata = stratum == nullptr ? std::vector<Code>() : table.codes(stratum);
      return log_rank(Spells{{}, stop, cause}, groups, strata, rho);
    };
    check_test(test(lung, "time", "status", 2, "sex"), all["lung_sex"]);
    check_test(test(lung, "time", "status", 2, "sex", nullptr, 1), all["lung_sex_rho1"]);
    Table by_ecog = lung;
    by_ecog.drop_missing({"ph.ecog"});
    check_test(test(by_ecog, "time", "status", 2, "sex", "ph.ecog"), all["lung_sex_strat_ecog"]);
    lung.drop_missing({"inst"});
    check_test(test(lung, "time", "status", 2, "sex", "inst"), all["lung_sex_strat_inst"]);
    const Table ovarian("ovarian.csv");
    check_test(test(ovarian, "futime", "fustat", 1, "rx"), all["ovarian_rx"]);
    check_test(test(Table("aml.csv"), "time", "status", 1, "x"), all["aml"]);
    check_test(test(Table("pbc.csv"), "time", "status", 2, "edema"), all["pbc_edema"]);

    const Table veteran("veteran.csv");
    std::vector<Code> cell_type;
    for (const std::string& type : veteran.texts("celltype"))
      cell_type.push_back(type == "squamous" ? 0 : type == "smallcell" ? 1 : type == "adeno" ? 2 : 3);
    const auto stop = veteran.days("time");
    const auto cause = veteran.events("status", 1);
    check_test(log_rank(Spells{{}, stop, cause}, cell_type), all["veteran_celltype"]);
    const auto treatment = veteran.codes("trt");
    check_test(log_rank(Spells{{}, stop, cause}, cell_type, treatment), all["veteran_celltype_strat_trt"]);
  }
}

TEST_CASE("the exact log-rank test agrees with coin") {
  const Table aml("aml.csv");
  const auto stop = aml.days("time");
  const auto cause = aml.events("status", 1);
  const auto group = aml.codes("x");
  const auto got = exact_log_rank(Spells{{}, stop, cause}, group);
  REQUIRE(got);
  REQUIRE(*got);
  for (const Reference& all : references("02_logrank.json")) {
    CHECK(agrees(std::abs((*got)->z), all["aml_exact_coin"]["z"].number(), 1e-12));
    CHECK(agrees((*got)->p, all["aml_exact_coin"]["p"].number(), 1e-10));
    CHECK((*got)->assignments == 1352078);
  }
}

TEST_CASE("the exact log-rank test is the one that counting every assignment gives") {
  CHECK(rc::check([] {
    const Rows rows = *some_rows(11, 2);
    const auto got = exact_log_rank(rows.spells(), rows.group);
    RC_ASSERT(got.has_value());
    if (!*got) return;
    RC_ASSERT(std::abs((*got)->p - by_enumeration(rows)) < 1e-9);
  }));
}

TEST_CASE("other names for the groups, another order of rows, another unit and an added lonely stratum leave the test as it is") {
  CHECK(rc::check([] {
    const Rows rows = *some_rows(40, 3);
    Rows other;
    std::vector<Code> stratum;
    for (std::size_t at = rows.stop.size(); at-- > 0;) {
      other.stop.push_back(rows.stop[at] * 86'400);
      other.cause.push_back(rows.cause[at]);
      other.group.push_back(2 - rows.group[at]);
      stratum.push_back(3);
    }
    other.stop.push_back(5);
    other.cause.push_back(1);
    other.group.push_back(0);
    stratum.push_back(7);
    const auto a = *log_rank(rows.spells(), rows.group);
    const auto b = *log_rank(other.spells(), other.group, stratum);
    RC_ASSERT(a.has_value() == b.has_value());
    if (!a) return;
    RC_ASSERT(a->degrees_of_freedom == b->degrees_of_freedom);
    RC_ASSERT(std::abs(a->chi_squared - b->chi_squared) <= 1e-9 * (1 + a->chi_squared));
  }));
}

TEST_CASE("delayed entry counts a row only while it is under observation") {
  // Cut in two at day 4, nobody changes: the same test.
  const std::vector<Day> whole{3, 6, 7, 9};
  const std::vector<std::uint8_t> cause{1, 1, 0, 1};
  const std::vector<Code> group{0, 1, 0, 1};
  const std::vector<Day> start{0, 0, 4, 0, 4, 0, 4}, stop{3, 4, 6, 4, 7, 4, 9};
  const std::vector<std::uint8_t> cut_cause{1, 0, 1, 0, 0, 0, 1};
  const std::vector<Code> cut_group{0, 1, 1, 0, 0, 1, 1};
  const auto a = *log_rank(Spells{{}, whole, cause}, group);
  const auto b = *log_rank(Spells{start, stop, cut_cause}, cut_group);
  CHECK(a->chi_squared == doctest::Approx(b->chi_squared).epsilon(1e-13));
}

TEST_CASE("where nothing can be compared the test says so") {
  const std::vector<Day> stop{3, 5};
  const std::vector<std::uint8_t> none{0, 0}, all{1, 1};
  const std::vector<Code> one{0, 0}, two{0, 1};
  CHECK_FALSE(log_rank(Spells{{}, stop, none}, two)->has_value());
  CHECK_FALSE(log_rank(Spells{{}, stop, all}, one)->has_value());
  CHECK_FALSE(log_rank(Spells{{}, stop, all}, two, two)->has_value());
  CHECK_FALSE(exact_log_rank(Spells{{}, stop, all}, one)->has_value());
}

TEST_CASE("one row, one day for all, nobody with the event, and a weight that is no number") {
  const std::vector<Day> lone{3}, tied{4, 4, 4, 4};
  const std::vector<std::uint8_t> event{1}, some{1, 0, 1, 1}, none{0, 0, 0, 0}, all{1, 1, 1, 1};
  const std::vector<Code> one{0}, two{0, 0, 1, 1};
  CHECK_FALSE(log_rank(Spells{{}, lone, event}, one)->has_value());
  CHECK_FALSE(log_rank(Spells{{}, tied, none}, two)->has_value());
  // One table of the day: observed 1 of 2 where 1.5 was expected, variance 3·¼·(4 − 3)/(4 − 1).
  const auto day = *log_rank(Spells{{}, tied, some}, two);
  REQUIRE(day);
  CHECK(day->chi_squared == doctest::Approx(1.0));
  // Everybody had it on that day: nothing was left to chance.
  CHECK_FALSE(log_rank(Spells{{}, tied, all}, two)->has_value());
  CHECK_FALSE(exact_log_rank(Spells{{}, tied, all}, two)->has_value());
  CHECK_FALSE(log_rank(Spells{{}, tied, some}, two, {}, HUGE_VAL).has_value());
  CHECK_FALSE(log_rank(Spells{{}, tied, some}, two, {}, std::nan("")).has_value());
  CHECK_FALSE(log_rank(Spells{}, {}).has_value());
}
