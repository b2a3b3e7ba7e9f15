/// What departments and teams are called.
#pragma once

#include <cstddef>
#include <string>

namespace waymark::demo {

/// The same number, the same name; no two alike.
[[nodiscard]] std::string department_name(std::size_t number);
[[nodiscard]] std::string division_name(std::size_t number);
/// Of the team with this number within its department.
[[nodiscard]] std::string team_name(const std::string& department, std::size_t number);

}  // namespace waymark::demo
