#include "stats/survival/cox.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats/survival/concordance.hpp"
#include "stats_reference.hpp"
#include "stats_table.hpp"

using namespace waymark::stats;

namespace {

/// Owns what a CoxData borrows.
struct Model {
  std::vector<Day> start, stop;
  std::vector<std::uint8_t> cause;
  std::vector<std::vector<double>> covariates;
  std::vector<Code> stratum, cluster;
  std::vector<double> flat;

  [[nodiscard]] CoxData data() {
    flat = beside(covariates);
    return {{start, stop, cause}, flat, covariates.size(), stratum, cluster};
  }
};

enum class With { nothing, strata, cluster, strata_and_cluster };

Model lung(With with = With::nothing) {
  Table table("lung.csv");
  table.drop_missing({"ph.karno"});
  const bool clustered = with == With::cluster || with == With::strata_and_cluster;
  const bool stratified = with == With::strata || with == With::strata_and_cluster;
  if (clustered) table.drop_missing({"inst"});
  Model model{{}, table.days("time"), table.events("status", 2), {table.numbers("age")}, {}, {}, {}};
  if (!stratified) model.covariates.push_back(table.numbers("sex"));
  model.covariates.push_back(table.numbers("ph.karno"));
  if (stratified) model.stratum = table.codes("sex");
  if (clustered) model.cluster = table.codes("inst");
  return model;
}

Model heart() {
  const Table table("heart.csv");
  return {table.days("start", 2),
          table.days("stop", 2),
          table.events("event", 1),
          {table.numbers("age"), table.numbers("year"), table.numbers("surgery"), table.numbers("transplant")},
          {},
          {},
          {}};
}

Model bladder() {
  const Table table("bladder2.csv");
  return {table.days("start"),
          table.days("stop"),
          table.events("event", 1),
          {table.numbers("rx"), table.numbers("size"), table.numbers("number")},
          table.codes("enum"),
          table.codes("id"),
          {}};
}

Model veteran() {
  const Table t("veteran.csv");
  return {{},
          t.days("time"),
          t.events("status", 1),
          {t.numbers("trt"), t.indicator("celltype", "smallcell"), t.indicator("celltype", "adeno"), t.indicator("celltype", "large"),
           t.numbers("karno"), t.numbers("diagtime"), t.numbers("age"), t.numbers("prior")},
          {},
          {},
          {}};
}

Model rossi() {
  const Table t("Rossi.csv");
  return {{},
          t.days("week"),
          t.events("arrest", 1),
          {t.indicator("fin", "yes"), t.numbers("age"), t.indicator("race", "other"), t.indicator("wexp", "yes"), t.indicator("mar", "not married"),
           t.indicator("paro", "yes"), t.numbers("prio")},
          {},
          {},
          {}};
}

/// Week by week, with the employment of the week.
Model rossi_by_week(bool clustered) {
  const Table t("Rossi.csv");
  Model model;
  model.covariates.resize(4);
  const auto weeks = t.days("week");
  const auto age = t.numbers("age"), prior = t.numbers("prio");
  for (std::size_t row = 0; row < t.rows(); ++row) {
    for (Day week = 1; week <= weeks[row]; ++week) {
      model.start.push_back(week - 1);
      model.stop.push_back(week);
      model.cause.push_back(week == weeks[row] && t.cell(row, "arrest") == "1");
      model.covariates[0].push_back(t.cell(row, "fin") == "yes");
      model.covariates[1].push_back(age[row]);
      model.covariates[2].push_back(prior[row]);
      model.covariates[3].push_back(t.cell(row, "emp" + std::to_string(week)) == "yes");
      if (clustered) model.cluster.push_back(static_cast<Code>(row));
    }
  }
  return model;
}

CoxFit fitted(Model& model, Ties ties = Ties::efron) {
  const auto result = fit_cox(model.data(), ties);
  REQUIRE(result);
  REQUIRE(*result);
  return **result;
}

void check_fit(const CoxFit& fit, const Reference& wanted) {
  CAPTURE(wanted.path());
  const std::size_t p = fit.coefficient.size();
  REQUIRE(wanted["coef"].size() == p);
  CHECK(static_cast<double>(fit.rows) == wanted["n"].number());
  CHECK(static_cast<double>(fit.events) == wanted["nevent"].number());
  CHECK(fit.redundant.empty());
  CHECK_FALSE(fit.diverges());
  CHECK(fit.largest_step < 1e-9);
  const bool robust = wanted.has("robust_se") && !wanted["robust_se"].is_null();
  CHECK(robust == fit.robust_covariance.has_value());
  const auto covariance = wanted["var"].rows();
  for (std::size_t i = 0; i < p; ++i) {
    CHECK(agrees(fit.coefficient[i], wanted["coef"][i].number(), 1e-9));
    CHECK(agrees(std::sqrt(fit.covariance[i * p + i]), wanted["se"][i].number(), 1e-9));
    if (robust) CHECK(agrees(*fit.standard_error(i), wanted["robust_se"][i].number(), 1e-9));
    for (std::size_t j = 0; j < p; ++j)
      CHECK(agrees(fit.covariance[i * p + j], covariance[i][j], 1e-9, 1e-2 * std::sqrt(covariance[i][i] * covariance[j][j])));
  }
  CHECK(agrees(fit.log_likelihood_null, wanted["loglik"][0].number(), 1e-10));
  CHECK(agrees(fit.log_likelihood, wanted["loglik"][1].number(), 1e-10));
  CHECK(agrees(fit.score.statistic, wanted["score"].number(), 1e-9));
  CHECK(agrees(fit.likelihood_ratio.statistic, wanted["lrt"].number(), 1e-9));
  // R writes 0 where it was asked for no iteration.
  if (wanted["wald"].number() != 0) CHECK(agrees(fit.wald->statistic, wanted["wald"].number(), 1e-9));
}

void check_concordance(Model& model, const CoxFit& fit, const Reference& wanted) {
  CAPTURE(wanted.path());
  const auto got = concordance(model.data(), fit);
  REQUIRE(got);
  CHECK(agrees(got->value, wanted["concordance"].number(), 1e-9));
  CHECK(agrees(got->standard_error, wanted["concordance_se"].number(), 1e-9));
}

}  // namespace

TEST_CASE("Cox models agree with coxph: ties, strata, clusters, delayed entry and covariates that change") {
  for (const Reference& all : references("03_cox.json")) {
    for (const auto& [name, ties] : {std::pair{"efron", Ties::efron}, std::pair{"breslow", Ties::breslow}}) {
      const std::map<std::string, Model> models{{"lung_", lung()},
                                                {"lung_strata_", lung(With::strata)},
                                                {"lung_cluster_", lung(With::cluster)},
                                                {"lung_strata_cluster_", lung(With::strata_and_cluster)},
                                                {"heart_tv_", heart()},
                                                {"bladder2_cluster_", bladder()},
                                                {"veteran_", veteran()}};
      for (const auto& [prefix, model] : models) {
        Model copy = model;
        const CoxFit fit = fitted(copy, ties);
        check_fit(fit, all[prefix + name]);
        check_concordance(copy, fit, all[prefix + name]);
      }
    }
    Model heavy_ties = rossi();
    check_fit(fitted(heavy_ties), all["rossi_efron"]);
    check_concordance(heavy_ties, fitted(heavy_ties), all["rossi_efron"]);
    Model by_week = rossi_by_week(false);
    check_fit(fitted(by_week), all["rossi_tv"]);
    check_concordance(by_week, fitted(by_week), all["rossi_tv"]);
    Model clustered = rossi_by_week(true);
    check_fit(fitted(clustered), all["rossi_tv_cluster"]);
    check_concordance(clustered, fitted(clustered), all["rossi_tv_cluster"]);
    const Table ovarian("ovarian.csv");
    Model exact{{}, ovarian.days("futime"), ovarian.events("fustat", 1), {ovarian.numbers("age"), ovarian.numbers("rx")}, {}, {}, {}};
    check_fit(fitted(exact, Ties::exact), all["ovarian_exact"]);
    check_concordance(exact, fitted(exact, Ties::exact), all["ovarian_exact"]);
  }
}

TEST_CASE("exact ties agree with coxph where there are ties, with delayed entry too") {
  // R 4.2.2, survival 3.5-3: coxph(Surv(time, status) ~ age + sex + ph.karno, lung, ties = "exact", control = coxph.control(eps = 1e-14)),
  // and Surv(start, stop, event) ~ age + surgery of heart.
  Model ties = lung();
  const CoxFit fit = fitted(ties, Ties::exact);
  const double coefficients[] = {0.0123816522385207, -0.4979097633542101, -0.0133473699075594};
  for (std::size_t i = 0; i < 3; ++i) CHECK(agrees(fit.coefficient[i], coefficients[i], 1e-8));
  CHECK(agrees(fit.log_likelihood_null, -725.652711392489, 1e-10));
  CHECK(agrees(fit.log_likelihood, -716.245779672207, 1e-10));
  Model late = heart();
  late.covariates = {late.covariates[0], late.covariates[2]};
  const CoxFit second = fitted(late, Ties::exact);
  CHECK(agrees(second.coefficient[0], 0.0308365639722179, 1e-8));
  CHECK(agrees(second.coefficient[1], -0.7741996449508350, 1e-8));
  CHECK(agrees(second.log_likelihood, -282.526523812259, 1e-10));
  CHECK(agrees(second.covariance[0], 0.000187195315102609, 1e-7));
}

TEST_CASE("the proportional hazards test agrees with cox.zph") {
  Model model = lung();
  const CoxFit fit = fitted(model);
  const auto got = proportional_hazards(model.data(), fit, Ties::efron);
  REQUIRE(got);
  for (const Reference& all : references("03_cox.json")) {
    const Reference wanted = all["lung_zph"];
    for (std::size_t i = 0; i < 4; ++i) {
      const ChiSquaredTest& test = i < 3 ? got->column[i] : got->all;
      CHECK(agrees(test.statistic, wanted["chisq"][i].number(), 1e-9));
      CHECK(static_cast<double>(test.degrees_of_freedom) == wanted["df"][i].number());
      CHECK(agrees(test.p, wanted["p"][i].number(), 1e-9));
    }
  }
}

TEST_CASE("the baseline hazard agrees with basehaz") {
  Model model = lung();
  for (const Reference& all : references("03_cox.json")) {
    for (const auto& [name, ties] : {std::pair{"lung_basehaz_efron", Ties::efron}, std::pair{"lung_basehaz_breslow", Ties::breslow}}) {
      const CoxFit fit = fitted(model, ties);
      const auto got = baseline_hazard(model.data(), fit, ties);
      REQUIRE(got);
      REQUIRE(got->size() == 1);
      REQUIRE((*got)[0].day.size() == all[name]["time"].size());
      for (std::size_t at = 0; at < (*got)[0].day.size(); ++at) {
        CHECK(static_cast<double>((*got)[0].day[at]) == all[name]["time"][at].number());
        CHECK(agrees((*got)[0].hazard[at], all[name]["hazard"][at].number(), 1e-9));
      }
    }
  }
}

TEST_CASE("residuals agree with those of coxph") {
  Model model = lung();
  const CoxFit fit = fitted(model);
  const auto got = cox_residuals(model.data(), fit, Ties::efron);
  REQUIRE(got);
  for (const Reference& all : references("03_cox.json")) {
    const Reference wanted = all["lung_resid"];
    for (std::size_t i = 0; i < 10; ++i) CHECK(agrees(got->martingale[i], wanted["martingale_first10"][i].number(), 1e-9));
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        CHECK(agrees(got->dfbeta[i * 3 + j], wanted["dfbeta_first3"].rows()[i][j], 1e-9));
        CHECK(agrees(got->schoenfeld[i * 3 + j], wanted["schoenfeld_first3"].rows()[i][j], 1e-9));
      }
    }
  }
}

TEST_CASE("where the likelihood only rises there is no Wald test, but a score test") {
  for (const Reference& all : references("03_cox.json")) {
    const Reference wanted = all["edge_monotone"];
    Model model;
    for (const double t : wanted["input"]["t"].numbers()) model.stop.push_back(static_cast<Day>(t));
    for (const double s : wanted["input"]["s"].numbers()) model.cause.push_back(static_cast<std::uint8_t>(s));
    model.covariates = {wanted["input"]["g"].numbers(), {5, 3, 4, 4, 2, 6, 3, 1}};
    CoxFit both = fitted(model);
    CHECK(both.divergence == std::vector{Divergence::down, Divergence::none});
    CHECK(std::isfinite(both.coefficient[1]));
    model.covariates.pop_back();
    const CoxFit fit = fitted(model);
    CHECK(fit.diverges());
    CHECK(fit.coefficient[0] == -HUGE_VAL);
    CHECK_FALSE(fit.wald.has_value());
    CHECK_FALSE(fit.standard_error(0).has_value());
    CHECK(agrees(fit.log_likelihood_null, wanted["loglik"][0].number(), 1e-10));
    CHECK(agrees(fit.log_likelihood, wanted["loglik"][1].number(), 1e-6));
    CHECK(agrees(fit.score.statistic, wanted["score"].number(), 1e-9));
    CHECK_FALSE(proportional_hazards(model.data(), fit, Ties::efron).has_value());
  }
}

namespace {

/// The partial likelihood from its definition, one death after the other (Efron or Breslow), as a function of two coefficients.
double definition(const Model& m, Ties ties, double b1, double b2) {
  const auto weight = [&](std::size_t i) { return std::exp(b1 * m.covariates[0][i] + b2 * m.covariates[1][i]); };
  double value = 0;
  for (std::size_t i = 0; i < m.stop.size(); ++i) {
    if (!m.cause[i]) continue;
    double at_risk = 0, tied = 0, deaths = 0, before = 0;
    for (std::size_t j = 0; j < m.stop.size(); ++j) {
      if (m.stratum[j] != m.stratum[i] || m.start[j] >= m.stop[i] || m.stop[j] < m.stop[i]) continue;
      at_risk += weight(j);
      if (m.stop[j] != m.stop[i] || !m.cause[j]) continue;
      tied += weight(j);
      ++deaths;
      before += j < i;
    }
    value += std::log(weight(i)) - std::log(at_risk - (ties == Ties::efron ? before / deaths * tied : 0));
  }
  return value;
}

rc::Gen<Model> some_model() {
  const auto row = rc::gen::tuple(rc::gen::inRange(0, 5), rc::gen::inRange(1, 8), rc::gen::inRange(0, 2), rc::gen::inRange(-3, 4),
                                  rc::gen::inRange(0, 2), rc::gen::inRange<Code>(0, 2));
  return rc::gen::map(rc::gen::resize(25, rc::gen::nonEmpty(rc::gen::container<std::vector<std::tuple<int, int, int, int, int, Code>>>(row))),
                      [](const auto& rows) {
                        Model model;
                        model.covariates.resize(2);
                        for (const auto& [start, length, cause, a, b, stratum] : rows) {
                          model.start.push_back(start);
                          model.stop.push_back(start + length);
                          model.cause.push_back(static_cast<std::uint8_t>(cause));
                          model.covariates[0].push_back(a);
                          model.covariates[1].push_back(b);
                          model.stratum.push_back(stratum);
                        }
                        return model;
                      });
}

}  // namespace

TEST_CASE("the fit is where the likelihood, written out, is highest") {
  CHECK(rc::check([] {
    Model model = *some_model();
    const Ties ties = *rc::gen::element(Ties::efron, Ties::breslow);
    const auto answer = *fit_cox(model.data(), ties);
    if (!answer) {
      RC_ASSERT(std::abs(definition(model, ties, 0, 0) - definition(model, ties, 1, -2)) < 1e-9);
      return;
    }
    const CoxFit& fit = *answer;
    RC_ASSERT(std::abs(fit.log_likelihood_null - definition(model, ties, 0, 0)) < 1e-9);
    const auto capped = [](double b) { return std::clamp(b, -30.0, 30.0); };
    const double b1 = capped(fit.coefficient[0]), b2 = capped(fit.coefficient[1]);
    if (!fit.diverges()) RC_ASSERT(std::abs(fit.log_likelihood - definition(model, ties, b1, b2)) < 1e-8);
    // A concave function is highest where no step of any size or direction goes up.
    for (const double step : {1e-3, .1, 1.0, 5.0}) {
      for (const auto& [s1, s2] : {std::pair{1, 0}, std::pair{-1, 0}, std::pair{0, 1}, std::pair{0, -1}, std::pair{1, 1}, std::pair{-1, 1}}) {
        RC_ASSERT(definition(model, ties, b1 + s1 * step, b2 + s2 * step) <= fit.log_likelihood + 1e-5);
      }
    }
  }));
}

TEST_CASE("neither the order of rows, the unit of time, nor a stratum without comparisons changes a fit; everybody twice halves the variance") {
  CHECK(rc::check([] {
    Model model = *some_model();
    const auto plain = *fit_cox(model.data(), Ties::breslow);
    Model other, twice = model;
    other.covariates.resize(2);
    for (std::size_t row = model.stop.size(); row-- > 0;) {
      other.start.push_back(model.start[row] * 1'000'000'000'000);
      other.stop.push_back(model.stop[row] * 1'000'000'000'000);
      other.cause.push_back(model.cause[row]);
      for (std::size_t i = 0; i < 2; ++i) other.covariates[i].push_back(model.covariates[i][row]);
      other.stratum.push_back(5 - model.stratum[row]);
    }
    other.start.push_back(0);
    other.stop.push_back(3);
    other.cause.push_back(1);
    other.covariates[0].push_back(17);
    other.covariates[1].push_back(1);
    other.stratum.push_back(0);
    twice.start.insert(twice.start.end(), model.start.begin(), model.start.end());
    twice.stop.insert(twice.stop.end(), model.stop.begin(), model.stop.end());
    twice.cause.insert(twice.cause.end(), model.cause.begin(), model.cause.end());
    twice.stratum.insert(twice.stratum.end(), model.stratum.begin(), model.stratum.end());
    for (std::size_t i = 0; i < 2; ++i) twice.covariates[i].insert(twice.covariates[i].end(), model.covariates[i].begin(), model.covariates[i].end());
    const auto moved = *fit_cox(other.data(), Ties::breslow);
    const auto doubled = *fit_cox(twice.data(), Ties::breslow);
    RC_ASSERT(plain.has_value() == moved.has_value());
    if (!plain) return;
    RC_ASSERT(plain->divergence == moved->divergence);
    if (plain->diverges()) return;
    for (std::size_t i = 0; i < 2; ++i) {
      const double scale = 1 + std::abs(plain->coefficient[i]);
      RC_ASSERT(std::abs(plain->coefficient[i] - moved->coefficient[i]) < 1e-7 * scale);
      RC_ASSERT(std::abs(plain->coefficient[i] - doubled->coefficient[i]) < 1e-7 * scale);
      RC_ASSERT(std::abs(plain->covariance[i * 3] - 2 * doubled->covariance[i * 3]) <= 1e-6 * plain->covariance[i * 3]);
    }
  }));
}

TEST_CASE("clustering everybody alone gives the sum of squared dfbetas") {
  Model model = heart();
  model.cluster.resize(model.stop.size());
  std::iota(model.cluster.begin(), model.cluster.end(), Code{0});
  const CoxFit fit = fitted(model);
  const auto residuals = cox_residuals(model.data(), fit, Ties::efron);
  for (std::size_t i = 0; i < 4; ++i) {
    double squares = 0, sum = 0;
    for (std::size_t row = 0; row < model.stop.size(); ++row) {
      squares += residuals->dfbeta[row * 4 + i] * residuals->dfbeta[row * 4 + i];
      sum += residuals->score[row * 4 + i];
    }
    CHECK((*fit.robust_covariance)[i * 5] == doctest::Approx(squares).epsilon(1e-9));
    CHECK(std::abs(sum) < 1e-9);
  }
  const double events = std::accumulate(residuals->martingale.begin(), residuals->martingale.end(), 0.0);
  CHECK(std::abs(events) < 1e-9);
}

TEST_CASE("columns that say nothing new are left out and named") {
  Model model = lung();
  model.covariates.push_back(std::vector<double>(model.stop.size(), 1e6 + .1));
  std::vector<double> sum;
  for (std::size_t row = 0; row < model.stop.size(); ++row) sum.push_back(2 * model.covariates[0][row] - model.covariates[1][row] + 7);
  model.covariates.push_back(sum);
  const CoxFit fit = fitted(model);
  CHECK(fit.redundant == std::vector<std::size_t>{3, 4});
  CHECK(fit.score.degrees_of_freedom == 3);
  Model without = lung();
  CHECK(fit.coefficient[1] == doctest::Approx(fitted(without).coefficient[1]).epsilon(1e-9));
}

TEST_CASE("a large unit, a far origin and a huge spread of a covariate are no trouble") {
  Model plain = lung(), far = lung();
  for (double& value : far.covariates[0]) value = value * 1e200;
  for (double& value : far.covariates[2]) value += 1e9;
  const CoxFit a = fitted(plain), b = fitted(far);
  CHECK(b.coefficient[0] * 1e200 == doctest::Approx(a.coefficient[0]).epsilon(1e-6));
  CHECK(b.coefficient[1] == doctest::Approx(a.coefficient[1]).epsilon(1e-6));
}

TEST_CASE("nobody with the event, everybody on one day, one row, and numbers that are none") {
  Model model{{}, {3, 4}, {0, 0}, {{1, 2}}, {}, {}, {}};
  CHECK_FALSE(fit_cox(model.data())->has_value());
  model.cause = {1, 1};
  model.stop = {3, 3};
  CHECK_FALSE(fit_cox(model.data(), Ties::breslow)->value().diverges());
  Model one{{}, {3}, {1}, {{1}}, {}, {}, {}};
  CHECK_FALSE(fit_cox(one.data())->has_value());
  model.covariates = {{1, HUGE_VAL}};
  CHECK(fit_cox(model.data()).error().message == "Covariate 1 of row 2 is no finite number.");
  model.covariates = {{1, std::nan("")}};
  CHECK_FALSE(fit_cox(model.data()).has_value());
}
