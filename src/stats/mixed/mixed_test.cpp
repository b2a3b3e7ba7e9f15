#include "stats/mixed/mixed.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "stats/mixed/marginal.hpp"
#include "stats_reference.hpp"
#include "stats_table.hpp"

using namespace waymark::stats;

namespace {

struct Herds {
  std::vector<Group> outcome;
  std::vector<Code> herd;

  Herds() {
    const Table t("cbpp.csv");
    const auto events = t.days("incidence"), sizes = t.days("size");
    for (std::size_t i = 0; i < t.rows(); ++i) outcome.emplace_back(Count(events[i]), Count(sizes[i]));
    herd = t.codes("herd");
  }
  [[nodiscard]] MixedLogitData data() const { return {outcome, {}, 0, herd}; }
};

struct Wine {
  std::vector<Code> rating, judge;
  std::vector<double> covariates;

  Wine() {
    const Table t("wine.csv");
    rating = t.codes("rating");
    judge = t.codes("judge");
    covariates = beside({t.indicator("temp", "warm"), t.indicator("contact", "yes")});
  }
  [[nodiscard]] MixedOrdinalData data() const { return {rating, covariates, 2, judge}; }
};

}  // namespace

TEST_CASE("rates of herds with a level each agree with glmer") {
  const Herds herds;
  const auto got = *fit_mixed_logit(herds.data(), Nodes(25));
  REQUIRE(got);
  CHECK(got->groups == 15);
  for (const Reference& all : references("11_mixed.json")) {
    const Reference wanted = all["cbpp_glmer"];
    CHECK(agrees(got->coefficient[0], wanted["beta"].number(), 1e-5));
    CHECK(agrees(got->deviation, wanted["sd"].number(), 1e-5));
    CHECK(agrees(got->deviance, wanted["deviance"].number(), 1e-9));
    for (std::size_t i = 0; i < 15; ++i) {
      CAPTURE(i);
      // A level near 0 is a small difference of larger numbers: compared on the scale of the groups.
      CHECK(agrees(got->effect[i], wanted["herd_mode"][i].number(), 1e-5, got->deviation));
    }
  }
}

TEST_CASE("judges of wine with a level each agree with clmm") {
  const Wine wine;
  const auto got = *fit_mixed_ordinal(wine.data(), Nodes(10));
  REQUIRE(got);
  for (const Reference& all : references("11_mixed.json")) {
    const Reference wanted = all["wine_clmm"];
    for (std::size_t i = 0; i < 6; ++i) {
      CAPTURE(i);
      CHECK(agrees(got->coefficient[i], wanted["coef"][i].number(), 1e-5));
    }
    CHECK(agrees(got->deviation, wanted["sd_judge"].number(), 1e-5));
    CHECK(agrees(got->log_likelihood, wanted["loglik"].number(), 1e-9));
    for (std::size_t i = 0; i < 9; ++i) {
      CAPTURE(i);
      CHECK(agrees(got->effect[i], wanted["judge_mode"][i].number(), 1e-5, got->deviation));
    }
  }
}

// From R 4.2.2, by the two calls named; glmer takes its errors from differences of the likelihood.
TEST_CASE("Laplace's method, covariates and standard errors agree with glmer, Laplace's method with clmm") {
  const Table cattle("cbpp.csv");
  const Herds herds;
  const auto periods = beside({cattle.indicator("period", "2"), cattle.indicator("period", "3"), cattle.indicator("period", "4")});
  // glmer(cbind(incidence, size - incidence) ~ period + (1 | herd), cbpp, family = binomial, nAGQ = 1), lme4 1.1-31
  const auto herd = *fit_mixed_logit({herds.outcome, periods, 3, herds.herd}, Nodes(1));
  REQUIRE(herd);
  const std::vector<double> coefficients{-1.39853214232, -0.992332682041, -1.12867203724, -1.58031390256};
  const std::vector<double> errors{0.23247176, 0.30664209, 0.32663727, 0.42743583};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(agrees(herd->coefficient[i], coefficients[i], 1e-5));
    CHECK(agrees(std::sqrt(herd->covariance[i * 6]), errors[i], 1e-4));
  }
  CHECK(agrees(herd->deviation, 0.642261429339, 1e-5));
  CHECK(agrees(-2 * herd->log_likelihood, 184.052563743, 1e-9));

  // clmm(rating ~ temp + contact + (1 | judge), wine, nAGQ = 1), ordinal 2022.11-16
  const Wine wine;
  const auto judge = *fit_mixed_ordinal(wine.data(), Nodes(1));
  REQUIRE(judge);
  const std::vector<double> thresholds{-1.62367124351, 1.51336102353, 4.22852691542, 6.08877675801, 3.06300550696, 1.83490396662};
  // clmm's own errors are half a percent off here; these are from optimHess on Laplace's likelihood written out in R, its modes solved to 1e-14.
  const std::vector<double> judge_errors{0.682437, 0.603736, 0.808956, 0.972457, 0.595391, 0.512559};
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(agrees(judge->coefficient[i], thresholds[i], 1e-5));
    CHECK(agrees(std::sqrt(judge->covariance[i * 8]), judge_errors[i], 1e-5));
  }
  CHECK(agrees(judge->deviation, 1.13114179207, 1e-5));
  CHECK(agrees(judge->log_likelihood, -81.5654127768, 1e-9));
  CHECK(agrees(judge->effect_error[0], 0.55383988, 1e-5));
}

TEST_CASE("the gradient of the marginal likelihood is that of its values, for one node and for many") {
  const Wine wine;
  std::vector<MixedRow> rows;
  std::vector<double> x;
  for (std::size_t at = 0; at < wine.rating.size(); ++at) {
    rows.push_back({wine.judge[at], wine.rating[at], 1, at});
    x.push_back(wine.covariates[at]);
    x.push_back(wine.covariates[wine.rating.size() + at]);
  }
  for (const std::size_t nodes : {1U, 4U, 9U}) {
    const MarginalLikelihood likelihood(rows, x, 2, 5, nodes);
    const std::vector<double> place{-1.2, 1.1, 3.5, 5.2, 2.1, 1.3, 0.9};
    const auto point = likelihood.at(place);
    for (std::size_t i = 0; i < place.size(); ++i) {
      auto up = place, down = place;
      up[i] += 1e-5;
      down[i] -= 1e-5;
      CAPTURE(i);
      CHECK(point.gradient[i] == doctest::Approx((likelihood.at(up).value - likelihood.at(down).value) / 2e-5).epsilon(1e-7));
    }
  }
}

TEST_CASE("two categories are a logistic model, and neither the order of the rows nor the unit of a covariate changes a fit") {
  const Wine wine;
  const std::size_t n = wine.rating.size();
  std::vector<Code> high, backwards_high, backwards_judge;
  std::vector<Group> outcome;
  std::vector<double> scaled = wine.covariates;
  for (std::size_t at = 0; at < n; ++at) {
    high.push_back(wine.rating[at] >= 2);
    outcome.emplace_back(Count(high.back()), Count(1));
    scaled[at] = 1000 + 7 * scaled[at];
  }
  for (std::size_t at = n; at-- > 0;) {
    backwards_high.push_back(high[at]);
    backwards_judge.push_back(wine.judge[at]);
  }
  std::vector<double> backwards;
  for (const std::size_t column : {0U, 1U})
    backwards.insert(backwards.end(), wine.covariates.rbegin() + static_cast<long>((1 - column) * n),
                     wine.covariates.rbegin() + static_cast<long>((2 - column) * n));
  const auto plain = *fit_mixed_ordinal({high, wine.covariates, 2, wine.judge});
  const auto logit = *fit_mixed_logit({outcome, scaled, 2, wine.judge});
  const auto turned = *fit_mixed_ordinal({backwards_high, backwards, 2, backwards_judge});
  REQUIRE(plain);
  REQUIRE(logit);
  REQUIRE(turned);
  CHECK(logit->coefficient[0] == doctest::Approx(-plain->coefficient[0] - 1000 * plain->coefficient[1] / 7).epsilon(1e-8));
  CHECK(logit->coefficient[1] == doctest::Approx(plain->coefficient[1] / 7).epsilon(1e-8));
  CHECK(std::sqrt(logit->covariance[5]) == doctest::Approx(std::sqrt(plain->covariance[5]) / 7).epsilon(1e-6));
  CHECK(logit->deviance == doctest::Approx(plain->deviance).epsilon(1e-10));
  for (std::size_t i = 0; i < 3; ++i) CHECK(turned->coefficient[i] == doctest::Approx(plain->coefficient[i]).epsilon(1e-8));
  CHECK(turned->deviation == doctest::Approx(plain->deviation).epsilon(1e-8));
}

TEST_CASE("mixed models without an answer say why, and what makes no sense is refused") {
  const std::vector<Code> two{0, 0, 1, 1}, one{0, 0, 0, 0}, gap{0, 2, 0, 2}, mixed{0, 1, 0, 1};
  const std::vector<Group> some{{Count(1), Count(4)}, {Count(2), Count(4)}, {Count(2), Count(4)}, {Count(1), Count(4)}};
  const std::vector<Group> none(4, Group(Count(0), Count(3))), all(4, Group(Count(3), Count(3)));
  CHECK_FALSE(fit_mixed_logit({none, {}, 0, two})->has_value());
  CHECK_FALSE(fit_mixed_logit({all, {}, 0, two})->has_value());
  CHECK_FALSE(fit_mixed_logit({some, {}, 0, one})->has_value());
  CHECK(fit_mixed_logit({some, {}, 0, two})->error().reason.find("no more than chance") != std::string::npos);
  CHECK_FALSE(fit_mixed_logit({std::vector<Group>(some.begin(), some.begin() + 1), {}, 0, std::vector<Code>{0}})->has_value());
  CHECK_FALSE(fit_mixed_ordinal({one, {}, 0, two})->has_value());
  CHECK(fit_mixed_ordinal({gap, {}, 0, two})->error().why == NoAnswer::Why::not_identifiable);
  const std::vector<double> constant{2, 2, 2, 2}, broken{1, 2, HUGE_VAL, 4}, outcome_itself{0, 1, 0, 1};
  CHECK(fit_mixed_logit({some, constant, 1, two})->error().reason == "column 1 repeats what earlier ones say");
  CHECK(fit_mixed_logit({some, broken, 1, two}).error().message == "Covariate 1 of row 3 is no finite number.");
  CHECK_FALSE(fit_mixed_ordinal({mixed, outcome_itself, 1, two})->has_value());
  CHECK_FALSE(fit_mixed_logit({some, {}, 0, {}}).has_value());
  CHECK_FALSE(fit_mixed_logit({}).has_value());
}
