/// Inside the comparison of versions: a page as the parts that people would speak of. Not for other rooms.
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

}  // namespace waymark::pathway::comparing
