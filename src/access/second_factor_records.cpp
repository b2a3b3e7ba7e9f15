#include "access/second_factor_records.hpp"

namespace waymark::access {
namespace {

TotpRecord totp_record(AccountId account, std::optional<db::Bytes> sealed, bool is_confirmed, std::optional<std::int64_t> step) {
  return {std::move(account), sealed ? std::move(sealed->value) : std::string(), is_confirmed, step};
}

}  // namespace

std::optional<TotpRecord> find_totp(db::Reader& reader, const AccountId& account) {
  return reader.row("SELECT id, totp_secret, totp_confirmed, totp_step FROM account WHERE id = :id AND erased_at IS NULL", {{"id", account}},
                    totp_record);
}

std::vector<TotpRecord> all_totps(db::Reader& reader) {
  return reader.rows("SELECT id, totp_secret, totp_confirmed, totp_step FROM account WHERE totp_secret IS NOT NULL ORDER BY id", {}, totp_record);
}

void write_totp(db::Writer& writer, const TotpRecord& record) {
  writer.run("UPDATE account SET totp_secret = :secret, totp_confirmed = (:confirmed = 1), totp_step = :step WHERE id = :id",
             {{"id", record.account},
              {"secret", record.sealed_secret.empty() ? std::nullopt : std::optional(db::Bytes{record.sealed_secret})},
              {"confirmed", record.is_confirmed ? 1 : 0},
              {"step", record.last_step}});
}

void replace_recovery_codes(db::Writer& writer, const AccountId& account, const std::vector<std::string>& hashes) {
  writer.run("DELETE FROM recovery_code WHERE account = :account", {{"account", account}});
  for (const std::string& hash : hashes) {
    writer.run("INSERT INTO recovery_code (account, hash) VALUES (:account, :hash)", {{"account", account}, {"hash", hash}});
  }
}

bool use_recovery_code(db::Writer& writer, const AccountId& account, std::string_view hash, Instant now) {
  return writer.run("UPDATE recovery_code SET used_at = :now WHERE account = :account AND hash = :hash AND used_at IS NULL",
                    {{"account", account}, {"hash", hash}, {"now", now}}) == 1;
}

std::int64_t count_recovery_codes(db::Reader& reader, const AccountId& account) {
  return reader.value<std::int64_t>("SELECT COUNT(*) FROM recovery_code WHERE account = :account AND used_at IS NULL", {{"account", account}});
}

}  // namespace waymark::access
