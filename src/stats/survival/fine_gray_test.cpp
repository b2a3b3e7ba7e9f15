#include "stats/survival/fine_gray.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "stats_reference.hpp"
#include "stats_table.hpp"

using namespace waymark::stats;

namespace {

struct Mgus {
  std::vector<Day> stop;
  std::vector<std::uint8_t> cause;
  std::vector<double> covariates;

  Mgus() {
    const Table table("mgus2.csv");
    covariates = beside({table.numbers("age"), table.indicator("sex", "M")});
    const auto ptime = table.days("ptime"), futime = table.days("futime");
    const auto progressed = table.numbers("pstat"), died = table.numbers("death");
    for (std::size_t row = 0; row < table.rows(); ++row) {
      stop.push_back(progressed[row] == 0 ? futime[row] : ptime[row]);
      cause.push_back(progressed[row] != 0 ? 1 : died[row] != 0 ? 2 : 0);
    }
  }

  [[nodiscard]] CoxData data() const { return {{{}, stop, cause}, covariates, 2}; }
};

}  // namespace

TEST_CASE("Fine–Gray agrees with finegray and coxph") {
  const Mgus mgus;
  const auto got = fit_fine_gray(mgus.data(), 1);
  REQUIRE(got);
  REQUIRE(*got);
  for (const Reference& all : references("13_competing.json")) {
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK(agrees((*got)->coefficient[i], all["finegray"]["coef"][i].number(), 1e-7));
      CHECK(agrees(std::sqrt((*got)->stretch_covariance[i * 3]), all["finegray"]["robust_se"][i].number(), 1e-7));
    }
  }
  // The same model with cluster = id, R 4.2.2, survival 3.5-3.
  CHECK(agrees(std::sqrt((*got)->robust_covariance[0]), 0.00570293163538, 1e-7));
  CHECK(agrees(std::sqrt((*got)->robust_covariance[3]), 0.18563469477098, 1e-7));
}

TEST_CASE("Cox models of each cause agree with coxph") {
  const Mgus mgus;
  for (const std::uint8_t cause : {std::uint8_t{1}, std::uint8_t{2}}) {
    std::vector<std::uint8_t> only;
    for (const std::uint8_t how : mgus.cause) only.push_back(how == cause);
    const auto fit = **fit_cox({{{}, mgus.stop, only}, mgus.covariates, 2});
    for (const Reference& all : references("13_competing.json")) {
      const Reference wanted = all["cause_specific"];
      for (std::size_t i = 0; i < 2; ++i) {
        CHECK(agrees(fit.coefficient[i], wanted[cause == 1 ? "pcm" : "death"][i].number(), 1e-7));
        if (cause == 1) CHECK(agrees(*fit.standard_error(i), wanted["pcm_se"][i].number(), 1e-7));
      }
    }
  }
}

TEST_CASE("without competing events Fine–Gray is a Cox model") {
  const Mgus mgus;
  std::vector<std::uint8_t> only;
  for (const std::uint8_t how : mgus.cause) only.push_back(how == 1);
  const CoxData data{{{}, mgus.stop, only}, mgus.covariates, 2};
  const auto a = **fit_fine_gray(data, 1);
  const auto b = **fit_cox(data);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(a.coefficient[i] == doctest::Approx(b.coefficient[i]).epsilon(1e-9));
    CHECK(a.covariance[i * 3] == doctest::Approx(b.covariance[i * 3]).epsilon(1e-9));
  }
}

TEST_CASE("what Fine–Gray has no form for is refused, what it cannot know is undefined") {
  Mgus mgus;
  CoxData data = mgus.data();
  CHECK_FALSE(fit_fine_gray(data, 0).has_value());
  CHECK_FALSE(fit_fine_gray(data, 9)->has_value());
  const std::vector<Code> cluster(mgus.stop.size());
  data.cluster = cluster;
  CHECK_FALSE(fit_fine_gray(data, 1).has_value());
}

TEST_CASE("the same rows as a second stratum say the same a second time, whatever was censored when") {
  const Mgus mgus;
  const CoxData once = mgus.data();
  const std::size_t n = mgus.stop.size();
  std::vector<Day> stop = mgus.stop;
  std::vector<std::uint8_t> cause = mgus.cause;
  for (std::size_t row = 0; row < n; ++row) {
    stop.push_back(mgus.stop[row] + 1000);
    cause.push_back(mgus.cause[row]);
  }
  std::vector<double> covariates;
  for (std::size_t column = 0; column < once.columns; ++column) {
    for (int copy = 0; copy < 2; ++copy) {
      covariates.insert(covariates.end(), mgus.covariates.begin() + static_cast<std::ptrdiff_t>(column * n),
                        mgus.covariates.begin() + static_cast<std::ptrdiff_t>((column + 1) * n));
    }
  }
  std::vector<Code> stratum(n, 4);
  stratum.resize(2 * n, 1);
  const auto plain = **fit_fine_gray(once, 1);
  const auto twice = **fit_fine_gray({{{}, stop, cause}, covariates, once.columns, stratum}, 1);
  CHECK(twice.events == 2 * plain.events);
  for (std::size_t i = 0; i < once.columns; ++i) {
    CHECK(twice.coefficient[i] == doctest::Approx(plain.coefficient[i]).epsilon(1e-9));
    CHECK(2 * twice.covariance[i * (once.columns + 1)] == doctest::Approx(plain.covariance[i * (once.columns + 1)]).epsilon(1e-9));
    CHECK(2 * twice.robust_covariance[i * (once.columns + 1)] == doctest::Approx(plain.robust_covariance[i * (once.columns + 1)]).epsilon(1e-9));
  }
}
