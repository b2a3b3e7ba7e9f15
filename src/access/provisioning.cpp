#include "access/provisioning.hpp"

#include "access/account_checks.hpp"
#include "access/account_records.hpp"
#include "access/audit.hpp"
#include "access/session_records.hpp"

namespace waymark::access {
namespace {

/// Somebody's account by another key than their record, when it is nobody else's.
std::optional<AccountId> unclaimed(db::Reader& reader, const std::optional<AccountId>& found) {
  if (!found) return std::nullopt;
  const auto account = find_account(reader, *found);
  return account && !account->person ? found : std::nullopt;
}

std::optional<AccountId> account_of(db::Reader& reader, const NewAccount& details) {
  if (auto own = find_by_person(reader, *details.person)) return own;
  if (details.external_id) {
    if (auto found = unclaimed(reader, find_by_external_id(reader, *details.external_id))) return found;
  }
  const auto key = details.email ? email_key(*details.email) : std::nullopt;
  return key ? unclaimed(reader, find_by_email_key(reader, *key)) : std::nullopt;
}

}  // namespace

Result<void> provision_account(db::Writer& writer, const ProvisionedAccount& wanted, const std::string& why, Instant now) {
  const Doing by{Doing::By::system, {}};
  const auto audited = [&](const AccountId& id, std::string action) {
    append_audit(writer, {.doing = by, .action = std::move(action), .subject = AuditPerson::of(id), .why = why}, now);
  };
  auto details = tidy({.name = wanted.name, .email = wanted.email, .person = wanted.person, .external_id = wanted.external_id});
  if (!details) return tl::unexpected<Error>(details.error());
  const auto found = account_of(writer, *details);
  if (!found) {
    if (!wanted.is_active) return {};
    if (const auto free = require_free(writer, *details, {}); !free) return free;
    const AccountId id = AccountId::make();
    insert_account(writer, id, *details, now);
    audited(id, "account_created");
    return {};
  }
  const auto account = find_account(writer, *found);
  if (!account) return {};  // erased on request: a directory does not bring it back
  if (!details->email && !wanted.loses_email) details->email = account->email;
  if (!details->external_id) details->external_id = account->external_id;
  if (account->name != details->name || account->email != details->email || account->person != details->person ||
      account->external_id != details->external_id) {
    if (const auto free = require_free(writer, *details, *found); !free) return free;
    update_details(writer, *found, *details);
    audited(*found, "account_changed");
  }
  if (!wanted.is_active && !account->locked_at) {
    if (is_last_administrator(writer, *found, date_of(now))) return last_administrator();
    write_locked(writer, *found, now);
    delete_sessions(writer, *found, {});
    audited(*found, "account_locked");
  }
  if (wanted.is_active && !wanted.was_active && account->locked_at) {
    write_locked(writer, *found, {});
    audited(*found, "account_unlocked");
  }
  return {};
}

}  // namespace waymark::access
