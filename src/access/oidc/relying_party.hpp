/// Signing in with an OpenID provider: the authorization code flow with PKCE (OpenID Connect Core 1.0 §3.1, RFC 7636, RFC 9207).
///
/// A sign-in is two requests that may reach two nodes, so what must be kept in between is a value (`Attempt`) that the caller stores.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/oidc/http.hpp"
#include "access/secret.hpp"
#include "base/clock.hpp"

namespace waymark::access::oidc {

/// What the provider calls the things that Waymark asks for.
struct ClaimNames {
  std::string name = "name";
  std::string email = "email";
  std::string email_verified = "email_verified";
  std::string external_id = {};  ///< the claim that holds SCIM's externalId; empty when there is none
};

struct ProviderConfiguration {
  std::string issuer;
  std::string client_id;
  Secret client_secret = {};     ///< empty for a public client
  std::string redirect_address;  ///< of this installation, as registered at the provider
  std::string after_sign_out_address = {};
  std::vector<std::string> scopes = {"openid", "profile", "email"};
  ClaimNames claims = {};
  std::chrono::seconds clock_skew{60};
};

struct Attempt {
  std::string state;
  std::string nonce;
  Secret verifier;
};

struct Start {
  std::string address;  ///< where the browser goes
  Attempt attempt;      ///< kept by the caller for this browser, at most ten minutes, used once
};

/// The parameters with which the browser came back.
struct ProviderAnswer {
  std::string state = {};
  std::string code = {};
  std::string error = {};
  std::string issuer = {};  ///< `iss`
};

/// Whom the provider vouches for.
struct Identity {
  std::string issuer;
  std::string subject;
  std::string name = {};
  std::string email = {};
  bool email_verified = false;  ///< false when the provider does not say
  std::string external_id = {};
  Secret id_token = {};  ///< a hint for signing out
};

/// Safe from any thread; calls wait for the provider. The provider's description and keys are kept for an hour, and asked for again when a
/// token names an unknown key, at most once a minute. After a failure the description is not asked for again for five seconds. What is kept is no more than a cache: another node does without it.
class RelyingParty {
 public:
  /// `http` and `clock` must outlive it.
  RelyingParty(ProviderConfiguration configuration, Http& http, const Clock& clock);
  ~RelyingParty();

  [[nodiscard]] Result<Start> start();
  /// bad_input when the answer or the token is not what it must be, unavailable when the provider does not answer. No detail of the
  /// provider's answer is shown.
  [[nodiscard]] Result<Identity> finish(const Attempt& attempt, const ProviderAnswer& answer);
  /// Where the browser goes to sign out at the provider, too (OpenID Connect RP-Initiated Logout 1.0); none when it has no such address.
  [[nodiscard]] std::optional<std::string> sign_out_address(std::string_view id_token);

 private:
  class Provider;
  ProviderConfiguration m_configuration;
  Http& m_http;
  const Clock& m_clock;
  std::unique_ptr<Provider> m_provider;
};

}  // namespace waymark::access::oidc
