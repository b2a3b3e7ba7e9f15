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

struct SameCriterion {
  const pathway::Criterion* before = nullptr;
  const pathway::Criterion* after = nullptr;
  enum class How {
    word_for_word,  ///< case, punctuation and white space apart
    by_degree,      ///< the same once words of degree are out of both
    nearly,         ///< at least four fifths of the words
  } how = How::nearly;
};

/// What the rules that compare have in common, worked out once for a pathway, which must outlive it. Immutable; from any thread.
class SideBySide {
 public:
  explicit SideBySide(const pathway::Pathway& pathway);

  /// Levels that follow each other on a track, each with the criteria of `after` that repeat one of `before`. The same act in another scope (a word of the
  /// pathway's axis makes the difference) is no repetition.
  struct Pair {
    Neighbours levels;
    std::vector<SameCriterion> same;
  };
  [[nodiscard]] const std::vector<Pair>& neighbours() const { return m_neighbours; }

  /// Whether a criterion stands word for word at the place before. What is wrong with its words has been said there.
  [[nodiscard]] bool is_copied_on(const pathway::Criterion& criterion) const { return m_copies.contains(&criterion); }

  /// How many criteria of `of` say nearly what one of `against` says, in the same scope: three fifths of the words. REQUIRES levels of the pathway.
  [[nodiscard]] std::size_t count_alike(const pathway::Level& of, const pathway::Level& against) const;

 private:
  using Contents = std::vector<WordSet>;
  [[nodiscard]] const Contents& contents_of(const pathway::Level& level) const;
  [[nodiscard]] std::vector<SameCriterion> same_criteria(const pathway::Level& before, const pathway::Level& after) const;
  [[nodiscard]] bool differ_in_scope(const WordSet& a, const WordSet& b) const;

  const pathway::Pathway& m_pathway;
  WordSet m_scopes;
  std::vector<Contents> m_contents;  ///< beside the levels
  std::vector<Pair> m_neighbours;
  std::set<const pathway::Criterion*> m_copies;
};

}  // namespace waymark::lint
