#include "stats/survival/kaplan_meier.hpp"

#include "cli/stats_methods.hpp"
#include "cli/stats_spells.hpp"

namespace waymark::cli {
namespace {

Cell optional_cell(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }

class KaplanMeier : public StatsCommand {
 public:
  StatsMethod method() override {
    std::vector<Parameter> parameters = m_spells.parameters(Causes::one);
    parameters.push_back({.name = "--group", .value = "COLUMN", .help = "A curve for each of its values.", .into = &m_group});
    parameters.push_back({.name = "--scale",
                          .value = "NAME",
                          .help = "The scale of the intervals: log-log (the default), log, plain, logit or arcsin.",
                          .into = &m_scale,
                          .completes = Completes::choices,
                          .choices = {"log-log", "log", "plain", "logit", "arcsin"}});
    parameters.push_back({.name = "--horizon", .value = "TIME", .help = "Also the restricted mean up to this time.", .into = &m_horizon});
    parameters.push_back({.name = "--confidence", .value = "SHARE", .help = "How sure the intervals are; 0.95 unless said.", .into = &m_confidence});
    return {
        .name = "stats km",
        .sentence = "Kaplan–Meier: how long until it happens, some not having been seen to the end.",
        .r_call = "survfit(Surv(time, event) ~ group, data, conf.type = \"log-log\")",
        .more =
            "Greenwood's errors, the Nelson–Aalen hazard, quartiles, and the restricted mean up to a horizon. If people also leave in other ways, "
            "see `waymark stats aj`: one minus Kaplan–Meier then overstates.",
        .parameters = std::move(parameters),
        .examples = {{"waymark stats km --data careers.csv --time days --event promoted", "One curve."},
                     {"waymark stats km --data careers.csv --time end --start begin --event promoted --group gender --horizon 730",
                      "A curve for each group, with delayed entry."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto confidence = confidence_option(m_confidence);
    if (!confidence) return tl::unexpected<Error>(confidence.error());
    std::vector<WantedColumn> wanted = m_spells.wanted();
    if (!m_group.empty()) wanted.push_back({m_group, WantedColumn::Kind::label});
    const auto data = input.read(wanted);
    if (!data) return tl::unexpected<Error>(data.error());
    const auto spells = spells_of(*data, m_spells, Causes::one);
    if (!spells) return tl::unexpected<Error>(spells.error());
    const std::vector<stats::Code> group = m_group.empty() ? std::vector<stats::Code>() : codes_of(*data, wanted.size() - 1);
    const auto curves = stats::kaplan_meier(spells->spells(), group, scale(), *confidence);
    if (!curves) return tl::unexpected<Error>(about_file(*data, curves.error()));
    for (std::size_t at = 0; at < curves->size(); ++at) {
      const std::string name = m_group.empty() ? "all" : data->labels(wanted.size() - 1).names[at];
      report.item("curves", name);
      report.say("group", "", name);
      if (const Result<void> told = tell((*curves)[at], *spells, report); !told) return told;
    }
    return {};
  }

 private:
  [[nodiscard]] stats::IntervalScale scale() const {
    if (m_scale == "log") return stats::IntervalScale::log;
    if (m_scale == "plain") return stats::IntervalScale::plain;
    if (m_scale == "logit") return stats::IntervalScale::logit;
    if (m_scale == "arcsin") return stats::IntervalScale::arcsine;
    return stats::IntervalScale::log_minus_log;
  }

  Result<void> tell(const stats::SurvivalCurve& curve, const SpellColumns& spells, StatsReport& report) const {
    report.say("rows", "rows", static_cast<std::int64_t>(curve.table.rows));
    report.say("events", "events", static_cast<std::int64_t>(curve.events()));
    for (const auto& [key, label, share] :
         {std::tuple{"quartile_1", "a quarter by", .25}, {"median", "half by (median)", .5}, {"quartile_3", "three quarters by", .75}}) {
      const stats::SurvivalQuantile found = stats::quantile(curve, share);
      const auto time = [&](const std::optional<double>& day) { return day ? spells.time(*day) : Cell(); };
      report.say(key, label, time(found.day));
      report.say(std::string(key) + "_lower", "", time(found.lower));
      report.say(std::string(key) + "_upper", "", time(found.upper));
      if (found.lower && found.upper)
        report.say(std::string(key) + "_interval", "  interval", stats::Interval{*found.lower / spells.unit, *found.upper / spells.unit});
    }
    if (!m_horizon.empty()) {
      const auto horizon = real_option("--horizon", m_horizon, 0, 1e12);
      if (!horizon) return tl::unexpected<Error>(horizon.error());
      const auto mean = stats::restricted_mean(curve, static_cast<stats::Day>(*horizon * spells.unit));
      report.say("restricted_mean", "restricted mean", mean ? Cell(mean->days / spells.unit) : Cell(mean.error()));
      report.say("restricted_mean_error", "its standard error", mean ? Cell(mean->standard_error / spells.unit) : Cell());
    }
    report.method(stats::kaplan_meier_method());
    std::vector<std::vector<Cell>> rows;
    for (std::size_t at = 0; at < curve.table.size(); ++at) {
      const auto& interval = curve.interval[at];
      rows.push_back({spells.time(curve.table.day[at]), std::int64_t{curve.table.at_risk[at]}, std::int64_t{curve.table.of_any_cause(at)},
                      std::int64_t{curve.table.censored[at]}, curve.survival[at], optional_cell(curve.standard_error[at]),
                      interval ? Cell(interval->lower) : Cell(), interval ? Cell(interval->upper) : Cell(), curve.cumulative_hazard[at],
                      curve.hazard_standard_error[at]});
    }
    report.table("curve", "", {"time", "at_risk", "events", "censored", "survival", "error", "lower", "upper", "hazard", "hazard_error"},
                 std::move(rows));
    return {};
  }

  SpellOptions m_spells;
  std::string m_group;
  std::string m_scale = "log-log";
  std::string m_horizon;
  std::string m_confidence = "0.95";
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_km() { return std::make_unique<KaplanMeier>(); }

}  // namespace waymark::cli
