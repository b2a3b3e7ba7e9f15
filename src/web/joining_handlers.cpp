#include <fmt/format.h>

#include "access/joining.hpp"
#include "web/account_handlers.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using access::LinkPurpose;
using http::Response;
using pages::FormField;
using pages::Sheet;

constexpr std::string_view password_hint = "Twelve characters or more. A few words that only you would put together are good.";

FormField new_password_field(std::string label) {
  return {.name = "password",
          .label = std::move(label),
          .kind = FormField::Kind::password,
          .hint = std::string(password_hint),
          .autocomplete = "new-password"};
}

Sheet set_up_sheet(const Visit& visit) {
  Sheet sheet{.title = "Set up Waymark",
              .lead = "You are the first one here. Your account will run this installation: open accounts for others, give roles, read the audit. "
                      "It also owns the pathway until you give that to somebody else."};
  sheet.sections.push_back(
      {.form = pages::Form{.action = "/set-up",
                           .button = "Open the first account",
                           .fields = {{.name = "name", .label = "Your name", .value = typed(visit, "name"), .autocomplete = "name", .focused = true},
                                      {.name = "email",
                                       .label = "E-mail address",
                                       .kind = FormField::Kind::email,
                                       .value = typed(visit, "email"),
                                       .hint = "You sign in with it. Nothing is sent to it now.",
                                       .autocomplete = "username"},
                                      new_password_field("Password")},
                           .hidden = {{"token", std::string(visit.said("token"))}}}});
  return sheet;
}

Response link_is_over(const Visit& visit, std::string what, std::string way_out) {
  Sheet sheet{.title = "This link does not work any more", .lead = std::move(what)};
  sheet.sections.push_back({.words = {std::move(way_out)}, .links = {{"Sign in", "/sign-in"}}});
  return show(visit, std::move(sheet), 410);
}

struct Link {
  LinkPurpose purpose;
  std::string title, lead, button, action, over;
};

const Link invitation{LinkPurpose::invitation,
                      "Welcome to Waymark",
                      "Set a password and your account is open.",
                      "Set the password",
                      "/join",
                      "An invitation works once, and for seven days."};
const Link forgotten{LinkPurpose::new_password, "Set a new password", "You will be signed out everywhere else.", "Set the password", "/new-password",
                     "A link for a new password works once, and for an hour."};

Sheet password_sheet(const Visit& visit, const Link& link, const access::Account& account) {
  Sheet sheet{.title = link.title, .lead = link.lead};
  sheet.sections.push_back({.form = pages::Form{.action = link.action,
                                                .button = link.button,
                                                .fields = {new_password_field("New password")},
                                                .hidden = {{"token", std::string(visit.said("token"))}}}});
  const std::string who = account.email ? fmt::format("{} ({})", account.name, *account.email) : account.name;
  sheet.sections.front().words.push_back(fmt::format("This is the account of {}.", who));
  // For the password manager of the browser, which files passwords by name.
  if (account.email) sheet.sections.front().form->hidden.emplace_back("username", *account.email);
  return sheet;
}

std::optional<access::Account> holder_of(const Visit& visit, const Link& link) {
  const auto id = visit.installation->joining.holder(link.purpose, visit.said("token"));
  return id ? visit.installation->accounts.find(*id) : std::nullopt;
}

Response is_over(const Visit& visit, const Link& link) { return link_is_over(visit, link.over, "Ask an administrator for another one."); }

Response ask(const Visit& visit, const Link& link) {
  const auto account = holder_of(visit, link);
  return account ? show(visit, password_sheet(visit, link, *account)) : is_over(visit, link);
}

Response accept(const Visit& visit, const Link& link) {
  const auto account = holder_of(visit, link);
  if (!account) return is_over(visit, link);
  const auto accepted = visit.installation->joining.accept(link.purpose, visit.said("token"), visit.said("password"));
  if (accepted) return done("/sign-in", "joined");
  if (accepted.error().kind == Error::Kind::not_found) return is_over(visit, link);
  Sheet sheet = password_sheet(visit, link, *account);
  tell_problem(sheet, accepted.error());
  return show(visit, std::move(sheet), 422);
}

}  // namespace

Response set_up_form(const Visit& visit) {
  if (visit.installation->is_set_up()) {
    return link_is_over(visit, "This installation is set up already.", "Sign in, or ask an administrator for an account.");
  }
  if (!visit.installation->joining.is_set_up_token(visit.said("token"))) {
    return link_is_over(visit, "Only the newest set-up link works, and it ends after a few days.",
                        "Look at the newest output of Waymark, or start it again for a new link.");
  }
  return show(visit, set_up_sheet(visit));
}

Response set_up(const Visit& visit) {
  Installation& installation = *visit.installation;
  const access::NewAccount account{.name = typed(visit, "name"), .email = typed(visit, "email")};
  const auto made = installation.joining.set_up(visit.said("token"), account, visit.said("password"));
  if (!made) {
    if (made.error().kind == Error::Kind::not_found || made.error().kind == Error::Kind::conflict) return set_up_form(visit);
    Sheet sheet = set_up_sheet(visit);
    tell_problem(sheet, made.error());
    return show(visit, std::move(sheet), 422);
  }
  const access::Secret token = installation.sessions.start({*made, access::Through::password, false}, browser_of(visit.request));
  Response response = Response::see_other("/account");
  response.headers.emplace_back("Set-Cookie", session_cookie(installation, token.reveal()));
  return response;
}

Response join_form(const Visit& visit) { return ask(visit, invitation); }
Response join(const Visit& visit) { return accept(visit, invitation); }
Response new_password_form(const Visit& visit) { return ask(visit, forgotten); }
Response new_password(const Visit& visit) { return accept(visit, forgotten); }

}  // namespace waymark::web::handlers
