/// Inside completions(): what its parts share. Not for other files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "editor/features.hpp"

namespace waymark::editor::completing {

/// The line of the cursor. Columns count code points, offsets bytes.
struct Line {
  const Page& page;
  std::string_view file;
  Position cursor;
  std::string_view before;  ///< up to the cursor
  std::string_view after;   ///< from the cursor
};

/// Replaces `back` bytes before and `ahead` bytes behind the cursor.
[[nodiscard]] Edit replacing(const Line& line, std::size_t back, std::size_t ahead, std::string text);

[[nodiscard]] std::vector<Completion> in_manifest(const PathwayFolder& folder, const Line& line);
[[nodiscard]] std::vector<Completion> in_front_matter(const PathwayFolder& folder, const Line& line);
[[nodiscard]] std::vector<Completion> in_prose(const PathwayFolder& folder, const Line& line);

/// Behind `waymark: allow`, in a comment of either kind.
[[nodiscard]] std::vector<Completion> rules(const Line& line);

/// What can be named: ids with their titles.
struct Named {
  std::string id;
  std::string title;
  std::string words;
};
[[nodiscard]] std::vector<Named> levels(const PathwayFolder& folder);
[[nodiscard]] std::vector<Named> criteria(const PathwayFolder& folder);  ///< "SSE.drives-design"
[[nodiscard]] std::vector<Named> tracks(const PathwayFolder& folder);
[[nodiscard]] std::vector<Named> scopes(const PathwayFolder& folder);

}  // namespace waymark::editor::completing
