#include <fmt/core.h>

#include "lint/neighbours.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const SideBySide::Pair& pair : subject.side_by_side.neighbours()) {
    const auto [before, after] = pair.levels;
    for (const SameCriterion& same : pair.same) {
      if (same.how == SameCriterion::How::by_degree) continue;
      const char* const how = same.how == SameCriterion::How::word_for_word ? "word for word" : "almost word for word";
      Finding& finding = report.at(
          same.after->place, fmt::format("`{}` repeats `{}` {}.", to_string(same.after->citation()), to_string(same.before->citation()), how),
          fmt::format("Remove it here: what counts at {} goes on counting. If more is asked at {}, say what.", before->id.value, after->id.value));
      finding.related.push_back({same.before->place.file, same.before->place.span, "the one it repeats"});
    }
  }
}

}  // namespace

Rule copied_criterion() { return {"copied-criterion", Family::grid, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
