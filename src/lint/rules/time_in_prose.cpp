#include <fmt/core.h>

#include "lint/rule.hpp"
#include "lint/sentence/judge.hpp"

namespace waymark::lint::checks {
namespace {

bool is_norm(Role role) { return (is_expectation(role) && !is_of_criterion(role)) || role == Role::ceiling || role == Role::other_section; }

void check(const Subject& subject, Reporter& report) {
  for (const Prose& prose : subject.documents.prose()) {
    if (prose.level == nullptr || prose.file != prose.level->place.file || !is_norm(prose.role)) continue;
    for (const Occurrence& found : tenure_phrases(prose.text())) {
      const std::string_view words = prose.text().substr(found.begin, found.end - found.begin);
      if (subject.style.allows(words) || is_quoted(prose.text(), found.begin, found.end)) continue;
      report.at(prose, found.begin, found.end, fmt::format("`{}` on a level page is read as a waiting time.", words),
                "Move it to `thresholds` in pathway.yaml, with its reason and the conversation it suggests.");
      break;  // whoever moves one moves the paragraph
    }
  }
}

}  // namespace

Rule time_in_prose() { return {"time-in-prose", Family::tenure, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
