#include <algorithm>

#include <fmt/core.h>

#include "lint/rule.hpp"
#include "lint/tracks.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  const pathway::Pathway& pathway = subject.pathway;
  if (pathway.routes.empty()) return;
  for (const pathway::Level& level : pathway.levels) {
    if (level.dormant || !is_leadership(pathway, level)) continue;
    const auto routes = pathway.routes_from(level.id);
    if (routes.empty() && !subject.style.is_off("dead-end-level")) continue;  // told by dead-end-level
    const bool returns = std::any_of(routes.begin(), routes.end(), [&](const pathway::Route* route) {
      const pathway::Level* const to = pathway.level(route->to);
      return to != nullptr && !is_leadership(pathway, *to);
    });
    if (!returns) {
      report.at(level.place, fmt::format("No route leads from `{}` back to the individual track.", level.id.value),
                "Add one with `kind: return`. Finding out that leading is not one's work is a result, and it needs an ordinary way on.");
    }
  }
}

}  // namespace

Rule no_way_back() { return {"no-way-back", Family::ladder, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
