#include "stats/regression/firth.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "stats_reference.hpp"
#include "stats_table.hpp"

using namespace waymark::stats;

namespace {

void check_interval(const FirthFit::Coefficient& got, const std::vector<double>& wanted) {
  CHECK(agrees(got.interval.lower, wanted[0], 1e-8));
  CHECK(agrees(got.interval.upper, wanted[1], 1e-8));
}

}  // namespace

TEST_CASE("Firth's estimate, profile interval and test agree with brglm2 and the definition") {
  const Table table("endometrial.csv");
  const auto outcome = table.numbers("HG");
  const auto covariates = beside({table.numbers("NV"), table.numbers("PI"), table.numbers("EH")});
  const FirthFit fit = **fit_firth({outcome, covariates, 3});
  for (const Reference& all : references("12_glm.json")) {
    const Reference wanted = all["firth_endometrial"];
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(agrees(fit.coefficient[i]->estimate, wanted["own_coef"][i].number(), 1e-8));
      CHECK(agrees(fit.coefficient[i]->standard_error, wanted["se"][i].number(), 1e-8));
      check_interval(*fit.coefficient[i], wanted["profile_ci"].rows()[i]);
      CHECK(agrees(fit.coefficient[i]->likelihood_ratio.p, wanted["plr_p"][i].number(), 1e-8));
    }
    CHECK(agrees(fit.penalised_log_likelihood, wanted["penalised_loglik"].number(), 1e-8));
  }
}

TEST_CASE("in a table of two by two, Firth adds a half to every cell") {
  for (const Reference& all : references("12_glm.json")) {
    const Reference wanted = all["firth_2x2_zero_cell"];
    const auto outcome = wanted["y"].numbers(), group = wanted["g"].numbers();
    const FirthFit fit = **fit_firth({outcome, group, 1});
    CHECK(agrees(fit.coefficient[1]->estimate, wanted["closed_form"].number(), 1e-8));
    for (std::size_t i = 0; i < 2; ++i) {
      check_interval(*fit.coefficient[i], wanted["profile_ci"].rows()[i]);
      CHECK(agrees(fit.coefficient[i]->likelihood_ratio.p, wanted["p"][i].number(), 1e-8));
    }
  }
}

TEST_CASE("a column that repeats another has no coefficient; without variation there is none at all") {
  const std::vector<double> outcome{0, 1, 0, 1, 1}, covariates{1, 2, 3, 4, 5, 2, 4, 6, 8, 10}, same{1, 1, 1, 1, 1};
  const FirthFit fit = **fit_firth({outcome, covariates, 2});
  CHECK(fit.coefficient[1].has_value());
  CHECK_FALSE(fit.coefficient[2].has_value());
  CHECK_FALSE(fit_firth({same, covariates, 2})->has_value());
  CHECK_FALSE(fit_firth({}).has_value());
}
