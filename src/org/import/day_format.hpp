/// How days are written in a table, and which way of writing fits all of them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace waymark::org {

enum class DayFormat {
  iso,         ///< 2021-03-01, also with a time behind it, with / or without anything between
  dots,        ///< 1.3.2021
  month_first, ///< 3/1/2021 or 3-1-2021
  day_first,   ///< 1/3/2021 or 1-3-2021
  named,       ///< 1 March 2021, 01-Mar-2021, March 1, 2021; English, German or French
};

struct DayFormatRow {
  DayFormat format;
  std::string_view name;  ///< as mappings call it: "DD.MM.YYYY"
};
[[nodiscard]] std::span<const DayFormatRow> day_formats();
[[nodiscard]] std::string_view name_of(DayFormat format);
[[nodiscard]] std::optional<DayFormat> day_format_of(std::string_view name);

struct ReadDay {
  std::optional<Date> day = {};
  std::string problem = {};  ///< a sentence where there is no day
};
[[nodiscard]] ReadDay read_day(std::string_view text, DayFormat format);

struct GuessedFormat {
  std::optional<DayFormat> format = {};  ///< none where there are no days
  bool is_ambiguous = false;        ///< every day fits month_first and day_first, and they would be different days
  std::string example = {};         ///< one of those
};
/// The one that fits most of the texts; the first of DayFormat where several fit alike.
[[nodiscard]] GuessedFormat guess_day_format(const std::vector<std::string_view>& texts);

}  // namespace waymark::org
