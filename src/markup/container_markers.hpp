/// What a line of Markdown could open before cmark is asked to.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace waymark::markup {

/// Where the marker (`>`, `-`, `*`, `+`, `1.`, `1)`) past the first `most` stands that could open a block quote or list item at the start
/// of the line; none when there are no more than that. The dashes of a thematic break are none.
[[nodiscard]] std::optional<std::size_t> marker_past(std::string_view line, int most);

}  // namespace waymark::markup
