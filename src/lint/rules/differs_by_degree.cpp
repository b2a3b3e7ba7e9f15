#include <fmt/core.h>

#include "lint/neighbours.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const SideBySide::Pair& pair : subject.side_by_side.neighbours()) {
    const auto [before, after] = pair.levels;
    for (const SameCriterion& same : pair.same) {
      if (same.how != SameCriterion::How::by_degree) continue;
      Finding& finding = report.at(
          same.after->place,
          fmt::format("`{}` and `{}` differ only by words of degree.", to_string(same.before->citation()), to_string(same.after->citation())),
          fmt::format("What does somebody at {} do, and to what, that somebody at {} does not? Name that, or remove one of the two.", after->id.value,
                      before->id.value));
      finding.related.push_back({same.before->place.file, same.before->place.span, "the other one"});
    }
  }
}

}  // namespace

Rule differs_by_degree() { return {"differs-by-degree", Family::grid, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
