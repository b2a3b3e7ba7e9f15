#include "cli/stats_methods.hpp"
#include "cli/stats_spells.hpp"
#include "stats/survival/log_rank.hpp"

namespace waymark::cli {
namespace {

class LogRank : public StatsCommand {
 public:
  StatsMethod method() override {
    std::vector<Parameter> parameters = m_spells.parameters(Causes::one);
    parameters.push_back({.name = "--group", .value = "COLUMN", .help = "Whom to compare.", .into = &m_group, .required = true});
    parameters.push_back({.name = "--strata", .value = "COLUMN", .help = "Compare only within each of its values.", .into = &m_strata});
    parameters.push_back({.name = "--rho",
                          .value = "NUMBER",
                          .help = "Weight of the G^rho family; 0 (the log-rank test) unless said, 1 for Peto and Peto.",
                          .into = &m_rho});
    parameters.push_back({.name = "--exact", .help = "Also by all assignments, for two groups of at most 40 rows together.", .into = &m_exact});
    return {.name = "stats logrank",
            .sentence = "Compare how long it takes in groups: log-rank, stratified too.",
            .r_call = "survdiff(Surv(time, event) ~ group + strata(strata), data, rho = 0); coin::logrank_test(..., distribution = \"exact\")",
            .parameters = std::move(parameters),
            .examples = {{"waymark stats logrank --data careers.csv --time days --event promoted --group gender --strata level", "Within levels."},
                         {"waymark stats logrank --data team.csv --time days --event promoted --group gender --exact", "For a small team."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto rho = real_option("--rho", m_rho, -10, 10);
    if (!rho) return tl::unexpected<Error>(rho.error());
    std::vector<WantedColumn> wanted = m_spells.wanted();
    const std::size_t group_at = wanted.size();
    wanted.push_back({m_group, WantedColumn::Kind::label});
    if (!m_strata.empty()) wanted.push_back({m_strata, WantedColumn::Kind::label});
    const auto data = input.read(wanted);
    if (!data) return tl::unexpected<Error>(data.error());
    const auto spells = spells_of(*data, m_spells, Causes::one);
    if (!spells) return tl::unexpected<Error>(spells.error());
    const std::vector<stats::Code>& group = codes_of(*data, group_at);
    const std::vector<stats::Code> strata = m_strata.empty() ? std::vector<stats::Code>() : codes_of(*data, group_at + 1);
    const auto test = stats::log_rank(spells->spells(), group, strata, *rho);
    if (!test) return tl::unexpected<Error>(about_file(*data, test.error()));
    report.section("test", "");
    if (!*test) {
      report.say("chi_squared", "chi-squared", test->error());
    } else {
      const stats::LogRank& found = **test;
      report.say("chi_squared", "chi-squared", found.chi_squared);
      report.say("degrees_of_freedom", "degrees of freedom", static_cast<std::int64_t>(found.degrees_of_freedom));
      report.say("p", "p", found.p);
      report.say("log_p", "", found.log_p);
      report.method(stats::log_rank_method());
      std::vector<std::vector<Cell>> rows;
      const std::size_t groups = found.rows.size();
      for (std::size_t i = 0; i < groups; ++i) {
        rows.push_back({data->labels(group_at).names[i], static_cast<std::int64_t>(found.rows[i]), found.observed[i], found.expected[i],
                        found.covariance[i * (groups + 1)]});
      }
      report.table("groups", "", {"group", "rows", "observed", "expected", "variance"}, std::move(rows));
    }
    if (!m_exact) return {};
    if (!m_strata.empty()) {
      return fail(Error::Kind::wrong_usage, "--exact has no form here with --strata.", "Leave one of them out.");
    }
    const auto exact = stats::exact_log_rank(spells->spells(), group);
    if (!exact) return tl::unexpected<Error>(about_file(*data, exact.error()));
    report.section("exact", "Exactly");
    report.say("p", "p", *exact ? Cell((*exact)->p) : Cell(exact->error()));
    if (*exact) {
      report.say("z", "z", (*exact)->z);
      report.say("assignments", "assignments", (*exact)->assignments);
    }
    return {};
  }

 private:
  SpellOptions m_spells;
  std::string m_group;
  std::string m_strata;
  std::string m_rho = "0";
  bool m_exact = false;
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_logrank() { return std::make_unique<LogRank>(); }

}  // namespace waymark::cli
