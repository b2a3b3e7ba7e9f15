#include "stats/mixed/mixed.hpp"

#include <cmath>

#include <fmt/core.h>

#include "cli/stats_methods.hpp"
#include "cli/stats_spells.hpp"
#include "stats/distributions.hpp"

namespace waymark::cli {
namespace {

class Mixed : public StatsCommand {
 public:
  StatsMethod method() override {
    Parameter covariates = m_covariates.parameter();
    covariates.required = false;
    return {
        .name = "stats mixed",
        .sentence = "Logistic models in which every group has a level of its own, drawn from a normal distribution.",
        .r_call =
            "lme4::glmer(event ~ age + (1 | group), data, binomial, nAGQ = 25); ordinal::clmm(factor(rating) ~ age + (1 | group), data, "
            "nAGQ = 25)",
        .more = "With --event a yes or no a row, with --rating a category of a scale. R stops early: it agrees to some five digits.",
        .parameters = {{.name = "--event", .value = "COLUMN", .help = "Whether it happened in the row,", .into = &m_event},
                       {.name = "--happened", .value = "VALUE", .help = "the value that means it did; 1 unless said,", .into = &m_happened},
                       {.name = "--censored", .value = "VALUE", .help = "the value that means it did not; 0 unless said.", .into = &m_not_happened},
                       {.name = "--rating", .value = "COLUMN", .help = "Instead, the category the row was put into, in order.", .into = &m_rating},
                       {.name = "--group", .value = "COLUMN", .help = "Whose rows share a level: team, judge.", .into = &m_group, .required = true},
                       covariates,
                       {.name = "--nodes",
                        .value = "N",
                        .help = "Points of the quadrature, 1 to 100; 25 unless said, 1 is Laplace's method.",
                        .into = &m_nodes}},
        .examples = {
            {"waymark stats mixed --data months.csv --event promoted --group manager --covariates \"factor(gender)\"", "How much managers differ."},
            {"waymark stats mixed --data ratings.csv --rating score --group judge", "How lenient judges are."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    if (m_event.empty() == m_rating.empty()) {
      return fail(Error::Kind::wrong_usage, "`stats mixed` needs --event or --rating, and not both.",
                  "Write --event promoted for a yes or no a row, --rating score for categories.");
    }
    if (m_nodes < 1 || m_nodes > stats::Nodes::max) {
      return fail(Error::Kind::wrong_usage, fmt::format("--nodes takes 1 to {}, not {}.", stats::Nodes::max, m_nodes),
                  "Write --nodes 25, for example.");
    }
    std::vector<WantedColumn> wanted{{m_event.empty() ? m_rating : m_event, WantedColumn::Kind::label}, {m_group, WantedColumn::Kind::label}};
    if (!m_covariates.covariates.empty()) {
      const auto more = m_covariates.wanted();
      if (!more) return tl::unexpected<Error>(more.error());
      wanted.insert(wanted.end(), more->begin(), more->end());
    }
    const auto data = input.read(wanted);
    if (!data) return tl::unexpected<Error>(data.error());
    const CovariateColumns covariates = covariates_of(*data, 2, m_covariates);
    const stats::Nodes nodes(m_nodes);
    if (m_event.empty()) {
      const auto fit = stats::fit_mixed_ordinal({codes_of(*data, 0), covariates.values, covariates.names.size(), codes_of(*data, 1)}, nodes);
      if (!fit) return tl::unexpected<Error>(about_file(*data, fit.error()));
      std::vector<std::string> names;
      const std::vector<std::string>& categories = data->labels(0).names;
      for (std::size_t at = 0; at + 1 < categories.size(); ++at) names.push_back(fmt::format("{}|{}", categories[at], categories[at + 1]));
      return tell(*fit, stats::mixed_ordinal_method(), std::move(names), covariates, data->labels(1), report);
    }
    const auto outcome = outcomes(*data);
    if (!outcome) return tl::unexpected<Error>(outcome.error());
    const auto fit = stats::fit_mixed_logit({*outcome, covariates.values, covariates.names.size(), codes_of(*data, 1)}, nodes);
    if (!fit) return tl::unexpected<Error>(about_file(*data, fit.error()));
    return tell(*fit, stats::mixed_logit_method(), {"intercept"}, covariates, data->labels(1), report);
  }

 private:
  [[nodiscard]] Result<std::vector<stats::Group>> outcomes(const Columns& data) const {
    std::vector<stats::Group> result;
    for (std::size_t row = 0; row < data.rows(); ++row) {
      const std::string& text = data.labels(0).of(row);
      if (text != m_happened && text != m_not_happened) {
        return fail(Error::Kind::bad_input,
                    fmt::format("{}: column “{}” has “{}”, which is neither “{}” (it happened) nor “{}” (it did not).", data.place(row), m_event,
                                text, m_happened, m_not_happened),
                    "Say with --happened and --censored what its values mean.");
      }
      result.emplace_back(stats::Count(text == m_happened ? 1 : 0), stats::Count(1));
    }
    return result;
  }

  static Result<void> tell(const stats::Answer<stats::MixedFit>& fit, const stats::Method& method, std::vector<std::string> names,
                           const CovariateColumns& covariates, const Labels& groups, StatsReport& report) {
    report.section("model", "");
    if (!fit) {
      report.say("model", "model", fit.error());
      return {};
    }
    names.insert(names.end(), covariates.names.begin(), covariates.names.end());
    const std::size_t p = names.size() + 1;  // the last is the deviation
    const auto error = [&](std::size_t at) { return std::sqrt(std::max(0.0, fit->covariance[at * (p + 1)])); };
    report.say("rows", "rows", static_cast<std::int64_t>(fit->rows));
    report.say("groups", "groups", static_cast<std::int64_t>(fit->groups));
    report.say("deviation", "standard deviation of groups", fit->deviation);
    report.say("deviation_error", "its standard error", error(p - 1));
    report.say("log_likelihood", "log-likelihood", fit->log_likelihood);
    report.method(method);
    std::vector<std::vector<Cell>> rows;
    for (std::size_t at = 0; at < names.size(); ++at) {
      const double b = fit->coefficient[at];
      rows.push_back({names[at], b, error(at), error(at) > 0 ? Cell(stats::normal_two_sided(b / error(at))) : Cell()});
    }
    report.table("coefficients", "", {"covariate", "coefficient", "error", "p"}, std::move(rows));
    std::vector<std::vector<Cell>> effects;
    for (std::size_t group = 0; group < groups.names.size(); ++group)
      effects.push_back({groups.names[group], fit->effect[group], fit->effect_error[group]});
    report.table("effects", "Levels of groups, in the order of their names", {"group", "effect", "error"}, std::move(effects));
    return {};
  }

  CovariateOptions m_covariates;
  std::string m_event, m_rating, m_group;
  std::string m_happened = "1";
  std::string m_not_happened = "0";
  std::size_t m_nodes = 25;
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_mixed() { return std::make_unique<Mixed>(); }

}  // namespace waymark::cli
