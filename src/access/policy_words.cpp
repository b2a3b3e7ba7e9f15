#include <algorithm>
#include <array>

#include "access/policy.hpp"

namespace waymark::access {
namespace {

constexpr std::array<std::string_view, role_count> role_names{"engineer", "pathway_owner", "people_partner",
                                                              "analyst",  "panel_member",  "administrator"};
constexpr std::array<std::string_view, feature_count> feature_names{"always_on",    "evidence",   "energy", "reflection", "conversations",
                                                                    "stretch_work", "attributes", "cases",  "insight"};
constexpr std::array<std::string_view, token_scope_count> token_scope_names{"pathway", "own_record",   "shared_records", "publishing",
                                                                            "figures", "provisioning", "no_token"};

template <class Enum, std::size_t n>
std::optional<Enum> find(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

}  // namespace

std::string_view to_string(Role role) { return role_names[static_cast<std::size_t>(role)]; }
std::string_view to_string(Feature feature) { return feature_names[static_cast<std::size_t>(feature)]; }
std::string_view to_string(TokenScope scope) { return token_scope_names[static_cast<std::size_t>(scope)]; }
std::optional<Role> role_of(std::string_view name) { return find<Role>(role_names, name); }
std::optional<Feature> feature_of(std::string_view name) { return find<Feature>(feature_names, name); }
std::optional<TokenScope> token_scope_of(std::string_view name) { return find<TokenScope>(token_scope_names, name); }

bool Scope::covers(const Place& place) const {
  const bool part_holds = part.empty() || std::find(place.parts.begin(), place.parts.end(), part) != place.parts.end();
  return part_holds && (country.empty() || country == place.country);
}

Set<Feature> switched_off_at(const Place& place, std::span<const FeatureSwitch> switches) {
  Set<Feature> off;
  for (const FeatureSwitch& entry : switches) {
    if (entry.where.covers(place)) off.add(entry.feature);
  }
  return off;
}

}  // namespace waymark::access
