/// Do judges agree? Coefficients of agreement beyond chance, and intraclass correlations.
///
/// 1 is perfect agreement, 0 what chance gives; negative is worse than that. Without variation they are undefined, never 1: judges who always
/// say the same have not shown that they can tell things apart. Only Gwet's are 1 there, which is what they were made for.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "stats/result.hpp"

namespace waymark::stats {

/// The values that one unit got, in any order, as many as there are; judges need not be known.
using UnitValues = std::vector<double>;

enum class Metric {
  nominal,   ///< equal or not
  ordinal,   ///< by how many values lie between
  interval,  ///< (c − k)²
  ratio,     ///< ((c − k)/(c + k))², 0 where c + k is 0
};

struct KrippendorffAlpha {
  Quantity alpha;  ///< undefined without variation, or without a unit that has two values
  double observed_disagreement = 0;
  double expected_disagreement = 0;
  std::int64_t pairable_values = 0;  ///< values of units with at least two
};
/// Krippendorff 2011, Computing Krippendorff's Alpha-Reliability. Units with fewer than two values add nothing. REQUIRES finite values.
/// O(n log n); the ratio metric O(V²) in the V different values.
[[nodiscard]] KrippendorffAlpha krippendorff_alpha(std::span<const UnitValues> units, Metric metric);

/// Square, row by row: weight(i, j) of a pair of categories.
struct SquareMatrix {
  std::size_t size = 0;
  std::vector<double> cells;  ///< size² of them

  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return cells[row * size + column]; }
};

enum class Weighting { none, linear, quadratic };
/// 1 on the diagonal, 0 at the far corners: 1 − (|i − j|/(size − 1))^{1 or 2}; none: the identity.
[[nodiscard]] SquareMatrix agreement_weights(std::size_t size, Weighting weighting);

struct Kappa {
  Quantity kappa;             ///< undefined when chance alone would agree always
  Quantity standard_error;    ///< large-sample, not under the null (Fleiss, Cohen & Everitt 1969, Psychol. Bulletin 72:323–327)
  Answer<Interval> interval;  ///< kappa ± z·error
  double observed = 0;        ///< weighted share of agreement
  double expected = 0;        ///< of agreement by chance
};
/// Cohen's κ of two judges (Cohen 1960; weighted, Cohen 1968, Psychol. Bulletin 70:213–220). `table` holds counts: rows the first judge's categories,
/// columns the second's. `weights` are of agreement, largest on the diagonal; weights of disagreement v become 1 − v/max v. Fails with bad_input when the sizes differ or a cell
/// is negative. O(size²).
[[nodiscard]] Result<Kappa> cohen_kappa(const SquareMatrix& table, const SquareMatrix& weights, Confidence confidence = {});

/// How many of the judges put each unit into each category; rows are units. Units may have different numbers of judges.
using CategoryCounts = std::vector<std::vector<Count>>;

/// Fleiss 1971, Psychol. Bulletin 76:378–382. Undefined unless every unit has the same number of judges, two at least, or without variation.
[[nodiscard]] Quantity fleiss_kappa(const CategoryCounts& units);

/// Gwet's AC1 (weights: identity) and AC2 (Gwet 2008, Br. J. Math. Stat. Psychol. 61:29–48; 2014, Handbook of Inter-Rater Reliability, chapter 5).
/// The standard error is over units, for judges taken as they are.
struct GwetCoefficient {
  Quantity coefficient;
  Quantity standard_error;
};
/// Fails with bad_input when a unit has not as many categories as there are weights. O(units·categories²).
[[nodiscard]] Result<GwetCoefficient> gwet_coefficient(const CategoryCounts& units, const SquareMatrix& weights);

/// One of the six intraclass correlations, with the F test that it is 0.
struct IntraclassCorrelation {
  Quantity estimate;
  Quantity f;  ///< ∞ when judges differ by constants only
  double degrees_of_freedom_1 = 0;
  double degrees_of_freedom_2 = 0;
  Quantity p_value;
  Answer<Interval> interval;  ///< of a mean, the lower bound may be −∞
};
/// Shrout & Fleiss 1979 (Psychol. Bulletin 86:420–428); the interval of the second is McGraw & Wong's (1996, Psychological Methods 1:30–46).
struct IntraclassCorrelations {
  IntraclassCorrelation one_way;         ///< ICC(1,1): every unit has judges of its own
  IntraclassCorrelation two_way_random;  ///< ICC(2,1): the judges are a sample; absolute agreement
  IntraclassCorrelation two_way_fixed;   ///< ICC(3,1): just these judges; consistency
  IntraclassCorrelation one_way_mean;    ///< ICC(1,k), and so on: the mean of all judges
  IntraclassCorrelation two_way_random_mean;
  IntraclassCorrelation two_way_fixed_mean;

  /// In this order.
  [[nodiscard]] std::array<const IntraclassCorrelation*, 6> all() const {
    return {&one_way, &two_way_random, &two_way_fixed, &one_way_mean, &two_way_random_mean, &two_way_fixed_mean};
  }
};
/// `ratings`: a row a unit, every row with a rating of each judge. Fails with bad_input when rows have different lengths. Undefined with fewer than
/// two units or judges, or when all ratings are the same. O(units·judges).
[[nodiscard]] Result<IntraclassCorrelations> intraclass_correlations(std::span<const std::vector<double>> ratings, Confidence confidence = {});

inline constexpr Method krippendorff_method{"Krippendorff's alpha", "Krippendorff 2011, Computing Krippendorff's Alpha-Reliability"};
inline constexpr Method kappa_method{"Cohen's kappa",
                                     "Cohen 1968, Psychological Bulletin 70:213–220; Fleiss, Cohen & Everitt 1969, ibid. 72:323–327"};
inline constexpr Method fleiss_method{"Fleiss' kappa", "Fleiss 1971, Psychological Bulletin 76:378–382"};
inline constexpr Method gwet_method{"Gwet's AC1 and AC2", "Gwet 2014, Handbook of Inter-Rater Reliability, chapter 5"};
inline constexpr Method intraclass_method{
    "Intraclass correlations", "Shrout & Fleiss 1979, Psychological Bulletin 86:420–428; McGraw & Wong 1996, Psychological Methods 1:30–46"};

}  // namespace waymark::stats
