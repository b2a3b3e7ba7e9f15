/// Inside the room: the truths of a history, and who stands for each kind of person.
#pragma once

#include <vector>

#include "demo/demo.hpp"
#include "demo/history.hpp"

namespace waymark::demo {

[[nodiscard]] std::string email_of(const Somebody& somebody);
/// Those that there is no room for are added to the plan's list.
[[nodiscard]] std::vector<Truth> truths_of(History& history);
[[nodiscard]] std::vector<Stand> stands_of(const History& history);

}  // namespace waymark::demo
