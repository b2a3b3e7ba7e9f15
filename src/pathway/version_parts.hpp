/// Inside the comparison of versions: things as people would speak of them. Not for other rooms.
#pragma once

#include <string>
#include <vector>

#include "pathway/pathway.hpp"

namespace waymark::pathway::comparing {

/// A stretch that is compared as one.
struct Part {
  std::string name;  ///< of it in a sentence: "the part at SSE"
  std::string key;   ///< the same in both versions
  std::string text;
};

/// Criteria are not among the parts of a level.
[[nodiscard]] std::vector<Part> parts_of(const Level& level);
[[nodiscard]] std::vector<Part> parts_of(const Capability& capability);
[[nodiscard]] std::vector<Part> parts_of(const Archetype& archetype);
[[nodiscard]] std::vector<Part> parts_of(const Fork& fork);
[[nodiscard]] std::vector<Part> parts_of(const Threshold& threshold);

/// "SSE stands level with TTL while STAFF is dormant", the same for equals in any order.
[[nodiscard]] std::string described(const Equivalence& equivalence);

}  // namespace waymark::pathway::comparing
