#include <fmt/core.h>

#include "lint/phrase_rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for_each_phrase(
      subject, "exclusive", [](Role) { return true; },
      [&](const PhraseMatch& match) {
        report.at(match.prose, match.begin, match.end, fmt::format("`{}` tells some readers that they are not meant.", match.words()),
                  match.phrase.note.empty() ? "Say what the work needs." : fmt::format("Write {}, or say what the work needs.", match.phrase.note));
      });
}

}  // namespace

Rule exclusive_word() { return {"exclusive-word", Family::fairness, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
