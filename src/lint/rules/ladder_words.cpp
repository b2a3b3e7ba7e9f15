#include <fmt/core.h>

#include "lint/phrase_rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for_each_phrase(
      subject, "ladder-words", [](Role) { return true; },
      [&](const PhraseMatch& match) {
        report.at(match.prose, match.begin, match.end, fmt::format("`{}` makes the pathway a ladder.", match.words()),
                  match.phrase.note.empty() ? "Say where somebody goes, not how high: places have scopes, and none is above another."
                                            : fmt::format("Write {} instead: places have scopes, and none is above another.", match.phrase.note));
      });
}

}  // namespace

Rule ladder_words() { return {"ladder-words", Family::ladder, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
