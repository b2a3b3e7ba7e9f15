#include "stats/severity/facets.hpp"

#include <cmath>
#include <random>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats_reference.hpp"
#include "stats_table.hpp"

using namespace waymark::stats;

namespace {

struct Columns {
  std::vector<Code> ratee, judge, criterion;
  std::vector<int> rating;

  [[nodiscard]] Ratings ratings() const { return {ratee, judge, criterion, rating}; }
  void add(Code a, Code b, int value) {
    ratee.push_back(a);
    judge.push_back(b);
    rating.push_back(value);
  }
};

Columns wine() {
  const Table table("wine.csv");
  Columns columns{table.codes("bottle"), table.codes("judge"), {}, {}};
  for (const double value : table.numbers("rating")) columns.rating.push_back(static_cast<int>(value));
  return columns;
}

Columns simulated(std::size_t ratees, std::size_t judges, std::size_t criteria, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  std::vector<double> severity(judges), ability(ratees);
  for (double& value : severity) value = normal(random) * .7;
  for (double& value : ability) value = normal(random);
  Columns columns;
  for (std::size_t i = 0; i < ratees; ++i) {
    for (std::size_t seat = 0; seat < 3; ++seat) {
      const std::size_t j = (i + seat * (1 + i % 3)) % judges;
      for (std::size_t c = 0; c < criteria; ++c) {
        int rating = 0;
        for (const double threshold : {-1.0, 0.0, 1.0})
          rating += uniform(random) < 1 / (1 + std::exp(-(ability[i] - severity[j] - .2 * static_cast<double>(c) - threshold)));
        columns.add(static_cast<Code>(i), static_cast<Code>(j), rating);
        columns.criterion.push_back(static_cast<Code>(c));
      }
    }
  }
  return columns;
}

}  // namespace

TEST_CASE("severity, measures, thresholds and errors agree with the adjacent-category model of VGAM") {
  const Columns columns = wine();
  const FacetsFit fit = **fit_facets(columns.ratings());
  CHECK(fit.largest_step < 1e-9);
  CHECK(fit.joint_errors);
  for (const Reference& all : references("10_rasch.json")) {
    const Reference wanted = all["mfrm_wine_jmle"];
    for (std::size_t j = 0; j < 9; ++j) CHECK(agrees(fit.judges[j].measure, wanted["severity"][j].number(), 1e-8));
    for (std::size_t j = 0; j < 8; ++j) {
      CHECK(agrees(fit.judges[j].standard_error, wanted["se_judge_first8"][j].number(), 1e-8));
      CHECK(agrees(fit.ratees[j].measure - wanted["grand"].number(), wanted["ratee_measure"][j].number(), 1e-8));
    }
    for (std::size_t h = 0; h < 4; ++h) CHECK(agrees(fit.threshold[h], wanted["tau"][h].number(), 1e-8));
    CHECK(agrees(fit.log_likelihood, wanted["loglik"].number(), 1e-8));
  }
}

TEST_CASE("expected ratings sum to those seen, for every judge, ratee and criterion; fit is near 1 where the model holds") {
  const Columns columns = simulated(120, 12, 3, 7);
  const FacetsFit fit = **fit_facets(columns.ratings());
  const auto location = [&](std::size_t row) {
    return fit.ratees[columns.ratee[row]].measure - fit.judges[columns.judge[row]].measure - fit.criteria[columns.criterion[row]].measure;
  };
  std::vector<double> residual(12);
  for (std::size_t row = 0; row < columns.rating.size(); ++row) {
    if (fit.ratees[columns.ratee[row]].extreme != FacetElement::Extreme::none) continue;
    double power = 1, total = 0, mean = 0, height = 0;
    for (std::size_t k = 0; k <= 3; ++k) {
      if (k > 0) height += fit.threshold[k - 1];
      power = std::exp(static_cast<double>(k) * location(row) - height);
      total += power;
      mean += static_cast<double>(k) * power;
    }
    residual[columns.judge[row]] += columns.rating[row] - mean / total;
  }
  double infit = 0;
  for (std::size_t j = 0; j < 12; ++j) {
    CHECK(std::abs(residual[j]) < 1e-6);
    infit += fit.judges[j].fit->infit / 12;
  }
  CHECK(infit == doctest::Approx(1).epsilon(.1));
  CHECK(fit.criteria[0].measure < fit.criteria[2].measure);
}

TEST_CASE("judges who share no ratee cannot be compared, and the sets are named") {
  Columns columns;
  for (Code ratee = 0; ratee < 6; ++ratee) {
    columns.add(ratee, ratee < 3 ? 0 : 2, static_cast<int>(ratee % 3));
    columns.add(ratee, ratee < 3 ? 1 : 4, static_cast<int>((ratee + 1) % 3));
  }
  const auto fit = *fit_facets(columns.ratings());
  REQUIRE_FALSE(fit.has_value());
  CHECK(fit.error().why == NoAnswer::Why::not_identifiable);
  const LinkedSets sets = linked_sets(columns.ratings());
  CHECK(sets.sets == 2);
  CHECK(sets.of_judge == std::vector<Code>{0, 0, 1, LinkedSets::absent, 1});
  CHECK(sets.of_ratee == std::vector<Code>{0, 0, 0, 1, 1, 1});
  // One ratee seen by both sides joins them.
  columns.add(0, 4, 1);
  CHECK(fit_facets(columns.ratings())->has_value());
}

TEST_CASE("a judge for every criterion cannot be told from the criterion") {
  Columns columns;
  for (Code ratee = 0; ratee < 6; ++ratee) {
    for (Code judge = 0; judge < 3; ++judge) {
      columns.add(ratee, judge, static_cast<int>((ratee + judge * ratee) % 3));
      columns.criterion.push_back(judge);
    }
  }
  const auto fit = *fit_facets(columns.ratings());
  REQUIRE_FALSE(fit.has_value());
  CHECK(fit.error().why == NoAnswer::Why::not_identifiable);
}

TEST_CASE("whoever has only highest or only lowest ratings is bounded and said to be") {
  Columns columns = wine();
  for (Code ratee = 0; ratee < 8; ++ratee) columns.add(ratee, 9, 1);
  for (Code judge = 0; judge < 9; ++judge) columns.add(8, judge, 5);
  const FacetsFit fit = **fit_facets(columns.ratings());
  CHECK(fit.judges[9].extreme == FacetElement::Extreme::highest);
  CHECK(fit.ratees[8].extreme == FacetElement::Extreme::highest);
  CHECK_FALSE(fit.judges[9].fit.has_value());
  CHECK(std::isfinite(fit.judges[9].measure));
  CHECK(fit.judges[9].measure > fit.judges[6].measure);
  CHECK(fit.ratees[8].measure > fit.ratees[6].measure);
  CHECK(fit.judges[0].measure == doctest::Approx((**fit_facets(wine().ratings())).judges[0].measure).epsilon(1e-9));
  CHECK(fit.ratings_used == 72);
}

TEST_CASE("categories that do not occur are passed over; all alike is no scale") {
  Columns columns = wine();
  for (int& rating : columns.rating) rating = rating * 10 - 3;
  const FacetsFit fit = **fit_facets(columns.ratings());
  CHECK(fit.categories == std::vector<int>{7, 17, 27, 37, 47});
  CHECK(fit.threshold[0] == doctest::Approx((**fit_facets(wine().ratings())).threshold[0]));
  for (int& rating : columns.rating) rating = 2;
  CHECK_FALSE(fit_facets(columns.ratings())->has_value());
  CHECK_FALSE(fit_facets({}).has_value());
}

TEST_CASE("neither the order of ratings nor the numbers of judges change a severity; everything twice leaves it") {
  CHECK(rc::check([] {
    const Columns columns = simulated(20, 5, 2, *rc::gen::arbitrary<unsigned>());
    Columns other, twice = columns;
    for (std::size_t row = columns.rating.size(); row-- > 0;) {
      other.add(columns.ratee[row], 40 - columns.judge[row], columns.rating[row]);
      other.criterion.push_back(columns.criterion[row]);
    }
    for (std::size_t row = 0; row < columns.rating.size(); ++row) {
      twice.add(columns.ratee[row], columns.judge[row], columns.rating[row]);
      twice.criterion.push_back(columns.criterion[row]);
    }
    const auto a = *fit_facets(columns.ratings()), b = *fit_facets(other.ratings()), c = *fit_facets(twice.ratings());
    RC_ASSERT(a.has_value() == b.has_value());
    if (!a) return;
    for (std::size_t j = 0; j < a->judges.size(); ++j) {
      RC_ASSERT(std::abs(a->judges[j].measure - b->judges[a->judges.size() - 1 - j].measure) < 1e-7);
      RC_ASSERT(std::abs(a->judges[j].measure - c->judges[j].measure) < 1e-7);
      if (a->judges[j].extreme == FacetElement::Extreme::none) {
        RC_ASSERT(std::abs(a->judges[j].standard_error / std::sqrt(2) - c->judges[j].standard_error) < 1e-7);
      }
    }
  }));
}

TEST_CASE("ratings in perfect order have no measures: apart from each other without end they only fit better") {
  // Everybody is rated a category higher by the second judge, and nobody is extreme.
  const std::vector<Code> ratee{0, 0, 0, 1, 1, 1, 2, 2, 2}, judge{0, 1, 2, 0, 1, 2, 0, 1, 2};
  const std::vector<int> rating{0, 1, 1, 0, 0, 1, 0, 1, 2};
  const auto fit = *fit_facets({ratee, judge, {}, rating});
  REQUIRE_FALSE(fit.has_value());
  CHECK(fit.error().why == NoAnswer::Why::not_identifiable);
}
