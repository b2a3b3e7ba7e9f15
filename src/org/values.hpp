/// What may stand as a value, and how kinds are called in sentences.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "org/fact.hpp"

namespace waymark::org {

inline constexpr Date first_day = Date{std::chrono::days{-25'567}};  // 1 January 1900
inline constexpr std::chrono::days farthest_ahead{3'653};

struct Wrong {
  std::string message;  ///< a sentence
  std::string way_out;
};

/// Of kinds that hold words. Levels and archetypes are looked at for their form alone: which there are, the pathway knows.
[[nodiscard]] std::optional<Wrong> what_is_wrong(Kind kind, std::string_view value);
/// A clause without a full stop: "it is empty".
[[nodiscard]] std::optional<std::string> what_is_wrong_with_name(std::string_view name);
[[nodiscard]] bool is_email(std::string_view text);

/// "reporting line", "level": what follows "their".
[[nodiscard]] std::string_view in_words_of(Kind kind);

}  // namespace waymark::org
