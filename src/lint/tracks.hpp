/// Which track is which, for rules about the two of them.
#pragma once

#include "pathway/pathway.hpp"

namespace waymark::lint {

/// Leading people is what its levels are for: the fork leaves from the other one; without a fork, its id or title says so. Nothing is known of a pathway with one track.
[[nodiscard]] bool is_leadership(const pathway::Pathway& pathway, const pathway::TrackId& track);
[[nodiscard]] bool is_leadership(const pathway::Pathway& pathway, const pathway::Level& level);

}  // namespace waymark::lint
