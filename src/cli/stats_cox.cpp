#include "stats/survival/cox.hpp"

#include <cmath>

#include "cli/stats_methods.hpp"
#include "cli/stats_spells.hpp"
#include "stats/distributions.hpp"
#include "stats/survival/concordance.hpp"

namespace waymark::cli {
namespace {

void say_test(StatsReport& report, const std::string& key, const std::string& label, const stats::ChiSquaredTest& test) {
  report.say(key, label, test.statistic);
  report.say(key + "_degrees_of_freedom", "", static_cast<std::int64_t>(test.degrees_of_freedom));
  report.say(key + "_p", "  p", test.p);
}

class Cox : public StatsCommand {
 public:
  StatsMethod method() override {
    std::vector<Parameter> parameters = m_spells.parameters(Causes::one);
    parameters.push_back(m_covariates.parameter());
    parameters.push_back({.name = "--strata", .value = "COLUMN", .help = "A baseline for each of its values.", .into = &m_strata});
    parameters.push_back(
        {.name = "--cluster", .value = "COLUMN", .help = "Whose rows depend on each other; gives robust errors.", .into = &m_cluster});
    parameters.push_back({.name = "--ties",
                          .value = "NAME",
                          .help = "efron (the default), breslow or exact.",
                          .into = &m_ties,
                          .completes = Completes::choices,
                          .choices = {"efron", "breslow", "exact"}});
    parameters.push_back({.name = "--confidence", .value = "SHARE", .help = "How sure the intervals are; 0.95 unless said.", .into = &m_confidence});
    return {.name = "stats cox",
            .sentence = "Cox's proportional hazards: what makes it happen sooner.",
            .r_call =
                "coxph(Surv(start, time, event) ~ age + factor(group) + strata(level), data, ties = \"efron\", cluster = id); cox.zph(fit, terms = "
                "FALSE)",
            .more =
                "Fitted until no coefficient moves by a billionth of its error, so the last digits differ from coxph unless its eps is made as "
                "small. A coefficient "
                "that the data drive to infinity is said to be infinite, without a Wald test.",
            .parameters = std::move(parameters),
            .examples = {{"waymark stats cox --data careers.csv --time days --event promoted --covariates \"tenure,factor(gender)\" --strata level "
                          "--cluster manager",
                          "Within levels, with errors that allow for managers."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto confidence = confidence_option(m_confidence);
    if (!confidence) return tl::unexpected<Error>(confidence.error());
    std::vector<WantedColumn> wanted = m_spells.wanted();
    const std::size_t covariates_at = wanted.size();
    const auto more = m_covariates.wanted();
    if (!more) return tl::unexpected<Error>(more.error());
    wanted.insert(wanted.end(), more->begin(), more->end());
    const std::size_t strata_at = wanted.size();
    if (!m_strata.empty()) wanted.push_back({m_strata, WantedColumn::Kind::label});
    const std::size_t cluster_at = wanted.size();
    if (!m_cluster.empty()) wanted.push_back({m_cluster, WantedColumn::Kind::label});
    const auto data = input.read(wanted);
    if (!data) return tl::unexpected<Error>(data.error());
    const auto spells = spells_of(*data, m_spells, Causes::one);
    if (!spells) return tl::unexpected<Error>(spells.error());
    const CovariateColumns covariates = covariates_of(*data, covariates_at, m_covariates);
    const std::vector<stats::Code> strata = m_strata.empty() ? std::vector<stats::Code>() : codes_of(*data, strata_at);
    const std::vector<stats::Code> cluster = m_cluster.empty() ? std::vector<stats::Code>() : codes_of(*data, cluster_at);
    const stats::CoxData model{spells->spells(), covariates.values, covariates.names.size(), strata, cluster};
    const stats::Ties ties = m_ties == "breslow" ? stats::Ties::breslow : m_ties == "exact" ? stats::Ties::exact : stats::Ties::efron;
    const auto fit = stats::fit_cox(model, ties);
    if (!fit) return tl::unexpected<Error>(about_file(*data, fit.error()));
    report.section("model", "");
    if (!*fit) {
      report.say("model", "model", fit->error());
      return {};
    }
    tell_model(**fit, covariates, ties, *confidence, report);
    if (ties != stats::Ties::exact) tell_checks(model, **fit, covariates, ties, report);
    return {};
  }

 private:
  static void tell_model(const stats::CoxFit& fit, const CovariateColumns& covariates, stats::Ties ties, stats::Confidence confidence,
                         StatsReport& report) {
    report.say("rows", "rows", static_cast<std::int64_t>(fit.rows));
    report.say("events", "events", static_cast<std::int64_t>(fit.events));
    if (fit.strata > 1) report.say("strata", "strata", static_cast<std::int64_t>(fit.strata));
    if (fit.clusters > 0) report.say("clusters", "clusters", static_cast<std::int64_t>(fit.clusters));
    report.method(stats::cox_method(ties));
    const double z = stats::normal_upper_quantile(confidence.tail());
    std::vector<std::vector<Cell>> rows;
    const std::size_t p = covariates.names.size();
    for (std::size_t i = 0; i < p; ++i) {
      const double b = fit.coefficient[i];
      const std::optional<double> error = fit.standard_error(i);
      const double model_variance = fit.covariance[i * (p + 1)];
      std::vector<Cell> row{covariates.names[i], b, std::exp(b)};
      if (!error) {
        const bool infinite = std::isinf(b);
        row.insert(row.end(), {Cell(), Cell(), Cell(), Cell(), infinite ? "the likelihood drives it to infinity" : "repeats what earlier ones say"});
      } else {
        row.insert(row.end(),
                   {Cell(std::sqrt(model_variance)), fit.robust_covariance ? Cell(*error) : Cell(),
                    Cell(stats::Interval{std::exp(b - z * *error), std::exp(b + z * *error)}), Cell(stats::normal_two_sided(b / *error)), Cell("")});
      }
      rows.push_back(std::move(row));
    }
    report.table("coefficients", "", {"covariate", "coefficient", "ratio", "error", "robust_error", "ratio_interval", "p", "note"}, std::move(rows));
    report.say("log_likelihood_null", "log-likelihood without", fit.log_likelihood_null);
    report.say("log_likelihood", "log-likelihood with", fit.log_likelihood);
    say_test(report, "score", "score test", fit.score);
    say_test(report, "likelihood_ratio", "likelihood ratio test", fit.likelihood_ratio);
    if (fit.wald) say_test(report, "wald", "Wald test", *fit.wald);
    if (fit.diverges())
      report.note("In every risk set the event had the largest, or the smallest, value of a covariate. Only the score test says something about it.");
  }

  static void tell_checks(const stats::CoxData& model, const stats::CoxFit& fit, const CovariateColumns& covariates, stats::Ties ties,
                          StatsReport& report) {
    const auto hazards = stats::proportional_hazards(model, fit, ties);
    report.section("proportional_hazards", "Are the hazards proportional?");
    if (!hazards) {
      report.say("all", "all", hazards.error());
    } else {
      std::vector<std::vector<Cell>> rows;
      const auto row = [](const std::string& name, const stats::ChiSquaredTest& test) {
        return std::vector<Cell>{name, test.statistic, static_cast<std::int64_t>(test.degrees_of_freedom), test.p};
      };
      for (std::size_t i = 0; i < covariates.names.size(); ++i) rows.push_back(row(covariates.names[i], hazards->column[i]));
      rows.push_back(row("all", hazards->all));
      report.table("tests", "", {"covariate", "chi_squared", "degrees_of_freedom", "p"}, std::move(rows));
      report.method({"Score test of a slope over 1 − Kaplan–Meier", "Grambsch & Therneau 1994, Biometrika 81:515–526"});
    }
    const auto order = stats::concordance(model, fit);
    report.section("concordance", "Concordance");
    report.say("value", "concordance", order ? Cell(order->value) : Cell(order.error()));
    report.say("error", "its standard error", order ? Cell(order->standard_error) : Cell());
  }

  SpellOptions m_spells;
  CovariateOptions m_covariates;
  std::string m_strata;
  std::string m_cluster;
  std::string m_ties = "efron";
  std::string m_confidence = "0.95";
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_cox() { return std::make_unique<Cox>(); }

}  // namespace waymark::cli
