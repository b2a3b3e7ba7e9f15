/// `waymark lint --explain`.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace waymark::cli {

/// The pages of the rules named; without a name, all rules by family. Fails with not_found and the nearest name.
[[nodiscard]] Outcome explain_rules(Terminal& terminal, const std::vector<std::string>& rules);

}  // namespace waymark::cli
