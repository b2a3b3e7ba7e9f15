/// How one signs in to a demo organisation, as each kind of person. Only the store that `waymark demo` filled has such accounts, and only of a demo
/// they are shown: org::Registry::is_demo.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "access/account.hpp"
#include "access/policy.hpp"

namespace waymark::web {

struct DemoSignIn {
  std::string_view key;    ///< the externalId of the account
  std::string_view title;  ///< "an engineer"
  std::string_view sees;   ///< what to look at first
  std::string_view start;  ///< the page for that
  access::Role role = access::Role::engineer;
};

/// All share it. Long enough for the rules, and no secret: it is shown to whoever reaches a demo.
inline constexpr std::string_view demo_password = "walk in the hills";

/// In the order of demo::Stand::For.
inline constexpr std::array demo_sign_ins{
    DemoSignIn{"demo:engineer", "an engineer", "their place on the landscape and what is in reach", "/"},
    DemoSignIn{"demo:team_lead", "a team lead", "the same from the leadership track, and their team", "/"},
    DemoSignIn{"demo:manager", "an engineering manager", "their people as places, and a question about a graduate", "/signals"},
    DemoSignIn{"demo:head", "a head of engineering", "their managers, and a question about a span", "/signals"},
    DemoSignIn{"demo:pathway_owner", "the pathway’s owner", "the draft, what lint says, publishing", "/draft/", access::Role::pathway_owner},
    DemoSignIn{"demo:people_partner", "a people partner for one department", "people and teams, and keeping them right", "/people",
               access::Role::people_partner},
    DemoSignIn{"demo:analyst", "an analyst", "figures, and never a person", "/", access::Role::analyst},
    DemoSignIn{"demo:panel_member", "a panel member", "the pathway; cases come with their sessions", "/", access::Role::panel_member},
    DemoSignIn{"demo:administrator", "an administrator", "accounts, roles, settings, the audit", "/accounts", access::Role::administrator},
};

struct ShownSignIn {
  const DemoSignIn* how;
  std::string name, email;
};
/// Those whose account is there; none where the organisation is no demo. May throw db::DatabaseError.
[[nodiscard]] std::vector<ShownSignIn> shown_sign_ins(access::Accounts& accounts, bool is_demo);

}  // namespace waymark::web
