#include "base/word_diff.hpp"

#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#include <dtl/dtl.hpp>
#pragma GCC diagnostic pop

#include "base/text.hpp"

namespace waymark {
namespace {

constexpr std::size_t most_words = 20'000;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string collapsed = collapse_white_space(text);
  for (const std::string_view word : split(collapsed, ' ')) {
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

void add(std::vector<WordEdit>& edits, WordEdit::Kind kind, const std::string& word) {
  if (edits.empty() || edits.back().kind != kind) {
    edits.push_back({kind, word});
  } else {
    edits.back().text += ' ' + word;
  }
}

/// Neighbours of one kind become one; a swap may have brought them together.
std::vector<WordEdit> merged(const std::vector<WordEdit>& edits) {
  std::vector<WordEdit> result;
  for (const WordEdit& edit : edits) add(result, edit.kind, edit.text);
  return result;
}

}  // namespace

std::vector<WordEdit> word_diff(std::string_view before, std::string_view after) {
  const std::vector<std::string> old_words = words_of(before);
  const std::vector<std::string> new_words = words_of(after);
  std::vector<WordEdit> edits;
  if (old_words.size() > most_words || new_words.size() > most_words) {
    if (old_words == new_words) return {{WordEdit::Kind::same, join(old_words, " ")}};
    return {{WordEdit::Kind::removed, join(old_words, " ")}, {WordEdit::Kind::added, join(new_words, " ")}};
  }
  dtl::Diff<std::string> diff(old_words, new_words);
  diff.compose();
  for (const auto& [word, info] : diff.getSes().getSequence()) {
    switch (info.type) {
      case dtl::SES_DELETE: add(edits, WordEdit::Kind::removed, word); break;
      case dtl::SES_ADD: add(edits, WordEdit::Kind::added, word); break;
      default: add(edits, WordEdit::Kind::same, word); break;
    }
  }
  // Within a change, what was there comes first.
  for (std::size_t i = 0; i + 1 < edits.size(); ++i) {
    if (edits[i].kind == WordEdit::Kind::added && edits[i + 1].kind == WordEdit::Kind::removed) std::swap(edits[i], edits[i + 1]);
  }
  return merged(edits);
}

}  // namespace waymark
