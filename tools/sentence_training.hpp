/// Makes and checks the weights of the sentence judge from labelled sentences.
///
/// The regression is logistic, with a ridge around the expected weights (features_told) instead of around zero: where a few hundred sentences say little, a
/// weight stays where general knowledge of such documents puts it. Fitted by Newton's method (Hastie, Tibshirani and Friedman 2009, section 4.4.1).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lint/sentence/weights.hpp"

namespace waymark::training {

/// The share of specific sentences a warning may meet in groups left out. Stricter than the one in twenty that is aimed at: sources that nobody has seen
/// differ more than those at hand.
inline constexpr double allowed_false_alarms = 0.03;

enum class Label { vague, specific, tenure, other };

struct Labelled {
  std::string text;
  std::string group;  ///< sources that descend from one another share one
  Label label = Label::vague;
  lint::sentence::Features features;  ///< words are empty: they would look into freed text
};

/// A line a sentence: {"text", "group", "label": "VAGUE" | "SPECIFIC" | "TENURE" | "OTHER", …}. Throws std::runtime_error that names the file and line.
[[nodiscard]] std::vector<Labelled> read_labelled(const std::string& path);
/// Only those that are vague or specific.
[[nodiscard]] std::vector<Labelled> vague_or_specific(const std::vector<Labelled>& sentences);
[[nodiscard]] std::vector<std::string> groups_of(const std::vector<Labelled>& sentences);

/// Ridge strengths that are tried; thresholds are not touched by fit().
[[nodiscard]] const std::vector<double>& ridges();
[[nodiscard]] lint::sentence::Weights fit(const std::vector<Labelled>& sentences, double ridge);

/// A sentence with the probability given to it by weights that never saw its group.
struct Judged {
  const Labelled* sentence;
  double score;
};
/// Leaves out one group after the other. O(groups · fits).
[[nodiscard]] std::vector<Judged> leave_groups_out(const std::vector<Labelled>& sentences, double ridge);
/// The ridge with the smallest log loss over left-out groups.
[[nodiscard]] double best_ridge(const std::vector<Labelled>& sentences);

struct Thresholds {
  double vague_from;
  double warning_from;
};
/// vague_from is a half: more likely vague than not. A threshold picked for its correlation in a few hundred sentences is an accident of those sentences (it
/// did worse on groups left out). warning_from is the lowest that lets at most `false_alarms` of the specific sentences of left-out groups through.
[[nodiscard]] Thresholds choose_thresholds(const std::vector<Judged>& judged, double false_alarms);

/// How a sentence came out, with everything chosen (ridge, thresholds, weights) inside the other groups.
struct Outcome {
  const Labelled* sentence;
  double score;
  bool vague;
  bool warning;
};
[[nodiscard]] std::vector<Outcome> nested_validation(const std::vector<Labelled>& sentences, double false_alarms);

struct Counts {
  int true_vague = 0, false_vague = 0, true_specific = 0, false_specific = 0;

  void add(bool truly, bool said);
  [[nodiscard]] double precision() const;  ///< 1 when nothing was said
  [[nodiscard]] double recall() const;
  [[nodiscard]] double false_alarm_rate() const;  ///< share of the specific that were called vague
  [[nodiscard]] double matthews() const;          ///< Matthews 1975; 0 where it is not defined
};
[[nodiscard]] Counts verdict_counts(const std::vector<Outcome>& outcomes);
[[nodiscard]] Counts warning_counts(const std::vector<Outcome>& outcomes);

/// The chance that a vague sentence scores above a specific one; 0 when there are not both.
[[nodiscard]] double area_under_curve(const std::vector<Outcome>& outcomes);

struct Interval {
  double low, high;
};
/// Percentile bootstrap, 95 %, over sentences within their groups. The same numbers in every run.
[[nodiscard]] Interval bootstrap_matthews(const std::vector<Outcome>& outcomes, int rounds = 2000);

/// Everything chosen on all sentences: what is shipped.
[[nodiscard]] lint::sentence::Weights train(const std::vector<Labelled>& sentences, double false_alarms);

}  // namespace waymark::training
