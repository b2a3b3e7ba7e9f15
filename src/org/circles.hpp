/// Inside the room only: does a reporting line, or what a team belongs to, come back to itself on some day?
#pragma once

#include <optional>
#include <vector>

#include "org/organisation.hpp"

namespace waymark::org {

struct Circle {
  Date day;                            ///< the first on which it is closed
  std::vector<std::uint32_t> members;  ///< indices; the one asked about first, each followed by who stands above
};

/// Of solid lines between people who work here. Takes time in proportion to what lies above on any day.
[[nodiscard]] std::optional<Circle> circle_through(const Organisation& organisation, PersonIndex person);
[[nodiscard]] std::optional<Circle> circle_through(const Organisation& organisation, TeamIndex team);

}  // namespace waymark::org
