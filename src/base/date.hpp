/// Civil dates: a day in a calendar, without a clock or a time zone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace waymark {

using Date = std::chrono::year_month_day;

/// `2026-03-31`, nothing else; absent when there is no such day or the year is not 1 to 9999.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
/// "31 March 2026". REQUIRES date.ok().
[[nodiscard]] std::string in_words(const Date& date);
/// Whole months from one date to a later one: 31 January to 28 February is none. Negative when `to` is earlier. REQUIRES both ok.
[[nodiscard]] int months_between(const Date& from, const Date& to);

}  // namespace waymark
