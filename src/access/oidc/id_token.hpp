/// What an ID token must say before anybody is let in (OpenID Connect Core 1.0, §3.1.3.7).
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "access/json_object.hpp"
#include "base/clock.hpp"

namespace waymark::access::oidc {

struct Expected {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  std::string access_token = {};              ///< compared with `at_hash` where the token has one
  std::chrono::seconds clock_skew{60};        ///< how far the provider's clock may be from ours
  std::chrono::seconds oldest{24 * 60 * 60};  ///< since it was issued
};

/// Checks iss, sub, aud, azp, exp, iat, nbf, nonce and at_hash. REQUIRES that the signature has been checked. bad_input says which of them
/// is wrong, without its value.
[[nodiscard]] Result<void> check_id_token(const JsonObject& claims, const Expected& expected, Instant now);

}  // namespace waymark::access::oidc
