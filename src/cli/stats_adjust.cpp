#include "stats/adjust.hpp"

#include <cmath>

#include "cli/stats_methods.hpp"

namespace waymark::cli {
namespace {

class Adjust : public StatsCommand {
 public:
  StatsMethod method() override {
    return {.name = "stats adjust",
            .sentence = "Adjust many p values so that they can be read as one family.",
            .r_call = "p.adjust(data$p, \"holm\")",
            .more = "Holm for a family declared beforehand, BH for exploration. A missing p value stays missing and is no member of the family.",
            .parameters = {{.name = "--p", .value = "COLUMN", .help = "The p values.", .into = &m_p, .required = true},
                           {.name = "--label", .value = "COLUMN", .help = "What each of them is about.", .into = &m_label},
                           {.name = "--adjustment",
                            .value = "NAME",
                            .help = "holm, hochberg, hommel, bonferroni, BH (or fdr), BY or none; all of them unless said.",
                            .into = &m_adjustment,
                            .completes = Completes::choices,
                            .choices = {"holm", "hochberg", "hommel", "bonferroni", "BH", "BY", "fdr", "none"}}},
            .examples = {{"waymark stats adjust --data tests.csv --p p", "Every adjustment beside the others."},
                         {"waymark stats adjust --data tests.csv --p p --label question --adjustment holm", "One, with what it is about."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    std::vector<WantedColumn> wanted{{m_p, WantedColumn::Kind::number}};
    if (!m_label.empty()) wanted.push_back({m_label, WantedColumn::Kind::label});
    const auto data = input.read_with_gaps(wanted);
    if (!data) return tl::unexpected<Error>(data.error());
    std::vector<stats::PValue> p;
    for (std::size_t row = 0; row < data->rows(); ++row) {
      const double value = data->numbers(0)[row];
      p.push_back(std::isnan(value) ? stats::PValue() : stats::PValue(value));
      if (!std::isnan(value) && !(value >= 0 && value <= 1)) {
        return fail(Error::Kind::bad_input, data->place(row) + ": column “" + m_p + "” has a number that is no p value.",
                    "A p value is from 0 to 1.");
      }
    }
    const std::vector<std::string> names = m_adjustment.empty() ? std::vector<std::string>{"bonferroni", "holm", "hochberg", "hommel", "BH", "BY"}
                                                                : std::vector<std::string>{m_adjustment};
    std::vector<std::string> keys{m_label.empty() ? "row" : "label", "p"};
    std::vector<std::vector<Cell>> rows(p.size());
    for (std::size_t row = 0; row < p.size(); ++row) {
      const bool labelled = !m_label.empty() && data->labels(1).codes[row] != Labels::missing;
      Cell& name = rows[row].emplace_back();
      if (m_label.empty()) {
        name = static_cast<std::int64_t>(row + 1);
      } else if (labelled) {
        name = data->labels(1).of(row);
      }
      Cell& cell = rows[row].emplace_back();
      if (p[row]) cell = *p[row];
    }
    for (const std::string& name : names) {
      keys.push_back(name);
      const auto adjusted = stats::adjust(p, *stats::adjustment_named(name));
      if (!adjusted) return tl::unexpected<Error>(adjusted.error());
      for (std::size_t row = 0; row < p.size(); ++row) {
        Cell& cell = rows[row].emplace_back();
        if ((*adjusted)[row]) cell = *(*adjusted)[row];
      }
    }
    report.table("p_values", "", std::move(keys), std::move(rows));
    for (const std::string& name : names) report.method(stats::method_of(*stats::adjustment_named(name)));
    return {};
  }

 private:
  std::string m_p;
  std::string m_label;
  std::string m_adjustment;
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_adjust() { return std::make_unique<Adjust>(); }

}  // namespace waymark::cli
