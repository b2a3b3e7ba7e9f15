#include "web/qr_code.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

using namespace waymark::web;

TEST_CASE("a text becomes a square with white around it") {
  const auto code = qr_code_of("otpauth://totp/Waymark:ada?secret=AAAA");
  REQUIRE(code.has_value());
  // Version 3 at level M holds 42 bytes: 29 modules, and four on either side.
  CHECK(code->size == 37);
  // The finder in the upper left corner begins with seven dark modules, and nothing stands nearer to the edge.
  CHECK(code->path.starts_with("M4 4h7v1h-7z"));
  CHECK(code->path.find("M3 ") == std::string::npos);
  CHECK(code->path.find_first_not_of("MhvzZ- 0123456789") == std::string::npos);
  CHECK(qr_code_of("otpauth://totp/Waymark:ada?secret=AAAB")->path != code->path);
}

TEST_CASE("what is too long for a picture has none") {
  CHECK(qr_code_of(std::string(2331, 'x')).has_value());
  CHECK(!qr_code_of(std::string(2332, 'x')).has_value());
  CHECK(!qr_code_of("").has_value());
}
