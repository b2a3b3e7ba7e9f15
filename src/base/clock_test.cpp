#include "base/clock.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/fake_clock_test.hpp"

using namespace waymark;
using namespace std::chrono_literals;

TEST_CASE("a date is read back from its own text") {
  CHECK(to_iso(parse_date("2024-02-29").value()) == "2024-02-29");
  CHECK(to_iso(parse_date("0001-01-01").value()) == "0001-01-01");
  CHECK(parse_date("2024-02-28").value() + std::chrono::days{1} == parse_date("2024-02-29").value());
  rc::check([](int days) {
    const Date date{std::chrono::days{days % 700'000}};
    RC_ASSERT(parse_date(to_iso(date)) == date);
  });
}

TEST_CASE("what is not a day of the calendar is not a date") {
  for (const char* text : {"", "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "24-01-01", "2024-01-01 ", "2024/01/01", "20240101",
                           "+024-01-01", "2024-01-32", "2024-01-0a"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("an instant is read back to the millisecond") {
  CHECK(to_iso(parse_instant("2026-03-01T09:30:00.25Z").value()) == "2026-03-01T09:30:00.250Z");
  CHECK(to_iso(parse_instant("1969-12-31T23:59:59.999Z").value()) == "1969-12-31T23:59:59.999Z");
  CHECK(parse_instant("1970-01-01T00:00:01Z").value().time_since_epoch() == 1000ms);
  rc::check([](std::int64_t milliseconds) {
    const Instant instant{std::chrono::milliseconds{milliseconds % 60'000'000'000'000}};
    RC_ASSERT(parse_instant(to_iso(instant)) == instant);
  });
}

TEST_CASE("an instant in another form is refused, not guessed") {
  for (const char* text : {"", "2026-03-01", "2026-03-01T09:30:00", "2026-03-01T09:30:00+01:00", "2026-03-01T24:00:00Z", "2026-03-01T09:60:00Z",
                           "2026-03-01T09:30:60Z", "2026-03-01T09:30:00.Z", "2026-03-01T09:30:00.1234Z", "2026-03-01T09:30:00,1Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_instant(text));
  }
}

TEST_CASE("the date of an instant is the day in UTC") {
  CHECK(to_iso(date_of(parse_instant("2026-03-01T23:59:59.999Z").value())) == "2026-03-01");
  CHECK(to_iso(date_of(parse_instant("1969-12-31T00:00:00Z").value())) == "1969-12-31");
}

TEST_CASE("a clock for tests moves only when told") {
  FakeClock clock("2026-03-02T09:00:00Z");
  CHECK(to_iso(clock.now()) == "2026-03-02T09:00:00.000Z");
  clock.advance(90min);
  CHECK(to_iso(clock.now()) == "2026-03-02T10:30:00.000Z");
  CHECK(SystemClock().now() > parse_instant("2024-01-01T00:00:00Z").value());
}
