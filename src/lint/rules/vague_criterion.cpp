#include <algorithm>
#include <array>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/criterion_sentences.hpp"
#include "lint/neighbours.hpp"
#include "lint/sentence/judge.hpp"

namespace waymark::lint::checks {
namespace {

/// Another rule has named the words, and asks the better question.
bool is_named_already(const Subject& subject, const CriterionSentence& sentence) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> others{
      {{"gut-feeling", "gut-feeling"}, {"visibility-criterion", "visibility"}, {"personality-criterion", "personality"}}};
  return std::any_of(others.begin(), others.end(), [&](const auto& other) {
    const auto& [rule, list] = other;
    if (subject.style.is_off(rule)) return false;
    const std::string_view text = sentence.text();
    const std::vector<Phrases::Match> matches = Phrases::named(list).in(text);
    return std::any_of(matches.begin(), matches.end(), [&](const Phrases::Match& match) { return !subject.style.allows(match.phrase->text); });
  });
}

void judge(const Subject& subject, const pathway::Criterion& criterion, Reporter& report) {
  const std::vector<CriterionSentence> parts = sentences_of(subject.documents, criterion);
  const CriterionSentence* weakest = nullptr;
  Judgement judgement;
  for (const CriterionSentence& part : parts) {
    if (!Phrases::named("evidence").in(part.text()).empty()) return;
    Judgement each = judge_sentence(part.text());
    if (each.verdict == Verdict::specific) return;  // it says what is looked for; what stands beside it explains
    if (each.verdict != Verdict::vague || each.weight == Weight::none) continue;
    if (weakest != nullptr && each.score <= judgement.score) continue;
    weakest = &part;
    judgement = std::move(each);
  }
  if (weakest == nullptr || is_named_already(subject, *weakest)) return;
  const bool sure = judgement.weight == Weight::warning;
  Finding& finding =
      report.at(*weakest->prose, weakest->begin, weakest->end,
                fmt::format("Two managers {}: {}.", sure ? "would not judge this alike" : "could disagree about this", in_words(judgement.reasons)),
                std::string(question_for(Verdict::vague)));
  if (!sure) finding.severity = Severity::note;
}

void check(const Subject& subject, Reporter& report) {
  for (const pathway::Level& level : subject.pathway.levels) {
    for (const pathway::Criterion& criterion : level.criteria) {
      if (!subject.side_by_side.is_copied_on(criterion)) judge(subject, criterion, report);
    }
  }
}

}  // namespace

/// A warning where the judge is sure (one in twenty specific sentences at most, doc/vagueness.md), a note where it is not.
Rule vague_criterion() { return {"vague-criterion", Family::vagueness, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
