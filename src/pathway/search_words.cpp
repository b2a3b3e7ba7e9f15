#include <algorithm>
#include <array>
#include <limits>

#include <libstemmer.h>

#include "base/text.hpp"
#include "pathway/searching.hpp"

namespace waymark::pathway::searching {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t size>
bool is_in(const std::array<Range, size>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](const Range& range) { return c >= range.first && c <= range.last; });
}

// Beyond ASCII everything is a letter but punctuation, symbols and private use. No ICU: loading its tables costs more than a whole search from cold.
constexpr std::array<Range, 16> no_letters{{{0x80, 0xA9},
                                            {0xAB, 0xB4},
                                            {0xB6, 0xB9},
                                            {0xBB, 0xBF},
                                            {0xD7, 0xD7},
                                            {0xF7, 0xF7},
                                            {0x2000, 0x206F},
                                            {0x20A0, 0x20CF},
                                            {0x2100, 0x2BFF},
                                            {0x2E00, 0x2E7F},
                                            {0x3000, 0x303F},
                                            {0xE000, 0xF8FF},
                                            {0xFE00, 0xFE4F},
                                            {0xFF00, 0xFF0F},
                                            {0xFFF0, 0xFFFF},
                                            {0x1F000, 0x1FAFF}}};
constexpr std::array<Range, 5> ideographs{{{0x3040, 0x30FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF}}};

struct CodePoint {
  char32_t value = 0;
  std::uint32_t length = 0;  // 0: no UTF-8 here
};

CodePoint code_point_at(std::string_view text) {
  const std::size_t length = utf8_sequence_length(text);
  if (length == 0) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  char32_t value = length == 1 ? byte(0) : byte(0) & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) value = (value << 6) | (byte(i) & 0x3Fu);
  return {value, static_cast<std::uint32_t>(length)};
}

void append(std::string& text, char32_t c) {
  const auto tail = [&](int shift) { text += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | (c >> 12));
    tail(6), tail(0);
  } else {
    text += static_cast<char>(0xF0 | (c >> 18));
    tail(12), tail(6), tail(0);
  }
}

// A table, because every letter of the pathway passes here before a search from cold can answer.
constexpr std::array<bool, 256> ascii_words = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 128; ++c) table[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return table;
}();
bool is_ascii_word(char c) { return ascii_words[static_cast<unsigned char>(c)]; }
bool is_word(char32_t c) { return c < 0x80 ? is_ascii_word(static_cast<char>(c)) : !is_in(no_letters, c); }
bool is_mark(char32_t c) { return c >= 0x300 && c <= 0x36F; }

// Where the run of word characters from `at` ends.
std::size_t run_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (is_ascii_word(text[at])) {
      ++at;
      continue;
    }
    if (static_cast<unsigned char>(text[at]) < 0x80) break;
    const CodePoint c = code_point_at(text.substr(at));
    if (c.length == 0 || !is_word(c.value) || is_in(ideographs, c.value)) break;
    at += c.length;
  }
  return at;
}

std::size_t apostrophe_length(std::string_view text) { return text.starts_with('\'') ? 1 : text.starts_with("\u2019") ? 3 : 0; }

char32_t lower(char32_t c) {
  const auto between = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (between('A', 'Z')) return c + 32;
  if (c < 0xC0) return c;
  if (between(0xC0, 0xDE) && c != 0xD7) return c + 32;
  if (c == 0x130) return 'i';
  if (c == 0x178) return 0xFF;
  if (c == 0x1E9E) return 0xDF;
  if (between(0x139, 0x148) || between(0x179, 0x17E)) return c + (c & 1);
  if (between(0x100, 0x137) || between(0x14A, 0x177) || between(0x200, 0x21F) || between(0x1E00, 0x1E95) || between(0x1EA0, 0x1EFF)) return c | 1;
  if (c == 0x386) return 0x3AC;
  if (between(0x388, 0x38A)) return c + 37;
  if (c == 0x38C) return 0x3CC;
  if (between(0x38E, 0x38F)) return c + 63;
  if (between(0x391, 0x3AB) || between(0x410, 0x42F)) return c + 32;
  if (between(0x400, 0x40F)) return c + 80;
  return c;
}

// U+00DF to U+017F in lower case; "" stays as it is.
constexpr std::array<std::string_view, 0x17F - 0xDF + 1> plain_latin = [] {
  std::array<std::string_view, 0x17F - 0xDF + 1> table{};
  struct Row {
    char32_t first;
    char32_t last;
    std::string_view plain;
  };
  constexpr std::array<Row, 36> rows{{
      {0xDF, 0xDF, "ss"},  {0xE0, 0xE5, "a"},   {0xE6, 0xE6, "ae"},  {0xE7, 0xE7, "c"},    {0xE8, 0xEB, "e"},   {0xEC, 0xEF, "i"},
      {0xF0, 0xF0, "d"},   {0xF1, 0xF1, "n"},   {0xF2, 0xF6, "o"},   {0xF8, 0xF8, "o"},    {0xF9, 0xFC, "u"},   {0xFD, 0xFD, "y"},
      {0xFE, 0xFE, "th"},  {0xFF, 0xFF, "y"},   {0x101, 0x105, "a"}, {0x107, 0x10D, "c"},  {0x10F, 0x111, "d"}, {0x113, 0x11B, "e"},
      {0x11D, 0x123, "g"}, {0x125, 0x127, "h"}, {0x129, 0x131, "i"}, {0x133, 0x133, "ij"}, {0x135, 0x135, "j"}, {0x137, 0x138, "k"},
      {0x13A, 0x142, "l"}, {0x144, 0x14B, "n"}, {0x14D, 0x151, "o"}, {0x153, 0x153, "oe"}, {0x155, 0x159, "r"}, {0x15B, 0x161, "s"},
      {0x163, 0x167, "t"}, {0x169, 0x173, "u"}, {0x175, 0x175, "w"}, {0x177, 0x177, "y"},  {0x17A, 0x17E, "z"}, {0x17F, 0x17F, "s"},
  }};
  for (const Row& row : rows) {
    for (char32_t c = row.first; c <= row.last; ++c) table[c - 0xDF] = row.plain;
  }
  return table;
}();

struct Plain {
  char32_t accented;
  std::string_view plain;
};
constexpr std::array<Plain, 12> plain_others{{{0x219, "s"},
                                              {0x21B, "t"},
                                              {0x3AC, "α"},
                                              {0x3AD, "ε"},
                                              {0x3AE, "η"},
                                              {0x3AF, "ι"},
                                              {0x3CC, "ο"},
                                              {0x3CD, "υ"},
                                              {0x3CE, "ω"},
                                              {0x3C2, "σ"},
                                              {0x451, "е"},
                                              {0x1E9F, "ss"}}};

std::string_view plain_form(char32_t c) {
  if (c >= 0xDF && c <= 0x17F) return plain_latin[c - 0xDF];
  const auto at = std::find_if(plain_others.begin(), plain_others.end(), [c](const Plain& each) { return each.accented == c; });
  return at == plain_others.end() ? std::string_view() : at->plain;
}

sb_stemmer* new_stemmer(std::string_view language) {
  const std::string primary = to_lower_ascii(language.substr(0, language.find_first_of("-_")));
  sb_stemmer* stemmer = sb_stemmer_new(primary.c_str(), nullptr);
  return stemmer != nullptr ? stemmer : sb_stemmer_new("english", nullptr);
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  text = text.substr(0, std::numeric_limits<std::uint32_t>::max());
  std::vector<Token> tokens;
  tokens.reserve(text.size() / 6);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = run_end(text, at);
    if (end == at) {
      const CodePoint c = code_point_at(text.substr(at));
      if (c.length > 1 && is_in(ideographs, c.value)) tokens.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + c.length)});
      at += std::max(c.length, 1u);
      continue;
    }
    const std::size_t apostrophe = apostrophe_length(text.substr(end));
    const std::size_t ending = apostrophe == 0 ? end : run_end(text, end + apostrophe);
    if (ending > end + apostrophe && ending - end - apostrophe <= 2) end = ending;
    tokens.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = end;
  }
  return tokens;
}

std::string lower_case(std::string_view word) {
  std::string result;
  result.reserve(word.size());
  while (!word.empty()) {
    const CodePoint c = code_point_at(word);
    if (c.value == 0x2019) {
      result += '\'';
    } else if (!is_mark(c.value)) {
      append(result, lower(c.value));
    }
    word.remove_prefix(std::max(c.length, 1u));
  }
  return result;
}

std::string without_accents(std::string_view word) {
  if (std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return std::string(word);
  std::string result;
  while (!word.empty()) {
    const CodePoint c = code_point_at(word);
    const std::string_view plain = plain_form(c.value);
    result += plain.empty() ? word.substr(0, c.length) : plain;
    word.remove_prefix(std::max(c.length, 1u));
  }
  return result;
}

struct Stemmer::Impl {
  sb_stemmer* stemmer = nullptr;
};

Stemmer::Stemmer(std::string_view language) : m_impl(std::make_unique<Impl>(Impl{new_stemmer(language)})) {}
Stemmer::~Stemmer() { sb_stemmer_delete(m_impl->stemmer); }

std::string Stemmer::operator()(std::string_view lower) const {
  const sb_symbol* stem = sb_stemmer_stem(m_impl->stemmer, reinterpret_cast<const sb_symbol*>(lower.data()), static_cast<int>(lower.size()));
  if (stem == nullptr) return without_accents(lower);  // out of memory, says its manual
  return without_accents({reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(m_impl->stemmer))});
}

}  // namespace waymark::pathway::searching
