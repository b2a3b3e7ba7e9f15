/// For rules that look for phrases.
#pragma once

#include <functional>
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

/// Whether one of the few words before `begin` turns what follows into what is not meant: "not", "never", "without", "rather than".
[[nodiscard]] bool is_denied(std::string_view text, const std::vector<Word>& words, std::size_t begin);

}  // namespace waymark::lint
