/// The account of an import: every sentence of the source is kept or set aside, once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "importer/framework.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

class Ledger {
 public:
  explicit Ledger(const SourceOutline& outline) : m_fates(outline.sentences.size()) {}

  /// The first word about a sentence holds: a title that stands in two places of the draft is kept where it was written first.
  void keep(const std::vector<SentenceId>& sentences, const std::string& became);
  void set_aside(const std::vector<SentenceId>& sentences, const std::string& reason);

  [[nodiscard]] bool is_decided(const std::vector<SentenceId>& sentences) const;  ///< all of them; true for none
  [[nodiscard]] std::vector<SentenceId> undecided() const;
  /// In the order of the source, with the texts of `outline`, which has none afterwards. REQUIRES nothing undecided, and the outline that this was made for.
  void hand_over(SourceOutline& outline, ImportedFramework& into) const;

 private:
  struct Decision {
    Provenance::Fate fate = Provenance::Fate::kept;
    std::string_view became;  ///< empty: undecided
  };
  void decide(const std::vector<SentenceId>& sentences, Provenance::Fate fate, const std::string& became);

  std::vector<Decision> m_fates;
  /// Each text once, and where it stays until somebody has read the last sentence.
  std::shared_ptr<std::unordered_set<std::string>> m_words = std::make_shared<std::unordered_set<std::string>>();
};

}  // namespace waymark::importer
