#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/phrase_rule.hpp"
#include "lint/sentence/judge.hpp"

namespace waymark::lint::checks {
namespace {

/// `vague-criterion` speaks of the whole sentence, the frame included.
bool is_told_as_vague(const Subject& subject, const Prose& prose, std::size_t at) {
  if (subject.style.is_off("vague-criterion")) return false;
  for (const std::string_view sentence : sentences(prose.text())) {
    const auto begin = static_cast<std::size_t>(sentence.data() - prose.text().data());
    if (at >= begin && at < begin + sentence.size()) return judge_sentence(sentence).verdict == Verdict::vague;
  }
  return false;
}

void check(const Subject& subject, Reporter& report) {
  for_each_sentence_with(subject, "capability-frames", is_of_criterion, [&](const SentenceMatch& match) {
    if (is_told_as_vague(subject, match.prose, match.begin)) return;
    report.at(match.prose, match.begin, match.end,
              fmt::format("{} {} what somebody could do; evidence shows what they did.", match.words, match.one ? "asks" : "ask"),
              "Begin with the act itself.");
  });
}

}  // namespace

Rule capability_frame() { return {"capability-frame", Family::vagueness, Severity::note, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
