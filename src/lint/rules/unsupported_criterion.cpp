#include <set>

#include <fmt/core.h>

#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  if (subject.pathway.capabilities.empty()) {
    report.at(pathway::Place{"pathway.yaml", {}}, "No capability page stands behind the criteria.",
              "Write pages in capabilities/ that say in prose what good looks like and how it deepens, with links to the criteria.");
    return;
  }
  std::set<pathway::Citation> supported;
  for (const pathway::Capability& capability : subject.pathway.capabilities) supported.insert(capability.criteria.begin(), capability.criteria.end());
  for (const pathway::Level& level : subject.pathway.levels) {
    for (const pathway::Criterion& criterion : level.criteria) {
      if (supported.contains(criterion.citation())) continue;
      report.at(criterion.place, fmt::format("No capability links to `{}`.", to_string(criterion.citation())),
                "Link it from the capability page it belongs to, where that page says how the capability deepens at this place.");
    }
  }
}

}  // namespace

Rule unsupported_criterion() { return {"unsupported-criterion", Family::structure, Severity::note, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
