#include "lint/sentence/tokens.hpp"

#include <algorithm>
#include <array>

namespace waymark::lint::sentence {
namespace {

constexpr std::size_t longest_word = 40;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_upper(c) || is_lower(c); }
char lowered(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

enum class Mark : std::uint8_t { none, apostrophe, dash, bullet, space };

struct Special {
  Mark mark = Mark::none;
  std::size_t length = 0;
};

/// The punctuation beyond ASCII that people write; everything else past ASCII is taken for a letter.
Special special_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 3);
  if (rest.starts_with("\u2019") || rest.starts_with("\u2018")) return {Mark::apostrophe, 3};
  if (rest.starts_with("\u2013") || rest.starts_with("\u2014")) return {Mark::dash, 3};
  if (rest.starts_with("\u00a0")) return {Mark::space, 2};
  if (rest.starts_with("\ufffd")) return {Mark::space, 3};  // a byte that was none of a text
  // Marks that only turn the direction of writing.
  if (rest.size() == 3 && ((rest >= "\u202a" && rest <= "\u202e") || (rest >= "\u2066" && rest <= "\u2069"))) return {Mark::space, 3};
  for (const std::string_view mark :
       {"\u2022", "\u2026", "\u201c", "\u201d", "\u25cf", "\u25aa", "\u2023", "\u200b", "\u200e", "\u200f", "\ufeff", "\u202f", "\u2009"}) {
    if (rest.starts_with(mark)) return {Mark::bullet, 3};
  }
  return {};
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, Tokens& tokens) : m_text(text), m_tokens(tokens), m_vocabulary(Vocabulary::get()) {}

  std::size_t run() {
    while (m_at < m_text.size() && m_tokens.size() < most_tokens) {
      const char c = m_text[m_at];
      if (is_letter(c) || is_digit(c)) {
        take_word();
      } else if (static_cast<unsigned char>(c) >= 0x80) {
        const Special special = special_at(m_text, m_at);
        if (special.length == 0) {
          take_word();
          continue;
        }
        if (special.mark == Mark::dash) separate(Gap::dash);
        m_at += special.length;
      } else {
        punctuation(c);
        ++m_at;
      }
    }
    return m_at;
  }

 private:
  void separate(Gap gap) {
    if (gap > m_gap || m_gap == Gap::space) m_gap = gap;
  }

  void punctuation(char c) {
    switch (c) {
      case ',': separate(Gap::comma); break;
      case ':': separate(Gap::colon); break;
      case '.':
        if (!after_abbreviation()) separate(Gap::stop);
        break;
      case ';':
      case '!':
      case '?': separate(Gap::stop); break;
      case '-':
        if (m_at + 1 < m_text.size() && m_text[m_at + 1] == ' ') separate(Gap::dash);
        break;
      case '/':
      case '&': separate(Gap::slash); break;
      case '(':
      case '[':
        separate(Gap::open_bracket);
        ++m_brackets;
        break;
      case ')':
      case ']':
        if (m_brackets > 0) --m_brackets;
        break;
      default: break;
    }
  }

  [[nodiscard]] bool after_abbreviation() const {
    if (m_tokens.empty()) return false;
    const std::string_view last = m_tokens.back().text;
    return last == "e.g" || last == "i.e" || last == "E.g" || last == "eg" || last == "vs" || last == "ex" || last == "etc";
  }

  [[nodiscard]] bool letter_follows(std::size_t at) const {
    if (at >= m_text.size()) return false;
    const char c = m_text[at];
    return is_letter(c) || is_digit(c) || (static_cast<unsigned char>(c) >= 0x80 && special_at(m_text, at).length == 0);
  }

  void take_word() {
    const std::size_t begin = m_at;
    std::array<char, longest_word> lower{};
    std::size_t length = 0, uppers = 0, lowers = 0, possessive = std::string_view::npos;
    bool after_apostrophe = false;
    const auto put = [&](char c) {
      if (length < longest_word) lower[length] = c;
      ++length;
    };
    while (m_at < m_text.size()) {
      const char c = m_text[m_at];
      if (is_letter(c) || is_digit(c)) {
        uppers += is_upper(c) ? 1 : 0;
        lowers += is_lower(c) && !(c == 's' && uppers > 1 && !letter_follows(m_at + 1)) ? 1 : 0;
        put(lowered(c));
        ++m_at;
        continue;
      }
      const Special special =
          static_cast<unsigned char>(c) >= 0x80 ? special_at(m_text, m_at) : Special{c == '\'' ? Mark::apostrophe : Mark::none, 1};
      if (special.mark == Mark::apostrophe) {
        if (!letter_follows(m_at + special.length)) break;
        after_apostrophe = true;
        possessive = length;
        put('\'');
        m_at += special.length;
      } else if (static_cast<unsigned char>(c) >= 0x80) {
        if (special.length != 0) break;
        ++lowers;
        put(c);
        ++m_at;
      } else if ((c == '-' || c == '.' || c == ':') && letter_follows(m_at + 1) && joins(c, begin)) {
        put(c);
        ++m_at;
      } else if ((c == '+' || c == '#') && length <= 3) {
        put(c);
        ++m_at;
      } else {
        break;
      }
    }
    const std::size_t kept = std::min(length, longest_word);
    Token token;
    token.text = m_text.substr(begin, m_at - begin);
    token.word = length > longest_word ? nullptr : m_vocabulary.find(std::string_view(lower.data(), kept));
    if (token.word == nullptr && after_apostrophe && kept == length && length == possessive + 2 && lower[length - 1] == 's') {
      token.word = m_vocabulary.find(std::string_view(lower.data(), possessive));
    }
    if (token.word == nullptr && kept == length) token.word = last_part(std::string_view(lower.data(), kept));
    token.before = m_gap;
    token.capital = is_upper(m_text[begin]);
    token.acronym = uppers >= 2 && lowers == 0;
    token.number = is_digit(m_text[begin]);
    token.bracketed = m_brackets > 0;
    token.adverb = token.is(WordClass::words_adverb) ||
                   (length > 4 && length <= longest_word && lower[length - 1] == 'y' && lower[length - 2] == 'l' && !token.is_verb());
    m_tokens.push_back(token);
    m_gap = Gap::space;
  }

  /// Hyphens join words, dots join letters and numbers (e.g, 2.0), colons join numbers (1:1).
  [[nodiscard]] bool joins(char c, std::size_t begin) const {
    if (c == '-') return true;
    const char previous = m_text[m_at - 1], next = m_text[m_at + 1];
    if (c == ':') return is_digit(previous) && is_digit(next);
    return (is_digit(previous) && is_digit(next)) || (m_at - begin == 1 && is_letter(previous) && is_letter(next));
  }

  /// A joined word that stands in no list is known by its last part: "sub-module", "error-log".
  [[nodiscard]] const Word* last_part(std::string_view lower) const {
    const std::size_t hyphen = lower.rfind('-');
    if (hyphen == std::string_view::npos) return nullptr;
    const Word* const word = m_vocabulary.find(lower.substr(hyphen + 1));
    return word != nullptr && word->classes.has_any(all_nouns) && !word->is_verb() ? word : nullptr;
  }

  std::string_view m_text;
  Tokens& m_tokens;
  const Vocabulary& m_vocabulary;
  std::size_t m_at = 0;
  std::size_t m_brackets = 0;
  Gap m_gap = Gap::space;
};

}  // namespace

std::size_t tokenize(std::string_view sentence, Tokens& tokens) {
  tokens.clear();
  return Tokenizer(sentence, tokens).run();
}

std::size_t phrase_at(const Tokens& tokens, std::size_t at, WordClass which) {
  const Word* const first = tokens[at].word;
  if (first == nullptr || !first->begins.has(which)) return 0;
  for (const Phrase& phrase : Vocabulary::get().phrases_of(*first)) {
    if (phrase.which != which || at + phrase.words.size() > tokens.size()) continue;
    std::size_t i = 1;
    while (i < phrase.words.size() && tokens[at + i].before == Gap::space && tokens[at + i].lower() == phrase.words[i]) ++i;
    if (i == phrase.words.size()) return i;
  }
  return 0;
}

}  // namespace waymark::lint::sentence
