/// Second factor: time-based codes (TOTP, RFC 6238: SHA-1, six digits, 30 s) and recovery codes. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/secret.hpp"
#include "base/clock.hpp"

namespace waymark::access {

/// 160 random bits (RFC 4226 §4).
[[nodiscard]] Secret new_totp_secret();

/// RFC 4648 base 32, in groups of four, to be typed where no picture can be read.
[[nodiscard]] std::string totp_secret_text(const Secret& secret);

/// `otpauth://totp/…` as authenticator programs read it (Key URI Format). `issuer` is the name of this installation.
[[nodiscard]] Secret totp_address(const Secret& secret, std::string_view issuer, std::string_view account_name);

/// The step that `code` belongs to, when it is right now or one step earlier or later and belongs to a later step than `last_used`. The
/// caller keeps the answer as the next `last_used`, in the same transaction, so that a code works once.
[[nodiscard]] std::optional<std::int64_t> accepted_step(const Secret& secret, std::string_view code, Instant now,
                                                        std::optional<std::int64_t> last_used);

/// Ten codes of 80 random bits, `xxxx-xxxx-xxxx-xxxx`, each for one use.
[[nodiscard]] std::vector<Secret> new_recovery_codes();

/// What is stored. Blanks, hyphens and case do not matter; o is 0, i and l are 1.
[[nodiscard]] std::string hash_of_recovery_code(std::string_view typed);

}  // namespace waymark::access
