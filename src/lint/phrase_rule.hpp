/// For rules that look for phrases.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "lint/rule.hpp"

namespace waymark::lint {

struct PhraseMatch {
  const Prose& prose;
  std::size_t begin = 0;
  std::size_t end = 0;
  const Phrases::Phrase& phrase;

  [[nodiscard]] std::string_view words() const { return prose.text().substr(begin, end - begin); }
};

/// Calls `found` for every phrase of the list in prose that `wanted` takes: not where it is quoted or denied ("not a matter of …"), nor where house style allows it.
void for_each_phrase(const Subject& subject, std::string_view list, const std::function<bool(Role)>& wanted,
                     const std::function<void(const PhraseMatch&)>& found);

/// The same, but what stands in one sentence is one match: several words of a list there say one thing.
struct SentenceMatch {
  const Prose& prose;
  std::size_t begin = 0;  ///< of the first phrase
  std::size_t end = 0;
  std::string words;              ///< "`calm` and `humble`", each once
  bool one = true;                ///< only one
  const Phrases::Phrase& phrase;  ///< the first
};
void for_each_sentence_with(const Subject& subject, std::string_view list, const std::function<bool(Role)>& wanted,
                            const std::function<void(const SentenceMatch&)>& found);

/// Whether one of the few words before `begin` turns what follows into what is not meant: "not", "never", "without", "rather than".
[[nodiscard]] bool is_denied(std::string_view text, const std::vector<Word>& words, std::size_t begin);

}  // namespace waymark::lint
