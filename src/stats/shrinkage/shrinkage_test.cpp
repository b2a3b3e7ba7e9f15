#include "stats/shrinkage/shrinkage.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "stats/shrinkage/funnel.hpp"
#include "stats/shrinkage/paule_mandel.hpp"
#include "stats_reference.hpp"
#include "stats_table.hpp"

using namespace waymark::stats;

namespace {

std::vector<Group> groups_of(const std::vector<double>& events, const std::vector<double>& sizes) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < events.size(); ++i)
    groups.emplace_back(Count(static_cast<std::int64_t>(events[i])), Count(static_cast<std::int64_t>(sizes[i])));
  return groups;
}

}  // namespace

TEST_CASE("empirical Bayes of rates agrees with the likelihood solved in R") {
  for (const Reference& all : references("11_mixed.json")) {
    const Reference wanted = all["eb_cbpp"];
    const auto fit = beta_binomial(groups_of(wanted["x"].numbers(), wanted["n"].numbers()));
    REQUIRE(fit);
    CHECK(agrees(fit->alpha, wanted["alpha"].number(), 1e-9));
    CHECK(agrees(fit->beta, wanted["beta"].number(), 1e-9));
    CHECK(agrees(fit->mean, wanted["mean"].number(), 1e-9));
    CHECK(agrees(fit->correlation, wanted["rho"].number(), 1e-9));
    CHECK(agrees(fit->log_likelihood, wanted["loglik"].number(), 1e-9));
    for (std::size_t i = 0; i < fit->members.size(); ++i) {
      CHECK(agrees(fit->members[i].mean, wanted["post_mean"][i].number(), 1e-9));
      CHECK(agrees(fit->members[i].interval.lower, wanted["post_lo"][i].number(), 1e-9));
      CHECK(agrees(fit->members[i].interval.upper, wanted["post_hi"][i].number(), 1e-9));
      CHECK(agrees(fit->members[i].below_overall, wanted["p_below_overall"][i].number(), 1e-9));
    }
  }
}

TEST_CASE("funnel limits and their overdispersion agree with R") {
  for (const Reference& all : references("11_mixed.json")) {
    const Reference wanted = all["funnel_cbpp"];
    const auto got = funnel(groups_of(all["eb_cbpp"]["x"].numbers(), wanted["n"].numbers()), wanted["winsor"].number());
    REQUIRE(got);
    CHECK(agrees(got->target, wanted["target"].number(), 1e-9));
    CHECK(agrees(got->dispersion, wanted["phi"].number(), 1e-9));
    CHECK(agrees(got->extra_variance, wanted["tau2"].number(), 1e-9));
    for (std::size_t i = 0; i < got->members.size(); ++i) {
      CHECK(agrees(got->members[i].z, wanted["z"][i].number(), 1e-9));
      CHECK(agrees(got->members[i].adjusted_z, wanted["z_adj"][i].number(), 1e-9));
      CHECK(agrees(got->members[i].warning.lower, wanted["lo95"][i].number(), 1e-9));
      CHECK(agrees(got->members[i].warning.upper, wanted["hi95"][i].number(), 1e-9));
      CHECK(agrees(got->members[i].alarm.lower, wanted["lo998"][i].number(), 1e-9));
      CHECK(agrees(got->members[i].alarm.upper, wanted["hi998"][i].number(), 1e-9));
    }
  }
}

TEST_CASE("James and Stein's batting averages") {
  for (const Reference& all : references("11_mixed.json")) {
    const Reference wanted = all["efron_morris_js"];
    const double n = wanted["n"].number();
    std::vector<double> y;
    for (const double hits : wanted["r"].numbers()) y.push_back(arcsine_scale(hits / n, n));
    const auto got = james_stein(y);
    REQUIRE(got);
    CHECK(agrees(got->spread, wanted["V"].number(), 1e-9));
    CHECK(agrees(got->shrink, wanted["shrink"].number(), 1e-9));
    for (std::size_t i = 0; i < y.size(); ++i) CHECK(agrees(arcsine_rate(got->estimate[i], n), wanted["js_rate"][i].number(), 1e-9));
  }
}

TEST_CASE("variance components of balanced tables agree with the closed forms, and lme4 with them") {
  const auto yield = Table("Dyestuff.csv").numbers("Yield");
  const auto diameter = Table("Penicillin.csv").numbers("diameter");
  const auto dye = one_way(yield, 6);
  const auto plates = crossed(diameter, 24);
  REQUIRE(dye);
  REQUIRE(plates);
  for (const Reference& all : references("11_mixed.json")) {
    const Reference wanted = all["dyestuff_reml_closed_form"];
    CHECK(agrees(dye->error_variance, wanted["sigma2"].number(), 1e-9));
    CHECK(agrees(dye->group_variance, wanted["tau2"].number(), 1e-9));
    CHECK(agrees(dye->mean, wanted["mu"].number(), 1e-9));
    CHECK(agrees(dye->mean_error, wanted["se_mu"].number(), 1e-9));
    CHECK(agrees(dye->shrink, wanted["shrinkage"].number(), 1e-9));
    CHECK(agrees(dye->intraclass, wanted["icc1"].number(), 1e-9));
    for (std::size_t i = 0; i < 6; ++i) CHECK(agrees(dye->effect[i], wanted["blup"][i].number(), 1e-9));
    CHECK(agrees(dye->restricted_deviance, all["dyestuff_lmer"]["reml"].number(), 1e-9));
    CHECK(agrees(dye->group_variance, all["dyestuff_lmer"]["vc"][0].number(), 1e-5));
    const Reference crossed_wanted = all["penicillin_anova"];
    CHECK(agrees(plates->error_variance, crossed_wanted["sigma2"].number(), 1e-9));
    CHECK(agrees(plates->row_variance, crossed_wanted["tau2_plate"].number(), 1e-9));
    CHECK(agrees(plates->column_variance, crossed_wanted["tau2_sample"].number(), 1e-9));
    CHECK(agrees(plates->mean, all["penicillin_crossed"]["fixef"].number(), 1e-9));
    CHECK(agrees(plates->restricted_deviance, all["penicillin_crossed"]["reml"].number(), 1e-9));
    for (std::size_t i = 0; i < 6; ++i) CHECK(agrees(plates->column_effect[i], all["penicillin_crossed"]["ranef_sample"][i].number(), 1e-5));
  }
}

// metafor looks for its variance to 1.2e-4 unless told otherwise, and stops 4e-6 short here. These are what it gives (3.8-1) with
// control = list(tol = 1e-15); only Cochran's Q does not depend on that.
TEST_CASE("the random-effects mean of log odds agrees with metafor") {
  for (const Reference& all : references("11_mixed.json")) {
    const Reference wanted = all["cbpp_rma_plo_pm"];
    const auto got = paule_mandel(groups_of(all["eb_cbpp"]["x"].numbers(), all["eb_cbpp"]["n"].numbers()));
    REQUIRE(got);
    CHECK(agrees(got->mean, -1.9733932086946799, 1e-9));
    CHECK(agrees(got->between_variance, 0.6564847128919804, 1e-9));
    CHECK(agrees(got->inconsistency, 0.77346763550172113, 1e-9));
    CHECK(agrees(got->mean_error, 0.24235315714599232, 1e-9));
    CHECK(std::abs(got->between_variance - wanted["tau2"].number()) < 1.3e-4);
    CHECK(agrees(got->heterogeneity, wanted["QE"].number(), 1e-9));
    CHECK(got->corrected == 0);
  }
}

TEST_CASE("groups that differ no more than chance makes them have no variance between them; nobody and everybody get a half") {
  const auto same = paule_mandel(groups_of({5, 5, 0}, {10, 10, 0}));
  REQUIRE(same);
  CHECK(same->between_variance == 0);
  CHECK(same->mean == doctest::Approx(0));
  const auto edges = paule_mandel(groups_of({0, 4}, {4, 4}));
  REQUIRE(edges);
  CHECK(edges->corrected == 2);
  CHECK(edges->mean == doctest::Approx(0));
  CHECK_FALSE(paule_mandel(groups_of({3, 0}, {10, 0})).has_value());
}

TEST_CASE("where there is nothing to shrink the functions say so") {
  CHECK_FALSE(beta_binomial(groups_of({0, 0}, {5, 6})).has_value());
  CHECK_FALSE(beta_binomial(groups_of({5, 5, 5}, {10, 10, 10})).has_value());
  CHECK_FALSE(funnel(groups_of({1}, {5})).has_value());
  CHECK_FALSE(james_stein(std::vector<double>{1, 2, 3}).has_value());
  CHECK_FALSE(one_way(std::vector<double>{1, 1, 2, 2}, 2).has_value());
  CHECK_FALSE(crossed(std::vector<double>{1, 2, 3}, 2).has_value());
}
