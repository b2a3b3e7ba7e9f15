#include <algorithm>

#include <fmt/format.h>

#include "access/joining.hpp"
#include "base/date.hpp"
#include "base/text.hpp"
#include "web/account_admin.hpp"
#include "web/account_handlers.hpp"
#include "web/account_words.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using pages::FormField;
using pages::Sheet;

constexpr int accounts_a_page = 100;

std::string how_they_sign_in(const access::Account& account) {
  std::vector<std::string> ways;
  if (account.has_password) ways.emplace_back(account.has_second_factor ? "password and second factor" : "password");
  if (account.oidc_subject) ways.emplace_back("provider");
  return ways.empty() ? "not yet" : in_words(ways);
}

Sheet new_account_sheet(const Visit& visit) {
  Sheet sheet{.title = "Open an account", .lead = "You get a link to hand to the person, who sets a password of their own with it."};
  sheet.sections.push_back(
      {.form = pages::Form{.action = "/accounts/new",
                           .button = "Open the account",
                           .fields = {{.name = "name", .label = "Name", .value = typed(visit, "name"), .hint = "As colleagues know the person.", .focused = true},
                                      {.name = "email",
                                       .label = "E-mail address",
                                       .kind = FormField::Kind::email,
                                       .value = typed(visit, "email"),
                                       .hint = "The person signs in with it."},
                                      role_field(typed(visit, "role"), "Role", access::Role::engineer)}},
       .links = {{"Back to the accounts", "/accounts"}}});
  return sheet;
}

}  // namespace

Response accounts(const Visit& visit) {
  Installation& installation = *visit.installation;
  const std::string sought = typed(visit, "email");
  Sheet sheet{.title = "Accounts", .lead = "Who may sign in, and what they do for the organisation. Nothing personal is seen from here."};
  if (!sought.empty()) {
    if (const auto found = installation.accounts.find_by_email(sought)) return Response::see_other("/accounts/" + found->id.text());
  }
  const std::string after = typed(visit, "after");
  const access::AccountPage page = installation.accounts.list(after.empty() ? std::nullopt : std::optional(after), accounts_a_page);
  Sheet::Section section{.links = {{"Open an account", "/accounts/new"}}};
  Sheet::Table table{.caption = "Accounts", .columns = {"Name", "E-mail address", "Signs in with", "Since"}, .rows = {}};
  for (const access::Account& account : page.accounts) {
    table.rows.push_back({.cells = {{account.name, "/accounts/" + account.id.text(), account.locked_at ? "locked" : ""},
                                    {account.email.value_or("")},
                                    {how_they_sign_in(account)},
                                    {in_words(date_of(account.created_at))}}});
  }
  section.table = std::move(table);
  if (page.next) section.links.push_back({"More accounts", fmt::format("/accounts?after={}", access::percent_encoded(*page.next))});
  sheet.sections.push_back(std::move(section));
  if (!sought.empty()) tell_problem(sheet, {Error::Kind::not_found, fmt::format("Nobody has the address {}.", sought), "Look through the list."});
  return show(visit, std::move(sheet));
}

Response account_form(const Visit& visit) { return show(visit, new_account_sheet(visit)); }

Response open_account(const Visit& visit) {
  Installation& installation = *visit.installation;
  const auto refuse = [&](const Error& error, std::string_view field) {
    Sheet sheet = new_account_sheet(visit);
    tell_problem(sheet, error, field);
    return show(visit, std::move(sheet), error.kind == Error::Kind::conflict ? 409 : 422);
  };
  const std::string email = typed(visit, "email");
  if (email.empty()) return refuse({Error::Kind::bad_input, "An account needs an e-mail address to sign in with.", "Write it as name@example.org."}, "email");
  const auto role = access::role_of(typed(visit, "role"));
  if (!role) return refuse({Error::Kind::bad_input, "There is no such role.", "Choose one of the list."}, "role");
  // Opening accounts and giving roles are two rights; whoever has only the first opens accounts without a role.
  if (*role != access::Role::engineer && !access::may(visit.viewer.actor, access::Action::grant_role, {})) return not_allowed(visit);
  const auto made = installation.accounts.create({.name = typed(visit, "name"), .email = email}, visit.viewer.doing());
  if (!made) return refuse(made.error(), {});
  if (*role != access::Role::engineer) {
    const Date today = date_of(installation.clock.now());
    if (const auto granted = installation.accounts.grant_role(*made, {*role, {}}, today, std::nullopt, "when the account was opened", visit.viewer.doing()); !granted) {
      return refuse(granted.error(), "role");
    }
  }
  return show_link(visit, *made, access::LinkPurpose::invitation, 201);
}

}  // namespace waymark::web::handlers
