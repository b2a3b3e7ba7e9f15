/// The help that teaches: what there is, how it is used, two examples of each.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace waymark::cli {

[[nodiscard]] std::string help_of_all(const Commands& commands, const Terminal& terminal);
[[nodiscard]] std::string help_of(const Description& command, const Terminal& terminal);

}  // namespace waymark::cli
