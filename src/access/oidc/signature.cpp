#include "access/oidc/signature.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <cjose/cjose.h>

#include "base/library.hpp"

namespace waymark::access::oidc {
namespace {

constexpr std::size_t longest_token = 64u << 10;

struct Cjose {
  Cjose() : library("libcjose.so.0", "libcjose0") {
    library.find(import, "cjose_jws_import");
    library.find(header, "cjose_jws_get_protected");
    library.find(member, "cjose_header_get_raw");
    library.find(text, "cjose_header_get");
    library.find(verify, "cjose_jws_verify");
    library.find(payload, "cjose_jws_get_plaintext");
    library.find(release, "cjose_jws_release");
    library.find(import_key, "cjose_jwk_import");
    library.find(release_key, "cjose_jwk_release");
  }

  Library library;
  decltype(&cjose_jws_import) import = nullptr;
  decltype(&cjose_jws_get_protected) header = nullptr;
  decltype(&cjose_header_get_raw) member = nullptr;
  decltype(&cjose_header_get) text = nullptr;
  decltype(&cjose_jws_verify) verify = nullptr;
  decltype(&cjose_jws_get_plaintext) payload = nullptr;
  decltype(&cjose_jws_release) release = nullptr;
  decltype(&cjose_jwk_import) import_key = nullptr;
  decltype(&cjose_jwk_release) release_key = nullptr;
};

const Cjose& cjose() {
  static const Cjose loaded;
  return loaded;
}

std::string text_of(const char* text) { return text == nullptr ? std::string() : text; }

bool has_member(cjose_header_t* header, const char* name) {
  cjose_err problem{};
  char* found = cjose().member(header, name, &problem);
  const bool has = found != nullptr;
  std::free(found);  // NOLINT: jansson allocates with malloc
  return has;
}

/// The token is read again for each key: cjose does not say what a failed check leaves behind.
SignatureCheck check_with(std::string_view token, const SigningKey& key) {
  const Cjose& lib = cjose();
  cjose_err problem{};
  const std::unique_ptr<cjose_jws_t, decltype(lib.release)> jws(lib.import(token.data(), token.size(), &problem), lib.release);
  const std::unique_ptr<cjose_jwk_t, bool (*)(cjose_jwk_t*)> jwk(lib.import_key(key.json.data(), key.json.size(), &problem), lib.release_key);
  if (!jws || !jwk || !lib.verify(jws.get(), jwk.get(), &problem)) return {};
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!lib.payload(jws.get(), &bytes, &size, &problem)) return {};
  return {SignatureCheck::Answer::right, std::string(reinterpret_cast<const char*>(bytes), size)};
}

}  // namespace

SignatureCheck check_signature(std::string_view token, std::span<const SigningKey> keys) {
  if (token.size() > longest_token) return {};
  const Cjose& lib = cjose();
  cjose_err problem{};
  const std::unique_ptr<cjose_jws_t, decltype(lib.release)> jws(lib.import(token.data(), token.size(), &problem), lib.release);
  if (!jws) return {};
  cjose_header_t* header = lib.header(jws.get());
  const std::string algorithm = text_of(lib.text(header, "alg", &problem));
  const std::string type = algorithm == "RS256" ? "RSA" : algorithm == "ES256" ? "EC" : "";
  if (type.empty() || has_member(header, "crit")) return {};
  const std::string id = text_of(lib.text(header, "kid", &problem));
  bool is_known = false;
  for (const SigningKey& key : keys) {
    if (key.type != type || (!id.empty() && key.id != id)) continue;
    is_known = true;
    if (SignatureCheck check = check_with(token, key); check.answer == SignatureCheck::Answer::right) return check;
  }
  // A provider that names no keys may have changed its only one.
  return {is_known && !id.empty() ? SignatureCheck::Answer::wrong : SignatureCheck::Answer::unknown_key};
}

}  // namespace waymark::access::oidc
