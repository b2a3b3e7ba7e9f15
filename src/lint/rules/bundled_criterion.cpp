#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/criterion_sentences.hpp"
#include "lint/rule.hpp"
#include "lint/sentence/shape.hpp"

namespace waymark::lint::checks {
namespace {

/// With three, one is usually shown and one is not.
constexpr std::size_t too_many = 3;

/// The verbs of one sentence that say what is done, in their order.
std::vector<std::string> acts_of(std::string_view sentence) {
  sentence::Tokens tokens;
  sentence::tokenize(sentence, tokens);
  std::vector<std::string> acts;
  if (tokens.empty()) return acts;
  const sentence::Shape shape = sentence::shape_of(tokens);
  for (std::size_t i = 0; i < shape.count; ++i) {
    const sentence::Clause& clause = shape.clauses[i];
    // "testing, monitoring and alerting" are topics of one act.
    if (clause.kind != sentence::HeadKind::verb || clause.form == sentence::VerbForm::gerund) continue;
    const std::string act = to_lower_ascii(tokens[clause.head].text);
    if (std::find(acts.begin(), acts.end(), act) == acts.end()) acts.push_back(act);
  }
  return acts;
}

void check(const Subject& subject, Reporter& report) {
  for (const pathway::Level& level : subject.pathway.levels) {
    for (const pathway::Criterion& criterion : level.criteria) {
      const std::vector<CriterionSentence> parts = sentences_of(subject.documents, criterion);
      if (parts.empty()) continue;
      // The narrative may tell an act in many verbs; what it is called may not.
      std::vector<std::string> acts = acts_of(parts.front().text());
      if (acts.size() < too_many) continue;
      for (std::string& act : acts) act = "`" + act + "`";
      report.at(*parts.front().prose, parts.front().begin, parts.front().end,
                fmt::format("This asks for {} things at once: {}.", acts.size(), in_words(acts)),
                "Make each a criterion of its own, or keep the one that shows the others: somebody who does two of three can be judged neither way.");
    }
  }
}

}  // namespace

Rule bundled_criterion() { return {"bundled-criterion", Family::bundling, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
