#include <fmt/core.h>

#include "lint/rule.hpp"
#include "lint/tracks.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  const pathway::Pathway& pathway = subject.pathway;
  const pathway::Level* const fork = pathway.fork ? pathway.level(pathway.fork->at) : nullptr;
  if (fork == nullptr) return;
  for (const pathway::Route& route : pathway.routes) {
    const pathway::Level* const from = pathway.level(route.from);
    const pathway::Level* const to = pathway.level(route.to);
    if (from == nullptr || to == nullptr || route.kind != pathway::Route::Kind::onward || is_leadership(pathway, *from) ||
        !is_leadership(pathway, *to))
      continue;
    if (from->scope_position >= fork->scope_position) continue;
    report.at(
        route.place, fmt::format("This route enters leadership from `{}`, before the fork at `{}`.", from->id.value, fork->id.value),
        fmt::format("Let it begin at `{}`: until somebody has led technical work, they cannot know what they would be leaving.", fork->id.value));
  }
}

}  // namespace

Rule early_leadership() { return {"early-leadership", Family::ladder, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
