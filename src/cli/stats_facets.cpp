#include "stats/severity/facets.hpp"

#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/stats_methods.hpp"
#include "cli/stats_spells.hpp"

namespace waymark::cli {
namespace {

std::string_view word_of(stats::FacetElement::Extreme extreme) {
  switch (extreme) {
    case stats::FacetElement::Extreme::lowest: return "at most";
    case stats::FacetElement::Extreme::highest: return "at least";
    case stats::FacetElement::Extreme::unknown: return "unknown";
    case stats::FacetElement::Extreme::none: break;
  }
  return "";
}

class Facets : public StatsCommand {
 public:
  StatsMethod method() override {
    return {.name = "stats facets",
            .sentence = "Many-facet Rasch: how severe each judge is, allowing for whom they judged.",
            .r_call =
                "VGAM::vglm(ordered(rating) ~ ratee + judge, acat(parallel = TRUE), data, contrasts = \"contr.sum\"), severity with its sign changed",
            .more = "A row a rating. Judges who share no ratee, not even through others, cannot be compared; then the sets are shown instead.",
            .parameters = {{.name = "--unit", .value = "COLUMN", .help = "Who was rated.", .into = &m_unit, .required = true},
                           {.name = "--rater", .value = "COLUMN", .help = "Who rated.", .into = &m_rater, .required = true},
                           {.name = "--rating", .value = "COLUMN", .help = "The rating, a whole number.", .into = &m_rating, .required = true},
                           {.name = "--criterion", .value = "COLUMN", .help = "What was rated, where there are several.", .into = &m_criterion}},
            .examples = {{"waymark stats facets --data ratings.csv --unit person --rater judge --rating score --criterion criterion",
                          "Severity, difficulty and fit."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    std::vector<WantedColumn> wanted{
        {m_unit, WantedColumn::Kind::label}, {m_rater, WantedColumn::Kind::label}, {m_rating, WantedColumn::Kind::number}};
    if (!m_criterion.empty()) wanted.push_back({m_criterion, WantedColumn::Kind::label});
    const auto data = input.read(wanted);
    if (!data) return tl::unexpected<Error>(data.error());
    std::vector<int> rating;
    for (std::size_t row = 0; row < data->rows(); ++row) {
      const double value = data->numbers(2)[row];
      if (value != std::floor(value) || std::abs(value) > 1e6) {
        return fail(Error::Kind::bad_input, fmt::format("{}: column “{}” has {}, which is no whole number.", data->place(row), m_rating, value),
                    "Write the categories of the scale as whole numbers.");
      }
      rating.push_back(static_cast<int>(value));
    }
    const std::vector<stats::Code> criterion = m_criterion.empty() ? std::vector<stats::Code>() : codes_of(*data, 3);
    const stats::Ratings ratings{codes_of(*data, 0), codes_of(*data, 1), criterion, rating};
    const auto fit = stats::fit_facets(ratings);
    if (!fit) return tl::unexpected<Error>(about_file(*data, fit.error()));
    report.section("model", "");
    if (!*fit) {
      report.say("model", "model", fit->error());
      const stats::LinkedSets sets = stats::linked_sets(ratings);
      if (sets.sets > 1) tell_sets(*data, sets, report);
      return {};
    }
    const stats::FacetsFit& found = **fit;
    report.say("ratings", "ratings used", static_cast<std::int64_t>(found.ratings_used));
    report.say("log_likelihood", "log-likelihood", found.log_likelihood);
    report.say("joint_errors", "", found.joint_errors);
    report.method(stats::facets_method());
    std::vector<std::vector<Cell>> steps;
    for (std::size_t h = 0; h < found.threshold.size(); ++h) {
      steps.push_back({std::int64_t{found.categories[h]}, std::int64_t{found.categories[h + 1]}, found.threshold[h]});
    }
    report.table("thresholds", "Steps of the scale", {"from", "to", "threshold"}, std::move(steps));
    tell_elements("judges", "Judges: a higher measure is more severe", found.judges, data->labels(1), report);
    if (!m_criterion.empty()) tell_elements("criteria", "Criteria: a higher measure is harder", found.criteria, data->labels(3), report);
    tell_elements("units", "Rated: a higher measure is higher rated", found.ratees, data->labels(0), report);
    if (!found.joint_errors) report.note("With so many judges, errors are as if the other measures were known, which is a little small.");
    return {};
  }

 private:
  static void tell_sets(const Columns& data, const stats::LinkedSets& sets, StatsReport& report) {
    std::vector<std::vector<Cell>> rows;
    for (std::size_t set = 0; set < sets.sets; ++set) {
      std::vector<std::string> judges;
      for (std::size_t judge = 0; judge < sets.of_judge.size(); ++judge) {
        if (sets.of_judge[judge] == set) judges.push_back(data.labels(1).names[judge]);
      }
      rows.push_back({static_cast<std::int64_t>(set + 1), in_words(judges)});
    }
    report.table("sets", "Only judges of one set can be compared", {"set", "judges"}, std::move(rows));
  }

  static void tell_elements(const std::string& key, const std::string& title, const std::vector<stats::FacetElement>& elements, const Labels& labels,
                            StatsReport& report) {
    std::vector<std::vector<Cell>> rows;
    for (const stats::FacetElement& element : elements) {
      const auto fit = [&](double stats::FacetElement::Fit::*which) { return element.fit ? Cell((*element.fit).*which) : Cell(); };
      const bool unknown = element.extreme == stats::FacetElement::Extreme::unknown;
      rows.push_back({labels.names[element.code], static_cast<std::int64_t>(element.ratings), element.mean_rating,
                      unknown ? Cell() : Cell(element.measure), unknown ? Cell() : Cell(element.standard_error),
                      fit(&stats::FacetElement::Fit::infit), fit(&stats::FacetElement::Fit::infit_z), fit(&stats::FacetElement::Fit::outfit),
                      fit(&stats::FacetElement::Fit::outfit_z), std::string(word_of(element.extreme))});
    }
    report.table(key, title, {"name", "ratings", "mean", "measure", "error", "infit", "infit_z", "outfit", "outfit_z", "bound"}, std::move(rows));
  }

  std::string m_unit, m_rater, m_rating, m_criterion;
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_facets() { return std::make_unique<Facets>(); }

}  // namespace waymark::cli
