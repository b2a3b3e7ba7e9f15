/// Cells → values: countries and working time as exports write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace waymark::org {

/// Two capital letters from two or three letters or a usual name in English, German or French; none for what is none of these.
[[nodiscard]] std::optional<std::string> country_code(std::string_view text);

/// Per cent from 1 to 100 out of "80", "80%", "80,0 %", "0.8", "0,8", "1", "4/5"; fractions are rounded. A bare 1 is the whole. None for anything else.
[[nodiscard]] std::optional<int> working_time(std::string_view text);

}  // namespace waymark::org
