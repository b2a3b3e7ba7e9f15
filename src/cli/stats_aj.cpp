#include "cli/stats_methods.hpp"
#include "cli/stats_spells.hpp"
#include "stats/survival/cumulative_incidence.hpp"
#include "stats/survival/fine_gray.hpp"

#include <cmath>

namespace waymark::cli {
namespace {

class AalenJohansen : public StatsCommand {
 public:
  StatsMethod method() override {
    std::vector<Parameter> parameters = m_spells.parameters(Causes::many);
    parameters.push_back(
        {.name = "--group", .value = "COLUMN", .help = "Curves for each of its values, and Gray's test between them.", .into = &m_group});
    parameters.push_back(
        {.name = "--strata", .value = "COLUMN", .help = "For Gray's test and the models within each of its values.", .into = &m_strata});
    parameters.push_back(
        {.name = "--rho", .value = "NUMBER", .help = "Weight of Gray's test; 0 unless said, 1 for early differences.", .into = &m_rho});
    parameters.push_back(
        {.name = "--covariates", .value = "COLUMNS", .help = "Also a Fine–Gray model of each way to end.", .into = &m_covariates.covariates});
    return {.name = "stats aj",
            .sentence = "Aalen–Johansen: how likely each of several ways to end is, by when.",
            .r_call =
                "survfit(Surv(time, event) ~ group, data) with a factor event; cmprsk::cuminc(time, event, group, strata, rho); coxph(Surv(fgstart, "
                "fgstop, fgstatus) ~ age, finegray(...), weights = fgwt, cluster = id)",
            .more = "Every value of the event column that does not mean censored is a way to end.",
            .parameters = std::move(parameters),
            .examples = {{"waymark stats aj --data careers.csv --time days --event how --censored still-here --group gender",
                          "Promotion and leaving beside each other."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto rho = real_option("--rho", m_rho, 0, 100);
    if (!rho) return tl::unexpected<Error>(rho.error());
    std::vector<WantedColumn> wanted = m_spells.wanted();
    const std::size_t group_at = wanted.size();
    if (!m_group.empty()) wanted.push_back({m_group, WantedColumn::Kind::label});
    const std::size_t strata_at = wanted.size();
    if (!m_strata.empty()) wanted.push_back({m_strata, WantedColumn::Kind::label});
    const std::size_t covariates_at = wanted.size();
    if (!m_covariates.covariates.empty()) {
      const auto more = m_covariates.wanted();
      if (!more) return tl::unexpected<Error>(more.error());
      wanted.insert(wanted.end(), more->begin(), more->end());
    }
    const auto data = input.read(wanted);
    if (!data) return tl::unexpected<Error>(data.error());
    const auto spells = spells_of(*data, m_spells, Causes::many);
    if (!spells) return tl::unexpected<Error>(spells.error());
    const std::vector<stats::Code> group = m_group.empty() ? std::vector<stats::Code>() : codes_of(*data, group_at);
    const std::vector<stats::Code> strata = m_strata.empty() ? std::vector<stats::Code>() : codes_of(*data, strata_at);
    const auto curves = stats::cumulative_incidence(spells->spells(), group);
    if (!curves) return tl::unexpected<Error>(about_file(*data, curves.error()));
    for (std::size_t at = 0; at < curves->size(); ++at) {
      const std::string name = m_group.empty() ? "all" : data->labels(group_at).names[at];
      report.item("curves", name);
      report.say("group", "", name);
      tell((*curves)[at], *spells, report);
    }
    if (!m_group.empty() && !m_spells.start.empty())
      report.note("Gray's test has no form for delayed entry, so the groups are not tested against each other.");
    if (!m_group.empty() && m_spells.start.empty()) {
      for (std::size_t cause = 1; cause <= spells->causes.size(); ++cause) {
        const auto test = stats::gray_test(spells->spells(), static_cast<std::uint8_t>(cause), group, strata, *rho);
        if (!test) return tl::unexpected<Error>(about_file(*data, test.error()));
        report.item("gray", "Gray's test: " + spells->causes[cause - 1]);
        report.say("event", "", spells->causes[cause - 1]);
        report.say("chi_squared", "chi-squared", *test ? Cell((*test)->chi_squared) : Cell(test->error()));
        if (!*test) continue;
        report.say("degrees_of_freedom", "degrees of freedom", static_cast<std::int64_t>((*test)->degrees_of_freedom));
        report.say("p", "p", (*test)->p);
        report.method(stats::gray_test_method());
      }
    }
    return m_covariates.covariates.empty() ? Result<void>() : tell_models(*data, covariates_at, *spells, strata, report);
  }

 private:
  static void tell(const stats::IncidenceCurve& curve, const SpellColumns& spells, StatsReport& report) {
    report.say("rows", "rows", static_cast<std::int64_t>(curve.table.rows));
    report.method(stats::cumulative_incidence_method());
    std::vector<std::string> keys{"time", "at_risk", "free", "free_error"};
    const std::size_t causes = std::min(spells.causes.size(), curve.table.causes);
    for (std::size_t cause = 0; cause < causes; ++cause) {
      keys.push_back(spells.causes[cause]);
      keys.push_back(spells.causes[cause] + "_error");
    }
    std::vector<std::vector<Cell>> rows;
    for (std::size_t at = 0; at < curve.table.size(); ++at) {
      rows.push_back({spells.time(curve.table.day[at]), std::int64_t{curve.table.at_risk[at]}, curve.free[at], curve.free_standard_error[at]});
      for (std::size_t cause = 0; cause < causes; ++cause) {
        rows.back().emplace_back(curve.incidence[at * curve.table.causes + cause]);
        rows.back().emplace_back(curve.incidence_standard_error[at * curve.table.causes + cause]);
      }
    }
    report.table("curve", "", std::move(keys), std::move(rows));
  }

  Result<void> tell_models(const Columns& data, std::size_t covariates_at, const SpellColumns& spells, std::span<const stats::Code> strata,
                           StatsReport& report) const {
    const CovariateColumns covariates = covariates_of(data, covariates_at, m_covariates);
    const std::size_t p = covariates.names.size();
    for (std::size_t cause = 1; cause <= spells.causes.size(); ++cause) {
      const auto fit = stats::fit_fine_gray({spells.spells(), covariates.values, p, strata}, static_cast<std::uint8_t>(cause));
      if (!fit) return tl::unexpected<Error>(about_file(data, fit.error()));
      report.item("fine_gray", "Fine–Gray: " + spells.causes[cause - 1]);
      report.say("event", "", spells.causes[cause - 1]);
      if (!*fit) {
        report.say("model", "model", fit->error());
        continue;
      }
      report.say("events", "events", static_cast<std::int64_t>((*fit)->events));
      report.method(stats::fine_gray_method());
      std::vector<std::vector<Cell>> rows;
      for (std::size_t i = 0; i < p; ++i) {
        const auto error = [&](const std::vector<double>& covariance) {
          const double variance = covariance[i * p + i];
          return variance > 0 ? Cell(std::sqrt(variance)) : Cell();
        };
        rows.push_back({covariates.names[i], (*fit)->coefficient[i], std::exp((*fit)->coefficient[i]), error((*fit)->covariance),
                        error((*fit)->robust_covariance), error((*fit)->stretch_covariance)});
      }
      report.table("coefficients", "", {"covariate", "coefficient", "ratio", "model_error", "robust_error", "stretch_error"}, std::move(rows));
    }
    return {};
  }

  SpellOptions m_spells;
  CovariateOptions m_covariates;
  std::string m_group;
  std::string m_strata;
  std::string m_rho = "0";
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_aj() { return std::make_unique<AalenJohansen>(); }

}  // namespace waymark::cli
