/// What people say of civil dates: in words, and in whole months.
#pragma once

#include <string>

#include "base/clock.hpp"

namespace waymark {

/// "31 March 2026".
[[nodiscard]] std::string in_words(Date date);
/// Whole months from one date to a later one: 31 January to 28 February is none. Negative when `to` is earlier.
[[nodiscard]] int months_between(Date from, Date to);

}  // namespace waymark
