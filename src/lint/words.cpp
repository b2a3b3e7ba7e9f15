#include "lint/words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "base/text.hpp"
#include "embedded/lint_words.hpp"

namespace waymark::lint {
namespace {

constexpr std::uint32_t hash_start = 2166136261u;  // FNV-1a
constexpr std::uint32_t hash_step = 16777619u;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Letters in lower case and digits as they are, everything else 0.
constexpr std::array<unsigned char, 256> folded = [] {
  std::array<unsigned char, 256> table{};
  for (unsigned c = '0'; c <= '9'; ++c) table[c] = static_cast<unsigned char>(c);
  for (unsigned c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = static_cast<unsigned char>(c);
  return table;
}();

/// General punctuation (U+2000 to U+206F), no-break space and the guillemets: they separate, as their ASCII relatives do.
std::size_t separator_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
  if (byte(0) == 0xE2 && (byte(1) == 0x80 || byte(1) == 0x81)) return std::min<std::size_t>(3, text.size() - at);
  if (byte(0) == 0xC2 && (byte(1) == 0xA0 || byte(1) == 0xAB || byte(1) == 0xBB)) return 2;
  return 0;
}

std::size_t apostrophe_length(std::string_view text, std::size_t at) {
  if (text[at] == '\'') return 1;
  return text.substr(at).starts_with("\xE2\x80\x99") ? 3 : 0;
}

bool begins_word(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  return folded[static_cast<unsigned char>(text[at])] != 0 || (static_cast<unsigned char>(text[at]) >= 0x80 && separator_length(text, at) == 0);
}

std::uint32_t hash_of(std::string_view word) {
  std::uint32_t hash = hash_start;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word.substr(i).starts_with("\xE2\x80\x99")) {
      hash = (hash ^ '\'') * hash_step;
      i += 2;
    } else {
      hash = (hash ^ static_cast<unsigned char>(lower(word[i]))) * hash_step;
    }
  }
  return hash;
}

/// Case apart, and a typographic apostrophe is an apostrophe.
bool is_same_word(std::string_view written, std::string_view lower_case) {
  std::size_t at = 0;
  for (const char expected : lower_case) {
    if (at >= written.size()) return false;
    if (expected == '\'' && written.substr(at).starts_with("\xE2\x80\x99")) {
      at += 3;
    } else if (lower(written[at]) == expected) {
      ++at;
    } else {
      return false;
    }
  }
  return at == written.size();
}

bool joins_words(std::string_view between) {
  return !between.empty() && between.find_first_not_of(" -/\n\t") == std::string_view::npos && between.size() <= 4;
}

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  words.reserve(text.size() / 6);
  std::size_t at = 0;
  while (at < text.size()) {
    if (!begins_word(text, at)) {
      at += std::max<std::size_t>(separator_length(text, at), 1);
      continue;
    }
    const std::size_t begin = at;
    std::uint32_t hash = hash_start;
    while (at < text.size()) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if (folded[byte] != 0) {
        hash = (hash ^ folded[byte]) * hash_step;
        ++at;
      } else if (begins_word(text, at)) {
        do {
          hash = (hash ^ static_cast<unsigned char>(text[at])) * hash_step;
          ++at;
        } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u);
      } else {
        const std::size_t apostrophe = apostrophe_length(text, at);
        if (apostrophe == 0 || !begins_word(text, at + apostrophe)) break;
        hash = (hash ^ '\'') * hash_step;
        at += apostrophe;
      }
    }
    words.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at), hash});
  }
  return words;
}

Phrases::Phrases(std::string_view list) {
  std::string group;
  for (const std::string_view line : split(list, '\n')) {
    const std::string_view phrase = trim(line.substr(0, line.find('\t')));
    if (phrase.empty() || phrase.starts_with('#')) continue;
    if (phrase.starts_with('[') && phrase.ends_with(']')) {
      group = phrase.substr(1, phrase.size() - 2);
      continue;
    }
    Entry entry;
    entry.phrase = {to_lower_ascii(collapse_white_space(phrase)),
                    line.find('\t') == std::string_view::npos ? "" : std::string(trim(line.substr(line.find('\t')))), group};
    for (const Word& word : words_of(entry.phrase.text)) entry.words.push_back(entry.phrase.text.substr(word.begin, word.end - word.begin));
    if (entry.words.empty()) continue;
    m_by_first_word.emplace(hash_of(entry.words.front()), m_entries.size());
    m_maybe.set(hash_of(entry.words.front()) % m_maybe.size());
    m_entries.push_back(std::move(entry));
  }
}

const Phrases& Phrases::named(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, Phrases, std::less<>> made;
  const std::lock_guard lock(mutex);
  if (const auto at = made.find(name); at != made.end()) return at->second;
  for (const embedded::File& file : embedded::lint_words()) {
    if (file.name.substr(0, file.name.rfind('.')) == name) return made.emplace(name, Phrases(file.bytes)).first->second;
  }
  return made.emplace(name, Phrases("")).first->second;
}

const Phrases::Phrase* Phrases::longest_at(std::string_view text, const std::vector<Word>& words, std::size_t at, std::size_t& last) const {
  const Entry* best = nullptr;
  if (!m_maybe[words[at].hash % m_maybe.size()]) return nullptr;
  const auto [from, to] = m_by_first_word.equal_range(words[at].hash);
  for (auto candidate = from; candidate != to; ++candidate) {
    const Entry& entry = m_entries[candidate->second];
    if (at + entry.words.size() > words.size() || (best != nullptr && best->words.size() >= entry.words.size())) continue;
    bool same = true;
    for (std::size_t i = 0; same && i < entry.words.size(); ++i) {
      const Word& word = words[at + i];
      same = is_same_word(text.substr(word.begin, word.end - word.begin), entry.words[i]) &&
             (i == 0 || joins_words(text.substr(words[at + i - 1].end, word.begin - words[at + i - 1].end)));
    }
    if (same) best = &entry;
  }
  if (best == nullptr) return nullptr;
  last = at + best->words.size() - 1;
  return &best->phrase;
}

std::vector<Phrases::Match> Phrases::in(std::string_view text, const std::vector<Word>& words) const {
  std::vector<Match> matches;
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::size_t last = at;
    if (const Phrase* const phrase = longest_at(text, words, at, last)) {
      matches.push_back({words[at].begin, words[last].end, phrase});
      at = last;
    }
  }
  return matches;
}

bool Phrases::has(std::string_view text, const Word& word) const {
  if (!m_maybe[word.hash % m_maybe.size()]) return false;
  const auto [from, to] = m_by_first_word.equal_range(word.hash);
  return std::any_of(from, to, [&](const auto& candidate) {
    const Entry& entry = m_entries[candidate.second];
    return entry.words.size() == 1 && is_same_word(text.substr(word.begin, word.end - word.begin), entry.words.front());
  });
}

bool is_quoted(std::string_view text, std::size_t begin, std::size_t end) {
  const auto ends_with_any = [](std::string_view part, std::initializer_list<std::string_view> marks) {
    return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) { return part.ends_with(mark); });
  };
  // An opening mark is looked for a few words back, with no closing one between.
  const std::size_t from = begin > 60 ? begin - 60 : 0;
  const std::string_view before = text.substr(from, begin - from);
  const std::string_view after = text.substr(end, 60);
  if (ends_with_any(before, {"\xE2\x80\x9C", "\xE2\x80\x98", "\"", "\xC2\xAB"})) return true;
  const auto open = before.rfind("\xE2\x80\x9C");
  const auto close = before.rfind("\xE2\x80\x9D");
  if (open != std::string_view::npos && (close == std::string_view::npos || close < open) && after.find("\xE2\x80\x9D") != std::string_view::npos)
    return true;
  const auto straight = std::count(before.begin(), before.end(), '"');
  return straight % 2 == 1 && after.find('"') != std::string_view::npos;
}

}  // namespace waymark::lint
