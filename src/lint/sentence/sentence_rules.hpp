/// Inside the sentence judge: what is asked of the words of one sentence before it is weighed, without reading it again. Not for other rooms.
#pragma once

#include <string_view>
#include <vector>

#include "lint/sentence/judge.hpp"
#include "lint/sentence/tokens.hpp"

namespace waymark::lint::sentence {

/// As lint::is_english, for a text that is already in words. REQUIRES that `tokens` are those of `text`.
[[nodiscard]] bool is_english(std::string_view text, const Tokens& tokens);

/// Adds what lint::tenure_phrases would find. REQUIRES that `tokens` look into `text`; offsets are counted from its beginning, plus `base`.
void find_tenure(std::string_view text, std::size_t base, const Tokens& tokens, std::vector<Occurrence>& found);

}  // namespace waymark::lint::sentence
