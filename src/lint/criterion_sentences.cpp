#include "lint/criterion_sentences.hpp"

#include "base/text.hpp"

namespace waymark::lint {

std::vector<CriterionSentence> sentences_of(const Documents& documents, const pathway::Criterion& criterion) {
  std::vector<CriterionSentence> found;
  for (const Prose* const prose : documents.of(criterion)) {
    if (prose->role == Role::criterion_title) {
      if (!prose->text().ends_with("\xE2\x80\xA6")) found.push_back({prose, 0, prose->text().size()});
      continue;
    }
    for (const std::string_view sentence : sentences(prose->text())) {
      const auto begin = static_cast<std::size_t>(sentence.data() - prose->text().data());
      found.push_back({prose, begin, begin + sentence.size()});
    }
  }
  return found;
}

}  // namespace waymark::lint
