#include "access/account.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "access/account_checks.hpp"
#include "access/account_records.hpp"
#include "access/audit.hpp"
#include "access/audited_write.hpp"
#include "access/session_records.hpp"
#include "base/text.hpp"
#include "db/database_error.hpp"

namespace waymark::access {
namespace {

std::optional<std::string> given_if(bool given, const std::string& text) {
  if (!given) return std::nullopt;
  return text;
}

tl::unexpected<Error> no_account() { return fail(Error::Kind::not_found, "There is no such account.", "Look it up in the list of accounts."); }

AuditFacts facts_of(const RoleGrant& grant) {
  AuditFacts facts{{"role", std::string(to_string(grant.role))}};
  if (!grant.scope.part.empty()) facts.emplace_back("part", grant.scope.part);
  if (!grant.scope.country.empty()) facts.emplace_back("country", grant.scope.country);
  return facts;
}

}  // namespace

Actor actor_of(const std::vector<RoleGrant>& roles, const std::optional<Set<TokenScope>>& token_scopes) { return {true, roles, token_scopes}; }

Accounts::Accounts(db::Database& database, const Clock& clock, AccountRules rules) : m_database(database), m_clock(clock), m_rules(rules) {}

Result<AccountId> Accounts::create(const NewAccount& account, const Doing& by) {
  const auto tidied = tidy(account);
  if (!tidied) return tl::unexpected<Error>(tidied.error());
  const AccountId id = AccountId::make();
  return audited_write(m_database, [&](db::Writer& writer) -> Result<AccountId> {
    if (const auto free = require_free(writer, *tidied, {}); !free) return tl::unexpected<Error>(free.error());
    insert_account(writer, id, *tidied, m_clock.now());
    append_audit(writer, {.doing = by, .action = "account_created", .subject = AuditPerson::of(id)}, m_clock.now());
    return id;
  });
}

Result<AccountId> Accounts::create_with_password(const NewAccount& account, std::string_view password, std::span<const Role> roles, const Doing& by,
                                                 const Before& before) {
  const auto tidied = tidy(account);
  if (!tidied) return tl::unexpected<Error>(tidied.error());
  const std::vector<std::string> own{tidied->name, tidied->email.value_or("")};
  const auto normalised = acceptable_password(password, own, m_rules.passwords);
  if (!normalised) return tl::unexpected<Error>(normalised.error());
  const std::string hash = hash_password(*normalised, m_rules.cost);
  const AccountId id = AccountId::make();
  return audited_write(m_database, [&](db::Writer& writer) -> Result<AccountId> {
    const Instant now = m_clock.now();
    if (before) {
      if (const auto ready = before(writer); !ready) return tl::unexpected<Error>(ready.error());
    }
    if (const auto free = require_free(writer, *tidied, {}); !free) return tl::unexpected<Error>(free.error());
    insert_account(writer, id, *tidied, now);
    write_password(writer, id, hash);
    append_audit(writer, {.doing = by, .action = "account_created", .subject = AuditPerson::of(id)}, now);
    for (const Role role : roles) {
      insert_role(writer, id, {RoleId::make(), {role, {}}, date_of(now), {}});
      append_audit(writer, {.doing = by, .action = "role_granted", .subject = AuditPerson::of(id), .facts = facts_of({role, {}})}, now);
    }
    return id;
  });
}

Result<void> Accounts::change_details(const AccountId& id, const NewAccount& details, const Doing& by) {
  const auto tidied = tidy(details);
  if (!tidied) return tl::unexpected<Error>(tidied.error());
  return audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    if (!find_account(writer, id)) return no_account();
    if (const auto free = require_free(writer, *tidied, id); !free) return free;
    update_details(writer, id, *tidied);
    append_audit(writer, {.doing = by, .action = "account_changed", .subject = AuditPerson::of(id)}, m_clock.now());
    return {};
  });
}

std::optional<Account> Accounts::find(const AccountId& id) {
  return m_database.read_once([&](db::Reader& reader) { return find_account(reader, id); });
}

std::optional<Account> Accounts::find_by_email(std::string_view email) {
  const auto key = email_key(trim(email));
  if (!key) return std::nullopt;
  return m_database.read([&](db::Reader& reader) {
    const auto id = find_by_email_key(reader, *key);
    return id ? find_account(reader, *id) : std::nullopt;
  });
}

std::optional<Account> Accounts::find_by_external_id(std::string_view external_id) {
  return m_database.read([&](db::Reader& reader) {
    const auto id = access::find_by_external_id(reader, external_id);
    return id ? find_account(reader, *id) : std::nullopt;
  });
}

AccountPage Accounts::list(const std::optional<std::string>& after, int limit) {
  const int most = std::clamp(limit, 1, 500);
  // The id has no blank and a fixed length, so the rest is the name.
  const std::string_view mark = after ? std::string_view(*after) : std::string_view();
  const std::string_view id = mark.substr(0, mark.find(' '));
  const std::string_view name = mark.find(' ') == std::string_view::npos ? std::string_view() : mark.substr(mark.find(' ') + 1);
  AccountPage page{m_database.read_once([&](db::Reader& reader) { return list_accounts(reader, name, id, most + 1); })};
  if (page.accounts.size() > static_cast<std::size_t>(most)) {
    page.accounts.pop_back();
    page.next = fmt::format("{} {}", page.accounts.back().id.text(), page.accounts.back().name);
  }
  return page;
}

Result<void> Accounts::lock(const AccountId& id, std::string_view why, const Doing& by) {
  return audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    const Instant now = m_clock.now();
    if (!find_account(writer, id)) return no_account();
    if (is_last_administrator(writer, id, date_of(now))) return last_administrator();
    write_locked(writer, id, now);
    delete_sessions(writer, id, {});
    append_audit(writer, {.doing = by, .action = "account_locked", .subject = AuditPerson::of(id), .why = std::string(why)}, now);
    return {};
  });
}

Result<void> Accounts::unlock(const AccountId& id, std::string_view why, const Doing& by) {
  return audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    if (!find_account(writer, id)) return no_account();
    write_locked(writer, id, {});
    append_audit(writer, {.doing = by, .action = "account_unlocked", .subject = AuditPerson::of(id), .why = std::string(why)}, m_clock.now());
    return {};
  });
}

std::vector<RoleAssignment> Accounts::roles(const AccountId& id) {
  return m_database.read_once([&](db::Reader& reader) { return roles_of(reader, id); });
}

std::vector<RoleGrant> Accounts::roles_today(const AccountId& id) {
  const Date today = date_of(m_clock.now());
  std::vector<RoleGrant> grants;
  for (RoleAssignment& role : roles(id)) {
    if (role.is_in_force(today)) grants.push_back(std::move(role.grant));
  }
  return grants;
}

Result<RoleId> Accounts::grant_role(const AccountId& id, const RoleGrant& grant, Date from, std::optional<Date> to, std::string_view why,
                                    const Doing& by) {
  if (grant.role == Role::engineer) {
    return fail(Error::Kind::bad_input, "Everybody with an account is an engineer here; this role is not given.", "Choose another role.", "role");
  }
  if (to && *to <= from) return fail(Error::Kind::bad_input, "The role would end before it begins.", "Choose an end after the first day.", "to");
  const RoleId role = RoleId::make();
  return audited_write(m_database, [&](db::Writer& writer) -> Result<RoleId> {
    if (!find_account(writer, id)) return no_account();
    insert_role(writer, id, {role, grant, from, to});
    mark_for_rotation(writer, id);
    AuditFacts facts = facts_of(grant);
    facts.emplace_back("from", to_iso(from));
    if (to) facts.emplace_back("to", to_iso(*to));
    append_audit(writer,
                 {.doing = by,
                  .action = "role_granted",
                  .subject = AuditPerson::of(id),
                  .object = "role:" + role.text(),
                  .why = std::string(why),
                  .facts = facts},
                 m_clock.now());
    return role;
  });
}

Result<void> Accounts::end_role(const AccountId& id, const RoleId& role, Date day, std::string_view why, const Doing& by) {
  return audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    const Instant now = m_clock.now();
    const auto all = roles_of(writer, id);
    const auto found = std::find_if(all.begin(), all.end(), [&](const RoleAssignment& one) { return one.id == role; });
    if (found == all.end())
      return fail(Error::Kind::not_found, "The account has no such role.", "Look at the account again; somebody may have ended it.");
    if (found->to && *found->to <= day) return fail(Error::Kind::conflict, "The role ends earlier already.", "Choose an earlier day.");
    const bool was_last = is_last_administrator(writer, id, date_of(now));
    if (day <= found->from) {
      delete_role(writer, role);
    } else {
      write_role_end(writer, role, day);
    }
    // Whoever ends the last administrator's role for tomorrow has locked everybody out all the same.
    if (was_last && administrators(writer, std::max(day, date_of(now))).empty()) return last_administrator();
    mark_for_rotation(writer, id);
    AuditFacts facts = facts_of(found->grant);
    facts.emplace_back("to", to_iso(day));
    append_audit(writer,
                 {.doing = by,
                  .action = "role_ended",
                  .subject = AuditPerson::of(id),
                  .object = "role:" + role.text(),
                  .why = std::string(why),
                  .facts = facts},
                 now);
    return {};
  });
}

bool Accounts::has_administrator() {
  return m_database.read_once([&](db::Reader& reader) { return !administrators(reader, date_of(m_clock.now())).empty(); });
}

Result<AccountId> Accounts::for_identity(const oidc::Identity& identity, Unknown unknown) {
  const AccountId new_id = AccountId::make();
  return audited_write(m_database, [&](db::Writer& writer) -> Result<AccountId> {
    const Instant now = m_clock.now();
    if (const auto linked = find_by_subject(writer, identity.issuer, identity.subject)) return *linked;
    std::string by_what = "external_id";
    std::optional<AccountId> found;
    if (!identity.external_id.empty()) found = access::find_by_external_id(writer, identity.external_id);
    const auto key = identity.email_verified ? email_key(identity.email) : std::nullopt;
    if (!found && key) {
      by_what = "email";
      found = find_by_email_key(writer, *key);
    }
    const Doing by{Doing::By::system, {}};
    if (found) {
      const auto account = find_account(writer, *found);
      if (!account || account->oidc_subject) {
        return fail(Error::Kind::conflict, "Your account belongs to another identity at the provider.", "Ask your administrator to unlink it.");
      }
    } else {
      if (unknown == Unknown::refuse) {
        const bool unproven = !identity.email.empty() && !identity.email_verified;
        return fail(Error::Kind::not_found, "The identity provider knows you, and there is no account for you here.",
                    unproven ? "It does not say that your e-mail address is verified, so none was looked for by it. Ask your administrator."
                             : "Ask your administrator for one.");
      }
      by_what = "created";
      found = new_id;
      const NewAccount account{.name = identity.name.empty() ? std::string("New colleague") : identity.name,
                               .email = given_if(key.has_value(), identity.email),
                               .external_id = given_if(!identity.external_id.empty(), identity.external_id)};
      const auto tidied = tidy(account);
      if (!tidied) return tl::unexpected<Error>(tidied.error());
      insert_account(writer, *found, *tidied, now);
      append_audit(writer, {.doing = by, .action = "account_created", .subject = AuditPerson::of(*found)}, now);
    }
    write_identity(writer, *found, identity.issuer, identity.subject);
    append_audit(writer, {.doing = by, .action = "identity_linked", .subject = AuditPerson::of(*found), .facts = {{"by", by_what}}}, now);
    return *found;
  });
}

Result<void> Accounts::unlink_identity(const AccountId& id, const Doing& by) {
  return audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    const auto account = find_account(writer, id);
    if (!account) return no_account();
    if (!account->has_password && is_last_administrator(writer, id, date_of(m_clock.now()))) return last_administrator();
    write_identity(writer, id, {}, {});
    append_audit(writer, {.doing = by, .action = "identity_unlinked", .subject = AuditPerson::of(id)}, m_clock.now());
    return {};
  });
}

}  // namespace waymark::access
