#include <algorithm>
#include <set>
#include <vector>

#include <fmt/core.h>

#include "lint/rule.hpp"
#include "lint/tracks.hpp"

namespace waymark::lint::checks {
namespace {

using pathway::Level;
using Reached = std::set<pathway::LevelId>;

/// From every place that no onward route leads to, by onward routes; over leadership places only when `through_leadership`.
Reached reached(const pathway::Pathway& pathway, bool through_leadership) {
  Reached seen;
  std::vector<pathway::LevelId> open;
  for (const Level& level : pathway.levels) {
    const auto routes = pathway.routes_to(level.id);
    const bool begins =
        std::none_of(routes.begin(), routes.end(), [](const pathway::Route* route) { return route->kind == pathway::Route::Kind::onward; });
    if (begins && !is_leadership(pathway, level) && seen.insert(level.id).second) open.push_back(level.id);
  }
  while (!open.empty()) {
    const pathway::LevelId at = open.back();
    open.pop_back();
    for (const pathway::Route* route : pathway.routes_from(at)) {
      const Level* const to = pathway.level(route->to);
      if (route->kind != pathway::Route::Kind::onward || to == nullptr || (!through_leadership && is_leadership(pathway, *to))) continue;
      if (seen.insert(to->id).second) open.push_back(to->id);
    }
  }
  return seen;
}

void check(const Subject& subject, Reporter& report) {
  const Reached with = reached(subject.pathway, true);
  const Reached without = reached(subject.pathway, false);
  for (const Level& level : subject.pathway.levels) {
    if (is_leadership(subject.pathway, level) || !with.contains(level.id) || without.contains(level.id)) continue;
    report.at(level.place, fmt::format("Every onward route to `{}` leads through a leadership place.", level.id.value),
              "Add a route from the individual place before it: leading a team is a choice, never a step to be got through.");
  }
}

}  // namespace

Rule mandatory_lead_step() { return {"mandatory-lead-step", Family::ladder, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
