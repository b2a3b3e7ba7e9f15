#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/criterion_sentences.hpp"
#include "lint/neighbours.hpp"
#include "lint/sentence/judge.hpp"

namespace waymark::lint::checks {
namespace {

/// `gut-feeling` has named the words, and asks the better question.
bool is_named_already(const Subject& subject, const CriterionSentence& sentence) {
  return !subject.style.is_off("gut-feeling") && !Phrases::named("gut-feeling").in(sentence.text()).empty();
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
  const std::set<const pathway::Criterion*> copies = copied_on(subject.pathway);
  for (const pathway::Level& level : subject.pathway.levels) {
    for (const pathway::Criterion& criterion : level.criteria) {
      if (!copies.contains(&criterion)) judge(subject, criterion, report);
    }
  }
}

}  // namespace

/// A warning where the judge is sure (one in twenty specific sentences at most, doc/vagueness.md), a note where it is not.
Rule vague_criterion() { return {"vague-criterion", Family::vagueness, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
