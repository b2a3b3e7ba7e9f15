/// Who asks for a page.
#pragma once

#include <optional>
#include <string>

#include "access/api_token.hpp"
#include "access/session.hpp"
#include "web/http/message.hpp"
#include "web/installation.hpp"

namespace waymark::web {

struct Viewer {
  access::Actor actor;
  std::optional<access::Session> session = {};    ///< at a browser
  std::optional<access::TokenHolder> token = {};  ///< with an API token
  std::optional<org::scim::Caller> directory = {};  ///< no person: a directory with its token
  std::string session_token = {};                 ///< of `session`

  /// Of whoever is signed in. REQUIRES that somebody is: routes that need an account ask `may` first.
  [[nodiscard]] const access::AccountId& account() const;
  [[nodiscard]] access::Doing doing() const { return access::Doing::of(account()); }
  /// For a form of this viewer; empty without a session.
  [[nodiscard]] std::string form_token() const;

  /// Where there are no accounts: whoever serves the documents, for themselves.
  [[nodiscard]] static Viewer author();
};

/// By the session of the cookie, or by the token of `Authorization: Bearer`, which may be a directory's; otherwise a visitor. A token that is there and does not work is
/// nobody's, whatever cookie comes along. May throw db::DatabaseError.
[[nodiscard]] Viewer viewer_of(Installation& installation, const http::Request& request);

/// Browsers by what the request says.
[[nodiscard]] access::Browser browser_of(const http::Request& request);

/// A value for Set-Cookie: the session's token, or with an empty text its end.
[[nodiscard]] std::string session_cookie(const Installation& installation, std::string_view token);
/// The same for what a sign-in at the provider keeps meanwhile.
[[nodiscard]] std::string provider_cookie(const Installation& installation, std::string_view token);
[[nodiscard]] std::string provider_cookie_in(const Installation& installation, const http::Request& request);
/// The same for the time between a password and its code.
[[nodiscard]] std::string code_cookie(const Installation& installation, std::string_view token);
[[nodiscard]] std::string code_cookie_in(const Installation& installation, const http::Request& request);
/// The same for the provider's ID token, which the provider wants to see again at the sign-out. Nothing here needs it until then, so the browser keeps it, sealed,
/// and brings it along to /sign-out alone; one that is too large for a cookie is not kept.
[[nodiscard]] std::string hint_cookie(const Installation& installation, const access::Secret& id_token);
/// None where there is none, or the keys that sealed it are gone.
[[nodiscard]] access::Secret hint_cookie_in(const Installation& installation, const http::Request& request);

}  // namespace waymark::web
