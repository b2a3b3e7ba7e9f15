/// Where a role or a switch holds, a part of the organisation, a country, both or everywhere: in words, and as the fields of a form.
#pragma once

#include <string>
#include <vector>

#include "access/policy.hpp"
#include "org/on.hpp"
#include "web/pages/sheet.hpp"
#include "web/routes.hpp"

namespace waymark::web {

/// "everywhere", "in Platform and below, in the country IE". A part that is known no more is named by its id.
[[nodiscard]] std::string scope_in_words(const access::Scope& scope, const org::Organisation& organisation);
/// "people partner in Platform and below"
[[nodiscard]] std::string grant_in_words(const access::RoleGrant& grant, const org::Organisation& organisation);

/// `team` and `country`, with what was typed. Nothing said means everywhere.
[[nodiscard]] std::vector<pages::FormField> scope_fields(const Visit& visit, const org::OrganisationOn& on);
/// bad_input, of the field, for a team that is not there and a country that is none.
[[nodiscard]] Result<access::Scope> typed_scope(const Visit& visit, const org::OrganisationOn& on);

}  // namespace waymark::web
