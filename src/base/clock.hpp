/// Civil dates and instants, their ISO 8601 text, and the clock that is passed in.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace waymark {

/// A day of the civil calendar, in no time zone. It counts days, so `date + std::chrono::days{1}` is tomorrow, and does not turn into an Instant
/// by accident.
using Date = std::chrono::local_days;

/// A moment, in UTC, to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Years 0000 to 9999 in both directions; what lies outside has no text. REQUIRES a year from 0 to 9999.
[[nodiscard]] std::string to_iso(Date date);        ///< "2026-03-01"
[[nodiscard]] std::string to_iso(Instant instant);  ///< "2026-03-01T09:30:00.250Z"

/// Exactly the form that to_iso gives; nothing for any other text and for a day that does not exist.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
/// `2026-03-01T09:30:00Z`, with one to three digits behind a point at the seconds, or none. No offsets, no leap second.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

/// The date in UTC.
[[nodiscard]] inline Date date_of(Instant instant) { return Date{std::chrono::floor<std::chrono::days>(instant).time_since_epoch()}; }

/// Where the present comes from. now() may be called from any thread. The system's clock can be set, so a later call may give an earlier instant:
/// what must only grow is counted, not timed.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

}  // namespace waymark
