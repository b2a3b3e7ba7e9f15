/// SHA-256 (FIPS 180-4), from libsodium.
#pragma once

#include <string>
#include <string_view>

namespace waymark {

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace waymark
