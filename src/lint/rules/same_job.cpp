#include <algorithm>

#include <fmt/core.h>

#include "lint/neighbours.hpp"
#include "lint/tracks.hpp"

namespace waymark::lint::checks {
namespace {

/// The individual place with most criteria in common, when it is at least half of the smaller page; two may be chance.
struct Nearest {
  const pathway::Level* level = nullptr;
  std::size_t alike = 1;
};

Nearest nearest_to(const Subject& subject, const pathway::Level& lead) {
  const pathway::Pathway& pathway = subject.pathway;
  Nearest nearest;
  for (const pathway::Level& individual : pathway.levels) {
    if (is_leadership(pathway, individual)) continue;
    const std::size_t smaller = std::min(individual.criteria.size(), lead.criteria.size());
    const std::size_t alike = subject.side_by_side.count_alike(lead, individual);
    if (2 * alike >= smaller && alike > nearest.alike) nearest = {&individual, alike};
  }
  return nearest;
}

void check(const Subject& subject, Reporter& report) {
  for (const pathway::Level& lead : subject.pathway.levels) {
    if (!is_leadership(subject.pathway, lead)) continue;
    const Nearest nearest = nearest_to(subject, lead);
    if (nearest.level == nullptr) continue;
    Finding& finding = report.at(lead.place,
                                 fmt::format("`{}` and `{}` stand on two tracks and ask for the same work: {} criteria say nearly the same.",
                                             nearest.level->id.value, lead.id.value, nearest.alike),
                                 "Decide which of the two the work belongs to. Leading people is other work, not the same work with people added.");
    finding.related.push_back({nearest.level->place.file, nearest.level->place.span, "the place on the other track"});
  }
}

}  // namespace

Rule same_job() { return {"same-job", Family::distinguishability, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
