/// Reading what must not be seen.
#pragma once

#include "access/secret.hpp"
#include "base/error.hpp"
#include "cli/terminal.hpp"

namespace waymark::cli {

/// From a terminal: asked for twice, without being shown. Else one line of standard input. Fails with wrong_usage when there is none, or when the two differ.
[[nodiscard]] Result<access::Secret> read_new_password(Terminal& terminal);

}  // namespace waymark::cli
