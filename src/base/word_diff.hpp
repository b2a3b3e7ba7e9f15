/// The difference of two texts, word by word (longest common subsequence, by dtl after Wu et al. 1990).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waymark {

struct WordEdit {
  enum class Kind { same, removed, added };
  Kind kind = Kind::same;
  std::string text;  ///< words joined by single spaces
  bool operator==(const WordEdit&) const = default;
};

/// Neighbouring words of one kind are one edit. Texts past 20,000 words are compared whole: removed, added.
[[nodiscard]] std::vector<WordEdit> word_diff(std::string_view before, std::string_view after);

}  // namespace waymark
