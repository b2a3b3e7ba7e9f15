#include <cmath>

#include <fmt/core.h>

#include "cli/stats_methods.hpp"
#include "stats/severity/conditional_rasch.hpp"

namespace waymark::cli {
namespace {

class Rasch : public StatsCommand {
 public:
  StatsMethod method() override {
    return {.name = "stats rasch",
            .sentence = "Conditional Rasch models: how hard items are, or judges severe, whoever is measured.",
            .r_call = "eRm::RM(items), eRm::RSM(items) or eRm::PCM(items), its $betapar with the sign changed and centred",
            .more = "A row a person, a column an item; rows with a missing answer are left out. eRm stops early: it agrees to some four digits.",
            .parameters = {{.name = "--items", .value = "COLUMNS", .help = "The items: whole numbers from 0.", .into = &m_items, .required = true},
                           {.name = "--steps",
                            .value = "NAME",
                            .help = "none (yes and no, the default), shared (rating scale) or free (partial credit).",
                            .into = &m_steps,
                            .completes = Completes::choices,
                            .choices = {"none", "shared", "free"}}},
            .examples = {{"waymark stats rasch --data answers.csv --items q1,q2,q3,q4", "Four questions, right or wrong."},
                         {"waymark stats rasch --data panel.csv --items anna,ben,carla --steps shared", "Three judges with one scale."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const std::vector<std::string> items = names_of(m_items);
    if (items.size() < 2) {
      return fail(Error::Kind::wrong_usage, "--items names fewer than two columns.", "Write --items q1,q2,q3, for example.");
    }
    std::vector<WantedColumn> wanted;
    for (const std::string& item : items) wanted.push_back({item, WantedColumn::Kind::number});
    const auto data = input.read(wanted);
    if (!data) return tl::unexpected<Error>(data.error());
    std::vector<int> categories;
    for (std::size_t row = 0; row < data->rows(); ++row) {
      for (std::size_t item = 0; item < items.size(); ++item) {
        const double value = data->numbers(item)[row];
        if (value != std::floor(value) || value < 0 || value > 1000) {
          return fail(Error::Kind::bad_input, fmt::format("{}: column “{}” has {}, which is no category.", data->place(row), items[item], value),
                      "Write categories as whole numbers from 0.");
        }
        categories.push_back(static_cast<int>(value));
      }
    }
    const stats::StepModel model = m_steps == "shared" ? stats::StepModel::rating_scale
                                   : m_steps == "free" ? stats::StepModel::partial_credit
                                                       : stats::StepModel::rasch;
    const auto fit = stats::conditional_rasch(categories, items.size(), model);
    if (!fit) return tl::unexpected<Error>(fit.error());
    report.section("model", "");
    if (!*fit) {
      report.say("model", "model", fit->error());
      return {};
    }
    const stats::ConditionalRasch& found = **fit;
    report.say("persons", "persons used", static_cast<std::int64_t>(found.persons_used));
    report.say("log_likelihood", "conditional log-likelihood", found.log_likelihood);
    report.method(stats::conditional_rasch_method());
    std::vector<std::vector<Cell>> rows;
    for (std::size_t item = 0; item < items.size(); ++item) {
      rows.push_back({items[item], found.location[item], found.location_error.empty() ? Cell() : Cell(found.location_error[item])});
    }
    report.table("items", "A higher location is harder", {"item", "location", "error"}, std::move(rows));
    if (model == stats::StepModel::rating_scale) {
      std::vector<std::vector<Cell>> steps;
      for (std::size_t at = 0; at < found.threshold.size(); ++at) {
        steps.push_back({static_cast<std::int64_t>(at), static_cast<std::int64_t>(at + 1), found.threshold[at], found.threshold_error[at]});
      }
      report.table("thresholds", "Steps of the scale", {"from", "to", "threshold", "error"}, std::move(steps));
    }
    if (model == stats::StepModel::partial_credit) {
      std::vector<std::vector<Cell>> steps;
      for (std::size_t item = 0; item < items.size(); ++item) {
        for (std::size_t at = 0; at < found.cumulative[item].size(); ++at) {
          const double before = at == 0 ? 0 : found.cumulative[item][at - 1];
          steps.push_back({items[item], static_cast<std::int64_t>(at), static_cast<std::int64_t>(at + 1), found.cumulative[item][at] - before});
        }
      }
      report.table("thresholds", "Steps of each item", {"item", "from", "to", "threshold"}, std::move(steps));
    }
    return {};
  }

 private:
  std::string m_items;
  std::string m_steps = "none";
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_rasch() { return std::make_unique<Rasch>(); }

}  // namespace waymark::cli
