#include <fmt/core.h>

#include "lint/phrase_rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for_each_sentence_with(subject, "personality", is_expectation, [&](const SentenceMatch& match) {
    report.at(match.prose, match.begin, match.end, fmt::format("{} {} what somebody is like.", match.words, match.one ? "judges" : "judge"),
              "Ask for what was done, and leave it to each person in which manner.");
  });
}

}  // namespace

Rule personality_criterion() { return {"personality-criterion", Family::fairness, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
