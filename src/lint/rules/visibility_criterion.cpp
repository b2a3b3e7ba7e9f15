#include <fmt/core.h>

#include "lint/phrase_rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for_each_sentence_with(subject, "visibility", is_expectation, [&](const SentenceMatch& match) {
    report.at(match.prose, match.begin, match.end, fmt::format("{} {} being seen.", match.words, match.one ? "rewards" : "reward"),
              "Ask for the work and for what it left behind. Good work in a quiet corner counts as much, and somebody has to look for it.");
  });
}

}  // namespace

Rule visibility_criterion() { return {"visibility-criterion", Family::fairness, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
