/// Where a YAML scalar ends in the source; yaml-cpp says only where it begins.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace waymark::markup {

/// `begin` is the offset of its first character (quote, `|`, `>` or the text itself), `value` what it means, `parent_column` the column
/// (from 0; -1 at the root) of the block list or map it stands in. The answer is the offset behind its last character;
/// none when it is a quote that is never closed.
[[nodiscard]] std::optional<std::size_t> end_of_scalar(std::string_view text, std::size_t begin, std::string_view value, int parent_column);

}  // namespace waymark::markup
