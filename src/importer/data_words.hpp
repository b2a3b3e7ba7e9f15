/// What the keys of a data file usually mean.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace waymark::importer {

enum class KeyMeaning {
  other,
  title,       ///< "title", "name"
  level,       ///< "level": which one; of a list of them see levels
  levels,      ///< "levels", "grades": places are below
  identifier,  ///< for machines: "id", "path", "url", "icon"
  summary,     ///< "summary", "description"
  statement,   ///< "criterion", "text": the sentence itself
  statements,  ///< "criteria", "items": sentences without a heading of their own
  examples,
  group,    ///< "theme", "category": what a criterion belongs to
  figure,   ///< "weight", "salary"
  follows,  ///< "extends": what counts there counts here too
};

[[nodiscard]] KeyMeaning meaning_of(std::string_view key);

/// "notExpectedYet", "not_expected-yet" → "Not expected yet".
[[nodiscard]] std::string words_of_key(std::string_view key);

[[nodiscard]] std::size_t count_words(std::string_view text);
/// Three digits at most, and nothing else.
[[nodiscard]] bool is_small_number(std::string_view text);

}  // namespace waymark::importer
