/// How the pathway is cited: `SSE`, `SSE.drives-design`, `SSE.autonomy-2`. Ids are strong types; a citation is a value.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace waymark::pathway {

/// An id that is compared by its exact letters. `Tag` only tells kinds apart.
template <class Tag>
struct Id {
  std::string value;
  auto operator<=>(const Id&) const = default;
  [[nodiscard]] bool empty() const { return value.empty(); }
};
using LevelId = Id<struct LevelTag>;
using TrackId = Id<struct TrackTag>;
using CapabilityId = Id<struct CapabilityTag>;
using ArchetypeId = Id<struct ArchetypeTag>;

/// A letter, then letters, digits, `_` or `-`; 64 characters at most.
[[nodiscard]] bool is_valid_id(std::string_view id);

struct Citation {
  LevelId level;
  std::string anchor;  ///< empty: the level itself
  auto operator<=>(const Citation&) const = default;
};

/// Reads `LEVEL` or `LEVEL.anchor`, white space around it allowed. Says nothing about whether it exists.
[[nodiscard]] std::optional<Citation> parse_citation(std::string_view text);
[[nodiscard]] std::string to_string(const Citation& citation);

/// Where a link inside the pathway leads, whatever a page's address looks like. Written into rendered HTML as
/// `waymark:levels/SSE#drives-design`; a page maker replaces it (web/links.hpp).
struct Target {
  enum class Kind { level, capability, archetype, fork, pathway };
  Kind kind = Kind::pathway;
  std::string id;      ///< of the level, capability or archetype; else empty
  std::string anchor;  ///< may be empty
  auto operator<=>(const Target&) const = default;
};

[[nodiscard]] std::string to_uri(const Target& target);
[[nodiscard]] std::optional<Target> parse_uri(std::string_view uri);

/// The target of a relative link written in `file` (a path inside the folder), e.g. "../levels/SSE.md#x" in "capabilities/design.md" or "#x" in
/// "levels/SSE.md". Absent for other addresses (https:, mailto:, /absolute, files that are no part of a pathway).
[[nodiscard]] std::optional<Target> resolve_link(std::string_view file, std::string_view link);

}  // namespace waymark::pathway
