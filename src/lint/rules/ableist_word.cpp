#include <fmt/core.h>

#include "lint/phrase_rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for_each_phrase(
      subject, "ableist", [](Role) { return true; },
      [&](const PhraseMatch& match) {
        report.at(match.prose, match.begin, match.end, fmt::format("`{}` uses an illness or a disability as a figure of speech.", match.words()),
                  match.phrase.note.empty() ? "Say what you mean in plain words."
                                            : fmt::format("Write {}, or whatever you mean in plain words.", match.phrase.note));
      });
}

}  // namespace

Rule ableist_word() { return {"ableist-word", Family::fairness, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
