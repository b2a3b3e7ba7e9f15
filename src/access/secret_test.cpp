#include "access/secret.hpp"

#include <doctest/doctest.h>

using namespace waymark::access;

TEST_CASE("tokens are long and different, and only their hash says which they are") {
  const Secret one = new_token();
  CHECK(one.reveal().size() == 52);
  CHECK(one.reveal() != new_token().reveal());
  CHECK(hash_of_token(one.reveal()) == hash_of_token(std::string(one.reveal())));
  CHECK(hash_of_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a secret that was moved away leaves nothing behind") {
  Secret from("short");
  const Secret to = std::move(from);
  CHECK(from.empty());  // NOLINT: what is left is what is tested
  CHECK(to.reveal() == "short");
}

TEST_CASE("comparing looks at every byte") {
  CHECK(equal_in_constant_time("token", "token"));
  CHECK(!equal_in_constant_time("token", "tokem"));
  CHECK(!equal_in_constant_time("token", "toke"));
  CHECK(equal_in_constant_time("", ""));
}

TEST_CASE("base 64 for addresses and percent signs") {
  CHECK(base64url("\xfb\xff") == "-_8");
  CHECK(base64url("") == "");
  CHECK(percent_encoded("a b&c=d/é~") == "a%20b%26c%3Dd%2F%C3%A9~");
}
