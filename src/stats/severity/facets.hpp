/// How severe each judge is, how hard each criterion, and what the ratees' measures are once both are allowed for.
#pragma once

#include <optional>

#include "stats/severity/ratings.hpp"

namespace waymark::stats {

/// One judge, criterion or ratee. All measures are in logits.
struct FacetElement {
  enum class Extreme {
    none,
    lowest,  ///< only lowest ratings: the measure is a bound, 0.3 of a score point away from the end, and so are its errors
    highest,
    unknown,  ///< rated together with extreme elements only: nothing is known, the measure is 0 and its error infinite
  };

  Code code = 0;
  std::size_t ratings = 0;
  double mean_rating = 0;  ///< as given
  /// Ratee: ability. Judge: severity, criterion: difficulty; higher means lower ratings, and their means are 0.
  double measure = 0;
  /// From the information of all parameters together where judges and criteria are at most `most_joint`; else as if the other measures were
  /// known, which is a little small (FacetsFit::joint_errors says which).
  double standard_error = 0;
  /// Mean squared residuals in units of what the model expects, 1 (Wright & Masters 1982, Rating Scale Analysis, chapter 5): outfit all ratings
  /// alike, infit weighted by their information; with their standardised forms. Nothing for extreme elements.
  struct Fit {
    double infit = 1, outfit = 1;
    double infit_z = 0, outfit_z = 0;
  };
  std::optional<Fit> fit;
  Extreme extreme = Extreme::none;
};

/// The many-facet rating scale model: log P(k)/P(k−1) = ability − severity − difficulty − τₖ (Linacre 1989, Many-Facet Rasch Measurement; Andrich
/// 1978, Psychometrika 43:561–573), all facets estimated jointly (JMLE), as Facets does.
struct FacetsFit {
  std::vector<FacetElement> ratees, judges, criteria;  ///< in the order of their codes; those without ratings are left out
  std::vector<int> categories;                         ///< that occur, ascending
  std::vector<double> threshold;                       ///< τ, one less than the categories; sums to 0
  double log_likelihood = 0;                           ///< of the ratings that are of no extreme element
  std::size_t ratings_used = 0;
  bool joint_errors = false;
  int iterations = 0;
  double largest_step = 0;  ///< in standard errors; below 1e-9 unless the iterations ran out

  static constexpr std::size_t most_joint = 600;
};

/// Newton's method, each step by preconditioned conjugate gradients, so that no matrix is ever built; O(n·categories) a step plus O(n) for each of
/// the few dozen products. Extreme elements are set aside first, as they say nothing about the others.
///
/// Not identifiable when the judges fall into sets that share no ratee (linked_sets() says which), or judges and criteria cannot be told apart, or
/// the likelihood rises without end, as with too few ratings or ones that are nearly in order.
/// Undefined when only one category occurs or everybody is extreme. Fails as check() does and with more than 50 categories.
[[nodiscard]] Result<Answer<FacetsFit>> fit_facets(const Ratings& ratings);
[[nodiscard]] Method facets_method();

}  // namespace waymark::stats
