#include "base/date.hpp"

#include <doctest/doctest.h>

using namespace waymark;

TEST_CASE("a date is a day that exists, written one way, and can be said in words") {
  CHECK(in_words(parse_date("2026-03-31").value()) == "31 March 2026");
  CHECK(parse_date("2024-02-29").has_value());
  for (const char* const wrong :
       {"2026-02-29", "2026-13-01", "2026-00-10", "26-03-31", "31.03.2026", "2026-3-31", "2026-03-31 ", "", "+026-03-31"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_date(wrong).has_value());
  }
}

TEST_CASE("months are whole months") {
  const auto between = [](const char* from, const char* to) { return months_between(parse_date(from).value(), parse_date(to).value()); };
  CHECK(between("2025-01-31", "2025-02-28") == 0);
  CHECK(between("2025-01-15", "2026-01-15") == 12);
  CHECK(between("2025-01-15", "2026-01-14") == 11);
  CHECK(between("2026-01-14", "2025-01-15") == -11);
  CHECK(between("2025-05-05", "2025-05-05") == 0);
}
