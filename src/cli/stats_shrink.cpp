// Rates of many small groups: drawn towards what they share, and against what chance would give. Neither ranks them.
#include "cli/stats_groups.hpp"
#include "cli/stats_methods.hpp"
#include "stats/shrinkage/funnel.hpp"
#include "stats/shrinkage/shrinkage.hpp"

namespace waymark::cli {
namespace {

constexpr std::string_view group_help = "The groups: teams, managers, sites.";

Result<std::vector<stats::Group>> totals_of(StatsInput& input, const GroupOptions& options, std::vector<std::string>& names) {
  const auto tables = read_groups(input, options);
  if (!tables) return tl::unexpected<Error>(tables.error());
  names = tables->groups;
  return tables->tables.front();
}

class Shrink : public StatsCommand {
 public:
  StatsMethod method() override {
    StatsMethod about{
        .name = "stats shrink",
        .sentence = "Rates of many small groups, drawn towards what they have in common.",
        .r_call = "fit <- VGAM::vglm(cbind(x, n - x) ~ 1, betabinomialff); qbeta(c(0.025, 0.975), alpha + x, beta + n - x) for each group",
        .more = "The raw rate of a small group is mostly chance. Groups stay in the order of their names: this is no ranking.",
        .parameters = m_options.counting_parameters(group_help),
        .examples = {{"waymark stats shrink --data promotions.csv --group manager --event promoted", "What is believed of each."}}};
    about.parameters.push_back({.name = "--confidence", .value = "LEVEL", .help = "Of the intervals; 0.95 unless said.", .into = &m_confidence});
    return about;
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto confidence = confidence_option(m_confidence);
    if (!confidence) return tl::unexpected<Error>(confidence.error());
    std::vector<std::string> names;
    const auto groups = totals_of(input, m_options, names);
    if (!groups) return tl::unexpected<Error>(groups.error());
    const auto found = stats::beta_binomial(*groups, *confidence);
    report.section("model", "");
    if (!found) {
      report.say("model", "model", found.error());
      return {};
    }
    report.say("mean", "mean rate", found->mean);
    report.say("alpha", "alpha of the rates", found->alpha);
    report.say("beta", "beta", found->beta);
    report.say("correlation", "correlation within a group", found->correlation);
    report.say("log_likelihood", "log-likelihood", found->log_likelihood);
    report.method(stats::beta_binomial_method());
    std::vector<std::vector<Cell>> rows;
    for (std::size_t at = 0; at < names.size(); ++at) {
      const stats::BetaBinomial::Member& member = found->members[at];
      rows.push_back({names[at], cell_of((*groups)[at].events()), cell_of((*groups)[at].size()), member.mean, member.interval, member.below_overall});
    }
    report.table("groups", "", {"group", "events", "size", "rate", "interval", "probability_below_mean"}, std::move(rows));
    return {};
  }

 private:
  GroupOptions m_options;
  std::string m_confidence = "0.95";
};

class FunnelLimits : public StatsCommand {
 public:
  StatsMethod method() override {
    StatsMethod about{
        .name = "stats funnel",
        .sentence = "Which groups lie outside what chance, and what all groups share, would give.",
        .r_call = "qbinom(c(0.001, 0.025, 0.975, 0.999), n, sum(x) / sum(n)) / n, interpolated between counts as in Spiegelhalter 2005, A.1.1",
        .more =
            "Limits are exact binomial ones. The adjusted z allows for what groups differ by beyond chance. Groups stay in the order of their "
            "names: this is no ranking.",
        .parameters = m_options.counting_parameters(group_help),
        .examples = {{"waymark stats funnel --data promotions.csv --group manager --event promoted", "Limits of 95 and 99.8 percent for each."}}};
    about.parameters.push_back({.name = "--winsor",
                                .value = "SHARE",
                                .help = "How many of the z scores are pulled in at each end before the spread is told; 0.1 unless said.",
                                .into = &m_winsor});
    return about;
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto winsor = real_option("--winsor", m_winsor, 0, 0.49);
    if (!winsor) return tl::unexpected<Error>(winsor.error());
    std::vector<std::string> names;
    const auto groups = totals_of(input, m_options, names);
    if (!groups) return tl::unexpected<Error>(groups.error());
    const auto found = stats::funnel(*groups, *winsor);
    report.section("model", "");
    if (!found) {
      report.say("model", "model", found.error());
      return {};
    }
    report.say("target", "overall rate", found->target);
    report.say("dispersion", "spread of z, squared", found->dispersion);
    report.say("extra_variance", "variance beyond chance", found->extra_variance);
    report.method(stats::funnel_method());
    std::vector<std::vector<Cell>> rows;
    for (std::size_t at = 0; at < names.size(); ++at) {
      const stats::Funnel::Member& member = found->members[at];
      rows.push_back({names[at], cell_of((*groups)[at].events()), cell_of((*groups)[at].size()), (*groups)[at].rate(), member.warning, member.alarm,
                      member.z, member.adjusted_z});
    }
    report.table("groups", "", {"group", "events", "size", "rate", "limits_95", "limits_99_8", "z", "adjusted_z"}, std::move(rows));
    return {};
  }

 private:
  GroupOptions m_options;
  std::string m_winsor = "0.1";
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_shrink() { return std::make_unique<Shrink>(); }
std::unique_ptr<StatsCommand> make_stats_funnel() { return std::make_unique<FunnelLimits>(); }

}  // namespace waymark::cli
