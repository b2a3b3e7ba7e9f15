/// A criterion as the sentences that can be judged one by one.
#pragma once

#include <string_view>
#include <vector>

#include "lint/documents.hpp"

namespace waymark::lint {

struct CriterionSentence {
  const Prose* prose = nullptr;
  std::size_t begin = 0;  ///< bytes of its text
  std::size_t end = 0;

  [[nodiscard]] std::string_view text() const { return prose->text().substr(begin, end - begin); }
};

/// The heading first, unless it is only the cut-off beginning of the narrative (as the importer writes it); then the sentences of the narrative.
[[nodiscard]] std::vector<CriterionSentence> sentences_of(const Documents& documents, const pathway::Criterion& criterion);

}  // namespace waymark::lint
