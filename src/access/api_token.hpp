/// Tokens for the API: each made for something, with an end. `waymark_` and 52 digits, so that secret scanners and people recognise one.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/account_id.hpp"
#include "access/policy.hpp"
#include "access/secret.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "db/database.hpp"

namespace waymark::access {

using ApiTokenId = PublicId<struct ApiTokenTag>;

struct ApiToken {
  ApiTokenId id;
  std::string name;
  std::string prefix;  ///< "waymark_7f3k": what it begins with, to tell tokens apart
  Set<TokenScope> scopes;
  Instant created_at{};
  Instant expires_at{};
  std::optional<Instant> last_used_at = {};
};

/// Who a request with a token is.
struct TokenHolder {
  ApiTokenId token;
  AccountId account;
  std::optional<std::string> person;
  Actor actor;  ///< with the account's roles of today and the token's scopes
};

/// Safe from any thread; all may throw db::DatabaseError.
class ApiTokens {
 public:
  static constexpr std::chrono::hours longest_life{24 * 366};

  /// `database` and `clock` must outlive it.
  ApiTokens(db::Database& database, const Clock& clock);

  /// The only moment at which the token is seen. bad_input without a name, without a scope, or with a life of nothing or more than `longest_life`.
  [[nodiscard]] Result<Secret> issue(const AccountId& account, std::string_view name, Set<TokenScope> scopes, std::chrono::milliseconds life);
  /// None for an unknown or expired token and a locked account. The use is noted once a minute.
  [[nodiscard]] std::optional<TokenHolder> find(std::string_view token);
  [[nodiscard]] std::vector<ApiToken> list(const AccountId& account);  ///< the newest first
  bool revoke(const AccountId& account, const ApiTokenId& id, const Doing& by);

 private:
  db::Database& m_database;
  const Clock& m_clock;
};

}  // namespace waymark::access
