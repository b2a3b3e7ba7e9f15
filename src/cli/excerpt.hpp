/// The line that a finding is about, with a caret below it.
#pragma once

#include <string>

#include "base/source_text.hpp"

namespace waymark::cli {

/// Two lines, "  12 | the text" and "     |     ^^^^". A long line is cut around the place. Empty where the source has no such line, or an empty one.
[[nodiscard]] std::string excerpt(const SourceText& source, const Span& span, int columns, bool colour);

}  // namespace waymark::cli
