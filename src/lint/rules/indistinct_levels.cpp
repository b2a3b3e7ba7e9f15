#include <set>

#include <fmt/core.h>

#include "lint/neighbours.hpp"

namespace waymark::lint::checks {
namespace {

constexpr double much_alike = 0.6;
constexpr std::size_t fewest_words = 3;

std::size_t alike_criteria(const pathway::Level& before, const pathway::Level& after) {
  std::set<std::size_t> found;
  for (const Pair& pair : alike(content_of_criteria(after), content_of_criteria(before), much_alike, fewest_words)) found.insert(pair.left);
  return found.size();
}

void check(const Subject& subject, Reporter& report) {
  for (const auto& [before, after] : neighbours(subject.pathway)) {
    const std::size_t alike = alike_criteria(*before, *after);
    const bool same_standing = before->scope == after->scope && before->autonomy == after->autonomy && before->span == after->span &&
                               before->shift == after->shift && before->scope_position == after->scope_position;
    std::string reason;
    if (alike > 0 && 2 * alike >= after->criteria.size()) {
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
