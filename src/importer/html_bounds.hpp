/// Before a parser sees HTML: what would make it deep or slow is blanked out, everything else stays where it is.
#pragma once

#include <string>
#include <string_view>

namespace waymark::importer {

struct BoundedHtml {
  std::string text;         ///< as long as the source, line for line
  std::size_t blanked = 0;  ///< tags that were taken out
};

/// At most 200 elements stand open at once, and at most 30 of those that a parser opens again by itself (`b`, `i`, `a`, `font` …). One pass.
[[nodiscard]] BoundedHtml bound_html(std::string_view html);

}  // namespace waymark::importer
