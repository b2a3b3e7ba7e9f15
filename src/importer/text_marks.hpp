/// Small signs in the text of a source: bullets, line breaks, what is a word at all.
#pragma once

#include <cstddef>
#include <string_view>

namespace waymark::importer {

/// Stands in a text where the source breaks a line on purpose (`<br>`, a line of a spreadsheet's cell). Never reaches the outline.
inline constexpr std::string_view line_break = "\xEE\x80\x80";

/// A letter or a digit of any alphabet; signs and emoji are none.
[[nodiscard]] bool has_letters(std::string_view text);
/// A relative link or one inside the page.
[[nodiscard]] bool is_internal_link(std::string_view target);
/// Length of a bullet or number with the space behind it at the front of a line; 0 when there is none.
[[nodiscard]] std::size_t bullet_length(std::string_view line);

}  // namespace waymark::importer
