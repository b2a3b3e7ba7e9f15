/// What a heading or a statement inside a level is about, as far as its form shows it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "importer/outline.hpp"

namespace waymark::importer {

/// Where a heading's text belongs on a level page.
enum class Subject {
  unknown,   ///< a grouping of criteria, or a criterion of its own
  criteria,  ///< "What changes here": the criteria themselves, without a grouping
  about,     ///< "Summary", "About the role"
  scope_of_impact,
  autonomy,
  not_expected_yet,
  what_it_looks_like,
  watch_for,
};
[[nodiscard]] Subject subject_of(std::string_view heading);

/// Why a statement is a figure and not a sentence to keep ("a percentage or weight", "an amount of money", …); absent when it is a sentence. `under` is the heading
/// it stands under.
[[nodiscard]] std::optional<std::string> reason_it_is_a_figure(std::string_view text, std::string_view under);

/// Percentages, amounts and lengths of time are most of what stands under this part.
[[nodiscard]] bool holds_figures(const Part& part);

}  // namespace waymark::importer
