#include "pathway/search.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_map>

#include "base/text.hpp"
#include "pathway/searching.hpp"

namespace waymark::pathway {
namespace {

using searching::Bits;
using searching::Document;
using searching::Entry;
using searching::most_query_words;
using searching::Token;
using searching::Word;

constexpr double k1 = 1.2;
constexpr double b = 0.75;
constexpr float heading_weight = 3;
constexpr float context_weight = 0.5;
constexpr float beginning_weight = 0.5;  // of a word that only begins like the last one, when that one is a word by itself
constexpr std::size_t most_query_bytes = 4096;
constexpr std::size_t usual_vocabulary = 8192;
constexpr double everywhere = 0.6;  // of all entries; a word that common is not worth showing where it stands

struct TransparentHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value>
using ByText = std::unordered_map<std::string, Value, TransparentHash, std::equal_to<>>;

struct Posting {
  std::uint32_t document = 0;
  float score = 0;  // the whole BM25 summand: everything in it is known when the index is made
};

struct Surface {
  std::string folded;  // a word as it stands in the text, without case and accents
  std::uint32_t term = 0;
  auto operator<=>(const Surface&) const = default;
};

/// A word of the query and the terms it stands for.
struct Wanted {
  struct Term {
    std::uint32_t id;
    float weight;
  };
  std::vector<Term> terms;
};

}  // namespace

struct SearchIndex::Impl {
  explicit Impl(const Pathway& pathway);

  [[nodiscard]] std::vector<Wanted> wanted(std::string_view query) const;
  void add_beginnings(Wanted& word, const std::string& beginning) const;
  [[nodiscard]] const std::uint32_t* find_id(std::string_view query) const;
  [[nodiscard]] std::vector<Posting> rank(const std::vector<Wanted>& words, std::size_t limit) const;
  /// By term: the words of the query it answers.
  [[nodiscard]] std::vector<Bits> matches(const std::vector<Wanted>& words) const;
  [[nodiscard]] Hit hit(const Posting& found, const std::vector<Bits>& matches) const;

  std::string language;
  std::vector<Entry> entries;
  ByText<std::uint32_t> terms;        // by stem
  std::vector<Surface> surfaces;      // sorted
  std::vector<Posting> postings;      // by term
  std::vector<std::size_t> first_of;  // of a term in postings; one more than there are terms
  ByText<std::uint32_t> ids;          // lower-case citation, title of a page, or anchor of a criterion → entry
};

namespace {

/// Counts words entry by entry, then turns the counts into postings.
class Builder {
 public:
  Builder(std::string_view language, ByText<std::uint32_t>& terms) : m_stemmer(language), m_terms(terms) {
    m_terms.reserve(usual_vocabulary);
    m_known.reserve(usual_vocabulary);
  }

  std::vector<Word> add(const Document& document) {
    m_lengths.push_back(0);
    std::vector<Word> words;
    const std::vector<Token> tokens = searching::tokens_of(document.text);
    words.reserve(tokens.size());
    for (const Token& token : tokens) words.push_back({count(of(document.text, token), 1), token});
    for (const Token& token : searching::tokens_of(document.title)) count(of(document.title, token), heading_weight);
    for (const Token& token : searching::tokens_of(document.context)) count(of(document.context, token), context_weight);
    finish_entry();
    return words;
  }

  void write(std::vector<Posting>& postings, std::vector<std::size_t>& first_of) const {
    first_of.assign(m_terms.size() + 1, 0);
    for (const Count& each : m_counts) ++first_of[each.term + 1];
    for (std::size_t term = 0; term < m_terms.size(); ++term) first_of[term + 1] += first_of[term];
    postings.resize(m_counts.size());
    double total = 0;
    for (const float length : m_lengths) total += length;
    const double average = std::max(total / static_cast<double>(std::max<std::size_t>(m_lengths.size(), 1)), 1.0);
    std::vector<std::size_t> next = first_of;
    for (const Count& each : m_counts) {
      const auto having = static_cast<double>(first_of[each.term + 1] - first_of[each.term]);
      const double idf = std::log(1 + (static_cast<double>(m_lengths.size()) - having + 0.5) / (having + 0.5));
      const double saturation = each.weight + k1 * (1 - b + b * m_lengths[each.entry] / average);
      postings[next[each.term]++] = {each.entry, static_cast<float>(idf * each.weight * (k1 + 1) / saturation)};
    }
  }

  [[nodiscard]] std::vector<Surface> surfaces() const {
    std::vector<Surface> surfaces;
    surfaces.reserve(m_known.size());
    for (const auto& [word, term] : m_known) surfaces.push_back({searching::without_accents(searching::lower_case(word)), term});
    std::sort(surfaces.begin(), surfaces.end());
    surfaces.erase(std::unique(surfaces.begin(), surfaces.end()), surfaces.end());
    return surfaces;
  }

 private:
  struct Count {
    std::uint32_t term;
    std::uint32_t entry;
    float weight;
  };

  static std::string_view of(const std::string& text, const Token& token) {
    return std::string_view(text).substr(token.begin, token.end - token.begin);
  }

  std::uint32_t count(std::string_view word, float weight) {
    const std::uint32_t term = term_of(word);
    if (m_weights[term] == 0) m_touched.push_back(term);
    m_weights[term] += weight;
    m_lengths.back() += weight;
    return term;
  }

  // Stemming is dear, and a text uses few different words.
  std::uint32_t term_of(std::string_view word) {
    if (const auto known = m_known.find(word); known != m_known.end()) return known->second;
    const auto [term, fresh] = m_terms.emplace(m_stemmer(searching::lower_case(word)), static_cast<std::uint32_t>(m_terms.size()));
    if (fresh) m_weights.push_back(0);
    m_known.emplace(word, term->second);
    return term->second;
  }

  void finish_entry() {
    const auto entry = static_cast<std::uint32_t>(m_lengths.size() - 1);
    for (const std::uint32_t term : m_touched) {
      m_counts.push_back({term, entry, m_weights[term]});
      m_weights[term] = 0;
    }
    m_touched.clear();
  }

  searching::Stemmer m_stemmer;
  ByText<std::uint32_t>& m_terms;
  ByText<std::uint32_t> m_known;         // as written → term
  std::vector<float> m_weights;          // by term, of the entry being counted
  std::vector<std::uint32_t> m_touched;  // terms of that entry
  std::vector<Count> m_counts;
  std::vector<float> m_lengths;
};

}  // namespace

SearchIndex::Impl::Impl(const Pathway& pathway) : language(pathway.language) {
  Builder builder(language, terms);
  for (Document& document : searching::documents_of(pathway)) {
    const auto index = static_cast<std::uint32_t>(entries.size());
    std::vector<Word> words = builder.add(document);
    if (!document.citation.empty()) ids.emplace(to_lower_ascii(document.citation), index);
    if (document.target.anchor.empty()) ids.emplace(to_lower_ascii(document.title), index);
    entries.push_back({std::move(document), std::move(words)});
  }
  for (const Level& level : pathway.levels) {
    for (const Criterion& criterion : level.criteria) {
      if (const std::uint32_t* entry = find_id(to_string(criterion.citation()))) ids.emplace(to_lower_ascii(criterion.anchor), *entry);
    }
  }
  builder.write(postings, first_of);
  surfaces = builder.surfaces();
}

const std::uint32_t* SearchIndex::Impl::find_id(std::string_view query) const {
  const std::string id = to_lower_ascii(trim(query));
  auto at = ids.find(id);
  if (at == ids.end()) {
    // A paragraph, "SSE.autonomy-2", is found in its section.
    const std::size_t end = id.find_last_not_of("0123456789");
    if (end == std::string::npos || id[end] != '-') return nullptr;
    at = ids.find(id.substr(0, end));
  }
  return at == ids.end() ? nullptr : &at->second;
}

void SearchIndex::Impl::add_beginnings(Wanted& word, const std::string& beginning) const {
  std::vector<std::uint32_t> longer;
  const auto first = std::lower_bound(surfaces.begin(), surfaces.end(), Surface{beginning, 0});
  for (auto at = first; at != surfaces.end() && at->folded.starts_with(beginning); ++at) longer.push_back(at->term);
  std::sort(longer.begin(), longer.end());
  longer.erase(std::unique(longer.begin(), longer.end()), longer.end());
  if (!word.terms.empty()) std::erase(longer, word.terms.front().id);
  const float weight = word.terms.empty() ? 1 : beginning_weight;
  for (const std::uint32_t term : longer) word.terms.push_back({term, weight});
}

std::vector<Wanted> SearchIndex::Impl::wanted(std::string_view query) const {
  std::vector<Token> tokens = searching::tokens_of(query.substr(0, most_query_bytes));
  if (tokens.size() > most_query_words) tokens.resize(most_query_words);
  const searching::Stemmer stem(language);
  std::vector<Wanted> words;
  for (const Token& token : tokens) {
    const std::string lower = searching::lower_case(query.substr(token.begin, token.end - token.begin));
    Wanted word;
    if (const auto term = terms.find(stem(lower)); term != terms.end()) word.terms.push_back({term->second, 1});
    if (&token == &tokens.back()) add_beginnings(word, searching::without_accents(lower));
    words.push_back(std::move(word));
  }
  return words;
}

std::vector<Posting> SearchIndex::Impl::rank(const std::vector<Wanted>& words, std::size_t limit) const {
  std::vector<float> scores(entries.size(), 0);
  std::vector<Bits> having(entries.size(), 0);
  std::vector<float> of_word;
  for (std::size_t i = 0; i < words.size(); ++i) {
    // A word that stands for several counts once, by the best of them.
    of_word.assign(entries.size(), 0);
    for (const auto& [term, weight] : words[i].terms) {
      for (std::size_t p = first_of[term]; p < first_of[term + 1]; ++p) {
        float& best = of_word[postings[p].document];
        best = std::max(best, weight * postings[p].score);
        having[postings[p].document] |= Bits{1} << i;
      }
    }
    for (std::size_t entry = 0; entry < scores.size(); ++entry) scores[entry] += of_word[entry];
  }
  const Bits all = words.size() == most_query_words ? ~Bits{0} : (Bits{1} << words.size()) - 1;
  const bool some_have_all = all != 0 && std::find(having.begin(), having.end(), all) != having.end();
  std::vector<Posting> found;
  for (std::uint32_t entry = 0; entry < entries.size(); ++entry) {
    if (some_have_all ? having[entry] == all : having[entry] != 0) found.push_back({entry, scores[entry]});
  }
  const auto better = [](const Posting& x, const Posting& y) { return x.score != y.score ? x.score > y.score : x.document < y.document; };
  const std::size_t kept = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(), better);
  found.resize(kept);
  return found;
}

std::vector<Bits> SearchIndex::Impl::matches(const std::vector<Wanted>& words) const {
  const auto is_everywhere = [&](const Wanted::Term& term) {
    return static_cast<double>(first_of[term.id + 1] - first_of[term.id]) > everywhere * static_cast<double>(entries.size());
  };
  const auto is_telling = [&](const Wanted& word) { return std::any_of(word.terms.begin(), word.terms.end(), std::not_fn(is_everywhere)); };
  const bool some_tell = std::any_of(words.begin(), words.end(), is_telling);
  std::vector<Bits> matches(terms.size(), 0);
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const Wanted::Term& term : words[i].terms) {
      if (!some_tell || !is_everywhere(term)) matches[term.id] |= Bits{1} << i;
    }
  }
  return matches;
}

Hit SearchIndex::Impl::hit(const Posting& found, const std::vector<Bits>& matches) const {
  const Entry& entry = entries[found.document];
  return {
      entry.document.target, entry.document.title, entry.document.where, entry.document.citation, searching::cut_out(entry, matches), found.score};
}

SearchIndex::SearchIndex(const Pathway& pathway) : m_impl(std::make_unique<Impl>(pathway)) {}
SearchIndex::~SearchIndex() = default;
SearchIndex::SearchIndex(SearchIndex&&) noexcept = default;
SearchIndex& SearchIndex::operator=(SearchIndex&&) noexcept = default;

std::vector<Hit> SearchIndex::search(std::string_view query, std::size_t limit) const {
  std::vector<Hit> hits;
  if (limit == 0) return hits;
  query = query.substr(0, most_query_bytes);
  const std::vector<Wanted> words = m_impl->wanted(query);
  std::vector<Posting> found = m_impl->rank(words, limit);
  if (const std::uint32_t* named = m_impl->find_id(query)) {
    const float best = found.empty() ? 0 : found.front().score;
    std::erase_if(found, [&](const Posting& each) { return each.document == *named; });
    found.insert(found.begin(), {*named, best + 1});
    found.resize(std::min(found.size(), limit));
  }
  const std::vector<Bits> matches = m_impl->matches(words);
  hits.reserve(found.size());
  for (const Posting& each : found) hits.push_back(m_impl->hit(each, matches));
  return hits;
}

}  // namespace waymark::pathway
