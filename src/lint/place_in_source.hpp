/// From the plain text of a block back to the Markdown it came from.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/source_text.hpp"

namespace waymark::lint {

/// Where bytes [begin, end) of `plain`, the plain text of the block at `block`, stand in the source; `block` itself where the two cannot be laid side by side
/// or the range is all of it. Linear in the block.
[[nodiscard]] Span place_in_source(const SourceText& source, const Span& block, std::string_view plain, std::size_t begin, std::size_t end);

}  // namespace waymark::lint
