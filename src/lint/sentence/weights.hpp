/// Inside the sentence judge: the weights table. Not for other rooms, except the tool that makes it.
#pragma once

#include <array>

#include "lint/sentence/features.hpp"

namespace waymark::lint::sentence {

/// A logistic regression: the log-odds of vague are the intercept plus every feature's value times its weight.
struct Weights {
  double intercept = 0;
  std::array<double, feature_count> of{};
  double vague_from = 0.5;    ///< probability from which the verdict is vague
  double warning_from = 0.9;  ///< probability from which vague is a warning
};

/// The embedded weights.tsv. Made once, safe from all threads.
[[nodiscard]] const Weights& weights();

/// Reads a table: lines of name, tab, weight, tab, meaning; `#` begins a comment. REQUIRES our own file: a name that is no feature, or a missing one, asserts.
[[nodiscard]] Weights parse_weights(std::string_view table);
/// The table as it stands in the repository.
[[nodiscard]] std::string weights_table(const Weights& weights, std::string_view comment);

[[nodiscard]] double probability_of_vague(const Features& features, const Weights& weights);

}  // namespace waymark::lint::sentence
