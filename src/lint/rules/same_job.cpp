#include <algorithm>

#include <fmt/core.h>

#include "lint/neighbours.hpp"
#include "lint/tracks.hpp"

namespace waymark::lint::checks {
namespace {

void compare(const pathway::Pathway& pathway, const pathway::Level& individual, const pathway::Level& lead, Reporter& report) {
  const std::size_t smaller = std::min(individual.criteria.size(), lead.criteria.size());
  if (smaller == 0) return;
  const std::size_t found = count_alike(pathway, lead, individual);
  if (2 * found < smaller || found < 2) return;  // one may be chance
  Finding& finding = report.at(lead.place,
                               fmt::format("`{}` and `{}` stand on two tracks and ask for the same work: {} criteria say nearly the same.",
                                           individual.id.value, lead.id.value, found),
                               "Decide which of the two the work belongs to. Leading people is other work, not the same work with people added.");
  finding.related.push_back({individual.place.file, individual.place.span, "the place on the other track"});
}

void check(const Subject& subject, Reporter& report) {
  for (const pathway::Level& lead : subject.pathway.levels) {
    if (!is_leadership(subject.pathway, lead)) continue;
    for (const pathway::Level& individual : subject.pathway.levels) {
      if (!is_leadership(subject.pathway, individual)) compare(subject.pathway, individual, lead, report);
    }
  }
}

}  // namespace

Rule same_job() { return {"same-job", Family::distinguishability, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
