#include "web/account_words.hpp"

#include <fmt/format.h>

namespace waymark::web {

using access::Feature;
using access::Role;
using access::TokenScope;

std::string_view role_title(Role role) {
  switch (role) {
    case Role::engineer: return "engineer";
    case Role::pathway_owner: return "owner of the pathway";
    case Role::people_partner: return "people partner";
    case Role::analyst: return "analyst";
    case Role::panel_member: return "panel member";
    case Role::administrator: return "administrator";
  }
  return "";
}

std::string_view role_purpose(Role role) {
  switch (role) {
    case Role::engineer: return "Everybody with an account: reads the pathway, keeps their own record.";
    case Role::pathway_owner: return "Writes and publishes the pathway, and answers proposals. Sees nothing personal.";
    case Role::people_partner: return "Keeps the process fair: places, panels, figures. Sees no private notes.";
    case Role::analyst: return "Reads aggregates above the minimum group, never a person.";
    case Role::panel_member: return "May be asked to judge cases, and sees those of their sessions alone.";
    case Role::administrator: return "Runs the installation: accounts, settings, audit. Has no key to personal content.";
  }
  return "";
}

std::string_view feature_title(Feature feature) {
  switch (feature) {
    case Feature::always_on: return "always on";
    case Feature::evidence: return "Evidence";
    case Feature::energy: return "Energy and work mix";
    case Feature::reflection: return "Reflection";
    case Feature::conversations: return "Career conversations";
    case Feature::stretch_work: return "Stretch work";
    case Feature::attributes: return "Declared attributes";
    case Feature::cases: return "Promotion cases";
    case Feature::insight: return "Insight";
  }
  return "";
}

std::string_view token_scope_title(TokenScope scope) {
  switch (scope) {
    case TokenScope::pathway: return "read the pathway";
    case TokenScope::own_record: return "read and write your own record";
    case TokenScope::shared_records: return "read what others share with you";
    case TokenScope::publishing: return "publish versions of the pathway";
    case TokenScope::figures: return "read aggregates";
    case TokenScope::provisioning: return "manage accounts and people (SCIM, HRIS)";
    case TokenScope::no_token: return "";
  }
  return "";
}

}  // namespace waymark::web
