#include <fmt/core.h>

#include "lint/neighbours.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const SideBySide::Pair& pair : subject.side_by_side.neighbours()) {
    const auto [before, after] = pair.levels;
    const std::size_t alike = subject.side_by_side.count_alike(*after, *before);
    const bool same_standing = before->scope == after->scope && before->autonomy == after->autonomy && before->span == after->span &&
                               before->shift == after->shift && before->scope_position == after->scope_position;
    std::string reason;
    // One in two may be chance. All of them is another rule's finding.
    if (pair.same.size() == after->criteria.size() && !after->criteria.empty()) continue;
    if (alike > 1 && 2 * alike >= after->criteria.size()) {
      reason = fmt::format("{} of its {} criteria say nearly the same", alike, after->criteria.size());
    } else if (same_standing) {
      reason = "scope, autonomy and shift are the same words";
    } else {
      continue;
    }
    Finding& finding =
        report.at(after->place, fmt::format("A reader could hardly tell `{}` from `{}`: {}.", after->id.value, before->id.value, reason),
                  "Write what somebody does here that they did not do before. If there is nothing, one place is enough.");
    finding.related.push_back({before->place.file, before->place.span, "the place before it"});
  }
}

}  // namespace

Rule indistinct_levels() { return {"indistinct-levels", Family::distinguishability, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
