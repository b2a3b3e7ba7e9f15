/// Passwords: what is accepted, and how they are kept (argon2id, RFC 9106, by libsodium).
///
/// Length counts, not kinds of characters. A password is normalised (NFKC, Unicode Standard Annex #15) first, so that it can be typed on
/// any keyboard; only the normalised form is hashed and compared. Everything here is pure and safe from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/secret.hpp"
#include "base/error.hpp"

namespace waymark::access {

struct PasswordPolicy {
  std::size_t minimum_characters = 12;  ///< counted after normalisation
  std::size_t maximum_bytes = 1024;     ///< counted as it was typed
  std::size_t remembered = 5;           ///< as many old passwords, with the present one, cannot be chosen again
};

/// How much one hash costs. The default takes 64 MiB and, on a server of today, 100 to 150 ms, so a caller must run `hash_password` and `is_password` on a pool of
/// its own with few threads: four at once hold 256 MiB, and a flood of sign-ins must wait in line instead of taking the machine.
struct HashCost {
  std::uint64_t passes = 2;
  std::size_t memory_bytes = 64u << 20;

  /// For tests, in microseconds. Never for a password that somebody has.
  [[nodiscard]] static HashCost least() { return {1, 8192}; }
};

/// NFKC. bad_input when `typed` is not UTF-8 or longer than the policy allows.
[[nodiscard]] Result<Secret> normalised_password(std::string_view typed, const PasswordPolicy& policy);

/// The normalised password, or bad_input with the reason and the way out. `own_words` are the account's name and e-mail address: when
/// they are taken out, at least eight characters must be left.
[[nodiscard]] Result<Secret> acceptable_password(std::string_view typed, std::span<const std::string> own_words, const PasswordPolicy& policy);

/// The text that libsodium writes: algorithm, cost, salt and hash. Throws std::bad_alloc when the memory is not there.
[[nodiscard]] std::string hash_password(const Secret& normalised, HashCost cost);

/// A broken `hash` is no match.
[[nodiscard]] bool is_password(const Secret& normalised, const std::string& hash);

/// True when `hash` was made at another cost and should be made again, now that the password is at hand.
[[nodiscard]] bool needs_new_hash(const std::string& hash, HashCost cost);

/// Takes as long as `is_password` does, for an account that does not exist or has no password.
void spend_a_check(const Secret& normalised, HashCost cost);

/// For comparing names and addresses: NFKC with case folded. Text that is not UTF-8 comes back as it is.
[[nodiscard]] std::string folded(std::string_view text);
/// For finding names: the same without accents and other marks, and without control characters.
[[nodiscard]] std::string folded_without_marks(std::string_view text);

}  // namespace waymark::access
