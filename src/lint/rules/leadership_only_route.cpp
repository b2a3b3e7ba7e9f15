#include <fmt/core.h>

#include "lint/rule.hpp"
#include "lint/tracks.hpp"

namespace waymark::lint::checks {
namespace {

using pathway::Level;

const Level* widest(const pathway::Pathway& pathway, bool leadership) {
  const Level* found = nullptr;
  for (const Level& level : pathway.levels) {
    if (level.dormant || is_leadership(pathway, level) != leadership) continue;
    if (found == nullptr || level.scope_position > found->scope_position) found = &level;
  }
  return found;
}

void check(const Subject& subject, Reporter& report) {
  const Level* const lead = widest(subject.pathway, true);
  const Level* const individual = widest(subject.pathway, false);
  if (lead == nullptr || individual == nullptr || individual->scope_position >= lead->scope_position) return;
  for (const Level* const equal : subject.pathway.equals(lead->id)) {
    if (!equal->dormant && !is_leadership(subject.pathway, *equal)) return;
  }
  Finding& finding =
      report.at(individual->place,
                fmt::format("The individual track ends at `{}`, and only leadership goes as far as `{}`.", individual->id.value, lead->id.value),
                fmt::format("Say under `equivalences` which individual place stands level with `{}`, or write that place.", lead->id.value));
  finding.related.push_back({lead->place.file, lead->place.span, "the place without an equal"});
}

}  // namespace

Rule leadership_only_route() { return {"leadership-only-route", Family::ladder, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
