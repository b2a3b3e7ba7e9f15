#include "web/viewer.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "base/text.hpp"

namespace waymark::web {
namespace {

constexpr std::string_view session_name = "waymark";
constexpr std::string_view provider_name = "waymark-provider";
constexpr std::string_view code_name = "waymark-code";

/// `__Host-` binds a cookie to this very host (RFC 6265bis, section 4.1.3.2), which browsers accept over encrypted connections alone.
std::string full_name(const Installation& installation, std::string_view name) {
  return installation.is_encrypted() ? fmt::format("__Host-{}", name) : std::string(name);
}

/// Lax, so that a link in a mail opens the page one is signed in to; unsafe requests are checked besides.
std::string cookie(const Installation& installation, std::string_view name, std::string_view value, long seconds) {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}", full_name(installation, name), value, value.empty() ? 0 : seconds,
                     installation.is_encrypted() ? "; Secure" : "");
}

std::string cookie_of(const http::Request& request, std::string_view wanted) {
  for (const std::string_view pair : split(request.header("cookie"), ';')) {
    const std::string_view each = trim(pair);
    const auto equals = each.find('=');
    if (equals != std::string_view::npos && each.substr(0, equals) == wanted) return std::string(each.substr(equals + 1));
  }
  return {};
}

std::string cookie_in(const Installation& installation, const http::Request& request, std::string_view name) {
  return cookie_of(request, full_name(installation, name));
}

/// `__Host-` would want the path of the whole site, and so send it along with every request.
std::string hint_name(const Installation& installation) { return installation.is_encrypted() ? "__Secure-waymark-hint" : "waymark-hint"; }
constexpr std::string_view hint_context = "id_token_hint";
/// Browsers take 4,096 bytes with everything in it (RFC 6265, section 6.1).
constexpr std::size_t longest_hint = 3800;

}  // namespace

const access::AccountId& Viewer::account() const {
  if (session) return session->account;
  if (token) return token->account;
  throw std::logic_error("a page for somebody with an account was made for nobody");
}

std::string Viewer::form_token() const { return session ? access::form_token(session_token) : std::string(); }

Viewer Viewer::author() { return {.actor = {.has_account = true, .roles = {{access::Role::pathway_owner, {}}}}}; }

Viewer viewer_of(Installation& installation, const http::Request& request) {
  const std::string_view authorization = request.header("authorization");
  if (to_lower_ascii(authorization.substr(0, 7)) == "bearer ") {
    const std::string_view brought = trim(authorization.substr(7));
    if (brought.starts_with(org::scim::Directories::token_beginning)) {
      auto directory = installation.directories.caller(brought);
      if (!directory) return {};
      return {.actor = {.token_scopes = access::Set<access::TokenScope>{access::TokenScope::provisioning}, .is_directory = true}, .directory = std::move(directory)};
    }
    auto holder = installation.tokens.find(brought);
    if (!holder) return {};
    return {.actor = holder->actor, .token = std::move(holder)};
  }
  std::string brought = cookie_in(installation, request, session_name);
  if (brought.empty()) return {};
  auto session = installation.sessions.find(brought);
  if (!session) return {};
  return {.actor = access::actor_of(session->roles), .session = std::move(session), .session_token = std::move(brought)};
}

access::Browser browser_of(const http::Request& request) { return {request.remote_address, std::string(request.header("user-agent"))}; }

std::string session_cookie(const Installation& installation, std::string_view token) {
  const auto life = std::chrono::duration_cast<std::chrono::seconds>(installation.sessions.rules().absolute);
  return cookie(installation, session_name, token, life.count());
}
std::string provider_cookie(const Installation& installation, std::string_view token) { return cookie(installation, provider_name, token, 600); }
std::string provider_cookie_in(const Installation& installation, const http::Request& request) {
  return cookie_in(installation, request, provider_name);
}
std::string code_cookie(const Installation& installation, std::string_view token) { return cookie(installation, code_name, token, 600); }
std::string hint_cookie(const Installation& installation, const access::Secret& id_token) {
  std::string value = id_token.reveal().empty() ? std::string() : access::base64url(installation.keys.seal(id_token, hint_context));
  if (value.size() > longest_hint) value.clear();
  const auto life = std::chrono::duration_cast<std::chrono::seconds>(installation.sessions.rules().absolute);
  return fmt::format("{}={}; Path=/sign-out; HttpOnly; SameSite=Lax; Max-Age={}{}", hint_name(installation), value, value.empty() ? 0 : life.count(),
                     installation.is_encrypted() ? "; Secure" : "");
}

access::Secret hint_cookie_in(const Installation& installation, const http::Request& request) {
  const auto sealed = access::from_base64url(cookie_of(request, hint_name(installation)));
  if (!sealed) return {};
  auto opened = installation.keys.open(*sealed, hint_context);
  return opened ? std::move(*opened) : access::Secret();
}

std::string code_cookie_in(const Installation& installation, const http::Request& request) { return cookie_in(installation, request, code_name); }

}  // namespace waymark::web
