#include <algorithm>

#include <fmt/core.h>

#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

using pathway::Level;

void check(const Subject& subject, Reporter& report) {
  if (subject.pathway.levels.size() < 2) return;
  if (subject.pathway.routes.empty()) {
    report.at(pathway::Place{"pathway.yaml", {}}, "The pathway has no routes, so no place leads to another.",
              "Add `routes` to pathway.yaml: the ordinary ways from one place to the next, and back.");
    return;
  }
  for (const Level& level : subject.pathway.levels) {
    const auto routes = subject.pathway.routes_from(level.id);
    const bool leads_on = std::any_of(routes.begin(), routes.end(), [&](const pathway::Route* route) {
      const Level* const to = subject.pathway.level(route->to);
      return to != nullptr && (level.dormant || !to->dormant);
    });
    if (!leads_on) {
      // What stands quite alone is told once, here.
      const bool alone = routes.empty() && subject.pathway.routes_to(level.id).empty();
      report.at(level.place,
                alone ? fmt::format("No route leads to `{}` or on from it.", level.id.value)
                      : fmt::format("No route leads on from `{}`{}.", level.id.value, routes.empty() ? "" : " to a place that is in use"),
                "Add one under `routes` in pathway.yaml: onward, across the tracks, or an ordinary return.");
    }
  }
}

}  // namespace

Rule dead_end_level() { return {"dead-end-level", Family::structure, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
