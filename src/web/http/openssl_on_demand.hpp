/// OpenSSL without linking it: its functions are forwarded to the library, which is loaded when the first of them is called.
#pragma once

namespace waymark::web::http {

/// Whether the library is there. Without it, a call of any of its functions ends the program.
[[nodiscard]] bool has_openssl();

}  // namespace waymark::web::http
