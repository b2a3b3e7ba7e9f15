#include "access/password.hpp"

#include <doctest/doctest.h>

using namespace waymark;
using namespace waymark::access;

namespace {

const PasswordPolicy policy;
const std::vector<std::string> anna{"Anna Berg", "anna.berg@example.org"};

std::string refused(std::string_view typed, const std::vector<std::string>& own = anna) {
  const auto answer = acceptable_password(typed, own, policy);
  return answer ? std::string() : answer.error().message;
}

}  // namespace

TEST_CASE("length counts, kinds of characters do not") {
  CHECK(refused("all lower case words") == "");
  CHECK(refused("aaaaaaaaaaaa") == "");
  CHECK(refused("Tr0ub4dor&3") == "The password has 11 characters; it needs 12 or more.");
  CHECK(refused("") == "The password has 0 characters; it needs 12 or more.");
  CHECK(refused("пароль и ещё") == "");  // 12 characters, more bytes
  CHECK(refused(std::string(1024, 'x')) == "");
  CHECK(refused(std::string(1025, 'x')) == "The password is longer than 1024 bytes.");
  CHECK(refused("not utf-8 \xff\xfe at all") == "The password is not UTF-8 text.");
}

TEST_CASE("one's own name and address do not count") {
  CHECK(refused("anna.berg@example.org") == "The password is little more than your name or e-mail address.");
  CHECK(refused("AnnaBergAnnaBerg1") != "");
  CHECK(refused("ANNA.BERG.1979") != "");
  CHECK(refused("anna walks slowly home") == "");
  CHECK(refused("anna.berg@example.org", {"Bo Ek"}) == "");
}

TEST_CASE("what is typed on another keyboard is the same password") {
  const auto composed = normalised_password("caf\u00e9 \ufb01ne coffee", policy);
  const auto decomposed = normalised_password("cafe\u0301 fine coffee", policy);
  REQUIRE(composed.has_value());
  REQUIRE(decomposed.has_value());
  CHECK(composed->reveal() == decomposed->reveal());
  CHECK(folded("Ｊürgen") == folded("jürgen"));
}

TEST_CASE("a hash knows its password and no other") {
  const HashCost cost = HashCost::least();
  const std::string hash = hash_password(Secret("correct horse battery"), cost);
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(is_password(Secret("correct horse battery"), hash));
  CHECK(!is_password(Secret("correct horse battery "), hash));
  CHECK(hash != hash_password(Secret("correct horse battery"), cost));
  CHECK(!is_password(Secret("x"), ""));
  CHECK(!is_password(Secret("x"), "$argon2id$nonsense"));
  CHECK(!is_password(Secret("x"), std::string(500, 'a')));
}

TEST_CASE("a hash made at another cost is made again") {
  const std::string hash = hash_password(Secret("correct horse battery"), HashCost::least());
  CHECK(!needs_new_hash(hash, HashCost::least()));
  CHECK(needs_new_hash(hash, {2, 8192}));
  CHECK(needs_new_hash(hash, {1, 16384}));
  CHECK(needs_new_hash("$2b$12$somebodyelse", HashCost::least()));
}
