/// The account of an import: every sentence of the source is kept or set aside, once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "importer/framework.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

class Ledger {
 public:
  explicit Ledger(const SourceOutline& outline) : m_outline(outline), m_fates(outline.sentences.size()) {}

  /// The first word about a sentence holds: a title that stands in two places of the draft is kept where it was written first.
  void keep(const std::vector<SentenceId>& sentences, const std::string& became);
  void set_aside(const std::vector<SentenceId>& sentences, const std::string& reason);

  [[nodiscard]] bool is_decided(const std::vector<SentenceId>& sentences) const;  ///< all of them; true for none
  [[nodiscard]] std::vector<SentenceId> undecided() const;
  /// In the order of the source. REQUIRES nothing undecided.
  [[nodiscard]] std::vector<Provenance> provenance() const;

 private:
  struct Decision {
    Provenance::Fate fate;
    std::string became;
  };
  void decide(const std::vector<SentenceId>& sentences, Provenance::Fate fate, const std::string& became);

  const SourceOutline& m_outline;
  std::vector<std::optional<Decision>> m_fates;
};

}  // namespace waymark::importer
