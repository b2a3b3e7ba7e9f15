/// Differences as text.
#pragma once

#include <vector>

#include "cli/page.hpp"
#include "pathway/difference.hpp"
#include "pathway/version_difference.hpp"

namespace waymark::cli {

/// What you keep doing, what is new, what stops counting, what nobody expects yet: always all four, in this order.
void tell_difference(Page& page, const pathway::Difference& difference);

/// From this width on, two differences stand beside each other.
inline constexpr int columns_for_two = 100;
/// Part by part, so that the same part of both begins on the same line. REQUIRES page.columns() >= columns_for_two.
void tell_side_by_side(Page& page, const pathway::Difference& left, const pathway::Difference& right);

void tell_changes(Page& page, const pathway::Pathway& before, const pathway::Pathway& after, const std::vector<pathway::VersionChange>& changes);

}  // namespace waymark::cli
