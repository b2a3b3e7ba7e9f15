#include "lint/neighbours.hpp"

#include <algorithm>
#include <set>

namespace waymark::lint {
namespace {

constexpr double nearly = 0.8;
constexpr double much_alike = 0.6;
constexpr std::size_t fewest_words = 3;

/// Everything but case, punctuation and white space.
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const Word& word : words_of(text)) {
    for (const char c : text.substr(word.begin, word.end - word.begin)) letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    letters += ' ';
  }
  return letters;
}

std::string degree_words_of(std::string_view text) {
  static const Phrases& degree = Phrases::named("degree");
  std::string found;
  for (const Word& word : words_of(text)) {
    if (degree.has(text, word)) found += letters_of(text.substr(word.begin, word.end - word.begin));
  }
  return found;
}

SameCriterion::How how_alike(std::string_view own, std::string_view other, double likeness) {
  if (letters_of(own) == letters_of(other)) return SameCriterion::How::word_for_word;
  const bool by_degree = likeness == 1 && degree_words_of(own) != degree_words_of(other);
  return by_degree ? SameCriterion::How::by_degree : SameCriterion::How::nearly;
}

/// Whether a word of scope stands in one of the two only.
bool differ_in_scope(const pathway::Pathway& pathway, const WordSet& a, const WordSet& b) {
  std::string axis;
  for (const std::string& scope : pathway.scope_axis) axis += scope + " ";
  const WordSet scopes = content_words(axis);
  return std::any_of(scopes.begin(), scopes.end(), [&](std::uint32_t scope) {
    return std::binary_search(a.begin(), a.end(), scope) != std::binary_search(b.begin(), b.end(), scope);
  });
}

}  // namespace

std::vector<Neighbours> neighbours(const pathway::Pathway& pathway) {
  std::vector<Neighbours> all;
  for (const pathway::Track& track : pathway.tracks) {
    for (std::size_t i = 1; i < track.levels.size(); ++i) {
      const pathway::Level* const before = pathway.level(track.levels[i - 1]);
      const pathway::Level* const after = pathway.level(track.levels[i]);
      if (before != nullptr && after != nullptr) all.push_back({before, after});
    }
  }
  return all;
}

std::string words_of_criterion(const pathway::Criterion& criterion) {
  const bool cut = criterion.title.ends_with("\xE2\x80\xA6");
  return cut ? criterion.text() : criterion.title + ". " + criterion.text();
}

std::vector<WordSet> content_of_criteria(const pathway::Level& level) {
  std::vector<WordSet> sets;
  for (const pathway::Criterion& criterion : level.criteria) sets.push_back(content_words(words_of_criterion(criterion)));
  return sets;
}

std::vector<SameCriterion> same_criteria(const pathway::Pathway& pathway, const pathway::Level& before, const pathway::Level& after) {
  std::vector<SameCriterion> same;
  const std::vector<WordSet> left = content_of_criteria(after);
  const std::vector<WordSet> right = content_of_criteria(before);
  std::set<std::size_t> told;
  for (const Pair& pair : alike(left, right, nearly, fewest_words)) {
    if (differ_in_scope(pathway, left[pair.left], right[pair.right]) || !told.insert(pair.left).second) continue;  // the best comes first
    const pathway::Criterion& own = after.criteria[pair.left];
    const pathway::Criterion& other = before.criteria[pair.right];
    same.push_back({&other, &own, how_alike(words_of_criterion(own), words_of_criterion(other), pair.likeness)});
  }
  return same;
}

std::set<const pathway::Criterion*> copied_on(const pathway::Pathway& pathway) {
  std::set<const pathway::Criterion*> copies;
  for (const auto& [before, after] : neighbours(pathway)) {
    std::set<std::string> known;
    for (const pathway::Criterion& criterion : before->criteria) known.insert(letters_of(words_of_criterion(criterion)));
    for (const pathway::Criterion& criterion : after->criteria) {
      if (known.contains(letters_of(words_of_criterion(criterion)))) copies.insert(&criterion);
    }
  }
  return copies;
}

std::size_t count_alike(const pathway::Pathway& pathway, const pathway::Level& of, const pathway::Level& against) {
  const std::vector<WordSet> left = content_of_criteria(of);
  const std::vector<WordSet> right = content_of_criteria(against);
  std::set<std::size_t> found;
  for (const Pair& pair : alike(left, right, much_alike, fewest_words)) {
    if (!differ_in_scope(pathway, left[pair.left], right[pair.right])) found.insert(pair.left);
  }
  return found.size();
}

}  // namespace waymark::lint
