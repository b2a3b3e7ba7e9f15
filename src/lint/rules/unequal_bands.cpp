#include <fmt/core.h>

#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const pathway::Equivalence& equivalence : subject.pathway.equivalences) {
    // A range stands level with several places, which may differ among themselves.
    if (equivalence.equals.size() != 1) continue;
    const pathway::Level* const place = subject.pathway.level(equivalence.place);
    const pathway::Level* const equal = subject.pathway.level(equivalence.equals.front());
    if (place == nullptr || equal == nullptr || place->band.empty() || equal->band.empty() || place->band == equal->band) continue;
    report.at(equivalence.place_in_file,
              fmt::format("`{}` and `{}` are said to stand level, and have the bands `{}` and `{}`.", place->id.value, equal->id.value, place->band,
                          equal->band),
              "Give both the same band, or take the equivalence out: people believe the band.");
  }
}

}  // namespace

Rule unequal_bands() { return {"unequal-bands", Family::ladder, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
