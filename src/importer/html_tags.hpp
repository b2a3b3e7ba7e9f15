/// What the tags of HTML mean for text; by gumbo's numbers. For html_blocks alone.
#pragma once

#include <string_view>

namespace waymark::importer {

/// Text goes on through these.
[[nodiscard]] bool is_inline(int tag);
/// The tag of safe inline HTML that means the same; empty when it only styles.
[[nodiscard]] std::string_view safe_tag(int tag);
/// 1 to 6; 0 of any other.
[[nodiscard]] int heading_level(int tag);

}  // namespace waymark::importer
