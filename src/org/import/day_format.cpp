#include "org/import/day_format.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "org/import/field.hpp"

namespace waymark::org {
namespace {

constexpr std::array<DayFormatRow, 5> rows{{
    {DayFormat::iso, "YYYY-MM-DD"},
    {DayFormat::dots, "DD.MM.YYYY"},
    {DayFormat::month_first, "MM/DD/YYYY"},
    {DayFormat::day_first, "DD/MM/YYYY"},
    {DayFormat::named, "D MONTH YYYY"},
}};

struct Month {
  std::string_view begins;  ///< of header_key
  int number;
};
// The beginning tells them apart in all three languages; "juin" and "juillet" stand before "ju…" would be asked.
constexpr std::array months{Month{"jan", 1}, Month{"feb", 2},  Month{"fev", 2},   Month{"mar", 3},  Month{"mrz", 3},  Month{"apr", 4}, Month{"avr", 4}, Month{"may", 5},
                            Month{"mai", 5}, Month{"juin", 6}, Month{"juil", 7},  Month{"jun", 6},  Month{"jul", 7},  Month{"aug", 8}, Month{"aou", 8}, Month{"sep", 9},
                            Month{"oct", 10}, Month{"okt", 10}, Month{"nov", 11}, Month{"dec", 12}, Month{"dez", 12}};
constexpr std::array<std::string_view, 13> month_names{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};

struct Part {
  std::string_view text;
  bool is_number;
};

/// Runs of digits and runs of letters; what stands between is in `between`.
std::vector<Part> parts_of(std::string_view text, std::string& between) {
  std::vector<Part> parts;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0; };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (is_digit(text[at])) {
      while (at < text.size() && is_digit(text[at])) ++at;
      parts.push_back({text.substr(begin, at - begin), true});
    } else if (is_letter(text[at])) {
      while (at < text.size() && is_letter(text[at])) ++at;
      parts.push_back({text.substr(begin, at - begin), false});
    } else {
      between += text[at++];
    }
  }
  return parts;
}

std::optional<int> number_of(std::string_view text) {
  const auto number = text.size() <= 4 ? whole_number(text) : std::nullopt;
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

ReadDay no_day(std::string_view text, DayFormat format) {
  return {std::nullopt, fmt::format("“{}” is no day as {} has it.", text.substr(0, 40), name_of(format))};
}

ReadDay day_from(int year, int month, int day, std::string_view text, DayFormat format) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return no_day(text, format);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) {
    if (month == 2 && day == 29) return {std::nullopt, fmt::format("There is no 29 February {}: {} is no leap year.", year, year)};
    return {std::nullopt, fmt::format("{} has no day {}.", month_names[static_cast<std::size_t>(month)], day)};
  }
  return {Date{date}, {}};
}

std::optional<int> month_of(std::string_view word) {
  const std::string key = header_key(word);
  if (key.size() < 3) return std::nullopt;
  const auto found = std::find_if(months.begin(), months.end(), [&](const Month& month) { return key.starts_with(month.begins); });
  return found == months.end() ? std::nullopt : std::optional(found->number);
}

/// What stands behind the day in exports of days with a time: " 00:00:00", "T00:00:00.000Z".
std::string_view without_time(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 3) return text;
  const std::size_t end = text.find_last_of(" Tt", colon);
  return end == std::string_view::npos ? text : trim(text.substr(0, end));
}

ReadDay read_named(std::string_view text) {
  std::string between;
  std::vector<Part> parts = parts_of(text, between);
  // "1st March", "1er mars", "Mon, 1 March", "1 de março"
  std::erase_if(parts, [](const Part& part) { return !part.is_number && !month_of(part.text); });
  if (parts.size() != 3) return no_day(text, DayFormat::named);
  const std::size_t month_at = static_cast<std::size_t>(std::find_if(parts.begin(), parts.end(), [](const Part& part) { return !part.is_number; }) - parts.begin());
  if (month_at > 1) return no_day(text, DayFormat::named);
  const auto day = number_of(parts[1 - month_at].text);
  const auto year = number_of(parts[2].text);
  if (!parts[1 - month_at].is_number || !parts[2].is_number || !day || !year || parts[2].text.size() != 4) return no_day(text, DayFormat::named);
  return day_from(*year, *month_of(parts[month_at].text), *day, text, DayFormat::named);
}

}  // namespace

std::span<const DayFormatRow> day_formats() { return rows; }
std::string_view name_of(DayFormat format) { return rows[static_cast<std::size_t>(format)].name; }

std::optional<DayFormat> day_format_of(std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const DayFormatRow& row) { return to_lower_ascii(row.name) == to_lower_ascii(name); });
  return found == rows.end() ? std::nullopt : std::optional(found->format);
}

ReadDay read_day(std::string_view typed, DayFormat format) {
  const std::string_view text = without_time(trim(typed));
  if (format == DayFormat::named) return read_named(text);
  std::string between;
  const std::vector<Part> parts = parts_of(text, between);
  if (format == DayFormat::iso && between.empty() && parts.size() == 1 && text.size() == 8 && parts[0].is_number) {
    return day_from(*number_of(text.substr(0, 4)), *number_of(text.substr(4, 2)), *number_of(text.substr(6, 2)), typed, format);
  }
  const bool fits_marks = format == DayFormat::dots ? between == ".." : between == "--" || between == "//";
  if (!fits_marks || parts.size() != 3 || !std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.is_number; })) return no_day(typed, format);
  std::array<int, 3> numbers{};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto number = number_of(parts[i].text);
    if (!number) return no_day(typed, format);
    numbers[i] = *number;
  }
  const std::size_t year_at = format == DayFormat::iso ? 0 : 2;
  if (parts[year_at].text.size() == 2 && format != DayFormat::iso) {
    return {std::nullopt, fmt::format("“{}” has a year of two digits, which could be of two centuries.", typed.substr(0, 40))};
  }
  if (parts[year_at].text.size() != 4) return no_day(typed, format);
  switch (format) {
    case DayFormat::iso: return day_from(numbers[0], numbers[1], numbers[2], typed, format);
    case DayFormat::month_first: return day_from(numbers[2], numbers[0], numbers[1], typed, format);
    default: return day_from(numbers[2], numbers[1], numbers[0], typed, format);
  }
}

GuessedFormat guess_day_format(const std::vector<std::string_view>& texts) {
  std::array<std::size_t, rows.size()> fits{};
  std::string differs;
  for (const std::string_view text : texts) {
    std::array<std::optional<Date>, rows.size()> days;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      days[i] = read_day(text, rows[i].format).day;
      if (days[i]) ++fits[i];
    }
    const auto& month_first = days[static_cast<std::size_t>(DayFormat::month_first)];
    const auto& day_first = days[static_cast<std::size_t>(DayFormat::day_first)];
    if (differs.empty() && month_first && day_first && month_first != day_first) differs = text;
  }
  const auto best = std::max_element(fits.begin(), fits.end());
  if (texts.empty() || *best == 0) return {};
  GuessedFormat guessed{rows[static_cast<std::size_t>(best - fits.begin())].format};
  const std::size_t as_month_first = fits[static_cast<std::size_t>(DayFormat::month_first)];
  guessed.is_ambiguous = *best == as_month_first && as_month_first == fits[static_cast<std::size_t>(DayFormat::day_first)] && !differs.empty();
  if (guessed.is_ambiguous) guessed.example = differs;
  return guessed;
}

}  // namespace waymark::org
