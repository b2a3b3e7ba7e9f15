/// Inside the room only: what a new version does to everything that can be cited.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pathway/cite.hpp"
#include "release/release_records.hpp"

namespace waymark::release {

/// The SHA-256 of what it says, white space aside. A criterion's heading is part of it, the place where it stands is not.
[[nodiscard]] std::string said_by(const pathway::CitedWords& cited);

/// That of each place, criterion, section and paragraph of a place, by its citation.
[[nodiscard]] std::map<std::string, std::string> said_in(const pathway::Pathway& pathway);

/// From `before` (nullptr: nothing was there) to `after`. `changes` says what moved.
[[nodiscard]] std::vector<CitationEvent> citation_events(const pathway::Pathway* before, const pathway::Pathway& after,
                                                         const std::vector<Change>& changes);

}  // namespace waymark::release
