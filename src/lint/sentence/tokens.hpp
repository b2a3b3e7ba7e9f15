/// Inside the sentence judge: a sentence as words that know their classes. Not for other rooms.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/sentence/words.hpp"

namespace waymark::lint::sentence {

/// What stands between a word and the word before it.
enum class Gap : std::uint8_t { space, comma, colon, stop, dash, slash, open_bracket };

struct Token {
  std::string_view text;       ///< as written, without a possessive 's
  const Word* word = nullptr;  ///< none when it stands in no list
  Gap before = Gap::space;     ///< stop also stands for ; ! ?
  bool capital = false;        ///< begins with an upper-case ASCII letter
  bool acronym = false;        ///< two or more letters, none of them lower case but a plural s
  bool number = false;         ///< begins with a digit
  bool bracketed = false;      ///< inside round or square brackets
  bool adverb = false;         ///< ends in -ly, or stands among the adverbs

  [[nodiscard]] bool is(WordClass which) const { return word != nullptr && word->is(which); }
  [[nodiscard]] bool is_any(Classes classes) const { return word != nullptr && word->classes.has_any(classes); }
  [[nodiscard]] bool is_verb() const { return word != nullptr && word->is_verb(); }
  [[nodiscard]] bool has_form(VerbForm form) const { return word != nullptr && word->has_form(form); }
  [[nodiscard]] std::string_view lower() const { return word != nullptr ? word->text : std::string_view(); }
};
using Tokens = std::vector<Token>;

/// More words than this in one sentence are not looked at.
inline constexpr std::size_t most_tokens = 400;

/// Fills `tokens` (its memory is reused). Takes any bytes; what is not a letter or digit separates words, bytes past ASCII count as letters except the usual
/// punctuation and spaces. Views look into `sentence`. Gives the offset behind the last word taken, or the length when all were.
std::size_t tokenize(std::string_view sentence, Tokens& tokens);

/// The longest phrase of a class that begins at token `at`; its length in words, 0 when there is none.
[[nodiscard]] std::size_t phrase_at(const Tokens& tokens, std::size_t at, WordClass which);

}  // namespace waymark::lint::sentence
