#include "access/oidc/signature.hpp"

#include <doctest/doctest.h>

#include "access/oidc/fake_provider_test.hpp"
#include "access/secret.hpp"

using namespace waymark;
using namespace waymark::access;
using namespace waymark::access::oidc;
using Answer = SignatureCheck::Answer;

namespace {

const FakeKey& rsa_key() {
  static const FakeKey key = FakeKey::rsa("r1");
  return key;
}

std::vector<SigningKey> keys_of(const std::vector<FakeKey>& keys) {
  auto parsed = parse_keys(key_set(keys));
  REQUIRE(parsed.has_value());
  return *parsed;
}

const std::string payload = R"({"sub":"anna"})";

}  // namespace

TEST_CASE("RS256 and ES256 are checked against the key that the token names") {
  const FakeKey ec = FakeKey::p256("e1");
  const auto keys = keys_of({rsa_key(), ec});
  REQUIRE(keys.size() == 2);
  for (const FakeKey& key : {rsa_key(), ec}) {
    const SignatureCheck check = check_signature(key.sign(payload), keys);
    CHECK(check.answer == Answer::right);
    CHECK(check.payload == payload);
  }
}

TEST_CASE("a token that was changed is wrong, wherever it was changed") {
  const auto keys = keys_of({rsa_key()});
  const std::string token = rsa_key().sign(payload);
  for (std::size_t i = 0; i < token.size(); i += 7) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed == token) continue;
    CAPTURE(i);
    CHECK(check_signature(changed, keys).answer != Answer::right);
    CHECK(check_signature(token.substr(0, i), keys).answer != Answer::right);
  }
  CHECK(check_signature("", keys).answer == Answer::wrong);
  CHECK(check_signature("a.b.c", keys).answer == Answer::wrong);
  CHECK(check_signature(std::string(100'000, 'a'), keys).answer == Answer::wrong);
}

TEST_CASE("other algorithms are wrong: none, HMAC with the public key, RSA with another padding") {
  const auto keys = keys_of({rsa_key()});
  const std::string none = base64url(R"({"alg":"none"})") + "." + base64url(payload) + ".";
  CHECK(check_signature(none, keys).answer == Answer::wrong);
  CHECK(check_signature(FakeKey::shared("r1", rsa_key().public_json()).sign(payload), keys).answer == Answer::wrong);
  CHECK(check_signature(rsa_key().sign(payload, "PS256"), keys).answer == Answer::wrong);
  CHECK(check_signature(rsa_key().sign(payload, "RS512"), keys).answer == Answer::wrong);
  CHECK(check_signature(rsa_key().sign(payload, {}, R"(["exp"])"), keys).answer == Answer::wrong);
}

TEST_CASE("a key of another type, or another key under the same id, is wrong; an unknown id asks for the keys again") {
  const auto keys = keys_of({rsa_key()});
  CHECK(check_signature(FakeKey::p256("r1").sign(payload), keys).answer != Answer::right);
  CHECK(check_signature(FakeKey::rsa("r1").sign(payload), keys).answer == Answer::wrong);
  CHECK(check_signature(FakeKey::p256("e9").sign(payload), keys).answer == Answer::unknown_key);
  CHECK(check_signature(rsa_key().sign(payload), {}).answer == Answer::unknown_key);
}

TEST_CASE("a token without a key's name is tried with each key of its type") {
  const FakeKey nameless = FakeKey::p256("");
  const auto keys = keys_of({rsa_key(), FakeKey::p256("e1"), nameless});
  CHECK(check_signature(nameless.sign(payload), keys).answer == Answer::right);
}

TEST_CASE("keys for encryption and of other kinds are left out") {
  const auto keys =
      parse_keys(R"({"keys":[{"kty":"RSA","use":"enc","kid":"a"},{"kty":"oct","k":"AA"},{"kty":"EC","crv":"P-384"},{"kty":"RSA","alg":"PS256"},7]})");
  REQUIRE(keys.has_value());
  CHECK(keys->empty());
  CHECK(!parse_keys("[]"));
  CHECK(!parse_keys("{}"));
}
