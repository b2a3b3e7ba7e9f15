#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/criterion_sentences.hpp"
#include "lint/neighbours.hpp"
#include "lint/sentence/shape.hpp"

namespace waymark::lint::checks {
namespace {

/// With three, one is usually shown and one is not.
constexpr std::size_t too_many = 3;

/// "to learn and grow" goes on with a purpose, and a word that is a noun as well ("projects", "views") may be one.
bool is_act(const sentence::Tokens& tokens, const sentence::Shape& shape, std::size_t which) {
  const sentence::Clause& clause = shape.clauses[which];
  const bool verb =
      clause.kind == sentence::HeadKind::verb && clause.form != sentence::VerbForm::gerund && clause.verb != sentence::WordClass::verbs_state;
  if (!verb || which == 0) return verb;
  const sentence::Clause& first = shape.clauses[0];
  if (clause.form != first.form || tokens[clause.head].is_any(sentence::all_nouns) || tokens[clause.head].before == sentence::Gap::slash)
    return false;
  if (clause.form != sentence::VerbForm::base) return true;
  for (std::size_t i = first.head + 1; i + 1 < clause.head; ++i) {
    if (tokens[i].lower() == "to" || to_lower_ascii(tokens[i].text) == "to") return false;
  }
  return true;
}

/// The verbs of one sentence that say what is done, in their order.
std::vector<std::string> acts_of(std::string_view sentence) {
  sentence::Tokens tokens;
  sentence::tokenize(sentence, tokens);
  std::vector<std::string> acts;
  if (tokens.empty()) return acts;
  const sentence::Shape shape = sentence::shape_of(tokens);
  for (std::size_t i = 0; i < shape.count; ++i) {
    const sentence::Clause& clause = shape.clauses[i];
    if (!is_act(tokens, shape, i)) continue;
    const std::string act = to_lower_ascii(tokens[clause.head].text);
    if (std::find(acts.begin(), acts.end(), act) == acts.end()) acts.push_back(act);
  }
  return acts;
}

void check(const Subject& subject, Reporter& report) {
  for (const pathway::Level& level : subject.pathway.levels) {
    for (const pathway::Criterion& criterion : level.criteria) {
      if (subject.side_by_side.is_copied_on(criterion)) continue;
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
