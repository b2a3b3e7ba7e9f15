/// Second factors in the store.
#pragma once

#include "access/second_factors.hpp"

namespace waymark::access {

struct TotpRecord {
  AccountId account;
  std::string sealed_secret;  ///< empty when there is none
  bool is_confirmed = false;
  std::optional<std::int64_t> last_step = {};
};

[[nodiscard]] std::optional<TotpRecord> find_totp(db::Reader& reader, const AccountId& account);
[[nodiscard]] std::vector<TotpRecord> all_totps(db::Reader& reader);
void write_totp(db::Writer& writer, const TotpRecord& record);
void replace_recovery_codes(db::Writer& writer, const AccountId& account, const std::vector<std::string>& hashes);
/// False when the account has no such code left.
bool use_recovery_code(db::Writer& writer, const AccountId& account, std::string_view hash, Instant now);
[[nodiscard]] std::int64_t count_recovery_codes(db::Reader& reader, const AccountId& account);

}  // namespace waymark::access
