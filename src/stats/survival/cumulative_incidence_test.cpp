#include "stats/survival/cumulative_incidence.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats/survival/kaplan_meier.hpp"
#include "stats_reference.hpp"
#include "stats_table.hpp"

using namespace waymark::stats;

namespace {

struct Mgus {
  std::vector<Day> stop;
  std::vector<std::uint8_t> cause;
  std::vector<Code> sex;

  Mgus() {
    const Table table("mgus2.csv");
    sex = table.codes("sex");
    const auto ptime = table.days("ptime"), futime = table.days("futime");
    const auto progressed = table.numbers("pstat"), died = table.numbers("death");
    for (std::size_t row = 0; row < table.rows(); ++row) {
      stop.push_back(progressed[row] == 0 ? futime[row] : ptime[row]);
      cause.push_back(progressed[row] != 0 ? 1 : died[row] != 0 ? 2 : 0);
    }
  }
};

}  // namespace

TEST_CASE("Aalen–Johansen shares and their errors agree with survfit") {
  const Mgus data;
  const auto curves = cumulative_incidence(Spells{{}, data.stop, data.cause}, data.sex);
  REQUIRE(curves);
  const auto naive = kaplan_meier(Spells{{}, data.stop, data.cause}, data.sex);
  for (const Reference& all : references("13_competing.json")) {
    const Reference wanted = all["mgus2_aj"];
    const auto share = wanted["pstate"].rows(), error = wanted["std_err"].rows();
    for (std::size_t at = 0; at < wanted["time"].size(); ++at) {
      const IncidenceCurve& curve = (*curves)[wanted["strata"][at].text() == "sex=F" ? 0 : 1];
      for (std::size_t state = 0; state < 3; ++state) {
        CAPTURE(at);
        CAPTURE(state);
        const auto got = curve.at(static_cast<Day>(wanted["time"][at].number()), state);
        CHECK(agrees(got.share, share[at][state], 1e-10));
        CHECK(agrees(got.standard_error, error[at][state], 1e-10));
      }
    }
  }
}

TEST_CASE("one minus Kaplan–Meier overstates the incidence, by as much as R says") {
  const Mgus data;
  std::vector<std::uint8_t> progressed;
  for (const std::uint8_t cause : data.cause) progressed.push_back(cause == 1);
  const auto naive = *kaplan_meier(Spells{{}, data.stop, progressed}, data.sex);
  const auto honest = *cumulative_incidence(Spells{{}, data.stop, data.cause}, data.sex);
  for (const Reference& all : references("13_competing.json")) {
    for (std::size_t sex = 0; sex < 2; ++sex) {
      CHECK(agrees(1 - naive[sex].at(240), all["mgus2_naive_1mKM_240"][sex].number(), 1e-12));
      CHECK(honest[sex].at(240, 1).share < 1 - naive[sex].at(240));
    }
  }
}

TEST_CASE("Gray's test agrees with cmprsk") {
  const Mgus data;
  for (const Reference& all : references("13_competing.json")) {
    for (std::uint8_t cause = 1; cause <= 2; ++cause) {
      const auto got = gray_test(Spells{{}, data.stop, data.cause}, cause, data.sex);
      REQUIRE(got);
      REQUIRE(*got);
      CHECK(agrees((*got)->chi_squared, all["gray"]["stat"][cause - 1U].number(), 1e-10));
      CHECK(agrees((*got)->p, all["gray"]["p"][cause - 1U].number(), 1e-10));
      CHECK((*got)->degrees_of_freedom == 1);
    }
  }
}

TEST_CASE("the squared errors are what taking each row's weight up and down gives, with delayed entry too") {
  CHECK(rc::check([] {
    const auto rows = *rc::gen::resize(14, rc::gen::nonEmpty(rc::gen::container<std::vector<std::tuple<int, int, int>>>(
                                               rc::gen::tuple(rc::gen::inRange(0, 6), rc::gen::inRange(1, 8), rc::gen::inRange(0, 3)))));
    std::vector<Day> start, stop;
    std::vector<std::uint8_t> cause{};
    for (const auto& [from, length, how] : rows) {
      start.push_back(from);
      stop.push_back(from + length);
      cause.push_back(static_cast<std::uint8_t>(how));
    }
    // Somebody from the beginning to the end, so that nobody's leaving empties the risk set.
    start.push_back(0);
    stop.push_back(20);
    cause.push_back(0);
    const IncidenceCurve curve = (*cumulative_incidence(Spells{start, stop, cause}))[0];
    const auto share = [&](Day until, std::size_t of, std::size_t heavier, double weight) {
      double free = 1, incidence = 0;
      for (Day day = 1; day <= until; ++day) {
        double n = 0, any = 0, own = 0;
        for (std::size_t i = 0; i < stop.size(); ++i) {
          const double w = i == heavier ? weight : 1;
          if (start[i] < day && day <= stop[i]) n += w;
          if (stop[i] == day && cause[i] != 0) any += w;
          if (stop[i] == day && cause[i] == of) own += w;
        }
        if (n == 0) continue;
        if (of != 0) incidence += free * own / n;
        free *= 1 - any / n;
      }
      return of == 0 ? free : incidence;
    };
    const std::size_t causes = std::min<std::size_t>(curve.table.causes, 2);
    for (std::size_t of = 0; of <= causes; ++of) {
      for (const Day until : {Day{3}, Day{6}, Day{11}}) {
        double variance = 0;
        for (std::size_t i = 0; i < stop.size(); ++i) {
          const double slope = (share(until, of, i, 1 + 1e-4) - share(until, of, i, 1 - 1e-4)) / 2e-4;
          variance += slope * slope;
        }
        const auto got = curve.at(until, of);
        RC_ASSERT(std::abs(got.share - share(until, of, 0, 1)) < 1e-12);
        RC_ASSERT(std::abs(got.standard_error - std::sqrt(variance)) < 1e-6);
      }
    }
  }));
}

TEST_CASE("Gray's test does not depend on the names or the order of the groups, and is undefined without a comparison") {
  const std::vector<Day> stop{2, 3, 3, 5, 6, 8, 9, 9};
  const std::vector<std::uint8_t> cause{1, 2, 1, 0, 1, 2, 1, 0};
  const std::vector<Code> group{0, 1, 2, 0, 1, 2, 0, 1}, renamed{5, 1, 0, 5, 1, 0, 5, 1}, one(8, 0);
  const auto a = *gray_test(Spells{{}, stop, cause}, 1, group);
  const auto b = *gray_test(Spells{{}, stop, cause}, 1, renamed);
  REQUIRE(a.has_value());
  CHECK(a->degrees_of_freedom == 2);
  CHECK(b->chi_squared == doctest::Approx(a->chi_squared).epsilon(1e-12));
  CHECK_FALSE(gray_test(Spells{{}, stop, cause}, 1, one)->has_value());
  CHECK_FALSE(gray_test(Spells{{}, stop, cause}, 3, group)->has_value());
  CHECK_FALSE(gray_test(Spells{{}, stop, cause}, 0, group).has_value());
}

TEST_CASE("of an incidence that everybody's end makes certain the standard error is 0, and not what rounding left") {
  std::vector<Day> stop;
  for (Day day = 1; day <= 300; ++day) stop.push_back(day % 97 * 5 + 1);
  std::vector<std::uint8_t> cause(stop.size(), 1);
  cause[3] = cause[9] = cause[70] = 0;
  const IncidenceCurve curve = (*cumulative_incidence(Spells{{}, stop, cause}))[0];
  CHECK(curve.incidence.back() == doctest::Approx(1).epsilon(1e-12));
  CHECK(curve.incidence_standard_error.back() == 0);
  CHECK(curve.free_standard_error.back() == 0);
}

TEST_CASE("Gray's test with weights, in strata, agrees with cmprsk 2.2-11, and takes no negative weight") {
  const std::vector<Day> stop{2, 3, 3, 5, 6, 8, 9, 9, 4, 3, 7, 7, 2, 11, 6, 1};
  const std::vector<std::uint8_t> cause{1, 2, 1, 0, 1, 2, 1, 0, 1, 1, 2, 0, 1, 0, 2, 1};
  const std::vector<Code> group{0, 1, 2, 0, 1, 2, 0, 1, 2, 2, 1, 0, 0, 1, 2, 2};
  const std::vector<Code> stratum{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1};
  // cuminc(stop, cause, group, stratum, rho, cencode = 0)$Tests
  const std::vector<std::array<double, 3>> expected{
      {0, 1.8483940744657188, 1.6754332247587387}, {1, 2.2782153759068504, 1.6185351102252292}, {0.5, 2.0916854270486924, 1.647173003388176}};
  for (const auto& [rho, first, second] : expected) {
    CHECK((*gray_test(Spells{{}, stop, cause}, 1, group, stratum, rho))->chi_squared == doctest::Approx(first).epsilon(1e-12));
    CHECK((*gray_test(Spells{{}, stop, cause}, 2, group, stratum, rho))->chi_squared == doctest::Approx(second).epsilon(1e-12));
  }
  CHECK_FALSE(gray_test(Spells{{}, stop, cause}, 1, group, stratum, -1).has_value());
}
