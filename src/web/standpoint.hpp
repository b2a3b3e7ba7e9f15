/// Where the viewer stands in the organisation today, and what follows from it for somebody's page.
#pragma once

#include <memory>
#include <optional>

#include "org/on.hpp"
#include "org/relations.hpp"
#include "web/routes.hpp"

namespace waymark::web {

struct Standpoint {
  std::shared_ptr<const org::OrganisationOn> today;
  std::optional<org::PersonIndex> me = {};  ///< none for an account of nobody in the organisation

  [[nodiscard]] bool may(const Visit& visit, access::Action action, org::PersonIndex person) const;
  [[nodiscard]] bool may(const Visit& visit, access::Action action, org::TeamIndex team) const;
};

/// By the person that the account names, else by its address. Looked up once a visit: of what the visit itself changes it knows nothing. REQUIRES an
/// installation. May throw db::DatabaseError.
[[nodiscard]] const Standpoint& standpoint_of(const Visit& visit);

/// Whoever is signed in works here and is at a level of the pathway they are on: then the landscape is theirs.
[[nodiscard]] bool has_place_of_own(const Visit& visit);

/// Somebody reports to whoever is signed in, by the solid line, today.
[[nodiscard]] bool has_reports(const Visit& visit);

/// The person or team that stands in the address; none for an unknown id.
[[nodiscard]] std::optional<org::PersonIndex> person_of(const Visit& visit, const org::Organisation& organisation);
[[nodiscard]] std::optional<org::TeamIndex> team_of(const Visit& visit, const org::Organisation& organisation);

/// What `access::may` is asked about that person or team; about nobody where the id is unknown, so that only whoever sees all is told so.
[[nodiscard]] access::Subject subject_of_person(const Visit& visit);
[[nodiscard]] access::Subject subject_of_team(const Visit& visit);

}  // namespace waymark::web
