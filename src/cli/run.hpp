/// The command line: one file a sub-command, put together here. The composition root of the program.
#pragma once

namespace waymark::cli {

/// Exit codes: 0 done; 1 a problem in the documents, something not found, or the machine would not; 2 wrong usage.
[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace waymark::cli
