/// What would change: the narrative difference between two places.
#pragma once

#include <string>
#include <vector>

#include "pathway/pathway.hpp"

namespace waymark::pathway {

/// Criteria that count at a place, earliest place first: those of the place before, less what the level names under "What stops counting", plus its own.
[[nodiscard]] std::vector<const Criterion*> what_counts(const Pathway& pathway, const Level& level);

struct Stops {
  const Criterion* criterion = nullptr;
  const StopsCounting* because = nullptr;  ///< nullptr: it counts at the first place only, nobody wrote why
};

/// Pointers into the pathway it was made from. `keeps` are what both places count, `starts` what only `to` counts (first what is new there itself, then
/// what counts again), `stops` what only `from` counts.
struct Difference {
  const Level* from = nullptr;
  const Level* to = nullptr;
  const Route* route = nullptr;  ///< nullptr when no route leads there directly
  std::vector<const Criterion*> keeps;
  std::vector<const Criterion*> starts;
  std::vector<Stops> stops;
  const Section* not_yet = nullptr;  ///< the ceiling of `to`; nullptr in a draft without one
};

[[nodiscard]] Difference what_would_change(const Pathway& pathway, const Level& from, const Level& to);

}  // namespace waymark::pathway
