#include "stats/rates.hpp"

#include <fmt/core.h>

#include "cli/stats_groups.hpp"
#include "cli/stats_methods.hpp"

namespace waymark::cli {
namespace {

class Rates : public StatsCommand {
 public:
  StatsMethod method() override {
    StatsMethod about{
        .name = "stats rates",
        .sentence = "Rates of groups with their intervals, and the rules of adverse impact.",
        .r_call = "prop.test(x, n, correct = FALSE)$conf.int; binom.test(x, n)$conf.int; DescTools::BinomDiffCI(x1, n1, x2, n2, method = \"mn\")",
        .more =
            "Every group is compared with the one of the highest rate, or with --reference. The four-fifths rule is a convention and no test: it "
            "errs "
            "often in small groups. `waymark stats power` says what these groups could have shown.",
        .parameters = m_options.parameters(GroupOptions::Strata::none),
        .examples = {
            {"waymark stats rates --data promotions.csv --group gender --event promoted", "Rates, ratio, difference, four fifths, flip-one."},
            {"waymark stats rates --data promotions.csv --group site --event promoted --reference Berlin", "Everybody against one group."}}};
    about.parameters.push_back({.name = "--confidence", .value = "LEVEL", .help = "Of the intervals; 0.95 unless said.", .into = &m_confidence});
    return about;
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto confidence = confidence_option(m_confidence);
    if (!confidence) return tl::unexpected<Error>(confidence.error());
    const auto tables = read_groups(input, m_options);
    if (!tables) return tl::unexpected<Error>(tables.error());
    const std::vector<stats::Group>& groups = tables->tables.front();
    tell_groups(report, tables->groups, groups);
    for (std::size_t i = 0; i < groups.size(); ++i) tell_group(report, tables->groups[i], groups[i], *confidence);

    std::size_t reference = 0;
    if (!m_options.reference.empty()) {
      const auto found = find_group(tables->groups, m_options.reference, "--reference");
      if (!found) return tl::unexpected<Error>(found.error());
      reference = *found;
    } else if (const auto highest = stats::highest_rate(groups)) {
      reference = *highest;
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const bool asked = m_options.focal.empty() || m_options.focal == tables->groups[i];
      if (i == reference || !asked) continue;
      report.item("comparisons", fmt::format("{} to {}", tables->groups[i], tables->groups[reference]));
      report.say("focal", "", tables->groups[i]);
      report.say("reference", "", tables->groups[reference]);
      tell_pair(report, {groups[i], groups[reference]}, *confidence);
    }
    if (!m_options.focal.empty()) {
      if (const auto found = find_group(tables->groups, m_options.focal, "--focal"); !found) return tl::unexpected<Error>(found.error());
    }
    return {};
  }

 private:
  static void tell_group(StatsReport& report, const std::string& name, const stats::Group& group, stats::Confidence confidence) {
    report.item("rates", name);
    report.say("group", "", name);
    report.say("wilson", "Wilson", cell_of(stats::wilson_interval(group, confidence)));
    report.method(stats::wilson_method);
    report.say("wilson_corrected", "Wilson, corrected", cell_of(stats::wilson_corrected_interval(group, confidence)));
    report.say("clopper_pearson", "Clopper–Pearson", cell_of(stats::clopper_pearson_interval(group, confidence)));
    report.method(stats::clopper_pearson_method);
    report.say("jeffreys", "Jeffreys", cell_of(stats::jeffreys_interval(group, confidence)));
    report.method(stats::jeffreys_method);
  }

  static void tell_pair(StatsReport& report, const stats::TwoGroups& two, stats::Confidence confidence) {
    report.say("ratio", "adverse impact ratio", cell_of(stats::rate_ratio(two)));
    report.say("ratio_miettinen_nurminen", "score interval", cell_of(stats::miettinen_nurminen_ratio(two, confidence)));
    report.method(stats::miettinen_nurminen_method);
    report.say("ratio_katz", "log interval", cell_of(stats::katz_interval(two, confidence)));
    report.method(stats::katz_method);
    const auto flag = stats::below_four_fifths(two);
    report.say("below_four_fifths", "below four fifths", flag ? Cell(*flag) : Cell(flag.error()));
    report.method(stats::four_fifths_method);
    const stats::FlipOne flipped = stats::flip_one(two);
    report.say("ratio_one_more_focal", "ratio with one more event", cell_of(flipped.one_more_focal));
    report.say("ratio_one_moved", "ratio with one event moved", cell_of(flipped.one_moved));
    report.say("shortfall", "shortfall of events", cell_of(stats::shortfall(two)));
    report.say("difference", "difference of rates", cell_of(stats::rate_difference(two)));
    report.say("difference_newcombe", "Newcombe interval", cell_of(stats::newcombe_interval(two, confidence)));
    report.method(stats::newcombe_method);
    report.say("difference_miettinen_nurminen", "score interval", cell_of(stats::miettinen_nurminen_difference(two, confidence)));
    const stats::StandardDeviations deviations = stats::standard_deviations(two);
    report.say("z_pooled", "standard deviations", cell_of(deviations.pooled));
    report.method(stats::standard_deviations_method);
    report.say("z_hypergeometric", "the same, both margins given", cell_of(deviations.hypergeometric));
    report.say("p_value", "p, normal", cell_of(deviations.p_value));
    report.say("cohen_h", "Cohen's h", cell_of(stats::cohen_h(two)));
  }

  GroupOptions m_options;
  std::string m_confidence = "0.95";
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_rates() { return std::make_unique<Rates>(); }

}  // namespace waymark::cli
