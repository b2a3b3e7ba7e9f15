#include "stats/severity/facets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/core.h>

#include "stats/roots.hpp"
#include "stats/severity/facets_model.hpp"

namespace waymark::stats {
namespace {

constexpr int most_iterations = 100;
constexpr double small_step = 1e-9;
constexpr double from_the_end = 0.3;  // of a score point; what Facets takes for extreme scores

/// The three facets by the same index: ratees, judges, criteria.
constexpr std::size_t facets = 3;

struct Sorting {
  const Ratings& ratings;
  std::vector<bool> counts;                                 // per rating
  std::vector<std::vector<FacetElement::Extreme>> extreme;  // per facet, per code
  std::vector<std::vector<std::vector<Code>>> rounds;       // per round, per facet: who was set aside
  std::vector<int> categories;

  explicit Sorting(const Ratings& these)
      : ratings(these),
        counts(these.size(), true),
        extreme(facets),
        m_sizes{count_codes(these.ratee), count_codes(these.judge), count_codes(these.criterion)} {
    for (std::size_t facet = 0; facet < facets; ++facet) extreme[facet].assign(size(facet), FacetElement::Extreme::none);
  }

  [[nodiscard]] Code code(std::size_t facet, std::size_t row) const {
    if (facet == 0) return ratings.ratee[row];
    if (facet == 1) return ratings.judge[row];
    return ratings.criterion.empty() ? Code{0} : ratings.criterion[row];
  }
  [[nodiscard]] std::size_t size(std::size_t facet) const { return m_sizes[facet]; }
  [[nodiscard]] Row category(std::size_t row) const {
    return static_cast<Row>(std::lower_bound(categories.begin(), categories.end(), ratings.rating[row]) - categories.begin());
  }

  void find_categories() {
    std::set<int> seen;
    for (std::size_t row = 0; row < counts.size(); ++row) {
      if (counts[row]) seen.insert(ratings.rating[row]);
    }
    categories.assign(seen.begin(), seen.end());
  }

  /// Sets aside whoever has only lowest or only highest ratings, and again, until nobody is.
  void set_extremes_aside() {
    while (true) {
      find_categories();
      if (categories.size() < 2) return;
      const std::size_t top = categories.size() - 1;
      std::vector<std::vector<Code>> round(facets);
      for (std::size_t facet = 0; facet < facets; ++facet) {
        std::vector<std::size_t> count(size(facet)), sum(size(facet));
        for (std::size_t row = 0; row < counts.size(); ++row) {
          if (!counts[row]) continue;
          ++count[code(facet, row)];
          sum[code(facet, row)] += category(row);
        }
        for (std::size_t at = 0; at < count.size(); ++at) {
          if (count[at] == 0 || (sum[at] != 0 && sum[at] != count[at] * top)) continue;
          // Low ratings are a weak ratee, but a severe judge.
          const bool low_measure = (sum[at] == 0) == (facet == 0);
          extreme[facet][at] = low_measure ? FacetElement::Extreme::lowest : FacetElement::Extreme::highest;
          round[facet].push_back(static_cast<Code>(at));
        }
      }
      if (round[0].empty() && round[1].empty() && round[2].empty()) return;
      for (std::size_t row = 0; row < counts.size(); ++row) {
        for (std::size_t facet = 0; facet < facets; ++facet) {
          if (extreme[facet][code(facet, row)] != FacetElement::Extreme::none) counts[row] = false;
        }
      }
      rounds.push_back(std::move(round));
    }
  }

 private:
  std::array<std::size_t, facets> m_sizes;
};

constexpr Row nowhere = 0xFFFF'FFFF;

struct Places {
  std::vector<std::vector<Row>> of;  // per facet, per code: its place among the parameters
};

FacetsRows number(const Sorting& sorting, Places& places) {
  FacetsRows rows;
  rows.thresholds = sorting.categories.size() - 1;
  places.of.resize(facets);
  Row next = 0;
  std::size_t* const sizes[facets] = {&rows.ratees, &rows.judges, &rows.criteria};
  for (std::size_t facet = 0; facet < facets; ++facet) {
    places.of[facet].assign(sorting.size(facet), nowhere);
    for (std::size_t row = 0; row < sorting.counts.size(); ++row) {
      if (sorting.counts[row]) places.of[facet][sorting.code(facet, row)] = 0;
    }
    for (Row& place : places.of[facet]) {
      if (place == nowhere) continue;
      place = next++;
      ++*sizes[facet];
    }
  }
  const std::vector<Day> no_days(sorting.counts.size());
  for (const Row row : order_by(sorting.ratings.ratee, no_days)) {
    if (!sorting.counts[row]) continue;
    rows.lines.push_back(
        {places.of[0][sorting.code(0, row)], places.of[1][sorting.code(1, row)], places.of[2][sorting.code(2, row)], sorting.category(row)});
  }
  return rows;
}

struct Climb {
  std::vector<double> parameters;
  double value = 0;
  int iterations = 0;
  double largest_step = 0;  // the last one, in standard errors
  double largest_move = 0;  // the same in logits
};

Climb climb(FacetsModel& model, const FacetsRows& rows) {
  Climb best{std::vector<double>(rows.parameters()), 0, 0, 0, 0};
  best.value = model.evaluate(best.parameters);
  double tolerance = 0.1;
  for (; best.iterations < most_iterations; ++best.iterations) {
    std::vector<double> step = model.step(tolerance);
    model.centre(step);
    best.largest_step = best.largest_move = 0;
    for (std::size_t i = 0; i < step.size(); ++i) {
      best.largest_step = std::max(best.largest_step, std::abs(step[i]) * std::sqrt(model.diagonal()[i]));
      best.largest_move = std::max(best.largest_move, std::abs(step[i]));
    }
    std::vector<double> next = best.parameters;
    for (std::size_t i = 0; i < step.size(); ++i) next[i] += step[i];
    double value = model.evaluate(next);
    for (int halvings = 0; halvings < 30 && !(value >= best.value - 1e-10 * std::abs(best.value)); ++halvings) {
      for (std::size_t i = 0; i < step.size(); ++i) next[i] = (next[i] + best.parameters[i]) / 2;
      value = model.evaluate(next);
    }
    best.parameters = std::move(next);
    best.value = value;
    if (best.largest_step < small_step) break;
    tolerance = std::clamp(best.largest_step * 0.01, 1e-4, 0.1);
  }
  return best;
}

/// Mean squares and their standardised forms (Wright & Masters 1982, page 100).
class FitSums {
 public:
  void add(double residual, const ScalePoint& point) {
    const double w = point.variance;
    if (!(w > 0)) return;
    const double fourth = point.fourth_moment();
    m_count += 1;
    m_outfit += residual * residual / w;
    m_infit += residual * residual;
    m_information += w;
    m_outfit_spread += fourth / (w * w) - 1;
    m_infit_spread += fourth - w * w;
  }
  [[nodiscard]] std::optional<FacetElement::Fit> fit() const {
    if (m_count == 0) return std::nullopt;
    FacetElement::Fit fit;
    fit.outfit = m_outfit / m_count;
    fit.infit = m_infit / m_information;
    fit.outfit_z = standardised(fit.outfit, std::sqrt(m_outfit_spread) / m_count);
    fit.infit_z = standardised(fit.infit, std::sqrt(m_infit_spread) / m_information);
    return fit;
  }

 private:
  static double standardised(double mean_square, double spread) { return spread > 0 ? (std::cbrt(mean_square) - 1) * 3 / spread + spread / 3 : 0; }
  double m_count = 0, m_outfit = 0, m_infit = 0, m_information = 0, m_outfit_spread = 0, m_infit_spread = 0;
};

/// Puts together what is reported, element by element.
class Report {
 public:
  Report(const Sorting& sorting, const Places& places, const FacetsRows& rows, const Climb& best, const std::vector<double>& errors)
      : m_sorting(sorting), m_scale(std::span(best.parameters).subspan(rows.elements())), m_measure(facets), m_known(facets), m_elements(facets) {
    std::vector<FitSums> sums(rows.elements());
    ScalePoint point;
    for (const FacetsRows::Line& line : rows.lines) {
      m_scale.at(best.parameters[line.ratee] - best.parameters[line.judge] - best.parameters[line.criterion], point);
      const double residual = line.category - point.mean;
      for (const Row place : {line.ratee, line.judge, line.criterion}) sums[place].add(residual, point);
    }
    for (std::size_t facet = 0; facet < facets; ++facet) {
      m_elements[facet].resize(sorting.size(facet));
      m_measure[facet].resize(sorting.size(facet));
      m_known[facet].resize(sorting.size(facet));
      for (std::size_t at = 0; at < sorting.size(facet); ++at) {
        FacetElement& element = m_elements[facet][at];
        element.code = static_cast<Code>(at);
        const Row place = places.of[facet][at];
        if (place == nowhere) continue;
        element.measure = m_measure[facet][at] = best.parameters[place];
        element.standard_error = errors[place];
        element.fit = sums[place].fit();
        m_known[facet][at] = true;
      }
    }
    for (std::size_t row = 0; row < sorting.counts.size(); ++row) {
      for (std::size_t facet = 0; facet < facets; ++facet) {
        FacetElement& element = m_elements[facet][sorting.code(facet, row)];
        ++element.ratings;
        element.mean_rating += sorting.ratings.rating[row];
      }
    }
    for (std::size_t round = sorting.rounds.size(); round-- > 0;) bound(sorting.rounds[round]);
  }

  [[nodiscard]] std::vector<FacetElement> take(std::size_t facet) {
    std::vector<FacetElement> result;
    for (FacetElement& element : m_elements[facet]) {
      if (element.ratings == 0) continue;
      element.mean_rating /= static_cast<double>(element.ratings);
      if (!m_known[facet][element.code]) {
        element.extreme = FacetElement::Extreme::unknown;
        element.standard_error = HUGE_VAL;
      }
      result.push_back(element);
    }
    return result;
  }

 private:
  void bound(const std::vector<std::vector<Code>>& round) {
    std::vector<std::vector<std::vector<double>>> locations(facets);
    std::vector<std::vector<bool>> wanted(facets);
    for (std::size_t facet = 0; facet < facets; ++facet) {
      wanted[facet].resize(m_elements[facet].size());
      locations[facet].resize(m_elements[facet].size());
      for (const Code code : round[facet]) wanted[facet][code] = true;
    }
    for (std::size_t row = 0; row < m_sorting.counts.size(); ++row) {
      for (std::size_t facet = 0; facet < facets; ++facet) {
        const Code own = m_sorting.code(facet, row);
        if (!wanted[facet][own]) continue;
        double location = 0;
        bool known = true;
        for (std::size_t other = 0; other < facets; ++other) {
          if (other == facet) continue;
          const Code code = m_sorting.code(other, row);
          known = known && m_known[other][code];
          location += (other == 0 ? 1 : -1) * m_measure[other][code];
        }
        if (known) locations[facet][own].push_back(location);
      }
    }
    for (std::size_t facet = 0; facet < facets; ++facet) {
      for (const Code code : round[facet]) place_extreme(facet, code, locations[facet][code]);
    }
    for (std::size_t facet = 0; facet < facets; ++facet) {
      for (const Code code : round[facet]) m_known[facet][code] = m_elements[facet][code].standard_error > 0;
    }
  }

  void place_extreme(std::size_t facet, Code code, const std::vector<double>& locations) {
    FacetElement& element = m_elements[facet][code];
    element.extreme = m_sorting.extreme[facet][code];
    if (locations.empty()) return;
    const double sign = facet == 0 ? 1 : -1;
    const double top = static_cast<double>(m_sorting.categories.size() - 1);
    const bool low_ratings = (element.extreme == FacetElement::Extreme::lowest) == (facet == 0);
    const double target = low_ratings ? from_the_end : static_cast<double>(locations.size()) * top - from_the_end;
    ScalePoint point;
    const auto expected = [&](double measure) {
      double sum = 0;
      for (const double location : locations) {
        m_scale.at(location + sign * measure, point);
        sum += point.mean;
      }
      return sum - target;
    };
    element.measure = m_measure[facet][code] = find_root(expected, -40, 40).value_or(expected(0) > 0 ? -40 * sign : 40 * sign);
    double information = 0;
    for (const double location : locations) {
      m_scale.at(location + sign * element.measure, point);
      information += point.variance;
    }
    element.standard_error = information > 0 ? 1 / std::sqrt(information) : HUGE_VAL;
  }

  const Sorting& m_sorting;
  RatingScale m_scale;
  std::vector<std::vector<double>> m_measure;
  std::vector<std::vector<bool>> m_known;
  std::vector<std::vector<FacetElement>> m_elements;
};

}  // namespace

Result<Answer<FacetsFit>> fit_facets(const Ratings& ratings) {
  if (const Result<void> fine = check(ratings); !fine) return tl::unexpected(fine.error());
  Sorting sorting(ratings);
  sorting.find_categories();
  if (sorting.categories.size() > most_categories) {
    return fail(Error::Kind::bad_input,
                fmt::format("The ratings have {} categories; at most {} can be on one scale.", sorting.categories.size(), most_categories),
                "Check that the column of ratings is the right one.");
  }
  if (sorting.categories.size() < 2) return Answer<FacetsFit>(undefined("all ratings are the same"));
  const LinkedSets linked = linked_sets(ratings);
  if (linked.sets > 1) {
    return Answer<FacetsFit>(
        not_identifiable(fmt::format("the judges fall into {} sets that have no ratee in common, so a severe judge cannot be told "
                                     "from weak ratees",
                                     linked.sets)));
  }
  sorting.set_extremes_aside();
  if (sorting.categories.size() < 2) return Answer<FacetsFit>(undefined("everybody has only lowest or only highest ratings"));

  Places places;
  const FacetsRows rows = number(sorting, places);
  FacetsModel model(rows);
  const bool small = rows.judges + rows.criteria <= FacetsFit::most_joint;
  if (small && !model.separable()) {
    return Answer<FacetsFit>(
        not_identifiable("the ratings that are not all lowest or all highest do not link every judge and criterion with the others"));
  }
  const Climb best = climb(model, rows);
  // Where there is a highest point, steps end far below this; where the likelihood rises for ever, they stay near 1 while their information vanishes.
  if (best.largest_move > 1e-3) {
    return Answer<FacetsFit>(
        not_identifiable("the ratings are too few or too regular: the further some measures are apart, the better they fit, without end"));
  }
  std::vector<double> errors;
  if (small) {
    errors = model.joint_errors();
  } else {
    for (const double information : model.diagonal()) errors.push_back(information > 0 ? 1 / std::sqrt(information) : HUGE_VAL);
  }
  Report report(sorting, places, rows, best, errors);
  FacetsFit fit;
  fit.ratees = report.take(0);
  fit.judges = report.take(1);
  fit.criteria = report.take(2);
  fit.categories = sorting.categories;
  fit.threshold.assign(best.parameters.begin() + static_cast<std::ptrdiff_t>(rows.elements()), best.parameters.end());
  fit.log_likelihood = best.value;
  fit.ratings_used = rows.lines.size();
  fit.joint_errors = small;
  fit.iterations = best.iterations;
  fit.largest_step = best.largest_step;
  return Answer<FacetsFit>(std::move(fit));
}

Method facets_method() {
  return {"Many-facet Rasch rating scale model, joint maximum likelihood",
          "Linacre 1989, Many-Facet Rasch Measurement; Andrich 1978, Psychometrika 43:561–573"};
}

}  // namespace waymark::stats
