/// `waymark lint --sentences`: one candidate criterion a line, each judged by itself.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace waymark::cli {

/// Reads `path`, or standard input when it is `-`, line by line in bounded memory, and says of every line that is not empty what it is. `format` is text or
/// json: one object a line, {"line", "text", "verdict": "vague" | "specific" | "tenure" | "not-a-criterion", "severity": "none" | "info" | "warning", "score",
/// "reasons": [text]}. Any bytes are taken; in what is told, invalid UTF-8 is U+FFFD.
[[nodiscard]] Outcome lint_sentences(Terminal& terminal, const std::string& path, const std::string& format);

}  // namespace waymark::cli
