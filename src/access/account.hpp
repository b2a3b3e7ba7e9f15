/// Accounts: who may sign in, and what roles they hold when.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/account_id.hpp"
#include "access/key_ring.hpp"
#include "access/oidc/relying_party.hpp"
#include "access/password.hpp"
#include "access/policy.hpp"
#include "base/clock.hpp"
#include "db/database.hpp"

namespace waymark::access {

struct Account {
  AccountId id;
  std::string name;
  std::optional<std::string> email = {};
  std::optional<std::string> person = {};       ///< the record of the org room
  std::optional<std::string> external_id = {};  ///< SCIM's externalId
  std::optional<std::string> oidc_issuer = {};
  std::optional<std::string> oidc_subject = {};
  bool has_password = false;
  bool has_second_factor = false;
  std::optional<Instant> locked_at = {};
  Instant created_at{};
};

using RoleId = PublicId<struct RoleAssignmentTag>;

/// A role from a day on, until a day (not included) or further notice.
struct RoleAssignment {
  RoleId id;
  RoleGrant grant;
  Date from;
  std::optional<Date> to = {};

  [[nodiscard]] bool is_in_force(Date day) const { return from <= day && (!to || day < *to); }
};

struct NewAccount {
  std::string name;
  std::optional<std::string> email = {};
  std::optional<std::string> person = {};
  std::optional<std::string> external_id = {};
};

struct AccountPage {
  std::vector<Account> accounts;         ///< by name
  std::optional<std::string> next = {};  ///< what to ask with for more
};

struct AccountRules {
  PasswordPolicy passwords = {};
  HashCost cost = {};
};

/// Safe from any thread. Every change is in the audit. All may throw db::DatabaseError. Results fail with bad_input (what was typed is not
/// acceptable), not_found (no such account), or conflict (an address or id belongs to another account; the last administrator would go).
class Accounts {
 public:
  /// `database` and `clock` must outlive it.
  Accounts(db::Database& database, const Clock& clock, AccountRules rules = {});

  /// What must hold, or happen, in the same transaction; the change is undone when it fails.
  using Before = std::function<Result<void>(db::Writer&)>;

  [[nodiscard]] Result<AccountId> create(const NewAccount& account, const Doing& by);
  /// With its password and its roles from today on, in one step. Takes as long as a hash.
  [[nodiscard]] Result<AccountId> create_with_password(const NewAccount& account, std::string_view password, std::span<const Role> roles,
                                                       const Doing& by, const Before& before = {});
  [[nodiscard]] Result<void> change_details(const AccountId& id, const NewAccount& details, const Doing& by);

  [[nodiscard]] std::optional<Account> find(const AccountId& id);
  [[nodiscard]] std::optional<Account> find_by_email(std::string_view email);
  [[nodiscard]] std::optional<Account> find_by_external_id(std::string_view external_id);
  /// `after` is the `next` of the page before; `limit` from 1 to 500.
  [[nodiscard]] AccountPage list(const std::optional<std::string>& after, int limit);

  /// Ends its sessions, too; API tokens stop working while it lasts. `why` goes into the audit.
  [[nodiscard]] Result<void> lock(const AccountId& id, std::string_view why, const Doing& by);
  [[nodiscard]] Result<void> unlock(const AccountId& id, std::string_view why, const Doing& by);

  [[nodiscard]] std::vector<RoleAssignment> roles(const AccountId& id);
  /// For `may`: those in force on the day of the clock (UTC).
  [[nodiscard]] std::vector<RoleGrant> roles_today(const AccountId& id);
  /// The account's sessions get new tokens at their next request.
  [[nodiscard]] Result<RoleId> grant_role(const AccountId& id, const RoleGrant& grant, Date from, std::optional<Date> to, std::string_view why,
                                          const Doing& by);
  /// From `day` on. A role that has not begun by then is as if it had never been given.
  [[nodiscard]] Result<void> end_role(const AccountId& id, const RoleId& role, Date day, std::string_view why, const Doing& by);
  /// An account that is not locked and can sign in by itself holds the role today without limits.
  [[nodiscard]] bool has_administrator();

  /// Refuses a password of the last few (PasswordPolicy::remembered). Ends all sessions but `keep`. Takes as long as one hash and a check for each
  /// password remembered, outside any transaction.
  [[nodiscard]] Result<void> set_password(const AccountId& id, std::string_view typed, const Doing& by,
                                          const std::optional<std::string>& keep_session = {}, const Before& before = {});
  /// The same, when `present` is right.
  [[nodiscard]] Result<void> change_password(const AccountId& id, std::string_view present, std::string_view typed,
                                             const std::optional<std::string>& keep_session);
  [[nodiscard]] Result<void> remove_password(const AccountId& id, const Doing& by);

  /// Whose account an OpenID identity is: by issuer and subject; else by externalId; else by an address that the provider says is verified.
  /// The last two link the account for the future, and fail with conflict when it is linked to somebody else already. `create_unknown` makes
  /// an account for whoever has none; otherwise not_found.
  enum class Unknown { refuse, create };
  [[nodiscard]] Result<AccountId> for_identity(const oidc::Identity& identity, Unknown unknown);
  [[nodiscard]] Result<void> unlink_identity(const AccountId& id, const Doing& by);

  [[nodiscard]] const AccountRules& rules() const { return m_rules; }

 private:
  db::Database& m_database;
  const Clock& m_clock;
  AccountRules m_rules;
};

/// For `may`.
[[nodiscard]] Actor actor_of(const std::vector<RoleGrant>& roles, const std::optional<Set<TokenScope>>& token_scopes = {});

}  // namespace waymark::access
