/// Slowing down whoever guesses passwords, without locking the owner out for good.
///
/// Failures are counted in the store, so that all nodes count together, by three keys: this account from this address, this account from
/// anywhere, anything from this address. Each key has some failures free; every further one doubles the wait, up to a limit. Attempts during
/// a wait are refused without being looked at and do not make it longer. An address from which the account has signed in before is not
/// slowed down by what others do to the account: the owner gets in while somebody else is guessing.
///
/// An attempt is counted as a failure before the password is looked at and taken back when it was right, so that many attempts at the same
/// moment are counted, too.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "db/reader.hpp"

namespace waymark::access {

struct ThrottleRule {
  int free_failures;
  std::chrono::milliseconds longest_wait;
  std::chrono::milliseconds first_wait{1'000};
  std::chrono::hours forgotten_after{24};  ///< without another failure
};

struct ThrottleRules {
  ThrottleRule account_from_address{5, std::chrono::minutes{15}};
  ThrottleRule account_from_anywhere{20, std::chrono::seconds{30}};
  ThrottleRule address{50, std::chrono::minutes{1}};
  std::chrono::hours address_known_for{24 * 90};
};

struct Failures {
  int count = 0;
  Instant last{};
};

/// How long to wait from `now` on; zero when an attempt is free. A clock that was set back never makes it longer than the rule's wait.
[[nodiscard]] std::chrono::milliseconds wait_of(const ThrottleRule& rule, const Failures& failures, Instant now);

/// What one attempt is counted under. Nothing in it can be read back to an address or a name.
struct AttemptKeys {
  std::string account_from_address;
  std::string account_from_anywhere;
  std::string address;
};

/// `account` is whatever was typed; `address` is an IP address, of which IPv6 counts by its first 64 bits. Text that is no address is a key as it is.
[[nodiscard]] AttemptKeys attempt_keys(std::string_view account, std::string_view address);

/// Counts an attempt, or says how long to wait.
[[nodiscard]] std::optional<std::chrono::milliseconds> begin_attempt(db::Writer& writer, const AttemptKeys& keys, const ThrottleRules& rules,
                                                                     Instant now);

/// Takes the attempt back and remembers the address for the account.
void attempt_succeeded(db::Writer& writer, const AttemptKeys& keys, Instant now);

/// Deletes what no longer counts. Gives the number of records deleted.
std::int64_t forget_old_attempts(db::Writer& writer, const ThrottleRules& rules, Instant now);

}  // namespace waymark::access
