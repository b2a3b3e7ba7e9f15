/// What an OpenID provider says about itself (OpenID Connect Discovery 1.0) and the keys it signs with (RFC 7517).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace waymark::access::oidc {

struct ProviderMetadata {
  std::string issuer;
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string keys_address;
  std::string userinfo_endpoint;         ///< empty when there is none
  std::string end_session_endpoint;      ///< empty when there is none
  bool token_auth_by_post = false;       ///< the client's secret goes into the form, because the provider does not take it as basic authentication
  bool names_itself_in_answers = false;  ///< RFC 9207: an answer without `iss` is not its own
};

/// Where the document of `issuer` is.
[[nodiscard]] std::string discovery_address(std::string_view issuer);

/// bad_input when the document is not that of `issuer`, when something is missing or an address is not https (or this machine), or when it
/// cannot do the code flow with PKCE S256.
[[nodiscard]] Result<ProviderMetadata> parse_metadata(std::string_view text, std::string_view issuer);

struct SigningKey {
  std::string id;    ///< may be empty
  std::string type;  ///< RSA or EC
  std::string json;
};

/// The keys for signatures by RS256 and ES256; others are left out. bad_input when `text` is not a set of keys.
[[nodiscard]] Result<std::vector<SigningKey>> parse_keys(std::string_view text);

}  // namespace waymark::access::oidc
