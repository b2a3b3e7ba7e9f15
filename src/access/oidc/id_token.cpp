#include "access/oidc/id_token.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "access/secret.hpp"
#include "base/hash.hpp"

namespace waymark::access::oidc {
namespace {

tl::unexpected<Error> refuse(std::string_view why) {
  return fail(Error::Kind::bad_input, fmt::format("The provider's word about you was not accepted: {}.", why),
              "Start the sign-in again. If it happens again, tell your administrator.");
}

/// The left half of the token's SHA-256 (Core §3.1.3.6; both allowed algorithms use SHA-256).
std::string half_hash(std::string_view access_token) {
  const std::string hex = sha256_hex(access_token);
  std::string bytes;
  for (std::size_t i = 0; i < hex.size() / 2; i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return base64url(bytes);
}

}  // namespace

Result<void> check_id_token(const JsonObject& claims, const Expected& expected, Instant now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const auto skew = expected.clock_skew.count();
  if (claims.text("iss") != expected.issuer) return refuse("it comes from somebody else");
  const auto subject = claims.text("sub");
  if (!subject || subject->empty() || subject->size() > 255) return refuse("it says of nobody");
  const std::vector<std::string> audience = claims.texts("aud");
  if (std::find(audience.begin(), audience.end(), expected.client_id) == audience.end()) return refuse("it was meant for another program");
  if (claims.has("azp") ? claims.text("azp") != expected.client_id : audience.size() > 1) return refuse("it was asked for by another program");
  const auto expires = claims.number("exp");
  if (!expires || *expires <= seconds - skew) return refuse("it is no longer valid");
  const auto issued = claims.number("iat");
  if (!issued || *issued > seconds + skew) return refuse("it was made in the future; the clocks of the two servers differ");
  if (*issued < seconds - expected.oldest.count()) return refuse("it was made too long ago");
  if (claims.has("nbf") && claims.number("nbf").value_or(seconds + skew + 1) > seconds + skew) return refuse("it is not yet valid");
  const auto nonce = claims.text("nonce");
  if (!nonce || expected.nonce.empty() || !equal_in_constant_time(*nonce, expected.nonce)) return refuse("it belongs to another sign-in");
  if (claims.has("at_hash") && claims.text("at_hash") != half_hash(expected.access_token)) return refuse("it came with another token than its own");
  return {};
}

}  // namespace waymark::access::oidc
