#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "pathway/searching.hpp"

namespace waymark::pathway::searching {
namespace {

constexpr std::size_t window_words = 30;

/// Where to cut: [begin, end) in words.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool ends_sentence(std::string_view gap) { return gap.find_first_of(".!?") != std::string_view::npos; }

bool is_match(const Word& word, const std::vector<Bits>& matches) { return matches[word.term] != 0; }

/// Matches in a window that slides over the words.
class Sliding {
 public:
  explicit Sliding(const std::vector<Bits>& matches) : m_matches(matches) {}

  void enter(const Word& word) {
    for_each_bit(word, [&](std::size_t bit) {
      m_different += m_seen[bit]++ == 0 ? 1 : 0;
      ++m_all;
    });
  }
  void leave(const Word& word) {
    for_each_bit(word, [&](std::size_t bit) {
      m_different -= --m_seen[bit] == 0 ? 1 : 0;
      --m_all;
    });
  }
  [[nodiscard]] std::pair<std::size_t, std::size_t> score() const { return {m_different, m_all}; }

 private:
  template <class Act>
  void for_each_bit(const Word& word, const Act& act) const {
    for (Bits bits = m_matches[word.term]; bits != 0; bits &= bits - 1) act(static_cast<std::size_t>(std::countr_zero(bits)));
  }

  const std::vector<Bits>& m_matches;
  std::array<std::uint32_t, most_query_words> m_seen{};
  std::size_t m_different = 0;
  std::size_t m_all = 0;
};

/// The earliest of the windows that score best. REQUIRES more words than a window has.
Window densest(const std::vector<Word>& words, const std::vector<Bits>& matches) {
  Sliding sliding(matches);
  std::pair<std::size_t, std::size_t> best{0, 0};
  std::size_t end = window_words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    sliding.enter(words[i]);
    if (i >= window_words) sliding.leave(words[i - window_words]);
    if (i + 1 >= window_words && sliding.score() > best) {
      best = sliding.score();
      end = i + 1;
    }
  }
  return {end - window_words, end};
}

/// The densest window, moved to have its matches in the middle, or to begin where a sentence does.
Window best_window(const Entry& entry, const std::vector<Bits>& matches) {
  const std::vector<Word>& words = entry.words;
  if (words.size() <= window_words + window_words / 4) return {0, words.size()};
  const Window dense = densest(words, matches);
  std::size_t first = dense.begin;
  while (first < dense.end && !is_match(words[first], matches)) ++first;
  if (first == dense.end || first < window_words / 3) return {0, window_words};
  std::size_t last = dense.end - 1;
  while (!is_match(words[last], matches)) --last;
  const std::size_t slack = window_words - (last - first + 1);
  std::size_t begin = std::min(first - std::min(first, slack / 2), words.size() - window_words);
  for (std::size_t i = std::min(first, words.size() - window_words * 2 / 3); i > 0 && i + slack >= first; --i) {
    const std::size_t gap = words[i - 1].token.end;
    if (!ends_sentence(std::string_view(entry.document.text).substr(gap, words[i].token.begin - gap))) continue;
    begin = i;
    break;
  }
  return {begin, std::min(begin + window_words, words.size())};
}

void append(std::vector<Fragment>& passage, std::string_view text, bool match) {
  if (text.empty()) return;
  if (passage.empty() || passage.back().match != match) passage.push_back({{}, match});
  passage.back().text += text;
}

}  // namespace

std::vector<Fragment> cut_out(const Entry& entry, const std::vector<Bits>& matches) {
  const std::string_view text = entry.document.text;
  const std::vector<Word>& words = entry.words;
  const Window window = best_window(entry, matches);
  std::vector<Fragment> passage;
  std::size_t at = 0;
  if (window.begin > 0) {
    append(passage, "… ", false);
    // With the quotation mark that opens it; where words have no space between them, from the word itself.
    at = std::max<std::size_t>(words[window.begin - 1].token.end, text.rfind(' ', words[window.begin].token.begin) + 1);
  }
  for (std::size_t i = window.begin; i < window.end; ++i) {
    const auto& [term, token] = words[i];
    if (matches[term] == 0) continue;
    append(passage, text.substr(at, token.begin - at), false);
    append(passage, text.substr(token.begin, token.end - token.begin), true);
    at = token.end;
  }
  if (window.end == words.size()) {
    append(passage, text.substr(at), false);
    return passage;
  }
  const std::size_t next = words[window.end].token.begin;
  const std::size_t stop = std::min(next, text.find(' ', words[window.end - 1].token.end));
  append(passage, text.substr(at, stop - at), false);
  append(passage, " …", false);
  return passage;
}

}  // namespace waymark::pathway::searching
