#include "access/oidc/relying_party.hpp"

#include <mutex>

#include <fmt/core.h>
#include <sodium.h>

#include "access/json_object.hpp"
#include "access/oidc/id_token.hpp"
#include "access/oidc/signature.hpp"
#include "base/hash.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

namespace waymark::access::oidc {
namespace {

constexpr auto kept_for = std::chrono::hours{1};
constexpr auto asked_again_after = std::chrono::minutes{1};
constexpr auto left_alone_for = std::chrono::seconds{5};

tl::unexpected<Error> refuse(Error::Kind kind, std::string message) {
  return fail(kind, std::move(message), "Start the sign-in again. If it happens again, tell your administrator.");
}

std::string challenge_of(const Secret& verifier) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  const std::string_view text = verifier.reveal();
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return base64url(digest);
}

std::string query(const std::vector<std::pair<std::string_view, std::string>>& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, percent_encoded(value));
  return text;
}

std::string with_query(const std::string& address, const std::string& query) {
  return fmt::format("{}{}{}", address, address.find('?') == std::string::npos ? '?' : '&', query);
}

std::string basic_authentication(std::string_view id, std::string_view secret) {
  const std::string pair = fmt::format("{}:{}", percent_encoded(id), percent_encoded(secret));
  std::string text(sodium_base64_encoded_len(pair.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(pair.data()), pair.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return "Basic " + text;
}

}  // namespace

/// The provider's description and keys, fetched by one thread at a time.
class RelyingParty::Provider {
 public:
  Provider(std::string issuer, Http& http, const Clock& clock) : m_issuer(std::move(issuer)), m_http(http), m_clock(clock) {}

  Result<ProviderMetadata> metadata() {
    const std::lock_guard lock(m_mutex);
    return fresh_metadata();
  }

  Result<SignatureCheck> check(std::string_view token) {
    const std::lock_guard lock(m_mutex);
    const auto description = fresh_metadata();
    if (!description) return tl::unexpected<Error>(description.error());
    const Instant now = m_clock.now();
    // A clock that was set back must not keep old keys for ever.
    const auto age = [&] { return now < m_keys_from ? kept_for : std::chrono::floor<std::chrono::seconds>(now - m_keys_from); };
    if (!m_has_keys || age() >= kept_for) {
      if (const auto fetched = fetch_keys(description->keys_address); !fetched && !m_has_keys) return tl::unexpected<Error>(fetched.error());
    }
    SignatureCheck check = check_signature(token, m_keys);
    if (check.answer == SignatureCheck::Answer::unknown_key && may_ask_for_new_key()) {
      m_new_key_asked = now;
      if (const auto fetched = fetch_keys(description->keys_address); !fetched) return tl::unexpected<Error>(fetched.error());
      check = check_signature(token, m_keys);
    }
    return check;
  }

  Result<std::string> body(const HttpRequest& request) {
    auto answer = m_http.send(request);
    if (!answer) return tl::unexpected<Error>(answer.error());
    if (answer->status != 200) {
      return refuse(answer->status >= 500 ? Error::Kind::unavailable : Error::Kind::bad_input,
                    fmt::format("The identity provider refused with status {}.", answer->status));
    }
    return std::move(answer->body);
  }

 private:
  Result<ProviderMetadata> fresh_metadata() {
    const Instant now = m_clock.now();
    if (m_metadata && now >= m_metadata_from && now - m_metadata_from < kept_for) return *m_metadata;
    // Everybody who waited for an answer that did not come would wait in turn, and passwords behind them.
    if (m_failed && now >= m_failed_at && now - m_failed_at < left_alone_for) return description_or(*m_failed);
    auto text = body({.address = discovery_address(m_issuer)});
    auto parsed = text ? parse_metadata(*text, m_issuer) : Result<ProviderMetadata>(tl::unexpected<Error>(text.error()));
    if (!parsed) {
      m_failed = parsed.error();
      m_failed_at = m_clock.now();
      return description_or(parsed.error());
    }
    m_failed.reset();
    m_metadata = *parsed;
    m_metadata_from = now;
    return parsed;
  }

  /// What it said an hour ago is better than nobody in.
  [[nodiscard]] Result<ProviderMetadata> description_or(const Error& error) const {
    return m_metadata ? Result<ProviderMetadata>(*m_metadata) : tl::unexpected<Error>(error);
  }

  /// Whoever brings made-up tokens must not make us ask all the time; a clock that was set back must not keep us from asking.
  [[nodiscard]] bool may_ask_for_new_key() const {
    const Instant now = m_clock.now();
    return !m_new_key_asked || now < *m_new_key_asked || now - *m_new_key_asked >= asked_again_after;
  }

  Result<void> fetch_keys(const std::string& address) {
    const auto text = body({.address = address});
    if (!text) return tl::unexpected<Error>(text.error());
    auto keys = parse_keys(*text);
    if (!keys) return tl::unexpected<Error>(keys.error());
    m_keys = std::move(*keys);
    m_keys_from = m_clock.now();
    m_has_keys = true;
    return {};
  }

  std::string m_issuer;
  Http& m_http;
  const Clock& m_clock;
  std::mutex m_mutex;
  std::optional<ProviderMetadata> m_metadata;
  Instant m_metadata_from{};
  std::vector<SigningKey> m_keys;
  Instant m_keys_from{};
  std::optional<Instant> m_new_key_asked;
  std::optional<Error> m_failed;
  Instant m_failed_at{};
  bool m_has_keys = false;
};

RelyingParty::RelyingParty(ProviderConfiguration configuration, Http& http, const Clock& clock)
    : m_configuration(std::move(configuration)),
      m_http(http),
      m_clock(clock),
      m_provider(std::make_unique<Provider>(m_configuration.issuer, m_http, m_clock)) {}
RelyingParty::~RelyingParty() = default;

Result<Start> RelyingParty::start() {
  const auto metadata = m_provider->metadata();
  if (!metadata) return tl::unexpected<Error>(metadata.error());
  Start start{{}, {random_text(32), random_text(32), Secret(random_text(32))}};
  start.address = with_query(metadata->authorization_endpoint, query({{"response_type", "code"},
                                                                      {"client_id", m_configuration.client_id},
                                                                      {"redirect_uri", m_configuration.redirect_address},
                                                                      {"scope", join(m_configuration.scopes, " ")},
                                                                      {"state", start.attempt.state},
                                                                      {"nonce", start.attempt.nonce},
                                                                      {"code_challenge", challenge_of(start.attempt.verifier)},
                                                                      {"code_challenge_method", "S256"}}));
  return start;
}

Result<Identity> RelyingParty::finish(const Attempt& attempt, const ProviderAnswer& answer) {
  if (attempt.state.empty() || !equal_in_constant_time(answer.state, attempt.state)) {
    return refuse(Error::Kind::bad_input, "This answer belongs to a sign-in that was not started here.");
  }
  const auto metadata = m_provider->metadata();
  if (!metadata) return tl::unexpected<Error>(metadata.error());
  if (answer.issuer.empty() ? metadata->names_itself_in_answers : answer.issuer != metadata->issuer) {
    return refuse(Error::Kind::bad_input, "This answer comes from another identity provider.");
  }
  if (answer.error == "access_denied") return refuse(Error::Kind::bad_input, "The identity provider says that the sign-in was declined.");
  if (!answer.error.empty() || answer.code.empty()) return refuse(Error::Kind::bad_input, "The identity provider could not sign you in.");

  const std::string_view secret = m_configuration.client_secret.reveal();
  std::vector<std::pair<std::string_view, std::string>> form{{"grant_type", "authorization_code"},
                                                             {"code", answer.code},
                                                             {"redirect_uri", m_configuration.redirect_address},
                                                             {"code_verifier", std::string(attempt.verifier.reveal())}};
  HttpRequest request{.method = HttpRequest::Method::post, .address = metadata->token_endpoint, .headers = {{"Accept", "application/json"}}};
  if (secret.empty() || metadata->token_auth_by_post) form.emplace_back("client_id", m_configuration.client_id);
  if (!secret.empty() && metadata->token_auth_by_post) form.emplace_back("client_secret", std::string(secret));
  if (!secret.empty() && !metadata->token_auth_by_post)
    request.headers.emplace_back("Authorization", basic_authentication(m_configuration.client_id, secret));
  request.form = query(form);
  const auto body = m_provider->body(request);
  if (!body) return tl::unexpected<Error>(body.error());
  const auto tokens = JsonObject::parse(*body, "the provider's tokens");
  if (!tokens) return tl::unexpected<Error>(tokens.error());
  const std::string id_token = tokens->text("id_token").value_or("");
  const std::string access_token = tokens->text("access_token").value_or("");

  const auto check = m_provider->check(id_token);
  if (!check) return tl::unexpected<Error>(check.error());
  if (check->answer != SignatureCheck::Answer::right) return refuse(Error::Kind::bad_input, "The signature of the identity provider is not right.");
  const auto claims = JsonObject::parse(check->payload, "the ID token");
  if (!claims) return tl::unexpected<Error>(claims.error());
  const Expected expected{m_configuration.issuer, m_configuration.client_id, attempt.nonce, access_token, m_configuration.clock_skew};
  if (const auto accepted = check_id_token(*claims, expected, m_clock.now()); !accepted) return tl::unexpected<Error>(accepted.error());

  Identity identity{.issuer = m_configuration.issuer, .subject = claims->text("sub").value_or(""), .id_token = Secret(id_token)};
  const ClaimNames& names = m_configuration.claims;
  JsonObject userinfo;
  const bool is_complete = claims->has(names.email) && claims->has(names.name) && (names.external_id.empty() || claims->has(names.external_id));
  if (!is_complete && !metadata->userinfo_endpoint.empty() && !access_token.empty()) {
    const auto more = m_provider->body(
        {.address = metadata->userinfo_endpoint, .headers = {{"Authorization", "Bearer " + access_token}, {"Accept", "application/json"}}});
    if (!more) return tl::unexpected<Error>(more.error());
    auto parsed = JsonObject::parse(*more, "what the provider knows of you");
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    // Core §5.3.2: what is said of somebody else must not be used.
    if (parsed->text("sub") != identity.subject) return refuse(Error::Kind::bad_input, "The identity provider spoke of two different people.");
    userinfo = *parsed;
  }
  const auto claim = [&](const std::string& name) {
    return name.empty() ? std::string() : claims->text(name).value_or(userinfo.text(name).value_or(""));
  };
  identity.name = claim(names.name);
  identity.external_id = claim(names.external_id);
  // Whether an address is verified is said by whoever gave the address.
  const JsonObject& source = claims->has(names.email) ? *claims : userinfo;
  identity.email = source.text(names.email).value_or("");
  identity.email_verified = !identity.email.empty() && source.boolean(names.email_verified).value_or(false);
  return identity;
}

std::optional<std::string> RelyingParty::sign_out_address(std::string_view id_token) {
  const auto metadata = m_provider->metadata();
  if (!metadata || metadata->end_session_endpoint.empty()) return std::nullopt;
  std::vector<std::pair<std::string_view, std::string>> parameters{{"client_id", m_configuration.client_id}};
  if (!id_token.empty()) parameters.emplace_back("id_token_hint", std::string(id_token));
  if (!m_configuration.after_sign_out_address.empty()) parameters.emplace_back("post_logout_redirect_uri", m_configuration.after_sign_out_address);
  return with_query(metadata->end_session_endpoint, query(parameters));
}

}  // namespace waymark::access::oidc
