#include "importer/ledger.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace waymark::importer {

void Ledger::decide(const std::vector<SentenceId>& sentences, Provenance::Fate fate, const std::string& became) {
  for (const SentenceId id : sentences) {
    if (!m_fates[id]) m_fates[id] = Decision{fate, became};
  }
}

void Ledger::keep(const std::vector<SentenceId>& sentences, const std::string& became) { decide(sentences, Provenance::Fate::kept, became); }

void Ledger::set_aside(const std::vector<SentenceId>& sentences, const std::string& reason) {
  decide(sentences, Provenance::Fate::set_aside, reason);
}

bool Ledger::is_decided(const std::vector<SentenceId>& sentences) const {
  return std::all_of(sentences.begin(), sentences.end(), [&](SentenceId id) { return m_fates[id].has_value(); });
}

std::vector<SentenceId> Ledger::undecided() const {
  std::vector<SentenceId> ids;
  for (SentenceId id = 0; id < m_fates.size(); ++id) {
    if (!m_fates[id]) ids.push_back(id);
  }
  return ids;
}

std::vector<Provenance> Ledger::provenance() const {
  std::vector<Provenance> all;
  for (SentenceId id = 0; id < m_fates.size(); ++id) {
    assert(m_fates[id]);
    const SourceSentence& sentence = m_outline.sentences[id];
    all.push_back({sentence.place.file, sentence.place.first_line, sentence.text, m_fates[id]->fate, m_fates[id]->became});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Provenance& a, const Provenance& b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); });
  return all;
}

}  // namespace waymark::importer
