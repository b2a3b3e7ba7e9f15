#include <fmt/core.h>

#include "lint/phrase_rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for_each_phrase(subject, "capability-frames", is_of_criterion, [&](const PhraseMatch& match) {
    report.at(match.prose, match.begin, match.end, fmt::format("`{}` asks what somebody could do; evidence shows what they did.", match.words()),
              "Begin with the act itself.");
  });
}

}  // namespace

Rule capability_frame() { return {"capability-frame", Family::vagueness, Severity::note, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
