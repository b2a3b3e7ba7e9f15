/// What was planted in a demo organisation, so that whatever looks at it can be held against the truth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.hpp"

namespace waymark::demo {

struct Truth {
  using Value = std::variant<std::int64_t, double, bool, std::string, std::vector<std::string>>;

  std::string id;       ///< "truth-01"
  std::string kind;     ///< snake_case, as doc/demo.md lists them
  std::string subject;  ///< the id of a person or a team; of a group "group:B"
  std::optional<Date> since = {};
  std::vector<std::pair<std::string, Value>> parameters = {};
  std::string should_be_found_by;  ///< "signals:graduate-months", or the insight that is to find it

  [[nodiscard]] const Value* parameter(std::string_view name) const;
};

/// What a demo of this size has no room for.
struct NotPlanted {
  std::string kind;
  std::string because;  ///< a sentence
};

/// A JSON array, one truth a line, with the keys of the struct in its order; a date is ISO, or null.
[[nodiscard]] std::string to_json(const std::vector<Truth>& truths);

}  // namespace waymark::demo
