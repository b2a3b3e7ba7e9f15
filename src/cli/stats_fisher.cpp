#include "stats/fisher.hpp"

#include "cli/stats_groups.hpp"
#include "cli/stats_methods.hpp"
#include "stats/rates.hpp"

namespace waymark::cli {
namespace {

class Fisher : public StatsCommand {
 public:
  StatsMethod method() override {
    StatsMethod about{
        .name = "stats fisher",
        .sentence = "Compare two groups exactly, as small numbers need it.",
        .r_call = "fisher.test(table(data$group, data$event != 1))",
        .more =
            "Fisher's test in both conventions, mid-p, the conditional odds ratio with its exact and mid-p intervals. Odds ratios and intervals are "
            "solved to "
            "the last digits, where fisher.test stops at four; its p value is the same.",
        .parameters = m_options.parameters(GroupOptions::Strata::none),
        .examples = {{"waymark stats fisher --data promotions.csv --group gender --event promoted", "Is it the same rate?"},
                     {"waymark stats fisher --data admissions.csv --group Gender --event Admit --event-is Admitted --count Freq --focal Female",
                      "From a table of counts, with the event and the focal group named."}}};
    about.parameters.push_back({.name = "--confidence", .value = "LEVEL", .help = "Of the intervals; 0.95 unless said.", .into = &m_confidence});
    about.parameters.push_back(
        {.name = "--boschloo", .help = "Boschloo's unconditional test too; it may take a while beyond a thousand people.", .into = &m_boschloo});
    return about;
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto confidence = confidence_option(m_confidence);
    if (!confidence) return tl::unexpected<Error>(confidence.error());
    const auto tables = read_groups(input, m_options);
    if (!tables) return tl::unexpected<Error>(tables.error());
    const auto pair = choose_pair(tables->groups, m_options);
    if (!pair) return tl::unexpected<Error>(pair.error());
    const auto& groups = tables->tables.front();
    const stats::TwoGroups two{groups[pair->focal], groups[pair->reference]};
    tell_groups(report, {tables->groups[pair->focal], tables->groups[pair->reference]}, {two.focal, two.reference});
    tell_test(report, stats::fisher_test(two));
    tell_odds(report, stats::conditional_odds_ratio(two, *confidence));
    const stats::StandardDeviations deviations = stats::standard_deviations(two);
    report.section("normal", "By the normal approximation");
    report.say("z", "standard deviations", cell_of(deviations.pooled));
    report.say("p_value", "p, two-sided", cell_of(deviations.p_value));
    if (!m_boschloo) return {};
    const auto boschloo = stats::boschloo_test(two);
    if (!boschloo) return tl::unexpected<Error>(boschloo.error());
    report.section("boschloo", "Boschloo's test");
    report.say("p_two_sided", "p, two-sided", boschloo->two_sided);
    report.say("p_less", "p, fewer focal events", boschloo->less);
    report.say("p_greater", "p, more focal events", boschloo->greater);
    report.method(stats::boschloo_method);
    return {};
  }

 private:
  static void tell_test(StatsReport& report, const stats::FisherTest& test) {
    report.section("fisher", "Fisher's exact test");
    report.say("p_two_sided", "p, two-sided", test.two_sided);
    report.say("p_two_sided_doubled", "p, twice the smaller tail", test.two_sided_doubled);
    report.say("p_less", "p, fewer focal events", test.less);
    report.say("p_greater", "p, more focal events", test.greater);
    report.say("log_p_two_sided", "log p, two-sided", test.log_two_sided);
    report.method(stats::fisher_method);
    report.section("mid_p", "Mid-p");
    report.say("p_two_sided_doubled", "p, twice the smaller tail", test.mid_two_sided_doubled);
    report.say("p_two_sided", "p, by likelihood", test.mid_two_sided);
    report.say("p_less", "p, fewer focal events", test.mid_less);
    report.say("p_greater", "p, more focal events", test.mid_greater);
    report.method(stats::mid_p_method);
  }

  static void tell_odds(StatsReport& report, const stats::ConditionalOddsRatio& odds) {
    report.section("odds_ratio", "Conditional odds ratio");
    report.say("estimate", "estimate", cell_of(odds.estimate));
    report.say("exact_interval", "exact interval", odds.exact);
    report.say("median_unbiased", "median unbiased", cell_of(odds.median_unbiased));
    report.say("mid_p_interval", "mid-p interval", odds.mid_p);
    report.method(stats::conditional_odds_ratio_method);
  }

  GroupOptions m_options;
  std::string m_confidence = "0.95";
  bool m_boschloo = false;
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_fisher() { return std::make_unique<Fisher>(); }

}  // namespace waymark::cli
