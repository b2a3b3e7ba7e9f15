#include "access/second_factors.hpp"

#include "access/audited_write.hpp"
#include "access/second_factor_records.hpp"

namespace waymark::access {
namespace {

std::string context_of(const AccountId& account) { return "totp/" + account.text(); }

tl::unexpected<Error> no_account() { return fail(Error::Kind::not_found, "There is no such account.", "Look it up in the list of accounts."); }

tl::unexpected<Error> none_there() { return fail(Error::Kind::conflict, "The account has no second factor.", "Set one up first."); }

std::vector<std::string> hashes_of(const std::vector<Secret>& codes) {
  std::vector<std::string> hashes;
  for (const Secret& code : codes) hashes.push_back(hash_of_recovery_code(code.reveal()));
  return hashes;
}

}  // namespace

SecondFactors::SecondFactors(db::Database& database, const Clock& clock, const CurrentKeys& keys) : m_database(database), m_clock(clock), m_keys(keys) {}

Result<Secret> SecondFactors::begin(const AccountId& account) {
  const Secret secret = new_totp_secret();
  const std::string sealed = m_keys.seal(secret, context_of(account));
  return audited_write(m_database, [&](db::Writer& writer) -> Result<Secret> {
    const auto record = find_totp(writer, account);
    if (!record) return no_account();
    if (record->is_confirmed) return fail(Error::Kind::conflict, "The account has a second factor already.", "Remove it first, with a code from it.");
    write_totp(writer, {account, sealed, false, {}});
    return secret;
  });
}

Result<std::vector<Secret>> SecondFactors::confirm(const AccountId& account, std::string_view code) {
  const std::vector<Secret> codes = access::new_recovery_codes();
  return audited_write(m_database, [&](db::Writer& writer) -> Result<std::vector<Secret>> {
    const auto record = find_totp(writer, account);
    if (!record) return no_account();
    if (record->sealed_secret.empty() || record->is_confirmed) return none_there();
    const auto secret = m_keys.open(record->sealed_secret, context_of(account));
    if (!secret) return tl::unexpected<Error>(secret.error());
    const auto step = accepted_step(*secret, code, m_clock.now(), {});
    if (!step)
      return fail(Error::Kind::bad_input, "This code is not right.",
                  "Type the code that is shown now; if it is refused again, check the clock of the device.", "code");
    write_totp(writer, {account, record->sealed_secret, true, step});
    replace_recovery_codes(writer, account, hashes_of(codes));
    append_audit(writer, {.doing = Doing::of(account), .action = "second_factor_set", .subject = AuditPerson::of(account)}, m_clock.now());
    return codes;
  });
}

Result<std::vector<Secret>> SecondFactors::new_recovery_codes(const AccountId& account, const Doing& by) {
  const std::vector<Secret> codes = access::new_recovery_codes();
  return audited_write(m_database, [&](db::Writer& writer) -> Result<std::vector<Secret>> {
    const auto record = find_totp(writer, account);
    if (!record) return no_account();
    if (!record->is_confirmed) return none_there();
    replace_recovery_codes(writer, account, hashes_of(codes));
    append_audit(writer, {.doing = by, .action = "recovery_codes_made", .subject = AuditPerson::of(account)}, m_clock.now());
    return codes;
  });
}

Result<void> SecondFactors::remove(const AccountId& account, const Doing& by) {
  return audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    const auto record = find_totp(writer, account);
    if (!record) return no_account();
    if (record->sealed_secret.empty()) return none_there();
    write_totp(writer, {account, "", false, {}});
    replace_recovery_codes(writer, account, {});
    append_audit(writer, {.doing = by, .action = "second_factor_removed", .subject = AuditPerson::of(account)}, m_clock.now());
    return {};
  });
}

int SecondFactors::recovery_codes_left(const AccountId& account) {
  return static_cast<int>(m_database.read_once([&](db::Reader& reader) { return count_recovery_codes(reader, account); }));
}

Result<bool> SecondFactors::use_code(db::Writer& writer, const AccountId& account, std::string_view code) {
  auto record = find_totp(writer, account);
  if (!record || !record->is_confirmed) return none_there();
  const auto secret = m_keys.open(record->sealed_secret, context_of(account));
  // A lost key must not lock out those who kept their recovery codes.
  if (secret) {
    if (const auto step = accepted_step(*secret, code, m_clock.now(), record->last_step)) {
      record->last_step = step;
      write_totp(writer, *record);
      return true;
    }
  }
  if (use_recovery_code(writer, account, hash_of_recovery_code(code), m_clock.now())) {
    append_audit(writer, {.doing = Doing::of(account), .action = "recovery_code_used", .subject = AuditPerson::of(account)}, m_clock.now());
    return true;
  }
  if (!secret) return tl::unexpected<Error>(secret.error());
  return false;
}

std::int64_t SecondFactors::seal_again(db::Writer& writer, const KeyRing& keys) {
  std::int64_t count = 0;
  for (TotpRecord& record : all_totps(writer)) {
    if (!keys.is_out_of_date(record.sealed_secret)) continue;
    const auto secret = keys.open(record.sealed_secret, context_of(record.account));
    if (!secret) throw std::runtime_error(secret.error().message);
    record.sealed_secret = keys.seal(*secret, context_of(record.account));
    write_totp(writer, record);
    ++count;
  }
  return count;
}

}  // namespace waymark::access
