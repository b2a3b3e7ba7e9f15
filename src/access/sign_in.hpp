/// Signing in: with a password and, where there is one, a second factor; or with an OpenID provider.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "access/account.hpp"
#include "access/oidc/relying_party.hpp"
#include "access/second_factors.hpp"
#include "access/session.hpp"
#include "access/throttle.hpp"

namespace waymark::access {

enum class SecondFactorPolicy { optional, for_administrators, for_everybody };

struct SignInRules {
  ThrottleRules passwords = {};
  /// Six digits are guessed sooner than a password, so the wait for the account grows further.
  ThrottleRules codes = {.account_from_anywhere = {10, std::chrono::minutes{15}}};
  SecondFactorPolicy second_factor = SecondFactorPolicy::optional;
};

struct SignInAnswer {
  enum class Outcome {
    signed_in,    ///< `token` is the session's
    code_needed,  ///< `token` is for `with_code`, ten minutes long
    refused,      ///< name, password or code; not said which
    locked,       ///< the password was right
    slow_down,    ///< not even looked at; try again after `wait`
  };
  Outcome outcome = Outcome::refused;
  Secret token = {};
  std::chrono::milliseconds wait{0};
};

struct ProviderStart {
  std::string address;  ///< where the browser goes
  Secret cookie;        ///< what the browser keeps until it comes back: ten minutes, once
};

struct ProviderSignIn {
  SignInAnswer answer;
  std::string return_to;
  Secret id_token = {};  ///< a hint for signing out there
};

struct PasswordChange {
  Result<void> changed = {};
  std::optional<std::chrono::milliseconds> wait = {};  ///< not even looked at; try again after that
};

/// Safe from any thread; all may throw db::DatabaseError.
class SignIn {
 public:
  /// All must outlive it.
  SignIn(db::Database& database, const Clock& clock, Accounts& accounts, Sessions& sessions, SecondFactors& factors, SignInRules rules = {});

  /// Takes as long as a hash (password.hpp: on a pool with few threads), whether there is such an account or not; no transaction is open meanwhile.
  [[nodiscard]] SignInAnswer with_password(std::string_view email, std::string_view password, const Browser& browser);
  /// After `code_needed`. A wrong code leaves the token good.
  [[nodiscard]] SignInAnswer with_code(std::string_view token, std::string_view code, const Browser& browser);

  /// As Accounts::change_password, for whoever is signed in on that browser. Wrong present passwords count with those at the door: a session that was left
  /// open is no way around the waiting.
  [[nodiscard]] PasswordChange change_password(const AccountId& account, std::string_view present, std::string_view typed, const Browser& browser,
                                               const std::optional<std::string>& keep_session);

  /// `return_to` is where the person wanted to go; anything but a path of this site becomes "/".
  [[nodiscard]] Result<ProviderStart> start_at_provider(oidc::RelyingParty& party, std::string_view return_to);
  /// A second factor is the provider's business. Errors as RelyingParty::finish and Accounts::for_identity.
  [[nodiscard]] Result<ProviderSignIn> finish_at_provider(oidc::RelyingParty& party, std::string_view cookie, const oidc::ProviderAnswer& answer,
                                                          Accounts::Unknown unknown, const Browser& browser);

 private:
  [[nodiscard]] bool must_have_second_factor(db::Reader& reader, const AccountId& account);

  db::Database& m_database;
  const Clock& m_clock;
  Accounts& m_accounts;
  Sessions& m_sessions;
  SecondFactors& m_factors;
  SignInRules m_rules;
};

/// `path` when it leads to this site ("/levels/SSE?x=1"), else "/".
[[nodiscard]] std::string own_path(std::string_view path);

}  // namespace waymark::access
