#include <fmt/core.h>

#include "lint/neighbours.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const auto& [before, after] : neighbours(subject.pathway)) {
    if (before->scope_position != after->scope_position) continue;
    Finding& finding = report.at(
        after->place, fmt::format("`{}` has the scope of `{}`: {} at {}.", after->id.value, before->id.value, after->scope, after->scope_position),
        "Say what size of problem somebody owns here that they did not own before, or let the two be one place.");
    finding.related.push_back({before->place.file, before->place.span, "the place with the same scope"});
  }
}

}  // namespace

Rule no_scope_of_its_own() { return {"no-scope-of-its-own", Family::inflation, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
