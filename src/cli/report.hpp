/// How trouble is told on standard error.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace waymark::cli {

/// "waymark: message", and the way out on an indented line.
[[nodiscard]] std::string told(const Error& error, bool colour);
/// `file:line:column: error: message [rule]`, the lines given, and the way out on an indented line.
[[nodiscard]] std::string told(const Finding& finding, bool colour, std::string_view lines = {});
/// Findings, then the error.
void report(const Trouble& trouble, Terminal& terminal);

/// 2 for wrong usage, else 1.
[[nodiscard]] int exit_code(const Trouble& trouble);

}  // namespace waymark::cli
