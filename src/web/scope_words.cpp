#include "web/scope_words.hpp"

#include <fmt/format.h>

#include "org/import/values_of_cells.hpp"
#include "web/account_words.hpp"
#include "web/org_words.hpp"
#include "web/sheets.hpp"

namespace waymark::web {

std::string scope_in_words(const access::Scope& scope, const org::Organisation& organisation) {
  if (scope.is_whole()) return "everywhere";
  std::string words;
  if (!scope.part.empty()) {
    const auto id = org::TeamId::from(scope.part);
    const auto team = id ? organisation.find(*id) : std::nullopt;
    const std::string name = team ? last_name(organisation, *team) : std::string();
    words = fmt::format("in {} and below", name.empty() ? scope.part : name);
  }
  if (!scope.country.empty()) words += fmt::format("{}in the country {}", words.empty() ? "" : ", ", scope.country);
  return words;
}

std::string grant_in_words(const access::RoleGrant& grant, const org::Organisation& organisation) {
  const std::string title(role_title(grant.role));
  return grant.scope.is_whole() ? title : fmt::format("{} {}", title, scope_in_words(grant.scope, organisation));
}

std::vector<pages::FormField> scope_fields(const Visit& visit, const org::OrganisationOn& on) {
  pages::FormField team = team_field(on, "Only in this team and below", typed(visit, "team"));
  if (!team.options.empty()) team.options.front().label = "everywhere";
  return {std::move(team),
          {.name = "country", .label = "Only in this country", .value = typed(visit, "country"), .hint = "Two letters, as in IE.", .required = false}};
}

Result<access::Scope> typed_scope(const Visit& visit, const org::OrganisationOn& on) {
  Result<std::string> team = typed_team(visit, on);
  if (!team) return tl::unexpected(team.error());
  std::string country = typed(visit, "country");
  if (!country.empty()) {
    const auto code = org::country_code(country);
    if (!code) return fail(Error::Kind::bad_input, fmt::format("“{}” is no country that is known by this name.", country.substr(0, 60)), "Write its two letters, as in IE.", "country");
    country = *code;
  }
  return access::Scope{std::move(*team), std::move(country)};
}

}  // namespace waymark::web
