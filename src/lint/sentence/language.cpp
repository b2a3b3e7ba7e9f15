#include <algorithm>

#include "lint/sentence/judge.hpp"
#include "lint/sentence/sentence_rules.hpp"
#include "lint/sentence/tokens.hpp"

namespace waymark::lint {
namespace {

constexpr std::size_t as_much_as_it_takes = 64 * 1024;
constexpr std::size_t too_few_words = 12;

/// Letters of the Latin alphabet against those of others; both count bytes that begin a character.
bool mostly_other_alphabet(std::string_view text) {
  std::size_t latin = 0, other = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= 0xC3 && byte <= 0xC6)) ++latin;
    // Greek begins at U+0370 (0xCD); 0xE2 begins punctuation and symbols, 0xEF byte order marks and full-width forms.
    if ((byte >= 0xCD && byte <= 0xDF) || (byte >= 0xE0 && byte <= 0xED && byte != 0xE2)) ++other;
  }
  return other > 0 && other * 2 > latin;
}

}  // namespace

namespace sentence {
namespace {

struct Count {
  std::size_t words = 0, english = 0, foreign = 0;

  void add(const Tokens& tokens) {
    for (const Token& token : tokens) {
      ++words;
      if (token.is(WordClass::words_english))
        ++english;
      else if (token.is(WordClass::words_foreign) && !token.acronym)
        ++foreign;
    }
  }
  /// English text has an English little word every sixth word or so; a list of bare skills has none, and no foreign one either.
  [[nodiscard]] bool looks_english() const {
    if (words < too_few_words) return english == 0 ? foreign < 2 : foreign < 3 || foreign <= 2 * english;
    return foreign * 12 < words || english > foreign;
  }
};

}  // namespace

bool is_english(std::string_view text, const Tokens& tokens) {
  if (mostly_other_alphabet(text)) return false;
  Count count;
  count.add(tokens);
  return count.looks_english();
}

}  // namespace sentence

bool is_english(std::string_view document) {
  const std::string_view looked_at = document.substr(0, as_much_as_it_takes);
  if (mostly_other_alphabet(looked_at)) return false;
  sentence::Count count;
  thread_local sentence::Tokens tokens;
  for (std::size_t at = 0; at < looked_at.size();) {
    at += std::max<std::size_t>(sentence::tokenize(looked_at.substr(at), tokens), 1);
    count.add(tokens);
  }
  return count.looks_english();
}

}  // namespace waymark::lint
