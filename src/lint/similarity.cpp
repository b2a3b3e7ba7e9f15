#include "lint/similarity.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <utility>

namespace waymark::lint {
namespace {

/// Enough of a stem to make "designs", "designed" and "designing" one word; wrong stems do no harm here as long as they are the same ones.
std::string stem_of(std::string_view word) {
  std::string lower;
  for (const char c : word) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string_view ending : {"ing", "ed", "es", "s"}) {
    if (lower.size() >= ending.size() + 4 && lower.ends_with(ending)) {
      lower.resize(lower.size() - ending.size());
      break;
    }
  }
  if (lower.size() > 4 && lower.ends_with('e')) lower.pop_back();
  return lower;
}

std::uint32_t hash_of(std::string_view word) {
  std::uint32_t hash = 2166136261u;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

std::size_t shared(const WordSet& a, const WordSet& b) {
  std::size_t count = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i < *j) {
      ++i;
    } else if (*j < *i) {
      ++j;
    } else {
      ++count, ++i, ++j;
    }
  }
  return count;
}

/// How many of a set's words, rarest first, must be looked at: two sets alike enough share one of them.
std::size_t prefix_length(std::size_t size, double threshold) {
  return size - static_cast<std::size_t>(std::ceil(threshold * static_cast<double>(size) - 1e-9)) + 1;
}

/// In how many sets a word stands: a table twice as large as the words, open addressing.
class Frequencies {
 public:
  Frequencies(const std::vector<WordSet>& left, const std::vector<WordSet>& right) {
    std::size_t words = 0;
    for (const auto* const sets : {&left, &right}) {
      for (const WordSet& set : *sets) words += set.size();
    }
    m_slots.resize(std::bit_ceil(2 * words + 1));
    for (const auto* const sets : {&left, &right}) {
      for (const WordSet& set : *sets) {
        for (const std::uint32_t word : set) {
          Slot& slot = m_slots[at(word)];
          slot.word = word;
          ++slot.count;
        }
      }
    }
  }

  [[nodiscard]] std::uint32_t of(std::uint32_t word) const { return m_slots[at(word)].count; }

 private:
  struct Slot {
    std::uint32_t word = 0;
    std::uint32_t count = 0;
  };
  /// Where a word stands or would stand.
  [[nodiscard]] std::size_t at(std::uint32_t word) const {
    std::size_t i = (word * 2654435769u) & (m_slots.size() - 1);
    while (m_slots[i].count > 0 && m_slots[i].word != word) i = (i + 1) & (m_slots.size() - 1);
    return i;
  }

  std::vector<Slot> m_slots;
};

}  // namespace

WordSet content_words(std::string_view text, const std::vector<Word>& words) {
  static const Phrases& degree = Phrases::named("degree");
  static const Phrases& small = Phrases::named("small");
  WordSet set;
  set.reserve(words.size());
  for (const Word& word : words) {
    if (!degree.has(text, word) && !small.has(text, word)) set.push_back(hash_of(stem_of(text.substr(word.begin, word.end - word.begin))));
  }
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

WordSet content_words(std::string_view text) { return content_words(text, words_of(text)); }

double likeness(const WordSet& a, const WordSet& b) {
  const std::size_t both = shared(a, b);
  const std::size_t either = a.size() + b.size() - both;
  return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

std::vector<Pair> alike(const std::vector<WordSet>& left, const std::vector<WordSet>& right, double threshold, std::size_t fewest) {
  const Frequencies frequency(left, right);
  const auto rarest_first = [&](const WordSet& set) {
    std::vector<std::uint64_t> order;
    order.reserve(set.size());
    for (const std::uint32_t word : set) order.push_back(std::uint64_t{frequency.of(word)} << 32 | word);
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(prefix_length(set.size(), threshold));
    std::partial_sort(order.begin(), end, order.end());
    order.erase(end, order.end());
    return order;
  };
  const std::size_t least = std::max<std::size_t>(fewest, 1);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> index;  // word, set of the right; sorted
  for (std::size_t i = 0; i < right.size(); ++i) {
    if (right[i].size() < least) continue;
    for (const std::uint64_t word : rarest_first(right[i])) index.emplace_back(static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(i));
  }
  std::sort(index.begin(), index.end());
  std::vector<Pair> pairs;
  std::vector<std::size_t> seen(right.size(), left.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].size() < least) continue;
    const std::size_t begin = pairs.size();
    for (const std::uint64_t each : rarest_first(left[i])) {
      const auto word = static_cast<std::uint32_t>(each);
      for (auto at = std::lower_bound(index.begin(), index.end(), std::pair(word, 0u)); at != index.end() && at->first == word; ++at) {
        const std::size_t j = at->second;
        if (std::exchange(seen[j], i) == i) continue;
        if (const double how_much = likeness(left[i], right[j]); how_much >= threshold) pairs.push_back({i, j, how_much});
      }
    }
    std::sort(pairs.begin() + static_cast<std::ptrdiff_t>(begin), pairs.end(),
              [](const Pair& a, const Pair& b) { return std::pair(-a.likeness, a.right) < std::pair(-b.likeness, b.right); });
  }
  return pairs;
}

}  // namespace waymark::lint
