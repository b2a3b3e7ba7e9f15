#include "access/second_factor.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace waymark;
using namespace waymark::access;

namespace {

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

// RFC 6238, appendix B, SHA-1; its eight digits cut to the last six.
const Secret rfc_secret("12345678901234567890");

}  // namespace

TEST_CASE("the codes of RFC 6238 are taken") {
  CHECK(accepted_step(rfc_secret, "287082", at(59), {}) == 1);
  CHECK(accepted_step(rfc_secret, "081804", at(1111111109), {}) == 1111111109 / 30);
  CHECK(accepted_step(rfc_secret, "050471", at(1111111111), {}) == 1111111111 / 30);
  CHECK(accepted_step(rfc_secret, "353130", at(20000000000), {}) == 20000000000 / 30);
}

TEST_CASE("a clock may be half a minute wrong, not more") {
  CHECK(accepted_step(rfc_secret, "081 804", at(1111111109 + 30), {}) == 1111111109 / 30);
  CHECK(accepted_step(rfc_secret, "081804", at(1111111109 - 30), {}) == 1111111109 / 30);
  CHECK(!accepted_step(rfc_secret, "081804", at(1111111109 + 91), {}));
  CHECK(!accepted_step(rfc_secret, "081804", at(1111111109 - 91), {}));
}

TEST_CASE("a code works once, and none before it works afterwards") {
  const auto used = accepted_step(rfc_secret, "081804", at(1111111109), {});
  REQUIRE(used);
  CHECK(!accepted_step(rfc_secret, "081804", at(1111111109), used));
  CHECK(!accepted_step(rfc_secret, "081804", at(1111111109), *used + 1));
  CHECK(accepted_step(rfc_secret, "050471", at(1111111111), used) == *used + 1);
}

TEST_CASE("what is not six digits is no code") {
  for (const char* wrong : {"", "81804", "0081804", "08180a", "-81804", "08180٤", "99999999999999999999"}) {
    CAPTURE(wrong);
    CHECK(!accepted_step(rfc_secret, wrong, at(1111111109), {}));
  }
}

TEST_CASE("a secret is told as programs and people read it") {
  CHECK(totp_secret_text(rfc_secret) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
  CHECK(totp_address(rfc_secret, "Way mark", "anna@example.org").reveal() ==
        "otpauth://totp/Way%20mark:anna%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Way%20mark&algorithm=SHA1&digits=6&period=30");
  CHECK(new_totp_secret().reveal().size() == 20);
}

TEST_CASE("recovery codes are read however they are typed") {
  std::set<std::string> hashes;
  for (const Secret& code : new_recovery_codes()) {
    CHECK(code.reveal().size() == 19);
    hashes.insert(hash_of_recovery_code(code.reveal()));
  }
  CHECK(hashes.size() == 10);
  CHECK(hash_of_recovery_code("01ab-cdef-ghjk-mnpq") == hash_of_recovery_code(" OIAB cdef GHJKmnpq "));
  CHECK(hash_of_recovery_code("01ab-cdef-ghjk-mnpq") != hash_of_recovery_code("01ab-cdef-ghjk-mnpr"));
}
