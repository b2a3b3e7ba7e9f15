#include <fmt/core.h>

#include "lint/neighbours.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const SideBySide::Pair& pair : subject.side_by_side.neighbours()) {
    const auto [before, after] = pair.levels;
    const std::size_t same = pair.same.size();
    if (after->criteria.empty() || same < after->criteria.size()) continue;
    Finding& finding = report.at(
        after->place, fmt::format("`{}` asks for nothing that `{}` does not: all {} criteria are the same.", after->id.value, before->id.value, same),
        "Name the work this title is for. If there is none, the title is a reward, and others will ask for it too.");
    finding.related.push_back({before->place.file, before->place.span, "the place with the same criteria"});
  }
}

}  // namespace

Rule title_without_work() { return {"title-without-work", Family::inflation, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
