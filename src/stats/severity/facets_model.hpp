/// The facets model as a concave function of all its parameters. Internal to the severity folder.
#pragma once

#include "stats/severity/facets_scale.hpp"
#include "stats/severity/ratings.hpp"

namespace waymark::stats {

/// The ratings that count, with dense numbers for whoever has any, sorted by ratee. Parameters stand one after another: ratees, judges, criteria,
/// thresholds.
struct FacetsRows {
  struct Line {
    Row ratee, judge, criterion;  // places among the parameters
    Row category;
  };
  std::size_t ratees = 0, judges = 0, criteria = 0, thresholds = 0;
  std::vector<Line> lines;

  [[nodiscard]] std::size_t elements() const { return ratees + judges + criteria; }
  [[nodiscard]] std::size_t parameters() const { return elements() + thresholds; }
};

class FacetsModel {
 public:
  explicit FacetsModel(const FacetsRows& rows);

  /// The log-likelihood; with it the score and the parts of the information are set.
  double evaluate(std::span<const double> parameters);
  [[nodiscard]] const std::vector<double>& score() const { return m_score; }
  [[nodiscard]] const std::vector<double>& diagonal() const { return m_diagonal; }
  /// information·direction, without building the information. O(lines).
  void multiply(std::span<const double> direction, std::span<double> result) const;
  /// An approximate Newton step: information·step = score up to `tolerance` of its length. The information is singular along shifts between facets;
  /// conjugate gradients stay out of those directions.
  [[nodiscard]] std::vector<double> step(double tolerance) const;
  /// Standard errors of all parameters under means of 0 for judges, criteria and thresholds: ratees are eliminated, the rest is inverted.
  /// O(lines·parameters' rest + rest³).
  [[nodiscard]] std::vector<double> joint_errors() const;
  /// Can judges and criteria be told apart from each other and from ratees, whatever the ratings? Of the design alone. O(rest³).
  [[nodiscard]] bool separable() const;

  /// Moves the means of judges, criteria and thresholds to 0, the ratees making up for it.
  void centre(std::vector<double>& parameters) const;

 private:
  void take_out_shifts(std::vector<double>& score) const;
  [[nodiscard]] double cross(std::size_t element, std::size_t threshold) const { return m_cross[element * m_rows.thresholds + threshold]; }

  const FacetsRows& m_rows;
  std::vector<double> m_variance;  // of each line
  std::vector<double> m_score, m_diagonal;
  std::vector<double> m_cross;    // elements × thresholds: information between them
  std::vector<double> m_between;  // thresholds²
};

}  // namespace waymark::stats
