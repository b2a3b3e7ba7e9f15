#include <fmt/core.h>

#include "lint/phrase_rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for_each_sentence_with(subject, "gut-feeling", is_expectation, [&](const SentenceMatch& match) {
    report.at(match.prose, match.begin, match.end, fmt::format("Two managers who look for {} will see two different things.", match.words),
              fmt::format("What did somebody do that made you think of it? {}",
                          match.phrase.note.empty() ? "Name the act, what it was done to, and what it left behind." : match.phrase.note));
  });
}

}  // namespace

Rule gut_feeling() { return {"gut-feeling", Family::vagueness, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
