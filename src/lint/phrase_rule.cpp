#include "lint/phrase_rule.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::lint {

bool is_denied(std::string_view text, const std::vector<Word>& words, std::size_t begin) {
  static const Phrases denials(
      "not\nnever\nno\nnor\nneither\nnobody\nnone\nwithout\ninstead\nrather\ncannot\ndon't\ndoesn't\nisn't\naren't\nwon't\ncan'"
      "t\nless\navoid\navoids\nnothing\n");
  const auto behind = std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.begin >= begin; });
  for (auto at = behind; at != words.begin() && behind - at < 4;) {
    --at;
    // A denial does not reach over the end of a sentence.
    if (text.substr(at->end, begin - at->end).find_first_of(".!?;:") != std::string_view::npos) return false;
    if (denials.has(text, *at)) return true;
  }
  return false;
}

void for_each_phrase(const Subject& subject, std::string_view list, const std::function<bool(Role)>& wanted,
                     const std::function<void(const PhraseMatch&)>& found) {
  const Phrases& phrases = Phrases::named(list);
  for (const Prose& prose : subject.documents.prose()) {
    if (!wanted(prose.role)) continue;
    for (const Phrases::Match& match : phrases.in(prose.text(), prose.words)) {
      // "Business-friendly" is no friendliness.
      const bool in_compound = match.begin > 0 && prose.text()[match.begin - 1] == '-' && match.begin > 1 && prose.text()[match.begin - 2] != ' ';
      if (in_compound || subject.style.allows(match.phrase->text) || is_quoted(prose.text(), match.begin, match.end) ||
          is_denied(prose.text(), prose.words, match.begin))
        continue;
      found({prose, match.begin, match.end, *match.phrase});
    }
  }
}

void for_each_sentence_with(const Subject& subject, std::string_view list, const std::function<bool(Role)>& wanted,
                            const std::function<void(const SentenceMatch&)>& found) {
  std::vector<PhraseMatch> met;
  const auto tell = [&] {
    if (met.empty()) return;
    std::vector<std::string> words;
    for (const PhraseMatch& match : met) {
      std::string quoted = fmt::format("`{}`", match.words());
      if (std::find(words.begin(), words.end(), quoted) == words.end()) words.push_back(std::move(quoted));
    }
    const PhraseMatch& first = met.front();
    found({first.prose, first.begin, first.end, in_words(words), words.size() == 1, first.phrase});
    met.clear();
  };
  for_each_phrase(subject, list, wanted, [&](const PhraseMatch& match) {
    if (!met.empty()) {
      const PhraseMatch& last = met.back();
      if (&last.prose != &match.prose || match.prose.text().substr(last.end, match.begin - last.end).find_first_of(".!?;") != std::string_view::npos)
        tell();
    }
    met.push_back(match);
  });
  tell();
}

}  // namespace waymark::lint
