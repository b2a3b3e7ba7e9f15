/// Signed tokens (JWS, RFC 7515), checked by cjose, which is loaded when the first one comes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "access/oidc/provider.hpp"
#include "base/error.hpp"

namespace waymark::access::oidc {

struct SignatureCheck {
  enum class Answer {
    right,
    unknown_key,  ///< none of the keys has the id that the token names: fetch the keys again
    wrong,        ///< not a token, an algorithm that is not allowed, or not signed by its key
  };
  Answer answer = Answer::wrong;
  std::string payload = {};  ///< when right
};

/// RS256 and ES256 are allowed and nothing else; a token with critical extensions is wrong. A token that names no key is tried with every
/// key of its type. `token` of more than 64 KiB is wrong.
[[nodiscard]] SignatureCheck check_signature(std::string_view token, std::span<const SigningKey> keys);

}  // namespace waymark::access::oidc
