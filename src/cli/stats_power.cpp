#include "stats/power.hpp"

#include <limits>

#include "cli/stats_methods.hpp"
#include "stats/rates.hpp"

namespace waymark::cli {
namespace {

class Power : public StatsCommand {
 public:
  StatsMethod method() override {
    return {
        .name = "stats power",
        .sentence = "What groups of these sizes could have shown, so that nothing found is not read as fair.",
        .r_call = "power.prop.test(n = n, p1 = p1, p2 = p2) for equal groups; exact power by enumeration",
        .more =
            "Give sizes and the reference rate for the smallest difference that would have been seen; --focal-rate too for the power to see that "
            "one. With --events and "
            "--share, the hazard ratio that a log-rank test could have shown.",
        .parameters = {{.name = "--focal-size", .value = "N", .help = "Members of the focal group.", .into = &m_focal_size},
                       {.name = "--reference-size", .value = "N", .help = "Members of the reference group.", .into = &m_reference_size},
                       {.name = "--rate", .value = "RATE", .help = "The rate in the reference group, from 0 to 1.", .into = &m_rate},
                       {.name = "--focal-rate", .value = "RATE", .help = "The rate in the focal group.", .into = &m_focal_rate},
                       {.name = "--events", .value = "N", .help = "Events in both groups together.", .into = &m_events},
                       {.name = "--share", .value = "SHARE", .help = "Share of the focal group among all, between 0 and 1.", .into = &m_share},
                       {.name = "--test",
                        .value = "NAME",
                        .help = "fisher or mid-p (the default).",
                        .into = &m_test,
                        .completes = Completes::choices,
                        .choices = {"fisher", "mid-p"}},
                       {.name = "--power", .value = "POWER", .help = "How surely a difference is to be seen; 0.8 unless said.", .into = &m_power},
                       {.name = "--alpha", .value = "LEVEL", .help = "The level of significance, two-sided; 0.05 unless said.", .into = &m_alpha}},
        .examples = {{"waymark stats power --focal-size 25 --reference-size 100 --rate 0.15", "The smallest shortfall that would have been seen."},
                     {"waymark stats power --events 60 --share 0.25", "The hazard ratio that 60 promotions could have shown."}},
        .needs_data = false};
  }

  Result<void> compute(StatsInput&, StatsReport& report) override {
    const auto power = real_option("--power", m_power, 0.001, 0.999999);
    if (!power) return tl::unexpected<Error>(power.error());
    const auto alpha = real_option("--alpha", m_alpha, 1e-12, 0.999999);
    if (!alpha) return tl::unexpected<Error>(alpha.error());
    const bool of_rates = m_focal_size > 0 && m_reference_size > 0 && !m_rate.empty();
    const bool of_hazards = m_events > 0 && !m_share.empty();
    if (!of_rates && !of_hazards) {
      return fail(Error::Kind::wrong_usage, "It is not clear what the power is of.",
                  "Write --focal-size, --reference-size and --rate, or --events and --share.");
    }
    if (of_rates) {
      if (auto told = tell_rates(report, *power, *alpha); !told) return told;
    }
    if (!of_hazards) return {};
    const auto share = real_option("--share", m_share, 1e-6, 1 - 1e-6);
    if (!share) return tl::unexpected<Error>(share.error());
    const double ratio = stats::detectable_hazard_ratio(static_cast<double>(m_events), *share, *power, *alpha);
    report.section("hazard", "Time until the event");
    report.say("detectable_hazard_ratio", "hazard ratio at most", ratio);
    report.say("detectable_hazard_ratio_above", "or at least", 1 / ratio);
    report.method(stats::schoenfeld_method);
    return {};
  }

 private:
  Result<void> tell_rates(StatsReport& report, double power, double alpha) const {
    const auto rate = real_option("--rate", m_rate, 0, 1);
    if (!rate) return tl::unexpected<Error>(rate.error());
    const auto focal_size = stats::Count::of(static_cast<double>(m_focal_size), "--focal-size");
    if (!focal_size) return tl::unexpected<Error>(focal_size.error());
    const auto reference_size = stats::Count::of(static_cast<double>(m_reference_size), "--reference-size");
    if (!reference_size) return tl::unexpected<Error>(reference_size.error());
    const auto test = m_test == "fisher" ? stats::ExactTest::fisher : stats::ExactTest::mid_p;
    const auto exact = stats::ExactPower::make(*focal_size, *reference_size, test, alpha);
    if (!exact) return tl::unexpected<Error>(exact.error());
    report.section("detectable", "The smallest difference that would have been seen");
    const stats::Quantity lower = exact->detectable_rate(*rate, power);
    const stats::Quantity higher = exact->detectable_higher_rate(*rate, power);
    report.say("rate", "focal rate at most", cell_of(lower));
    report.say("ratio", "ratio of rates at most", lower ? Cell(*lower / *rate) : Cell());
    report.say("higher_rate", "focal rate at least", cell_of(higher));
    report.say("higher_ratio", "ratio of rates at least", higher && *rate > 0 ? Cell(*higher / *rate) : Cell());
    report.method(stats::exact_power_method);
    report.say("smallest_p", "smallest p these groups can give", exact->smallest_p());
    report.section("equal", "When the rates are equal");
    report.say("size", "the test says otherwise", exact->at(*rate, *rate));
    const auto flag = stats::four_fifths_flag_probability(*focal_size, *reference_size, *rate, *rate);
    if (flag) report.say("four_fifths_flag", "the four-fifths rule flags", *flag);
    if (m_focal_rate.empty()) return {};
    const auto focal_rate = real_option("--focal-rate", m_focal_rate, 0, 1);
    if (!focal_rate) return tl::unexpected<Error>(focal_rate.error());
    report.section("power", "When the focal rate is as given");
    report.say("exact", "power", exact->at(*focal_rate, *rate));
    const auto flagged = stats::four_fifths_flag_probability(*focal_size, *reference_size, *focal_rate, *rate);
    if (flagged) report.say("four_fifths_flag", "the four-fifths rule flags", *flagged);
    if (m_focal_size == m_reference_size) {
      report.say("normal", "power by the normal formula", cell_of(stats::rates_power(static_cast<double>(m_focal_size), *focal_rate, *rate, alpha)));
      report.method(stats::rates_power_method);
    }
    report.say("members_each", "members of each group for the power asked", cell_of(stats::members_for_power(*focal_rate, *rate, power, alpha)));
    return {};
  }

  std::size_t m_focal_size = 0;
  std::size_t m_reference_size = 0;
  std::size_t m_events = 0;
  std::string m_rate;
  std::string m_focal_rate;
  std::string m_share;
  std::string m_test = "mid-p";
  std::string m_power = "0.8";
  std::string m_alpha = "0.05";
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_power() { return std::make_unique<Power>(); }

}  // namespace waymark::cli
