/// How somebody stands to a person or a team on a day: what `access::may` is asked with. A dotted line is no relation: what follows from managing
/// follows from the solid one.
#pragma once

#include <optional>

#include "access/policy.hpp"
#include "org/on.hpp"

namespace waymark::org {

/// The team of the person with every part above it, and the country. Of who has left, those of the last day.
[[nodiscard]] access::Place place_of(const OrganisationOn& on, PersonIndex person);
[[nodiscard]] access::Place place_of(const OrganisationOn& on, TeamIndex team);

/// `actor` is who asks; nobody who is not in the organisation stands in any relation. Features that are switched off are left to the caller.
[[nodiscard]] access::Subject subject_about(const OrganisationOn& on, std::optional<PersonIndex> actor, PersonIndex person);
/// Of a team: self for its members, manager_now and line_above for who manages a member or stands above one, team_lead for its leads and those of the
/// parts above it.
[[nodiscard]] access::Subject subject_about(const OrganisationOn& on, std::optional<PersonIndex> actor, TeamIndex team);

}  // namespace waymark::org
