#include "access/oidc/id_token.hpp"

#include <doctest/doctest.h>

#include <fmt/core.h>

using namespace waymark;
using namespace waymark::access;
using namespace waymark::access::oidc;

namespace {

constexpr std::int64_t now = 1'800'000'000;
const Expected expected{
    .issuer = "https://idp.example", .client_id = "waymark", .nonce = "n-1", .access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"};

/// The claims of a good token with some of them replaced; a replacement of "" takes the claim out.
std::string refused(std::vector<std::pair<std::string, std::string>> replaced = {}, std::int64_t at = now) {
  std::vector<std::pair<std::string, std::string>> claims{
      {"iss", R"("https://idp.example")"}, {"sub", R"("anna")"}, {"aud", R"("waymark")"}, {"exp", std::to_string(now + 300)},
      {"iat", std::to_string(now - 5)},    {"nonce", R"("n-1")"}};
  for (const auto& [replacing, value] : replaced) {
    const std::string& name = replacing;
    std::erase_if(claims, [&](const auto& claim) { return claim.first == name; });
    if (!value.empty()) claims.emplace_back(name, value);
  }
  std::string text;
  for (const auto& [name, value] : claims) text += fmt::format(R"({}"{}":{})", text.empty() ? "" : ",", name, value);
  const auto parsed = JsonObject::parse("{" + text + "}", "the token");
  REQUIRE(parsed.has_value());
  const auto answer = check_id_token(*parsed, expected, Instant{std::chrono::seconds{at}});
  return answer ? "" : answer.error().message.substr(answer.error().message.find(": ") + 2);
}

}  // namespace

TEST_CASE("a good token is accepted") {
  CHECK(refused() == "");
  CHECK(refused({{"aud", R"(["waymark"])"}}) == "");
  CHECK(refused({{"aud", R"(["other","waymark"])"}, {"azp", R"("waymark")"}}) == "");
}

TEST_CASE("issuer, audience and authorised party must be right") {
  CHECK(refused({{"iss", R"("https://idp.example/")"}}) == "it comes from somebody else.");
  CHECK(refused({{"iss", ""}}) == "it comes from somebody else.");
  CHECK(refused({{"sub", ""}}) == "it says of nobody.");
  CHECK(refused({{"sub", R"("")"}}) == "it says of nobody.");
  CHECK(refused({{"sub", "7"}}) == "it says of nobody.");
  CHECK(refused({{"aud", R"("other")"}}) == "it was meant for another program.");
  CHECK(refused({{"aud", ""}}) == "it was meant for another program.");
  CHECK(refused({{"aud", R"(["other","waymark"])"}}) == "it was asked for by another program.");
  CHECK(refused({{"azp", R"("other")"}}) == "it was asked for by another program.");
}

TEST_CASE("times allow a minute of difference between clocks, not more") {
  CHECK(refused({}, now + 300 + 59) == "");
  CHECK(refused({}, now + 300 + 60) == "it is no longer valid.");
  CHECK(refused({{"exp", ""}}) == "it is no longer valid.");
  CHECK(refused({{"exp", R"("tomorrow")"}}) == "it is no longer valid.");
  CHECK(refused({{"iat", std::to_string(now + 60)}}) == "");
  CHECK(refused({{"iat", std::to_string(now + 61)}}) == "it was made in the future; the clocks of the two servers differ.");
  CHECK(refused({{"iat", ""}}) == "it was made in the future; the clocks of the two servers differ.");
  CHECK(refused({{"iat", std::to_string(now - 24 * 3600 - 1)}}) == "it was made too long ago.");
  CHECK(refused({{"nbf", std::to_string(now + 61)}}) == "it is not yet valid.");
  CHECK(refused({{"nbf", std::to_string(now + 30)}}) == "");
}

TEST_CASE("a token of another sign-in is refused") {
  CHECK(refused({{"nonce", R"("n-2")"}}) == "it belongs to another sign-in.");
  CHECK(refused({{"nonce", ""}}) == "it belongs to another sign-in.");
}

TEST_CASE("at_hash is compared where there is one (the example of Core, A.3)") {
  CHECK(refused({{"at_hash", R"("77QmUPtjPfzWtF2AnpK9RQ")"}}) == "");
  CHECK(refused({{"at_hash", R"("77QmUPtjPfzWtF2AnpK9RR")"}}) == "it came with another token than its own.");
}
