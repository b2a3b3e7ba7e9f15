#include "base/random.hpp"

#include <doctest/doctest.h>

#include <set>

#include "base/public_id.hpp"

using namespace waymark;

TEST_CASE("base 32 text is Crockford's") {
  CHECK(base32_text("") == "");
  CHECK(base32_text(std::string(1, '\0')) == "00");
  CHECK(base32_text("\xff") == "zw");
  CHECK(base32_text("hello") == "d1jprv3f");
  CHECK(base32_text(std::string(16, '\xff')) == "zzzzzzzzzzzzzzzzzzzzzzzzzw");
}

TEST_CASE("public ids are long, different and come back from their text") {
  using ThingId = PublicId<struct ThingTag>;
  std::set<ThingId> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(ThingId::make());
  CHECK(seen.size() == 1000);
  CHECK(ThingId::from(seen.begin()->text()) == *seen.begin());
  CHECK(!ThingId::from("7"));
  CHECK(!ThingId::from("../../etc/passwd/abcdefghi"));
  CHECK(!ThingId::from("ABCDEFGHJKMNPQRSTVWXYZ0123"));
}
