/// How people get their first password, or a new one: the set-up of a new installation, an invitation, a link for a forgotten password.
#pragma once

#include <optional>
#include <string_view>

#include "access/account.hpp"
#include "access/link.hpp"

namespace waymark::access {

/// Safe from any thread; all may throw db::DatabaseError. The links themselves are made by whoever knows the address of the site.
class Joining {
 public:
  /// All must outlive it.
  Joining(db::Database& database, Accounts& accounts, const Clock& clock);

  /// A token for the set-up page while there is no administrator; each makes the one before useless. None when there is an administrator.
  [[nodiscard]] std::optional<Secret> open_set_up();
  [[nodiscard]] bool is_set_up_token(std::string_view token);
  /// The first account: administrator, and owner of the pathway so that there is something to read. bad_input without an address, conflict when somebody was faster, not_found when
  /// the token does not work any more. The token stays good until it succeeds.
  [[nodiscard]] Result<AccountId> set_up(std::string_view token, const NewAccount& account, std::string_view password);

  /// For an invitation or a new password. not_found for an unknown or locked account.
  [[nodiscard]] Result<Secret> issue(LinkPurpose purpose, const AccountId& account, const Doing& by);
  /// Whom the token is for; none when it does not work any more.
  [[nodiscard]] std::optional<AccountId> holder(LinkPurpose purpose, std::string_view token);
  /// Sets the password, ends all sessions and uses the token up; a refused password leaves it good.
  [[nodiscard]] Result<AccountId> accept(LinkPurpose purpose, std::string_view token, std::string_view password);

 private:
  db::Database& m_database;
  Accounts& m_accounts;
  const Clock& m_clock;
};

}  // namespace waymark::access
