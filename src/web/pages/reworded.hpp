/// Words of before and after in one text: what went is struck out, what came is underlined.
#pragma once

#include <vector>

#include "base/word_diff.hpp"
#include "web/pages/values.hpp"

namespace waymark::web::pages {

/// reworded.html
void fill(Values values, const std::vector<WordEdit>& words);

}  // namespace waymark::web::pages
