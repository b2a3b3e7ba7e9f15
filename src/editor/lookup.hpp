/// What several features ask of a place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "editor/pathway_folder.hpp"

namespace waymark::editor {

/// The symbol that a position is about: an id that stands there, or the heading or level page whose title does.
struct Thing {
  Symbol symbol;
  Span span;
};
[[nodiscard]] std::optional<Thing> thing_at(const PathwayFolder& folder, std::string_view file, Position position);

/// `target` as a link in `file`: "../levels/SSE.md#drives-design", "#autonomy". `page` is the target's own file.
[[nodiscard]] std::string link_to(std::string_view file, std::string_view page, std::string_view anchor);

/// From the first line of a heading to the end of what stands under it.
[[nodiscard]] Span whole_of(const Page& page, const Heading& heading);

}  // namespace waymark::editor
