// Changing passwords. Hashing takes its time, so it happens between a read and a write; the write looks again at what the read saw.
#include "access/account.hpp"
#include "access/account_records.hpp"
#include "access/audit.hpp"
#include "access/audited_write.hpp"
#include "access/session_records.hpp"

namespace waymark::access {
namespace {

tl::unexpected<Error> no_account() { return fail(Error::Kind::not_found, "There is no such account.", "Look it up in the list of accounts."); }

tl::unexpected<Error> changed_meanwhile() {
  return fail(Error::Kind::conflict, "The password was changed by somebody else at the same moment.", "Try again with the new one.");
}

}  // namespace

Result<void> Accounts::set_password(const AccountId& id, std::string_view typed, const Doing& by, const std::optional<std::string>& keep_session,
                                    const Before& before) {
  struct Present {
    std::optional<SignInRecord> record;
    std::vector<std::string> old;
  };
  const Present present = m_database.read([&](db::Reader& reader) {
    return Present{find_for_sign_in(reader, id), old_passwords(reader, id, m_rules.passwords.remembered)};
  });
  if (!present.record) return no_account();
  const std::vector<std::string> own{present.record->name, present.record->email.value_or("")};
  const auto normalised = acceptable_password(typed, own, m_rules.passwords);
  if (!normalised) return tl::unexpected<Error>(normalised.error());
  std::vector<std::string> used = present.old;
  if (present.record->password_hash) used.push_back(*present.record->password_hash);
  for (const std::string& hash : used) {
    if (is_password(*normalised, hash)) return fail(Error::Kind::bad_input, "You have used this password before.", "Choose one that is new here.", "password");
  }
  const std::string hash = hash_password(*normalised, m_rules.cost);
  return audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    const Instant now = m_clock.now();
    if (before) {
      if (const auto ready = before(writer); !ready) return ready;
    }
    const auto record = find_for_sign_in(writer, id);
    if (!record) return no_account();
    if (record->password_hash != present.record->password_hash) return changed_meanwhile();
    if (record->password_hash) remember_password(writer, id, *record->password_hash, now, m_rules.passwords.remembered);
    write_password(writer, id, hash);
    delete_sessions(writer, id, keep_session);
    mark_for_rotation(writer, id);
    append_audit(writer, {.doing = by, .action = "password_set", .subject = AuditPerson::of(id)}, now);
    return {};
  });
}

Result<void> Accounts::change_password(const AccountId& id, std::string_view present, std::string_view typed,
                                       const std::optional<std::string>& keep_session) {
  const auto record = m_database.read_once([&](db::Reader& reader) { return find_for_sign_in(reader, id); });
  if (!record) return no_account();
  const auto normalised = normalised_password(present, m_rules.passwords);
  if (!normalised || !record->password_hash || !is_password(*normalised, *record->password_hash)) {
    return fail(Error::Kind::bad_input, "The present password is not right.", "Type it again, or ask for a link to set a new one.", "present");
  }
  return set_password(id, typed, Doing::of(id), keep_session);
}

Result<void> Accounts::remove_password(const AccountId& id, const Doing& by) {
  return audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    const auto account = find_account(writer, id);
    if (!account) return no_account();
    if (!account->oidc_subject) {
      return fail(Error::Kind::conflict, "Without the password nobody could sign in to this account.",
                  "Lock the account, or let it be linked to the identity provider first.");
    }
    write_password(writer, id, {});
    delete_sessions(writer, id, {});
    append_audit(writer, {.doing = by, .action = "password_removed", .subject = AuditPerson::of(id)}, m_clock.now());
    return {};
  });
}

}  // namespace waymark::access
