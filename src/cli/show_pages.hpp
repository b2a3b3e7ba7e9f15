/// The pages of the pathway as text.
#pragma once

#include "cli/page.hpp"
#include "pathway/pathway.hpp"

namespace waymark::cli {

/// Places by track: what changes there, its standing, where one can go.
void tell_places(Page& page, const pathway::Pathway& pathway);
/// The whole page; with an archetype, what the place means in that work behind the summary.
void tell_level(Page& page, const pathway::Pathway& pathway, const pathway::Level& level, const pathway::Archetype* archetype);
void tell_capability(Page& page, const pathway::Pathway& pathway, const pathway::Capability& capability);
void tell_archetype(Page& page, const pathway::Pathway& pathway, const pathway::Archetype& archetype);
void tell_fork(Page& page, const pathway::Pathway& pathway, const pathway::Fork& fork);

}  // namespace waymark::cli
