#include "access/oidc/provider.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "access/json_object.hpp"
#include "access/oidc/http.hpp"

namespace waymark::access::oidc {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }

}  // namespace

bool is_safe_address(std::string_view address) {
  // They become part of headers.
  if (std::any_of(address.begin(), address.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; })) return false;
  if (address.starts_with("https://")) return address.size() > 8 && address[8] != '/';
  for (const std::string_view here : {"http://localhost", "http://127.0.0.1", "http://[::1]"}) {
    if (!address.starts_with(here)) continue;
    const std::string_view rest = address.substr(here.size());
    return rest.empty() || rest.front() == '/' || (rest.front() == ':' && rest.substr(0, rest.find('/')).find('@') == std::string_view::npos);
  }
  return false;
}

std::string discovery_address(std::string_view issuer) {
  while (issuer.ends_with('/')) issuer.remove_suffix(1);
  return fmt::format("{}/.well-known/openid-configuration", issuer);
}

Result<ProviderMetadata> parse_metadata(std::string_view text, std::string_view issuer) {
  const auto document = JsonObject::parse(text, "the provider's description");
  if (!document) return tl::unexpected<Error>(document.error());
  const auto member = [&](std::string_view name) { return document->text(name).value_or(std::string()); };
  ProviderMetadata metadata{.issuer = member("issuer"),
                            .authorization_endpoint = member("authorization_endpoint"),
                            .token_endpoint = member("token_endpoint"),
                            .keys_address = member("jwks_uri"),
                            .userinfo_endpoint = member("userinfo_endpoint"),
                            .end_session_endpoint = member("end_session_endpoint"),
                            .names_itself_in_answers = document->boolean("authorization_response_iss_parameter_supported").value_or(false)};
  if (metadata.issuer != issuer) {
    return fail(Error::Kind::bad_input,
                fmt::format("The provider at {} calls itself {}.", issuer, metadata.issuer.empty() ? "nothing" : metadata.issuer),
                "Set the issuer to exactly what the provider calls itself, a slash at the end included.");
  }
  for (const auto& [name, address, is_needed] :
       {std::tuple("authorization_endpoint", metadata.authorization_endpoint, true), std::tuple("token_endpoint", metadata.token_endpoint, true),
        std::tuple("jwks_uri", metadata.keys_address, true), std::tuple("userinfo_endpoint", metadata.userinfo_endpoint, false),
        std::tuple("end_session_endpoint", metadata.end_session_endpoint, false)}) {
    if ((is_needed || !address.empty()) && !is_safe_address(address)) {
      return fail(Error::Kind::bad_input, fmt::format("The provider at {} has no https address for its {}.", issuer, name),
                  "Ask those who run the provider.");
    }
  }
  const std::vector<std::string> flows = document->texts("response_types_supported");
  if (!flows.empty() && !contains(flows, "code")) {
    return fail(Error::Kind::bad_input, fmt::format("The provider at {} does not offer the code flow.", issuer),
                "Ask those who run the provider to allow it.");
  }
  const std::vector<std::string> challenges = document->texts("code_challenge_methods_supported");
  if (!challenges.empty() && !contains(challenges, "S256")) {
    return fail(Error::Kind::bad_input, fmt::format("The provider at {} does not take S256 challenges (PKCE).", issuer),
                "Ask those who run the provider to allow it.");
  }
  // Without a word from the provider, basic authentication is what it takes (Discovery 1.0 §3).
  const std::vector<std::string> authentication = document->texts("token_endpoint_auth_methods_supported");
  metadata.token_auth_by_post =
      !authentication.empty() && !contains(authentication, "client_secret_basic") && contains(authentication, "client_secret_post");
  return metadata;
}

Result<std::vector<SigningKey>> parse_keys(std::string_view text) {
  const auto document = JsonObject::parse(text, "the provider's keys");
  if (!document) return tl::unexpected<Error>(document.error());
  if (!document->has("keys"))
    return fail(Error::Kind::bad_input, "What came as the provider's keys is not a set of keys.", "Ask those who run the provider.");
  std::vector<SigningKey> keys;
  for (const JsonObject& key : document->objects("keys")) {
    const std::string type = key.text("kty").value_or("");
    const std::string algorithm = key.text("alg").value_or("");
    const bool is_rsa = type == "RSA" && (algorithm.empty() || algorithm == "RS256");
    const bool is_p256 = type == "EC" && key.text("crv") == "P-256" && (algorithm.empty() || algorithm == "ES256");
    if (key.text("use").value_or("sig") == "sig" && (is_rsa || is_p256)) keys.push_back({key.text("kid").value_or(""), type, key.serialised()});
  }
  return keys;
}

}  // namespace waymark::access::oidc
