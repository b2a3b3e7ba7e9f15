/// Inside the sentence judge: what is no criterion at all. Not for other rooms.
#pragma once

#include <string_view>

#include "lint/sentence/shape.hpp"

namespace waymark::lint::sentence {

/// Why the sentence is no criterion, in plain English; empty when it may be one. Careful: a doubtful sentence is taken for a criterion.
[[nodiscard]] std::string_view why_no_criterion(std::string_view sentence, const Tokens& tokens, const Shape& shape);

}  // namespace waymark::lint::sentence
