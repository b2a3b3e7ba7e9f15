/// An OpenID provider for tests: signs with keys of its own and answers as told.
#pragma once

#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <cjose/cjose.h>

#include "access/oidc/http.hpp"

namespace waymark::access::oidc {

class FakeKey {
 public:
  static FakeKey rsa(const std::string& id) {
    cjose_err problem{};
    const std::uint8_t exponent[] = {1, 0, 1};
    return {cjose_jwk_create_RSA_random(2048, exponent, sizeof exponent, &problem), id, "RS256"};
  }
  static FakeKey p256(const std::string& id) {
    cjose_err problem{};
    return {cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &problem), id, "ES256"};
  }
  /// A key that both sides know, as an attacker would make it of the public key.
  static FakeKey shared(const std::string& id, const std::string& bytes) {
    cjose_err problem{};
    return {cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), &problem), id, "HS256"};
  }

  [[nodiscard]] std::string public_json() const {
    cjose_err problem{};
    char* text = cjose_jwk_to_json(m_key.get(), false, &problem);
    const std::string json(text == nullptr ? "" : text);
    std::free(text);
    return json;
  }

  [[nodiscard]] std::string sign(const std::string& payload, const std::string& algorithm = {}, const std::string& crit = {}) const {
    cjose_err problem{};
    cjose_header_t* header = cjose_header_new(&problem);
    cjose_header_set(header, "alg", algorithm.empty() ? m_algorithm.c_str() : algorithm.c_str(), &problem);
    if (!m_id.empty()) cjose_header_set(header, "kid", m_id.c_str(), &problem);
    if (!crit.empty()) cjose_header_set_raw(header, "crit", crit.c_str(), &problem);
    cjose_jws_t* jws = cjose_jws_sign(m_key.get(), header, reinterpret_cast<const std::uint8_t*>(payload.data()), payload.size(), &problem);
    if (jws == nullptr) throw std::runtime_error(problem.message);
    const char* text = nullptr;
    cjose_jws_export(jws, &text, &problem);
    const std::string token(text);
    cjose_jws_release(jws);
    cjose_header_release(header);
    return token;
  }

 private:
  FakeKey(cjose_jwk_t* key, std::string id, std::string algorithm)
      : m_key(key, cjose_jwk_release), m_id(std::move(id)), m_algorithm(std::move(algorithm)) {
    cjose_err problem{};
    if (key == nullptr || (!m_id.empty() && !cjose_jwk_set_kid(key, m_id.c_str(), m_id.size(), &problem))) throw std::runtime_error("no key");
  }

  std::shared_ptr<cjose_jwk_t> m_key;
  std::string m_id;
  std::string m_algorithm;
};

[[nodiscard]] inline std::string key_set(const std::vector<FakeKey>& keys) {
  std::string text;
  for (const FakeKey& key : keys) text += (text.empty() ? "" : ",") + key.public_json();
  return R"({"keys":[)" + text + "]}";
}

/// Answers by address; what is not there is 404. Remembers what it was asked.
class FakeHttp : public Http {
 public:
  Result<HttpAnswer> send(const HttpRequest& request) override {
    asked.push_back(request);
    if (is_down) return fail(Error::Kind::unavailable, "idp.example did not answer: Timeout was reached.");
    const auto found = answers.find(request.address);
    return found == answers.end() ? HttpAnswer{404, "{}"} : found->second;
  }
  [[nodiscard]] int count(const std::string& address) const {
    int times = 0;
    for (const HttpRequest& request : asked) times += request.address == address;
    return times;
  }

  std::map<std::string, HttpAnswer> answers;
  std::vector<HttpRequest> asked;
  bool is_down = false;
};

}  // namespace waymark::access::oidc
