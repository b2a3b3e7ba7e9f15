/// The parts that several commands tell in the same words.
#pragma once

#include <string>

#include "cli/page.hpp"
#include "pathway/pathway.hpp"

namespace waymark::cli {

/// "Senior Software Engineer (SSE)"
[[nodiscard]] std::string name_of(const pathway::Level& level);
/// "version 1.0 (abc123def456)"; without a label, "version abc123def456"
[[nodiscard]] std::string version_of(const pathway::Pathway& pathway);
/// "scope: system · autonomy: Trusted"
[[nodiscard]] std::string standing_of(const pathway::Level& level);
/// Where a target is read: below pathway.url where there is one, else the path that `waymark serve` has for it.
[[nodiscard]] std::string link_to(const pathway::Pathway& pathway, const pathway::Target& target);
/// A sentence of its own: an upper-case first letter is left to the author, a full stop is added where none is.
[[nodiscard]] std::string sentence(std::string text);

/// One route: where it leads, that it is an ordinary return, its note.
void tell_route(Page& page, const pathway::Pathway& pathway, const pathway::Route& route, const Margin& margin);
/// Title, citation, narrative.
void tell_criterion(Page& page, const pathway::Criterion& criterion, const Margin& margin);

}  // namespace waymark::cli
