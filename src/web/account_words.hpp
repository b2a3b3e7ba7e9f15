/// Roles, features and what tokens are for, in words for people.
#pragma once

#include <string>
#include <string_view>

#include "access/policy.hpp"

namespace waymark::web {

[[nodiscard]] std::string_view role_title(access::Role role);         ///< "people partner"
[[nodiscard]] std::string_view role_purpose(access::Role role);       ///< one sentence: what it is for and what it does not open
[[nodiscard]] std::string_view feature_title(access::Feature feature);
[[nodiscard]] std::string_view token_scope_title(access::TokenScope scope);

}  // namespace waymark::web
