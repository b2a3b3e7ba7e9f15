/// The language server on two streams.
#pragma once

namespace waymark::editor {

/// Reads messages from one file descriptor and writes to the other until the client ends the session, goes away, or its process does. Returns the exit code
/// of the program: 0 when the session was ended in order, else 1. SIGPIPE must be ignored.
[[nodiscard]] int serve(int in, int out);

}  // namespace waymark::editor
