#include "importer/ledger.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace waymark::importer {

void Ledger::decide(const std::vector<SentenceId>& sentences, Provenance::Fate fate, const std::string& became) {
  if (is_decided(sentences)) return;
  const std::string_view kept = *m_words->insert(became).first;
  for (const SentenceId id : sentences) {
    if (m_fates[id].became.empty()) m_fates[id] = {fate, kept};
  }
}

void Ledger::keep(const std::vector<SentenceId>& sentences, const std::string& became) { decide(sentences, Provenance::Fate::kept, became); }

void Ledger::set_aside(const std::vector<SentenceId>& sentences, const std::string& reason) {
  decide(sentences, Provenance::Fate::set_aside, reason);
}

bool Ledger::is_decided(const std::vector<SentenceId>& sentences) const {
  return std::all_of(sentences.begin(), sentences.end(), [&](SentenceId id) { return !m_fates[id].became.empty(); });
}

std::vector<SentenceId> Ledger::undecided() const {
  std::vector<SentenceId> ids;
  for (SentenceId id = 0; id < m_fates.size(); ++id) {
    if (m_fates[id].became.empty()) ids.push_back(id);
  }
  return ids;
}

void Ledger::hand_over(SourceOutline& outline, ImportedFramework& into) const {
  into.sentences.reserve(m_fates.size());
  for (SentenceId id = 0; id < m_fates.size(); ++id) {
    assert(!m_fates[id].became.empty());
    SourceSentence& sentence = outline.sentences[id];
    into.sentences.push_back({sentence.place.file, sentence.place.first_line, std::move(sentence.text), m_fates[id].fate, m_fates[id].became});
  }
  outline.sentences = {};
  const auto in_order = [](const Provenance& a, const Provenance& b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); };
  if (!std::is_sorted(into.sentences.begin(), into.sentences.end(), in_order))
    std::stable_sort(into.sentences.begin(), into.sentences.end(), in_order);
  into.words = {m_words, std::make_shared<const SourceOutline::Paths>(outline.paths())};
}

}  // namespace waymark::importer
