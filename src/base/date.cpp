#include "base/date.hpp"

#include <array>
#include <string_view>

#include <fmt/core.h>

namespace waymark {
namespace {

using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> month_names{"January", "February", "March",     "April",   "May",      "June",
                                                       "July",    "August",   "September", "October", "November", "December"};

int month_number(const year_month_day& day) { return static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month())); }

}  // namespace

std::string in_words(Date date) {
  const year_month_day day(date);
  return fmt::format("{} {} {}", static_cast<unsigned>(day.day()), month_names.at(static_cast<unsigned>(day.month()) - 1), static_cast<int>(day.year()));
}

int months_between(Date from, Date to) {
  const year_month_day first(from);
  const year_month_day last(to);
  const int months = month_number(last) - month_number(first);
  if (months > 0 && last.day() < first.day()) return months - 1;
  if (months < 0 && last.day() > first.day()) return months + 1;
  return months;
}

}  // namespace waymark
