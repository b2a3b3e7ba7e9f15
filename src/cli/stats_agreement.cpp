#include "stats/agreement.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/stats_methods.hpp"
#include "cli/stats_ratings.hpp"

namespace waymark::cli {
namespace {

void tell_size(StatsReport& report, const Ratings& ratings) {
  report.say("units", "units", static_cast<std::int64_t>(ratings.units.size()));
  report.say("judges", "judges", static_cast<std::int64_t>(ratings.judges.size()));
}

class Alpha : public StatsCommand {
 public:
  StatsMethod method() override {
    StatsMethod about{
        .name = "stats alpha",
        .sentence = "Krippendorff's alpha: do judges agree beyond chance, with ratings missing?",
        .r_call = "irr::kripp.alpha(t(ratings), method = \"ordinal\")",
        .more = "A unit with one rating adds nothing and costs nothing. Without variation alpha is undefined, not 1.",
        .parameters = m_options.parameters(),
        .examples = {{"waymark stats alpha --data panel.csv --ratings anna,ben,carla --metric ordinal", "A column a judge."},
                     {"waymark stats alpha --data panel.csv --unit case --rater judge --rating verdict", "A row a rating, all four metrics."}}};
    about.parameters.push_back({.name = "--metric",
                                .value = "NAME",
                                .help = "nominal, ordinal, interval or ratio; all of them unless said. Words can be ratings with nominal only.",
                                .into = &m_metric,
                                .completes = Completes::choices,
                                .choices = {"nominal", "ordinal", "interval", "ratio"}});
    return about;
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto ratings = read_ratings(input, m_options, m_metric == "nominal" ? RatingKind::category : RatingKind::number);
    if (!ratings) return tl::unexpected<Error>(ratings.error());
    std::vector<stats::UnitValues> units;
    for (const auto& row : ratings->values) {
      units.emplace_back();
      for (const auto& value : row) {
        if (value) units.back().push_back(*value);
      }
    }
    tell_size(report, *ratings);
    using stats::Metric;
    for (const auto& [name, metric] : {std::pair("nominal", Metric::nominal), std::pair("ordinal", Metric::ordinal),
                                       std::pair("interval", Metric::interval), std::pair("ratio", Metric::ratio)}) {
      if (!m_metric.empty() && m_metric != name) continue;
      const stats::KrippendorffAlpha found = stats::krippendorff_alpha(units, metric);
      report.section(name, fmt::format("{} metric", name));
      report.say("alpha", "alpha", cell_of(found.alpha));
      report.say("observed_disagreement", "observed disagreement", found.observed_disagreement);
      report.say("expected_disagreement", "expected disagreement", found.expected_disagreement);
      report.say("pairable_values", "ratings that can be paired", found.pairable_values);
      report.method(stats::krippendorff_method);
    }
    return {};
  }

 private:
  RatingOptions m_options;
  std::string m_metric;
};

class Kappa : public StatsCommand {
 public:
  StatsMethod method() override {
    StatsMethod about{
        .name = "stats kappa",
        .sentence = "Agreement on categories: Cohen's kappa of two judges, Fleiss' kappa and Gwet's coefficients of more.",
        .r_call = "psych::cohen.kappa(data[c(\"anna\", \"ben\")]); irr::kappam.fleiss(ratings)",
        .more =
            "The standard error is Fleiss, Cohen and Everitt's. That of psych 2.2.9 differs when there are weights: it weights the rows by their own "
            "share "
            "instead of the columns'. Cohen's kappa takes the units that both have rated.",
        .parameters = m_options.parameters(),
        .examples = {{"waymark stats kappa --data panel.csv --ratings anna,ben --weights quadratic", "Two judges; near misses count less."},
                     {"waymark stats kappa --data panel.csv --ratings anna,ben --categories no,partly,yes", "Words that have an order."}}};
    about.parameters.push_back({.name = "--weights",
                                .value = "NAME",
                                .help = "none (the default), linear or quadratic in the distance of categories.",
                                .into = &m_weights,
                                .completes = Completes::choices,
                                .choices = {"none", "linear", "quadratic"}});
    about.parameters.push_back({.name = "--categories",
                                .value = "NAMES",
                                .help = "All categories in their order; those in the file by number or name unless said.",
                                .into = &m_categories});
    about.parameters.push_back({.name = "--confidence", .value = "LEVEL", .help = "Of the interval; 0.95 unless said.", .into = &m_confidence});
    return about;
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto confidence = confidence_option(m_confidence);
    if (!confidence) return tl::unexpected<Error>(confidence.error());
    auto ratings = read_ratings(input, m_options, RatingKind::category);
    if (!ratings) return tl::unexpected<Error>(ratings.error());
    if (auto ordered = put_in_order(*ratings); !ordered) return ordered;
    const std::size_t size = ratings->categories.size();
    const stats::SquareMatrix weights = stats::agreement_weights(size, m_weights == "linear"      ? stats::Weighting::linear
                                                                       : m_weights == "quadratic" ? stats::Weighting::quadratic
                                                                                                  : stats::Weighting::none);
    tell_size(report, *ratings);
    report.say("categories", "categories", join(ratings->categories, ", "));
    if (ratings->judges.size() == 2) {
      if (auto told = tell_cohen(report, *ratings, weights, *confidence); !told) return told;
    }
    stats::CategoryCounts counts(ratings->values.size(), std::vector<stats::Count>(size));
    for (std::size_t unit = 0; unit < counts.size(); ++unit) {
      for (const auto& value : ratings->values[unit]) {
        if (!value) continue;
        stats::Count& count = counts[unit][static_cast<std::size_t>(*value)];
        count = stats::Count(count.value() + 1);
      }
    }
    report.section("fleiss", "Fleiss' kappa, without weights");
    report.say("kappa", "kappa", cell_of(stats::fleiss_kappa(counts)));
    report.method(stats::fleiss_method);
    const auto gwet = stats::gwet_coefficient(counts, weights);
    if (!gwet) return tl::unexpected<Error>(gwet.error());
    report.section("gwet", m_weights == "none" ? "Gwet's AC1" : "Gwet's AC2");
    report.say("coefficient", "coefficient", cell_of(gwet->coefficient));
    report.say("standard_error", "standard error", cell_of(gwet->standard_error));
    report.method(stats::gwet_method);
    return {};
  }

 private:
  Result<void> put_in_order(Ratings& ratings) const {
    if (m_categories.empty()) return {};
    const std::vector<std::string> wanted = names_of(m_categories);
    std::vector<double> places;
    for (const std::string& name : ratings.categories) {
      const auto found = std::find(wanted.begin(), wanted.end(), name);
      if (found == wanted.end()) {
        return fail(Error::Kind::bad_input, fmt::format("“{}” is in the file and not among --categories.", name), "Name every category there is.");
      }
      places.push_back(static_cast<double>(found - wanted.begin()));
    }
    for (auto& unit : ratings.values) {
      for (auto& value : unit) {
        if (value) value = places[static_cast<std::size_t>(*value)];
      }
    }
    ratings.categories = wanted;
    return {};
  }

  Result<void> tell_cohen(StatsReport& report, const Ratings& ratings, const stats::SquareMatrix& weights, stats::Confidence confidence) const {
    const std::size_t size = ratings.categories.size();
    stats::SquareMatrix table{size, std::vector<double>(size * size, 0)};
    for (const auto& pair : ratings.complete()) ++table.cells[static_cast<std::size_t>(pair[0]) * size + static_cast<std::size_t>(pair[1])];
    const auto found = stats::cohen_kappa(table, weights, confidence);
    if (!found) return tl::unexpected<Error>(found.error());
    report.section("cohen", m_weights == "none" ? "Cohen's kappa" : fmt::format("Cohen's kappa, {} weights", m_weights));
    report.say("kappa", "kappa", cell_of(found->kappa));
    report.say("standard_error", "standard error", cell_of(found->standard_error));
    report.say("interval", "interval", cell_of(found->interval));
    report.say("observed", "observed agreement", found->observed);
    report.say("expected", "agreement by chance", found->expected);
    report.method(stats::kappa_method);
    return {};
  }

  RatingOptions m_options;
  std::string m_weights = "none";
  std::string m_categories;
  std::string m_confidence = "0.95";
};

class Icc : public StatsCommand {
 public:
  StatsMethod method() override {
    StatsMethod about{.name = "stats icc",
                      .sentence = "Six intraclass correlations of ratings by numbers.",
                      .r_call = "psych::ICC(data[c(\"anna\", \"ben\")], lmer = FALSE)",
                      .more = "Units that lack a rating are left out and counted.",
                      .parameters = m_options.parameters(),
                      .examples = {{"waymark stats icc --data panel.csv --ratings anna,ben,carla", "A column a judge."},
                                   {"waymark stats icc --data panel.csv --unit case --rater judge --rating points", "A row a rating."}}};
    about.parameters.push_back({.name = "--confidence", .value = "LEVEL", .help = "Of the intervals; 0.95 unless said.", .into = &m_confidence});
    return about;
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    const auto confidence = confidence_option(m_confidence);
    if (!confidence) return tl::unexpected<Error>(confidence.error());
    const auto ratings = read_ratings(input, m_options, RatingKind::number);
    if (!ratings) return tl::unexpected<Error>(ratings.error());
    const std::vector<std::vector<double>> complete = ratings->complete();
    const auto found = stats::intraclass_correlations(complete, *confidence);
    if (!found) return tl::unexpected<Error>(found.error());
    tell_size(report, *ratings);
    report.say("left_out", "units left out", static_cast<std::int64_t>(ratings->units.size() - complete.size()));
    constexpr const char* names[] = {"ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"};
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < 6; ++i) {
      const stats::IntraclassCorrelation& one = *found->all()[i];
      rows.push_back({std::string(names[i]), cell_of(one.estimate), cell_of(one.interval), cell_of(one.f), one.degrees_of_freedom_1,
                      one.degrees_of_freedom_2, cell_of(one.p_value)});
    }
    report.table("correlations", "", {"type", "estimate", "interval", "F", "df1", "df2", "p"}, std::move(rows));
    report.method(stats::intraclass_method);
    return {};
  }

 private:
  RatingOptions m_options;
  std::string m_confidence = "0.95";
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_alpha() { return std::make_unique<Alpha>(); }
std::unique_ptr<StatsCommand> make_stats_kappa() { return std::make_unique<Kappa>(); }
std::unique_ptr<StatsCommand> make_stats_icc() { return std::make_unique<Icc>(); }

}  // namespace waymark::cli
