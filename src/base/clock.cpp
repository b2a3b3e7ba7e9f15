#include "base/clock.hpp"

#include <charconv>

#include <fmt/core.h>

namespace waymark {
namespace {

namespace chrono = std::chrono;

/// All of `text` as a number; nothing else than digits.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    value = 10 * value + (c - '0');
  }
  return value;
}

std::optional<int> digits_below(std::string_view text, int limit) {
  const auto value = digits(text);
  return value && *value < limit ? value : std::nullopt;
}

}  // namespace

std::string to_iso(Date date) {
  const chrono::year_month_day day(date);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::string to_iso(Instant instant) {
  const auto day = chrono::floor<chrono::days>(instant);
  const auto in_day = (instant - day).count();
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", to_iso(Date{day.time_since_epoch()}), in_day / 3'600'000, in_day / 60'000 % 60,
                     in_day / 1000 % 60, in_day % 1000);
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return {};
  const chrono::year_month_day date{chrono::year{*year}, chrono::month{static_cast<unsigned>(*month)}, chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return {};
  return Date{date};
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z') return {};
  const auto date = parse_date(text.substr(0, 10));
  const auto hour = digits_below(text.substr(11, 2), 24);
  const auto minute = digits_below(text.substr(14, 2), 60);
  const auto second = digits_below(text.substr(17, 2), 60);
  if (!date || !hour || !minute || !second) return {};
  int millisecond = 0;
  if (text.size() > 20) {
    const std::string_view fraction = text.substr(20, text.size() - 21);
    const auto value = digits(fraction);
    if (text[19] != '.' || fraction.empty() || fraction.size() > 3 || !value) return {};
    millisecond = fraction.size() == 1 ? *value * 100 : fraction.size() == 2 ? *value * 10 : *value;
  }
  return Instant{date->time_since_epoch()} + chrono::hours{*hour} + chrono::minutes{*minute} + chrono::seconds{*second} +
         chrono::milliseconds{millisecond};
}

Instant SystemClock::now() const { return chrono::floor<chrono::milliseconds>(chrono::system_clock::now()); }

}  // namespace waymark
