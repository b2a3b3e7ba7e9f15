#include "stats/strata.hpp"

#include "cli/stats_groups.hpp"
#include "cli/stats_methods.hpp"
#include "stats/rates.hpp"

namespace waymark::cli {
namespace {

Cell statistic_of(const stats::Answer<stats::ChiSquared>& test) { return test ? Cell(test->statistic) : Cell(test.error()); }
Cell degrees_of(const stats::Answer<stats::ChiSquared>& test) { return test ? Cell(test->degrees_of_freedom) : Cell(); }
Cell p_of(const stats::Answer<stats::ChiSquared>& test) { return test ? Cell(test->p_value) : Cell(); }

class Cmh : public StatsCommand {
 public:
  StatsMethod method() override {
    StatsMethod about{.name = "stats cmh",
                      .sentence = "Compare groups within strata, such as levels and cycles.",
                      .r_call = "mantelhaen.test(table(data$group, data$event != 1, data$stratum), correct = FALSE)",
                      .more =
                          "Two groups: Cochran–Mantel–Haenszel, common odds ratio, rate ratio and difference, Breslow–Day and Tarone, standardised "
                          "rates, the exact "
                          "test, and the crude figures beside them, which can be the opposite. More groups or outcomes: the generalised test.",
                      .parameters = m_options.parameters(GroupOptions::Strata::required),
                      .examples = {{"waymark stats cmh --data promotions.csv --group gender --event promoted --strata level", "Within each level."},
                                   {"waymark stats cmh --data promotions.csv --group gender --event promoted --strata level,cycle",
                                    "Within each level of each cycle."}}};
    about.parameters.push_back({.name = "--confidence", .value = "LEVEL", .help = "Of the intervals; 0.95 unless said.", .into = &m_confidence});
    return about;
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto confidence = confidence_option(m_confidence);
    if (!confidence) return tl::unexpected<Error>(confidence.error());
    const auto counts = read_outcomes(input, m_options);
    if (!counts) return tl::unexpected<Error>(counts.error());
    const bool two_groups = counts->groups.size() == 2 || !m_options.focal.empty() || !m_options.reference.empty();
    const bool two_outcomes = counts->outcomes.size() <= 2 || !m_options.event_is.empty();
    if (!two_groups || !two_outcomes) return general(*counts, report);
    const auto tables = tell_event(*counts, m_options);
    if (!tables) return tl::unexpected<Error>(tables.error());
    const auto pair = choose_pair(tables->groups, m_options);
    if (!pair) return tl::unexpected<Error>(pair.error());
    std::vector<stats::TwoGroups> strata;
    for (const auto& groups : tables->tables) strata.push_back({groups[pair->focal], groups[pair->reference]});
    if (auto told = tell_crude(report, *tables, *pair, strata); !told) return told;
    tell_strata(report, tables->strata, strata);
    tell_common(report, strata, *confidence);
    tell_homogeneity(report, strata);
    return tell_exact(report, strata, *confidence);
  }

 private:
  static Result<void> general(const OutcomeCounts& counts, StatsReport& report) {
    std::vector<std::vector<stats::Count>> strata;
    for (const auto& stratum : counts.counts) {
      strata.emplace_back();
      for (const auto& group : stratum) strata.back().insert(strata.back().end(), group.begin(), group.end());
    }
    const auto test = stats::general_association(counts.groups.size(), counts.outcomes.size(), strata);
    if (!test) return tl::unexpected<Error>(test.error());
    report.section("general_association", "Generalised Cochran–Mantel–Haenszel test");
    report.say("statistic", "chi-squared", statistic_of(*test));
    report.say("degrees_of_freedom", "degrees of freedom", degrees_of(*test));
    report.say("p_value", "p", p_of(*test));
    report.method(stats::general_association_method);
    return {};
  }

  static Result<void> tell_crude(StatsReport& report, const GroupTables& tables, const Pair& pair, stats::Strata strata) {
    const auto all = stats::crude(strata);
    if (!all) return tl::unexpected<Error>(all.error());
    tell_groups(report, {tables.groups[pair.focal], tables.groups[pair.reference]}, {all->focal, all->reference});
    report.section("crude", "As if there were no strata");
    const stats::CommonRatio odds = stats::mantel_haenszel_odds_ratio(std::vector{*all});
    report.say("odds_ratio", "odds ratio", cell_of(odds.estimate));
    report.say("ratio", "ratio of rates", cell_of(stats::rate_ratio(*all)));
    const stats::StandardisedRates rates = stats::standardised_rates(strata);
    report.section("standardised", "As if both groups were spread over the strata alike");
    report.say("focal", "focal rate", cell_of(rates.focal));
    report.say("reference", "reference rate", cell_of(rates.reference));
    report.say("ratio", "ratio of rates", cell_of(rates.ratio));
    report.method(stats::standardised_method);
    return {};
  }

  static void tell_strata(StatsReport& report, const std::vector<std::string>& names, stats::Strata strata) {
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto ratio = stats::rate_ratio(strata[i]);
      rows.push_back({names[i], cell_of(strata[i].focal.events()), cell_of(strata[i].focal.size()), cell_of(strata[i].reference.events()),
                      cell_of(strata[i].reference.size()), ratio ? Cell(*ratio) : Cell()});
    }
    report.section("", "By stratum");
    report.table("strata", "", {"stratum", "focal_events", "focal_size", "reference_events", "reference_size", "ratio"}, std::move(rows));
  }

  static void tell_common(StatsReport& report, stats::Strata strata, stats::Confidence confidence) {
    const stats::MantelHaenszelTest test = stats::mantel_haenszel_test(strata);
    report.section("cmh", "Cochran–Mantel–Haenszel test");
    report.say("statistic", "chi-squared", statistic_of(test.plain));
    report.say("p_value", "p", p_of(test.plain));
    report.say("statistic_corrected", "with continuity correction", statistic_of(test.corrected));
    report.say("p_value_corrected", "its p", p_of(test.corrected));
    report.method(stats::mantel_haenszel_method);
    report.section("common", "Common to all strata");
    const stats::CommonRatio odds = stats::mantel_haenszel_odds_ratio(strata, confidence);
    report.say("odds_ratio", "odds ratio", cell_of(odds.estimate));
    report.say("odds_ratio_interval", "interval", cell_of(odds.interval));
    report.say("log_odds_ratio_error", "standard error of its log", cell_of(odds.log_standard_error));
    report.method(stats::odds_ratio_method);
    const stats::CommonRatio ratio = stats::mantel_haenszel_rate_ratio(strata, confidence);
    report.say("rate_ratio", "ratio of rates", cell_of(ratio.estimate));
    report.say("rate_ratio_interval", "interval", cell_of(ratio.interval));
    report.say("log_rate_ratio_error", "standard error of its log", cell_of(ratio.log_standard_error));
    report.method(stats::rate_ratio_method);
    const stats::CommonDifference difference = stats::mantel_haenszel_difference(strata, confidence);
    report.say("difference", "difference of rates", cell_of(difference.estimate));
    report.say("difference_interval", "interval", cell_of(difference.interval));
    report.say("difference_error", "standard error", cell_of(difference.standard_error));
    report.method(stats::difference_method);
  }

  static void tell_homogeneity(StatsReport& report, stats::Strata strata) {
    const stats::Homogeneity same = stats::homogeneity_test(strata);
    report.section("homogeneity", "Is it the same odds ratio in all strata?");
    report.say("breslow_day", "Breslow–Day", statistic_of(same.breslow_day));
    report.say("breslow_day_p", "p", p_of(same.breslow_day));
    report.method(stats::breslow_day_method);
    report.say("tarone", "with Tarone's correction", statistic_of(same.tarone));
    report.say("tarone_p", "p", p_of(same.tarone));
    report.method(stats::tarone_method);
    report.say("degrees_of_freedom", "degrees of freedom", degrees_of(same.tarone));
  }

  static Result<void> tell_exact(StatsReport& report, stats::Strata strata, stats::Confidence confidence) {
    report.section("exact", "Exactly");
    const auto exact = stats::exact_stratified(strata, confidence);
    if (!exact) {
      report.say("too_large", "not computed", exact.error().message + " " + exact.error().way_out);
      return {};
    }
    report.say("p_two_sided", "p, two-sided", exact->two_sided);
    report.say("p_less", "p, fewer focal events", exact->less);
    report.say("p_greater", "p, more focal events", exact->greater);
    report.say("mid_p_two_sided", "mid-p, two-sided", exact->mid_two_sided);
    report.say("odds_ratio", "odds ratio", cell_of(exact->odds_ratio));
    report.say("odds_ratio_interval", "interval", exact->interval);
    report.method(stats::exact_stratified_method);
    return {};
  }

  GroupOptions m_options;
  std::string m_confidence = "0.95";
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_cmh() { return std::make_unique<Cmh>(); }

}  // namespace waymark::cli
