/// How alike two texts are once words of degree and small words are out of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/words.hpp"

namespace waymark::lint {

/// The different content words of a text, lightly stemmed, as sorted hashes: no articles, prepositions or pronouns, no words of degree ("strong", "significant", "consistently").
/// What is left is what is done and to what. English; other languages keep all their words.
using WordSet = std::vector<std::uint32_t>;

[[nodiscard]] WordSet content_words(std::string_view text, const std::vector<Word>& words);
[[nodiscard]] WordSet content_words(std::string_view text);

/// Jaccard: words in both by words in either; 0 when both are empty.
[[nodiscard]] double likeness(const WordSet& a, const WordSet& b);

struct Pair {
  std::size_t left = 0;
  std::size_t right = 0;
  double likeness = 0;
};

/// All pairs whose likeness is at least `threshold`, by left, then best first. Sets of fewer than `fewest` words take no part. Only sets that share one of their rarest words are
/// compared (prefix filtering: Bayardo, Ma and Srikant 2007), so that time stays near linear for prose. REQUIRES 0 < threshold <= 1.
[[nodiscard]] std::vector<Pair> alike(const std::vector<WordSet>& left, const std::vector<WordSet>& right, double threshold, std::size_t fewest);

}  // namespace waymark::lint
