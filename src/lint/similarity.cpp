#include "lint/similarity.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
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
  std::unordered_map<std::uint32_t, std::size_t> frequency;
  for (const auto* const sets : {&left, &right}) {
    for (const WordSet& set : *sets) {
      for (const std::uint32_t word : set) ++frequency[word];
    }
  }
  const auto rarest_first = [&](const WordSet& set) {
    WordSet prefix = set;
    std::sort(prefix.begin(), prefix.end(),
              [&](std::uint32_t a, std::uint32_t b) { return std::pair(frequency[a], a) < std::pair(frequency[b], b); });
    prefix.resize(prefix_length(set.size(), threshold));
    return prefix;
  };
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> index;
  for (std::size_t i = 0; i < right.size(); ++i) {
    if (right[i].size() < std::max<std::size_t>(fewest, 1)) continue;
    for (const std::uint32_t word : rarest_first(right[i])) index[word].push_back(i);
  }
  std::vector<Pair> pairs;
  std::vector<std::size_t> seen(right.size(), left.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].size() < std::max<std::size_t>(fewest, 1)) continue;
    const std::size_t begin = pairs.size();
    for (const std::uint32_t word : rarest_first(left[i])) {
      const auto candidates = index.find(word);
      if (candidates == index.end()) continue;
      for (const std::size_t j : candidates->second) {
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
