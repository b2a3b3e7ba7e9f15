#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "web/account_handlers.hpp"
#include "web/account_words.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using access::TokenScope;
using http::Response;
using pages::FormField;
using pages::Sheet;

constexpr int scope_count = static_cast<int>(TokenScope::no_token);

std::string scopes_in_words(access::Set<TokenScope> scopes) {
  std::vector<std::string> words;
  for (int i = 0; i < scope_count; ++i) {
    if (scopes.has(static_cast<TokenScope>(i))) words.emplace_back(token_scope_title(static_cast<TokenScope>(i)));
  }
  return in_words(words);
}

std::vector<std::string> asked_scopes(const Visit& visit) {
  std::vector<std::string> asked;
  for (const http::FormField& field : visit.form.fields) {
    if (field.name == "scopes") asked.emplace_back(field.value);
  }
  return asked;
}

pages::Form token_form(const Visit& visit) {
  FormField scopes{.name = "scopes", .label = "It may", .kind = FormField::Kind::checks};
  const auto asked = asked_scopes(visit);
  for (int i = 0; i < scope_count; ++i) {
    const auto scope = static_cast<TokenScope>(i);
    const std::string name(to_string(scope));
    scopes.options.push_back({name, std::string(token_scope_title(scope)), std::find(asked.begin(), asked.end(), name) != asked.end()});
  }
  FormField days{.name = "days", .label = "It ends after", .kind = FormField::Kind::select};
  const std::string chosen = typed(visit, "days").empty() ? std::string("90") : typed(visit, "days");
  for (const auto& [count, words] : {std::pair{"7", "a week"}, {"30", "30 days"}, {"90", "90 days"}, {"365", "a year"}}) {
    days.options.push_back({count, words, chosen == count});
  }
  return {.action = "/account/tokens",
          .button = "Make the token",
          .fields = {{.name = "name", .label = "What it is for", .value = typed(visit, "name"), .hint = "So that you know later which one to withdraw."},
                     std::move(scopes),
                     std::move(days)}};
}

Sheet tokens_sheet(const Visit& visit) {
  Sheet sheet{.title = "Tokens for the API",
              .lead = "A token lets a program act in your name, for what you choose and never further than you could yourself."};
  const auto tokens = visit.installation->tokens.list(visit.viewer.account());
  if (!tokens.empty()) {
    Sheet::Table table{.caption = "Your tokens", .columns = {"For", "May", "Ends", "Last used"}, .rows = {}, .with_buttons = true};
    for (const access::ApiToken& token : tokens) {
      table.rows.push_back({.cells = {{token.name, "", token.prefix + "…"},
                                      {scopes_in_words(token.scopes)},
                                      {in_words(date_of(token.expires_at))},
                                      {token.last_used_at ? moment_in_words(*token.last_used_at) : "never"}},
                            .buttons = {{.action = fmt::format("/account/tokens/{}/withdraw", token.id.text()), .label = "Withdraw", .is_final = true, .about = token.name}}});
    }
    sheet.sections.push_back({.id = "tokens", .heading = "Your tokens", .table = std::move(table)});
  }
  sheet.sections.push_back({.id = "new", .heading = "A new one", .form = token_form(visit), .links = {{"Back to your account", "/account"}}});
  return sheet;
}

}  // namespace

Response tokens(const Visit& visit) { return show(visit, tokens_sheet(visit)); }

Response issue_token(const Visit& visit) {
  access::Set<TokenScope> scopes;
  for (const std::string& name : asked_scopes(visit)) {
    if (const auto scope = access::token_scope_of(name); scope && *scope != TokenScope::no_token) scopes.add(*scope);
  }
  const auto days = whole_number(typed(visit, "days")).value_or(0);
  const auto life = std::chrono::hours{24} * std::min<std::int64_t>(std::max<std::int64_t>(days, 0), 10'000);
  const auto made = visit.installation->tokens.issue(visit.viewer.account(), typed(visit, "name"), scopes, life);
  if (!made) {
    Sheet sheet = tokens_sheet(visit);
    tell_problem(sheet, made.error());
    return show(visit, std::move(sheet), 422);
  }
  Sheet sheet{.title = "Your new token", .lead = "Copy it now: it is not shown again. Programs send it as “Authorization: Bearer …”."};
  sheet.sections.push_back(Sheet::Section{.shown_once = {std::string(made->reveal())}, .links = {{"Back to your tokens", "/account/tokens"}}});
  return show(visit, std::move(sheet), 201);
}

Response withdraw_token(const Visit& visit) {
  const auto id = access::ApiTokenId::from(visit.ids.at(0));
  if (!id || !visit.installation->tokens.revoke(visit.viewer.account(), *id, visit.viewer.doing())) {
    Sheet sheet{.title = "Not here", .lead = "You have no such token; perhaps it is withdrawn already."};
    sheet.sections.push_back({.links = {{"Your tokens", "/account/tokens"}}});
    return show(visit, std::move(sheet), 404);
  }
  return done("/account/tokens", "token");
}

}  // namespace waymark::web::handlers
