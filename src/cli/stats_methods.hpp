/// The methods of `waymark stats`. Each is made in the file of its name.
#pragma once

#include "cli/stats_command.hpp"

namespace waymark::cli {

[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_adjust();

}  // namespace waymark::cli
