/// Which accounts have a second factor, and whether a code is right. Secrets are sealed with the key ring.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "access/account_id.hpp"
#include "access/current_keys.hpp"
#include "access/second_factor.hpp"
#include "base/error.hpp"
#include "db/database.hpp"

namespace waymark::access {

/// Safe from any thread; all may throw db::DatabaseError. Results fail with not_found (no such account), conflict (none, or one already), bad_input (the
/// code is not right), unavailable (the key that sealed the secret is missing).
class SecondFactors {
 public:
  /// All must outlive it.
  SecondFactors(db::Database& database, const Clock& clock, const CurrentKeys& keys);

  /// A new secret, to be shown once (`totp_secret_text`, `totp_address`). Nothing asks for it until it is confirmed.
  [[nodiscard]] Result<Secret> begin(const AccountId& account);
  /// With a first code from the person's device. Gives the recovery codes, to be shown once.
  [[nodiscard]] Result<std::vector<Secret>> confirm(const AccountId& account, std::string_view code);
  /// Makes those from before useless.
  [[nodiscard]] Result<std::vector<Secret>> new_recovery_codes(const AccountId& account, const Doing& by);
  [[nodiscard]] Result<void> remove(const AccountId& account, const Doing& by);
  [[nodiscard]] int recovery_codes_left(const AccountId& account);

  /// In the caller's transaction: true for the code of the moment or a recovery code, either of which is then used up.
  [[nodiscard]] Result<bool> use_code(db::Writer& writer, const AccountId& account, std::string_view code);

  /// Seals every secret again that is not sealed with the ring's first key. Gives how many.
  static std::int64_t seal_again(db::Writer& writer, const KeyRing& keys);

 private:
  db::Database& m_database;
  const Clock& m_clock;
  const CurrentKeys& m_keys;
};

}  // namespace waymark::access
