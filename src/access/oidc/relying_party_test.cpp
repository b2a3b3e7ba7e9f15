#include "access/oidc/relying_party.hpp"

#include <doctest/doctest.h>

#include <fmt/core.h>

#include "access/json_object.hpp"
#include "access/oidc/fake_provider_test.hpp"
#include "access/oidc/provider.hpp"
#include "base/fake_clock_test.hpp"

using namespace waymark;
using namespace waymark::access;
using namespace waymark::access::oidc;

namespace {

/// A provider that works; a test changes what it is about.
struct Scene {
  FakeClock clock{"2026-11-24T09:00:00Z"};
  FakeHttp http;
  FakeKey key = FakeKey::p256("k1");
  std::string metadata_extra;
  std::string email_claims = R"("name":"Anna Berg","email":"anna@example.org","email_verified":true)";
  ProviderConfiguration configuration{.issuer = "https://idp.example",
                                      .client_id = "waymark",
                                      .client_secret = Secret("s3cret&"),
                                      .redirect_address = "https://waymark.example/sign-in/answer",
                                      .after_sign_out_address = "https://waymark.example/"};
  RelyingParty party{configuration, http, clock};

  Scene() { describe(); }

  void describe() {
    http.answers["https://idp.example/.well-known/openid-configuration"] = {
        200,
        R"({"issuer":"https://idp.example","authorization_endpoint":"https://idp.example/auth","token_endpoint":"https://idp.example/token",)"
        R"("jwks_uri":"https://idp.example/keys","userinfo_endpoint":"https://idp.example/me","end_session_endpoint":"https://idp.example/out")" +
            metadata_extra + "}"};
    http.answers["https://idp.example/keys"] = {200, key_set({key})};
  }

  void answer_token(const Attempt& attempt, const std::string& more) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    const std::string claims = fmt::format(R"({{"iss":"https://idp.example","sub":"u-17","aud":"waymark","iat":{},"exp":{},"nonce":"{}"{}{}}})",
                                           seconds, seconds + 300, attempt.nonce, more.empty() ? "" : ",", more);
    http.answers["https://idp.example/token"] = {200,
                                                 fmt::format(R"({{"access_token":"at","token_type":"Bearer","id_token":"{}"}})", key.sign(claims))};
  }

  Result<Identity> sign_in(const std::string& claims) {
    const auto start = party.start();
    REQUIRE(start.has_value());
    answer_token(start->attempt, claims);
    return party.finish(start->attempt, {.state = start->attempt.state, .code = "c&1"});
  }
};

std::string parameter(const std::string& query, const std::string& name) {
  const std::size_t at = ("&" + query).find("&" + name + "=");
  if (at == std::string::npos) return "-";
  const std::string rest = query.substr(at + name.size() + 1);
  return rest.substr(0, rest.find('&'));
}

}  // namespace

TEST_CASE("the browser is sent with state, nonce and challenge, each time others") {
  Scene scene;
  const auto start = scene.party.start();
  REQUIRE(start.has_value());
  CHECK(start->address.starts_with("https://idp.example/auth?"));
  const std::string query = start->address.substr(start->address.find('?') + 1);
  CHECK(parameter(query, "response_type") == "code");
  CHECK(parameter(query, "client_id") == "waymark");
  CHECK(parameter(query, "redirect_uri") == "https%3A%2F%2Fwaymark.example%2Fsign-in%2Fanswer");
  CHECK(parameter(query, "scope") == "openid%20profile%20email");
  CHECK(parameter(query, "state") == start->attempt.state);
  CHECK(parameter(query, "nonce") == start->attempt.nonce);
  CHECK(parameter(query, "code_challenge").size() == 43);
  CHECK(parameter(query, "code_challenge_method") == "S256");
  CHECK(start->address.find(start->attempt.verifier.reveal()) == std::string::npos);
  const auto again = scene.party.start();
  CHECK(again->attempt.state != start->attempt.state);
  CHECK(again->attempt.nonce != start->attempt.nonce);
  CHECK(again->attempt.verifier.reveal() != start->attempt.verifier.reveal());
}

TEST_CASE("whoever the provider vouches for is known by subject, name and verified address") {
  Scene scene;
  const auto identity = scene.sign_in(scene.email_claims);
  REQUIRE(identity.has_value());
  CHECK(identity->issuer == "https://idp.example");
  CHECK(identity->subject == "u-17");
  CHECK(identity->name == "Anna Berg");
  CHECK(identity->email == "anna@example.org");
  CHECK(identity->email_verified);
  const HttpRequest* token = nullptr;
  for (const HttpRequest& request : scene.http.asked) token = request.address == "https://idp.example/token" ? &request : token;
  REQUIRE(token != nullptr);
  CHECK(parameter(token->form, "grant_type") == "authorization_code");
  CHECK(parameter(token->form, "code") == "c%261");
  CHECK(parameter(token->form, "code_verifier").size() == 52);
  CHECK(parameter(token->form, "client_secret") == "-");
  CHECK(token->headers.back().second == "Basic d2F5bWFyazpzM2NyZXQlMjY=");
}

TEST_CASE("a provider that does not say that the address is verified is not believed, words and truth are") {
  Scene scene;
  CHECK(!scene.sign_in(R"("name":"A","email":"anna@example.org")")->email_verified);
  CHECK(!scene.sign_in(R"("name":"A","email":"anna@example.org","email_verified":"yes")")->email_verified);
  CHECK(scene.sign_in(R"("name":"A","email":"anna@example.org","email_verified":"true")")->email_verified);
}

TEST_CASE("what the token does not say is asked for, of the same person only") {
  Scene scene;
  scene.http.answers["https://idp.example/me"] = {200, R"({"sub":"u-17","name":"Anna Berg","email":"anna@example.org","email_verified":true})"};
  const auto identity = scene.sign_in("");
  REQUIRE(identity.has_value());
  CHECK(identity->email == "anna@example.org");
  CHECK(identity->email_verified);
  // An address that the token brings is not verified by what is said elsewhere.
  CHECK(!scene.sign_in(R"("email":"boss@example.org")")->email_verified);
  scene.http.answers["https://idp.example/me"] = {200, R"({"sub":"u-18","name":"Bo Ek"})"};
  CHECK(scene.sign_in("").error().message == "The identity provider spoke of two different people.");
}

TEST_CASE("claims have the names that the configuration gives them") {
  Scene scene;
  scene.configuration.claims = {.name = "display", .email = "upn", .email_verified = "upn_ok", .external_id = "employee"};
  RelyingParty party(scene.configuration, scene.http, scene.clock);
  const auto start = party.start();
  scene.answer_token(start->attempt, R"("display":"Anna","upn":"a@x.example","upn_ok":true,"employee":"E-9")");
  const auto identity = party.finish(start->attempt, {.state = start->attempt.state, .code = "c"});
  REQUIRE(identity.has_value());
  CHECK(identity->name == "Anna");
  CHECK(identity->email == "a@x.example");
  CHECK(identity->email_verified);
  CHECK(identity->external_id == "E-9");
}

TEST_CASE("an answer to another sign-in, from another provider or without a code lets nobody in") {
  Scene scene;
  const auto start = scene.party.start();
  scene.answer_token(start->attempt, scene.email_claims);
  const std::string state = start->attempt.state;
  CHECK(!scene.party.finish(start->attempt, {.state = "x", .code = "c"}));
  CHECK(!scene.party.finish({}, {.code = "c"}));
  CHECK(!scene.party.finish(start->attempt, {.state = state, .code = "c", .issuer = "https://evil.example"}));
  CHECK(!scene.party.finish(start->attempt, {.state = state}));
  CHECK(scene.party.finish(start->attempt, {.state = state, .error = "access_denied"}).error().message ==
        "The identity provider says that the sign-in was declined.");
  CHECK(scene.http.count("https://idp.example/token") == 0);
  CHECK(scene.party.finish(start->attempt, {.state = state, .code = "c", .issuer = "https://idp.example"}));
  // A token of somebody else's sign-in, brought with the right state.
  const auto other = scene.party.start();
  CHECK(!scene.party.finish(other->attempt, {.state = other->attempt.state, .code = "c"}));
}

TEST_CASE("a provider that names itself in its answers must do so") {
  Scene scene;
  scene.metadata_extra = R"(,"authorization_response_iss_parameter_supported":true)";
  scene.describe();
  const auto start = scene.party.start();
  scene.answer_token(start->attempt, scene.email_claims);
  CHECK(!scene.party.finish(start->attempt, {.state = start->attempt.state, .code = "c"}));
  CHECK(scene.party.finish(start->attempt, {.state = start->attempt.state, .code = "c", .issuer = "https://idp.example"}));
}

TEST_CASE("the secret goes into the form for a provider that wants it there") {
  Scene scene;
  scene.metadata_extra = R"(,"token_endpoint_auth_methods_supported":["client_secret_post"])";
  scene.describe();
  REQUIRE(scene.sign_in(scene.email_claims).has_value());
  for (const HttpRequest& request : scene.http.asked) {
    if (request.address == "https://idp.example/token") CHECK(parameter(request.form, "client_secret") == "s3cret%26");
  }
}

TEST_CASE("keys are kept, and fetched again for a new one at most once a minute") {
  Scene scene;
  REQUIRE(scene.sign_in(scene.email_claims).has_value());
  REQUIRE(scene.sign_in(scene.email_claims).has_value());
  CHECK(scene.http.count("https://idp.example/keys") == 1);
  CHECK(scene.http.count("https://idp.example/.well-known/openid-configuration") == 1);
  scene.key = FakeKey::p256("k2");
  scene.describe();
  CHECK(scene.sign_in(scene.email_claims));
  CHECK(scene.http.count("https://idp.example/keys") == 2);
  scene.key = FakeKey::p256("k3");
  scene.describe();
  CHECK(!scene.sign_in(scene.email_claims));
  CHECK(scene.http.count("https://idp.example/keys") == 2);
  scene.clock.advance(std::chrono::minutes{1});
  CHECK(scene.sign_in(scene.email_claims));
  CHECK(scene.http.count("https://idp.example/keys") == 3);
  scene.clock.advance(std::chrono::hours{1});
  CHECK(scene.sign_in(scene.email_claims));
  CHECK(scene.http.count("https://idp.example/keys") == 4);
  scene.clock.advance(-std::chrono::hours{24});
  CHECK(scene.sign_in(scene.email_claims));
  CHECK(scene.http.count("https://idp.example/keys") == 5);
}

TEST_CASE("a provider that is down is told from one that refuses") {
  Scene scene;
  scene.http.is_down = true;
  CHECK(scene.party.start().error().kind == Error::Kind::unavailable);
  scene.http.is_down = false;
  scene.clock.advance(std::chrono::seconds{5});
  const auto start = scene.party.start();
  scene.http.answers["https://idp.example/token"] = {400, R"({"error":"invalid_grant"})"};
  CHECK(scene.party.finish(start->attempt, {.state = start->attempt.state, .code = "c"}).error().kind == Error::Kind::bad_input);
  scene.http.answers["https://idp.example/token"] = {503, ""};
  CHECK(scene.party.finish(start->attempt, {.state = start->attempt.state, .code = "c"}).error().kind == Error::Kind::unavailable);
  scene.http.answers["https://idp.example/token"] = {200, "<html>"};
  CHECK(scene.party.finish(start->attempt, {.state = start->attempt.state, .code = "c"}).error().kind == Error::Kind::bad_input);
  scene.http.answers["https://idp.example/token"] = {200, "{}"};
  CHECK(scene.party.finish(start->attempt, {.state = start->attempt.state, .code = "c"}).error().kind == Error::Kind::bad_input);
}

TEST_CASE("a provider that does not answer is left alone for a moment, and nobody waits for it meanwhile") {
  const std::string description = "https://idp.example/.well-known/openid-configuration";
  Scene scene;
  scene.http.is_down = true;
  for (int i = 0; i < 3; ++i) CHECK(scene.party.start().error().message == "idp.example did not answer: Timeout was reached.");
  CHECK(scene.http.count(description) == 1);
  scene.clock.advance(std::chrono::seconds{5});
  CHECK(!scene.party.start());
  CHECK(scene.http.count(description) == 2);
  scene.http.is_down = false;
  scene.clock.advance(-std::chrono::hours{1});
  CHECK(scene.party.start());
  CHECK(scene.http.count(description) == 3);
}

TEST_CASE("signing out goes to the provider, too, when it has a place for it") {
  Scene scene;
  CHECK(scene.party.sign_out_address("tok.en") ==
        "https://idp.example/out?client_id=waymark&id_token_hint=tok.en&post_logout_redirect_uri=https%3A%2F%2Fwaymark.example%2F");
  scene.http.answers["https://idp.example/.well-known/openid-configuration"] = {
      200,
      R"({"issuer":"https://idp.example","authorization_endpoint":"https://idp.example/auth","token_endpoint":"https://idp.example/t","jwks_uri":"https://idp.example/k"})"};
  scene.clock.advance(std::chrono::hours{2});
  CHECK(!scene.party.sign_out_address("tok.en"));
}

TEST_CASE("a description that is not the provider's own, or leads off https, is refused") {
  const auto described = [](const std::string& issuer, const std::string& auth, const std::string& extra = {}) {
    const std::string text = R"({"issuer":")" + issuer + R"(","authorization_endpoint":")" + auth +
                             R"(","token_endpoint":"https://idp.example/t","jwks_uri":"https://idp.example/k")" + extra + "}";
    return parse_metadata(text, "https://idp.example").has_value();
  };
  CHECK(described("https://idp.example", "https://idp.example/a"));
  CHECK(!described("https://idp.example/", "https://idp.example/a"));
  CHECK(!described("https://idp.example", "http://idp.example/a"));
  CHECK(!described("https://idp.example", ""));
  CHECK(!described("https://idp.example", "https://idp.example/a", R"(,"userinfo_endpoint":"ftp://x")"));
  CHECK(!described("https://idp.example", "https://idp.example/a", R"(,"response_types_supported":["id_token"])"));
  CHECK(!described("https://idp.example", "https://idp.example/a", R"(,"code_challenge_methods_supported":["plain"])"));
  CHECK(discovery_address("https://idp.example/tenant/") == "https://idp.example/tenant/.well-known/openid-configuration");
}

TEST_CASE("only https, and http to this machine, is safe") {
  for (const char* safe : {"https://idp.example", "http://localhost:3000/x", "http://127.0.0.1", "http://[::1]:80/"}) CHECK(is_safe_address(safe));
  for (const char* unsafe : {"http://idp.example", "http://localhost.evil.example", "http://localhost:80@evil.example/", "https:///x",
                             "file:///etc/passwd", "", "https://", "https://idp.example/\r\nSet-Cookie: a=b", "https://idp.example/a b"}) {
    CAPTURE(unsafe);
    CHECK(!is_safe_address(unsafe));
  }
}
