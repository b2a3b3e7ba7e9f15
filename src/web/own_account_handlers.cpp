#include <algorithm>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/folder.hpp"
#include "base/text.hpp"
#include "importer/archive.hpp"
#include "web/account_handlers.hpp"
#include "web/account_words.hpp"
#include "web/scope_words.hpp"
#include "web/standpoint.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using access::Action;
using http::Response;
using pages::FormField;
using pages::Sheet;

Response not_yours(const Visit& visit, std::string what) {
  Sheet sheet{.title = "Not here", .lead = std::move(what)};
  sheet.sections.push_back({.links = {{"Your account", "/account"}}});
  return show(visit, std::move(sheet), 404);
}

Sheet::Section who_section(const Visit& visit, const access::Account& account) {
  Sheet::Section section;
  section.words.push_back(account.email ? fmt::format("You are {}, {}.", account.name, *account.email) : fmt::format("You are {}.", account.name));
  std::vector<std::string> roles;
  for (const access::RoleGrant& grant : visit.viewer.actor.roles) roles.push_back(grant_in_words(grant, standpoint_of(visit).today->organisation()));
  section.words.push_back(roles.empty() ? std::string("You read the pathway and keep your own record.")
                                        : fmt::format("Besides reading the pathway you are {}.", in_words(roles)));
  section.buttons.push_back({.action = "/sign-out", .label = "Sign out"});
  return section;
}

/// What else this person may do here.
Sheet::Section ways_section(const Visit& visit) {
  struct Way {
    Action action;
    const char* title;
    const char* href;
  };
  Sheet::Section section{.id = "ways", .heading = "What you can do here"};
  for (const Way& way : {Way{Action::publish_version, "Publish a version of the pathway", "/publish"}, Way{Action::read_draft, "Read the folder as it stands", "/draft"},
                         Way{Action::read_draft, "What lint found in the documents", "/lint"}, Way{Action::read_draft, "Bring a framework", "/import"},
                         Way{Action::manage_accounts, "Accounts", "/accounts"}, Way{Action::switch_feature, "Features switched off", "/features"},
                         Way{Action::manage_directories, "Directories that bring people", "/directories"},
                         Way{Action::change_configuration, "What people may declare of themselves", "/attributes"},
                         Way{Action::read_configuration, "Settings of this installation", "/settings"}, Way{Action::read_audit, "Audit", "/audit"}}) {
    if (access::may(visit.viewer.actor, way.action, {})) section.links.push_back({way.title, way.href});
  }
  return section;
}

Sheet::Section sign_in_section(const access::Account& account, bool by_provider) {
  Sheet::Section section{.id = "sign-in", .heading = "How you sign in"};
  if (account.has_password) section.links.push_back({"Change the password", "/account/password"});
  if (account.has_password) {
    section.links.push_back({account.has_second_factor ? "Second factor: on" : "Add a second factor", "/account/second-factor"});
  }
  section.links.push_back({"Tokens for the API", "/account/tokens"});
  if (by_provider) section.words.push_back("You sign in with your organisation’s account.");
  return section;
}

Sheet::Section sessions_section(const Visit& visit) {
  const auto sessions = visit.installation->sessions.list(visit.viewer.account());
  Sheet::Section section{.id = "sessions", .heading = "Where you are signed in"};
  Sheet::Table table{.caption = "Where you are signed in", .columns = {"Browser", "Last seen", "Since", "Address"}, .rows = {}, .with_buttons = true};
  for (const access::SessionSummary& each : sessions) {
    const bool is_this = visit.viewer.session && each.id == visit.viewer.session->id;
    Sheet::Row row{.cells = {{each.device, "", is_this ? "this one" : ""}, {moment_in_words(each.last_seen_at)}, {moment_in_words(each.created_at)}, {each.address}}};
    if (!is_this) row.buttons.push_back({.action = fmt::format("/account/sessions/{}/end", each.id.text()), .label = "End", .about = each.device});
    table.rows.push_back(std::move(row));
  }
  section.table = std::move(table);
  if (sessions.size() > 1) section.buttons.push_back({.action = "/account/sessions/end", .label = "End all others"});
  return section;
}

Sheet password_sheet(const Visit&) {
  Sheet sheet{.title = "Change the password", .lead = "Everywhere else you will be signed out."};
  sheet.sections.push_back(
      {.form = pages::Form{
           .action = "/account/password",
           .button = "Change it",
           .fields = {{.name = "present", .label = "Present password", .kind = FormField::Kind::password, .autocomplete = "current-password", .focused = true},
                      {.name = "password",
                       .label = "New password",
                       .kind = FormField::Kind::password,
                       .hint = "Twelve characters or more. A few words that only you would put together are good.",
                       .autocomplete = "new-password"}}},
       .links = {{"Back to your account", "/account"}}});
  return sheet;
}

}  // namespace

Response own_account(const Visit& visit) {
  const auto account = visit.installation->accounts.find(visit.viewer.account());
  if (!account) return not_yours(visit, "This account is not here any more.");
  Sheet sheet{.title = "Your account", .lead = {}};
  sheet.sections.push_back(who_section(visit, *account));
  Sheet::Section ways = ways_section(visit);
  if (!ways.links.empty()) sheet.sections.push_back(std::move(ways));
  sheet.sections.push_back(sign_in_section(*account, visit.viewer.session && visit.viewer.session->through == access::Through::provider));
  sheet.sections.push_back(sessions_section(visit));
  sheet.sections.push_back({.id = "data",
                            .heading = "What is kept about you",
                            .words = {"You can take all of it with you at any time, in files that other programs read."},
                            .links = {{"Download everything (zip)", "/account/export"}, {"What you declare of yourself", "/account/attributes"}}});
  return show(visit, std::move(sheet));
}

Response password_form(const Visit& visit) { return show(visit, password_sheet(visit)); }

Response change_password(const Visit& visit) {
  Installation& installation = *visit.installation;
  const auto keep = visit.viewer.session ? std::optional(visit.viewer.session->id.text()) : std::nullopt;
  const auto answer = installation.sign_in.change_password(visit.viewer.account(), visit.said("present"), visit.said("password"), browser_of(visit.request), keep);
  if (answer.changed) return done("/account", "password");
  Sheet sheet = password_sheet(visit);
  if (answer.wait) return slow_down(visit, std::move(sheet), *answer.wait);
  tell_problem(sheet, answer.changed.error());
  return show(visit, std::move(sheet), 422);
}

Response end_session(const Visit& visit) {
  const auto id = access::SessionId::from(visit.ids.at(0));
  if (!id || !visit.installation->sessions.revoke(visit.viewer.account(), *id, visit.viewer.doing())) {
    return not_yours(visit, "You have no such session; perhaps it has ended already.");
  }
  return done("/account", "session");
}

Response end_other_sessions(const Visit& visit) {
  const auto keep = visit.viewer.session ? std::optional(visit.viewer.session->id) : std::nullopt;
  visit.installation->sessions.revoke_all(visit.viewer.account(), keep, visit.viewer.doing());
  return done("/account", "sessions");
}

Response export_own_data(const Visit& visit) {
  Installation& installation = *visit.installation;
  const auto files = installation.options.personal_data.export_all(installation.database, visit.viewer.account(), installation.clock);
  if (!files) return not_yours(visit, files.error().message);
  Folder folder;
  folder.name = "waymark-export";
  for (const access::ExportedFile& file : *files) folder.files.push_back({file.path, file.bytes});
  const Result<std::string> zip = importer::zip_of(folder);
  if (!zip) return Response::text(503, zip.error().message + "\n");
  return {200,
          {{"Content-Type", "application/zip"}, {"Content-Disposition", "attachment; filename=\"waymark-export.zip\""}, {"Cache-Control", "no-store"}},
          *zip,
          nullptr};
}

}  // namespace waymark::web::handlers
