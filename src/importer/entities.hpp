/// HTML's names for characters.
#pragma once

#include <string>
#include <string_view>

namespace waymark::importer {

/// `&amp;`, `&#233;`, `&nbsp;` …; unknown ones stay as they are. A no-break space becomes a space.
[[nodiscard]] std::string decode_entities(std::string_view text);

}  // namespace waymark::importer
