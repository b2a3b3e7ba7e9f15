// Two models of a yes or no in each row: the discrete-time hazard with errors by cluster, and Firth's where outcomes separate.
#include <cmath>

#include <fmt/core.h>

#include "cli/stats_methods.hpp"
#include "cli/stats_spells.hpp"
#include "stats/distributions.hpp"
#include "stats/regression/cluster_errors.hpp"
#include "stats/regression/firth.hpp"

namespace waymark::cli {
namespace {

/// 1 where the column says `happened`, 0 where it says `not_happened`; anything else is refused with its line.
Result<std::vector<double>> outcomes(const Columns& data, const std::string& column, const std::string& happened, const std::string& not_happened) {
  std::vector<double> result;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    const std::string& text = data.labels(0).of(row);
    if (text != happened && text != not_happened) {
      return fail(Error::Kind::bad_input,
                  fmt::format("{}: column “{}” has “{}”, which is neither “{}” (it happened) nor “{}” (it did not).", data.place(row), column, text,
                              happened, not_happened),
                  "Say with --happened and --censored what its values mean.");
    }
    result.push_back(text == happened ? 1 : 0);
  }
  return result;
}

/// What both methods read.
struct OutcomeOptions {
  std::string event;
  std::string happened = "1";
  std::string not_happened = "0";
  std::string confidence = "0.95";
  CovariateOptions covariates;

  [[nodiscard]] std::vector<Parameter> parameters() {
    return {{.name = "--event", .value = "COLUMN", .help = "Whether it happened in the row.", .into = &event, .required = true},
            {.name = "--happened", .value = "VALUE", .help = "The value that means it did; 1 unless said.", .into = &happened},
            {.name = "--censored", .value = "VALUE", .help = "The value that means it did not; 0 unless said.", .into = &not_happened},
            covariates.parameter(),
            {.name = "--confidence", .value = "SHARE", .help = "How sure the intervals are; 0.95 unless said.", .into = &confidence}};
  }
};

struct OutcomeData {
  Columns columns;
  std::vector<double> outcome;
  CovariateColumns covariates;
  std::vector<stats::Code> cluster;

  [[nodiscard]] stats::RegressionData data() const { return {outcome, covariates.values, covariates.names.size()}; }
  [[nodiscard]] std::string name(std::size_t coefficient) const { return coefficient == 0 ? "intercept" : covariates.names[coefficient - 1]; }
};

Result<OutcomeData> read_outcomes(StatsInput& input, const OutcomeOptions& options, const std::string& cluster) {
  std::vector<WantedColumn> wanted{{options.event, WantedColumn::Kind::label}};
  const auto more = options.covariates.wanted();
  if (!more) return tl::unexpected<Error>(more.error());
  wanted.insert(wanted.end(), more->begin(), more->end());
  if (!cluster.empty()) wanted.push_back({cluster, WantedColumn::Kind::label});
  auto columns = input.read(wanted);
  if (!columns) return tl::unexpected<Error>(columns.error());
  auto outcome = outcomes(*columns, options.event, options.happened, options.not_happened);
  if (!outcome) return tl::unexpected<Error>(outcome.error());
  OutcomeData result;
  result.covariates = covariates_of(*columns, 1, options.covariates);
  if (!cluster.empty()) result.cluster = codes_of(*columns, wanted.size() - 1);
  result.outcome = std::move(*outcome);
  result.columns = std::move(*columns);
  return result;
}

class Hazard : public StatsCommand {
 public:
  StatsMethod method() override {
    std::vector<Parameter> parameters = m_options.parameters();
    parameters.push_back({.name = "--link",
                          .value = "NAME",
                          .help = "logit (the default), or cloglog: proportional hazards seen month by month.",
                          .into = &m_link,
                          .completes = Completes::choices,
                          .choices = {"logit", "cloglog"}});
    parameters.push_back({.name = "--cluster", .value = "COLUMN", .help = "Whose rows depend on each other.", .into = &m_cluster});
    parameters.push_back({.name = "--correction",
                          .value = "NAME",
                          .help = "For few clusters: CR2 with Satterthwaite's degrees of freedom (the default), CR0, CR1 or CR1S.",
                          .into = &m_correction,
                          .completes = Completes::choices,
                          .choices = {"CR0", "CR1", "CR1S", "CR2"}});
    return {.name = "stats hazard",
            .sentence = "Discrete-time hazard: a row a person and a month, whether it happened, and why.",
            .r_call = "glm(event ~ month + age, binomial(\"logit\"), data); clubSandwich::coef_test(fit, vcov = \"CR2\", cluster = data$id)",
            .more = "With one row a person it is plain logistic regression. Put the month among the covariates.",
            .parameters = std::move(parameters),
            .examples = {{"waymark stats hazard --data months.csv --event promoted --covariates \"month,factor(gender)\" --cluster manager",
                          "With errors that allow for few managers."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto confidence = confidence_option(m_options.confidence);
    if (!confidence) return tl::unexpected<Error>(confidence.error());
    const auto rows = read_outcomes(input, m_options, m_cluster);
    if (!rows) return tl::unexpected<Error>(rows.error());
    const stats::Family family = m_link == "cloglog" ? stats::Family::complementary_log_log : stats::Family::logit;
    const auto fit = stats::fit_regression(rows->data(), family);
    if (!fit) return tl::unexpected<Error>(about_file(rows->columns, fit.error()));
    report.section("model", "");
    if (!*fit) {
      report.say("model", "model", fit->error());
      return {};
    }
    const stats::RegressionFit& found = **fit;
    report.say("rows", "rows", static_cast<std::int64_t>(found.rows));
    report.say("log_likelihood", "log-likelihood", found.log_likelihood);
    report.say("deviance", "deviance", found.deviance);
    report.say("likelihood_ratio", "likelihood ratio test", found.likelihood_ratio.statistic);
    report.say("likelihood_ratio_p", "  p", found.likelihood_ratio.p);
    report.method(stats::regression_method(family));
    tell_coefficients(found, *rows, *confidence, report);
    if (found.diverges())
      report.note("Some outcomes are predicted without exception, so a coefficient is infinite: `waymark stats firth` gives a finite one.");
    return m_cluster.empty() ? Result<void>() : tell_clusters(found, *rows, *confidence, report);
  }

 private:
  static void tell_coefficients(const stats::RegressionFit& fit, const OutcomeData& data, stats::Confidence confidence, StatsReport& report) {
    const double z = stats::normal_upper_quantile(confidence.tail());
    std::vector<std::vector<Cell>> rows;
    const std::size_t p = fit.coefficient.size();
    for (std::size_t i = 0; i < p; ++i) {
      const double b = fit.coefficient[i];
      const double error = std::sqrt(std::max(0.0, fit.covariance[i * (p + 1)]));
      if (std::isinf(b) || !(error > 0) || fit.diverges()) {
        rows.push_back({data.name(i), b, Cell(), Cell(), Cell()});
      } else {
        rows.push_back({data.name(i), b, error, stats::Interval{b - z * error, b + z * error}, stats::normal_two_sided(b / error)});
      }
    }
    report.table("coefficients", "", {"covariate", "coefficient", "error", "interval", "p"}, std::move(rows));
  }

  Result<void> tell_clusters(const stats::RegressionFit& fit, const OutcomeData& data, stats::Confidence confidence, StatsReport& report) const {
    const stats::ClusterCorrection correction = m_correction == "CR0"    ? stats::ClusterCorrection::cr0
                                                : m_correction == "CR1"  ? stats::ClusterCorrection::cr1
                                                : m_correction == "CR1S" ? stats::ClusterCorrection::cr1s
                                                                         : stats::ClusterCorrection::cr2;
    const auto errors = stats::cluster_errors(data.data(), fit, data.cluster, correction, confidence);
    if (!errors) return tl::unexpected<Error>(about_file(data.columns, errors.error()));
    report.section("clusters", "Allowing for clusters");
    report.say("correction", "correction", m_correction);
    report.say("clusters", "clusters", *errors ? Cell(static_cast<std::int64_t>((*errors)->clusters)) : Cell(errors->error()));
    if (!*errors) return {};
    report.method(stats::cluster_errors_method(correction));
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < fit.coefficient.size(); ++i) {
      const auto& here = (*errors)->coefficient[i];
      if (!here) {
        rows.push_back({data.name(i), here.error(), Cell(), Cell(), Cell()});
      } else {
        rows.push_back({data.name(i), here->standard_error, here->degrees_of_freedom, here->interval, here->p});
      }
    }
    report.table("coefficients", "", {"covariate", "error", "degrees_of_freedom", "interval", "p"}, std::move(rows));
    return {};
  }

  OutcomeOptions m_options;
  std::string m_link = "logit";
  std::string m_cluster;
  std::string m_correction = "CR2";
};

class Firth : public StatsCommand {
 public:
  StatsMethod method() override {
    return {.name = "stats firth",
            .sentence = "Logistic regression that stays finite when it happened to all, or to none, of a group.",
            .r_call = "logistf::logistf(event ~ age + factor(group), data)",
            .more = "Firth's correction, with tests and intervals of the penalised likelihood's profile.",
            .parameters = m_options.parameters(),
            .examples = {{"waymark stats firth --data promotions.csv --event promoted --covariates \"tenure,factor(gender)\"", "For rare events."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto confidence = confidence_option(m_options.confidence);
    if (!confidence) return tl::unexpected<Error>(confidence.error());
    const auto data = read_outcomes(input, m_options, "");
    if (!data) return tl::unexpected<Error>(data.error());
    const auto fit = stats::fit_firth(data->data(), *confidence);
    if (!fit) return tl::unexpected<Error>(about_file(data->columns, fit.error()));
    report.section("model", "");
    if (!*fit) {
      report.say("model", "model", fit->error());
      return {};
    }
    report.say("rows", "rows", static_cast<std::int64_t>((*fit)->rows));
    report.say("events", "events", static_cast<std::int64_t>((*fit)->events));
    report.say("penalised_log_likelihood", "penalised log-likelihood", (*fit)->penalised_log_likelihood);
    report.method(stats::firth_method());
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < (*fit)->coefficient.size(); ++i) {
      const auto& here = (*fit)->coefficient[i];
      if (!here) {
        rows.push_back({data->name(i), here.error(), Cell(), Cell(), Cell(), Cell()});
      } else {
        rows.push_back(
            {data->name(i), here->estimate, here->standard_error, here->interval, here->likelihood_ratio.statistic, here->likelihood_ratio.p});
      }
    }
    report.table("coefficients", "", {"covariate", "coefficient", "error", "interval", "chi_squared", "p"}, std::move(rows));
    return {};
  }

 private:
  OutcomeOptions m_options;
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_hazard() { return std::make_unique<Hazard>(); }
std::unique_ptr<StatsCommand> make_stats_firth() { return std::make_unique<Firth>(); }

}  // namespace waymark::cli
