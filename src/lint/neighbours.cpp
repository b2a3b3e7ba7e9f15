#include "lint/neighbours.hpp"

#include <algorithm>
#include <set>

#include "base/parallel.hpp"

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

SideBySide::SideBySide(const pathway::Pathway& pathway) : m_pathway(pathway), m_contents(pathway.levels.size()) {
  std::string axis;
  for (const std::string& scope : pathway.scope_axis) axis += scope + " ";
  m_scopes = content_words(axis);
  parallel_for(pathway.levels.size(), [&](std::size_t i) {
    for (const pathway::Criterion& criterion : pathway.levels[i].criteria) m_contents[i].push_back(content_words(words_of_criterion(criterion)));
  });
  for (const Neighbours& levels : lint::neighbours(pathway)) m_neighbours.push_back({levels, {}});
  parallel_for(m_neighbours.size(), [&](std::size_t i) {
    const Neighbours levels = m_neighbours[i].levels;
    m_neighbours[i].same = same_criteria(*levels.before, *levels.after);
  });
  for (const Pair& pair : m_neighbours) {
    std::set<std::string> known;
    for (const pathway::Criterion& criterion : pair.levels.before->criteria) known.insert(letters_of(words_of_criterion(criterion)));
    for (const pathway::Criterion& criterion : pair.levels.after->criteria) {
      if (known.contains(letters_of(words_of_criterion(criterion)))) m_copies.insert(&criterion);
    }
  }
}

const SideBySide::Contents& SideBySide::contents_of(const pathway::Level& level) const {
  return m_contents[static_cast<std::size_t>(&level - m_pathway.levels.data())];
}

/// Whether a word of scope stands in one of the two only.
bool SideBySide::differ_in_scope(const WordSet& a, const WordSet& b) const {
  return std::any_of(m_scopes.begin(), m_scopes.end(), [&](std::uint32_t scope) {
    return std::binary_search(a.begin(), a.end(), scope) != std::binary_search(b.begin(), b.end(), scope);
  });
}

std::vector<SameCriterion> SideBySide::same_criteria(const pathway::Level& before, const pathway::Level& after) const {
  std::vector<SameCriterion> same;
  const Contents& left = contents_of(after);
  const Contents& right = contents_of(before);
  std::set<std::size_t> told;
  for (const lint::Pair& pair : alike(left, right, nearly, fewest_words)) {
    if (differ_in_scope(left[pair.left], right[pair.right]) || !told.insert(pair.left).second) continue;  // the best comes first
    const pathway::Criterion& own = after.criteria[pair.left];
    const pathway::Criterion& other = before.criteria[pair.right];
    same.push_back({&other, &own, how_alike(words_of_criterion(own), words_of_criterion(other), pair.likeness)});
  }
  return same;
}

std::size_t SideBySide::count_alike(const pathway::Level& of, const pathway::Level& against) const {
  const Contents& left = contents_of(of);
  const Contents& right = contents_of(against);
  std::set<std::size_t> found;
  for (const lint::Pair& pair : alike(left, right, much_alike, fewest_words)) {
    if (!differ_in_scope(left[pair.left], right[pair.right])) found.insert(pair.left);
  }
  return found.size();
}

}  // namespace waymark::lint
