#include "base/sealing.hpp"

#include <doctest/doctest.h>

#include "base/hash.hpp"

using namespace waymark;

TEST_CASE("the sum of pieces is the sum of the whole") {
  Sha256 sum;
  CHECK(sum.hex() == sha256_hex(""));
  sum.add("way");
  CHECK(sum.hex() == sha256_hex("way"));
  sum.add("mark");
  CHECK(sum.hex() == sha256_hex("waymark"));
}

TEST_CASE("what is sealed opens with its passphrase, whole and in its order, and in no other way") {
  Sealer sealer("a passphrase");
  const std::string first = sealer.seal("first", false);
  const std::string second = sealer.seal("", true);
  CHECK(first.size() == 5 + Sealer::growth);
  CHECK(first.find("first") == std::string::npos);

  Opener opener("a passphrase", sealer.beginning());
  CHECK(opener.open(first) == "first");
  CHECK_FALSE(opener.at_end());
  CHECK(opener.open(second) == "");
  CHECK(opener.at_end());
  CHECK_FALSE(opener.open(second));

  CHECK_FALSE(Opener("another", sealer.beginning()).open(first));
  CHECK_FALSE(Opener("a passphrase", sealer.beginning()).open(second));
  CHECK_FALSE(Opener("a passphrase", sealer.beginning()).open("short"));
  std::string changed = first;
  changed[2] = static_cast<char>(changed[2] ^ 1);
  CHECK_FALSE(Opener("a passphrase", sealer.beginning()).open(changed));
}
