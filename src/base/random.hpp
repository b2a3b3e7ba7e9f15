/// Randomness for secrets and ids, from libsodium (the operating system's generator). Safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace waymark {

[[nodiscard]] std::string random_bytes(std::size_t count);

/// Crockford's base 32 (0–9, a–z without i, l, o, u), lower case, five bits a digit from the first byte on, the last digit filled with
/// zero bits: 16 bytes are 26 digits, 32 bytes are 52.
[[nodiscard]] std::string base32_text(std::string_view bytes);

/// `random_bytes(count)` as `base32_text`.
[[nodiscard]] std::string random_text(std::size_t count);

}  // namespace waymark
