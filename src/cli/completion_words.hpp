/// What the shells complete, for all of them in one place.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace waymark::cli {

/// `words` are `--` and the command line behind "waymark" up to the cursor; the last one (perhaps empty) is being written. Returns what it could
/// become, sorted; a folder ends in "/". Never fails: where nothing is known, nothing is offered. Knows the words that bash makes of `--format=md`.
[[nodiscard]] std::vector<std::string> completion_words(const Commands& commands, std::vector<std::string> words);

}  // namespace waymark::cli
