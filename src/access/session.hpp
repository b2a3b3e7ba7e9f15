/// Sessions: who is signed in where. In the store, so that any node answers; the token itself is with the browser alone, the store has its hash.
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
#include "db/database.hpp"

namespace waymark::access {

using SessionId = PublicId<struct SessionTag>;

struct SessionRules {
  std::chrono::milliseconds idle = std::chrono::hours{12};             ///< without a request
  std::chrono::milliseconds absolute = std::chrono::hours{24 * 14};    ///< since it was signed in, whatever happens
  std::chrono::milliseconds noted_every = std::chrono::minutes{1};     ///< how exactly the last request is known; each note is a write
  std::chrono::milliseconds old_token_for = std::chrono::seconds{60};  ///< requests under way when a token changes still arrive with the old one
};

enum class Through { password, provider };

/// What a browser says of itself, and where it is.
struct Browser {
  std::string address = {};     ///< IP address
  std::string user_agent = {};  ///< the header as it came
};

struct NewSession {
  AccountId account;
  Through through = Through::password;
  bool second_factor_due = false;  ///< policy wants a second factor that is not there yet: nothing else may be done
};

/// What a request needs to know, in one read.
struct Session {
  SessionId id;
  AccountId account;
  std::string account_name;
  std::optional<std::string> person;
  std::vector<RoleGrant> roles;  ///< in force today
  Through through = Through::password;
  bool second_factor_due = false;
  bool must_rotate = false;  ///< the roles or the password changed: give the browser a new token with this answer (`rotate`)
};

/// For the page where somebody looks at their own.
struct SessionSummary {
  SessionId id;
  std::string device;  ///< "Firefox on Linux"
  std::string address;
  Through through = Through::password;
  Instant created_at{};
  Instant last_seen_at{};
};

/// Safe from any thread; all may throw db::DatabaseError.
class Sessions {
 public:
  /// `database` and `clock` must outlive it.
  Sessions(db::Database& database, const Clock& clock, SessionRules rules = {});

  /// Always a new session with a new token, whatever the browser brought along.
  [[nodiscard]] Secret start(const NewSession& session, const Browser& browser);
  /// In a transaction of the caller's.
  [[nodiscard]] Secret start(db::Writer& writer, const NewSession& session, const Browser& browser);

  /// None for an unknown, idle or too old session, and for one whose account is locked. One query by primary keys and an index; once a
  /// `noted_every` also a write.
  [[nodiscard]] std::optional<Session> find(std::string_view token);

  /// A new token for the same session; the old one works a little longer. None when the session is gone.
  [[nodiscard]] std::optional<Secret> rotate(std::string_view token);
  void second_factor_done(const SessionId& id);

  [[nodiscard]] std::vector<SessionSummary> list(const AccountId& account);  ///< the most recently used first
  /// False when the account has no such session.
  bool revoke(const AccountId& account, const SessionId& id, const Doing& by);
  /// All but `keep`. Gives how many.
  std::int64_t revoke_all(const AccountId& account, const std::optional<SessionId>& keep, const Doing& by);
  void sign_out(std::string_view token);

  /// Deletes what has ended. Gives how many.
  std::int64_t forget_ended();

  [[nodiscard]] const SessionRules& rules() const { return m_rules; }

 private:
  db::Database& m_database;
  const Clock& m_clock;
  SessionRules m_rules;
};

/// Against forged forms: a text for each form that only this session's token makes, another one each time so that compression gives nothing
/// away. Nothing is stored.
[[nodiscard]] std::string form_token(std::string_view session_token);
[[nodiscard]] bool is_form_token(std::string_view session_token, std::string_view given);

/// "Firefox on Linux": what a person recognises of a User-Agent header; "an unknown browser" where that says nothing known.
[[nodiscard]] std::string device_words(std::string_view user_agent);

}  // namespace waymark::access
