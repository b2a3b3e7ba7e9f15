/// Ratings of units by judges out of a CSV file: what alpha, kappa and icc have in common.
///
/// Wide: a row a unit, a column a judge (--ratings anna,ben). Long: a row a rating (--unit, --rater, --rating).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/stats_command.hpp"

namespace waymark::cli {

struct RatingOptions {
  std::string ratings;
  std::string unit;
  std::string rater;
  std::string rating;

  [[nodiscard]] std::vector<Parameter> parameters();
};

enum class RatingKind { number, category };

struct Ratings {
  std::vector<std::string> units;  ///< by name where there are names, else by row
  std::vector<std::string> judges;
  /// [unit][judge]; nothing where a judge has not rated. A category is its place in `categories`.
  std::vector<std::vector<std::optional<double>>> values;
  std::vector<std::string> categories;  ///< in order; empty for numbers

  /// The units that every judge has rated.
  [[nodiscard]] std::vector<std::vector<double>> complete() const;
};

/// Missing ratings are kept as such: the methods know what to do with them.
[[nodiscard]] Result<Ratings> read_ratings(StatsInput& input, const RatingOptions& options, RatingKind kind);

}  // namespace waymark::cli
