/// Levels beside each other, and criteria laid side by side.
#pragma once

#include <set>
#include <vector>

#include "lint/rule.hpp"
#include "lint/similarity.hpp"

namespace waymark::lint {

struct Neighbours {
  const pathway::Level* before = nullptr;
  const pathway::Level* after = nullptr;
};

/// Levels that follow each other on a track.
[[nodiscard]] std::vector<Neighbours> neighbours(const pathway::Pathway& pathway);

/// What a criterion says, without a heading that only repeats the beginning of its narrative.
[[nodiscard]] std::string words_of_criterion(const pathway::Criterion& criterion);
[[nodiscard]] std::vector<WordSet> content_of_criteria(const pathway::Level& level);

struct SameCriterion {
  const pathway::Criterion* before = nullptr;
  const pathway::Criterion* after = nullptr;
  enum class How {
    word_for_word,  ///< case, punctuation and white space apart
    by_degree,      ///< the same once words of degree are out of both
    nearly,         ///< at least four fifths of the words
  } how = How::nearly;
};

/// Each criterion of `after` with the one of `before` it repeats, if any. The same act in another scope (a word of the pathway's axis makes the difference) is no repetition.
[[nodiscard]] std::vector<SameCriterion> same_criteria(const pathway::Pathway& pathway, const pathway::Level& before, const pathway::Level& after);

/// Criteria that stand word for word at the place before. What is wrong with their words has been said there.
[[nodiscard]] std::set<const pathway::Criterion*> copied_on(const pathway::Pathway& pathway);

/// How many criteria of `of` say nearly what one of `against` says, in the same scope: three fifths of the words.
[[nodiscard]] std::size_t count_alike(const pathway::Pathway& pathway, const pathway::Level& of, const pathway::Level& against);

}  // namespace waymark::lint
