#include <algorithm>

#include <fmt/core.h>

#include "lint/rule.hpp"
#include "lint/tracks.hpp"

namespace waymark::lint::checks {
namespace {

using pathway::Level;

/// Somebody can begin here: the narrowest scope there is, or the first place of a track for individual work.
bool is_beginning(const Level& level, const pathway::Pathway& pathway) {
  const bool first_of_track = std::any_of(pathway.tracks.begin(), pathway.tracks.end(), [&](const pathway::Track& track) {
    return !track.levels.empty() && pathway.level(track.levels.front()) == &level && !is_leadership(pathway, level);
  });
  if (first_of_track) return true;
  return std::all_of(pathway.levels.begin(), pathway.levels.end(), [&](const Level& other) { return level.scope_position <= other.scope_position; });
}

void check(const Subject& subject, Reporter& report) {
  // A draft without routes was made from a document that has none; its owner is told once, by dead-end-level.
  if (subject.pathway.routes.empty()) return;
  for (const Level& level : subject.pathway.levels) {
    if (is_beginning(level, subject.pathway)) continue;
    const auto routes = subject.pathway.routes_to(level.id);
    if (routes.empty() && !subject.style.is_off("dead-end-level") && subject.pathway.routes_from(level.id).empty())
      continue;  // told by dead-end-level
    const bool reachable = std::any_of(routes.begin(), routes.end(), [&](const pathway::Route* route) {
      const Level* const from = subject.pathway.level(route->from);
      return from != nullptr && (level.dormant || !from->dormant);
    });
    if (!reachable)
      report.at(level.place, fmt::format("No route leads to `{}`.", level.id.value),
                "Add one under `routes` in pathway.yaml, from the place people come from.");
  }
}

}  // namespace

Rule unreachable_level() { return {"unreachable-level", Family::structure, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
