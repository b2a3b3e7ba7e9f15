#include <fmt/format.h>

#include "base/date.hpp"
#include "web/account_handlers.hpp"
#include "web/scim_handlers.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using org::scim::Directory;
using org::scim::DirectoryId;
using org::scim::GroupsAre;
using pages::FormField;
using pages::Sheet;

std::string page_of(const DirectoryId& id) { return "/directories/" + id.text(); }

FormField groups_field(GroupsAre chosen) {
  return {.name = "groups",
          .label = "Its groups",
          .kind = FormField::Kind::select,
          .hint = "Somebody works in one team. If your groups are not teams, such as mailing lists or licences, leave them out.",
          .options = {{"teams", "are kept as teams", chosen == GroupsAre::teams}, {"nothing", "are left out", chosen == GroupsAre::nothing}}};
}

GroupsAre typed_groups(const Visit& visit) { return typed(visit, "groups") == "nothing" ? GroupsAre::nothing : GroupsAre::teams; }

std::string last_use(const Directory& directory) { return directory.last_used_at ? moment_in_words(*directory.last_used_at) : std::string("not yet"); }

Sheet new_directory_sheet(const Visit& visit) {
  Sheet sheet{.title = "Connect a directory",
              .lead = "A directory such as Entra ID or Okta brings people as they join, change and leave, over SCIM 2.0. It gets a token of its own, which belongs to "
                      "this installation and not to you."};
  sheet.sections.push_back(
      {.form = pages::Form{.action = "/directories/new",
                           .button = "Connect",
                           .fields = {{.name = "name", .label = "Name of the directory", .value = typed(visit, "name"), .hint = "It stands in the audit beside everything the directory changes."},
                                      groups_field(typed_groups(visit))}},
       .links = {{"All directories", "/directories"}}});
  return sheet;
}

Sheet token_sheet(const Visit& visit, const DirectoryId& id, const access::Secret& token) {
  Sheet sheet{.title = "The directory’s token", .lead = "Copy it now: it is not shown again."};
  sheet.sections.push_back({.words = {"Give the directory this address and this token."},
                            .shown_once = {visit.installation->link("/scim/v2"), std::string(token.reveal())},
                            .links = {{"The directory", page_of(id)}}});
  return sheet;
}

Response no_such_directory(const Visit& visit) {
  Sheet sheet{.title = "Not here", .lead = "There is no such directory; perhaps it is withdrawn already."};
  sheet.sections.push_back({.links = {{"All directories", "/directories"}}});
  return show(visit, std::move(sheet), 404);
}

std::optional<Directory> asked_directory(const Visit& visit) {
  const auto id = DirectoryId::from(visit.ids.at(0));
  auto found = id ? visit.installation->directories.find(*id) : std::nullopt;
  return found && !found->withdrawn_at ? found : std::nullopt;
}

}  // namespace

Response directories(const Visit& visit) {
  Sheet sheet{.title = "Directories that bring people", .lead = "Each keeps the people and teams that it brought, with a token of its own."};
  const std::vector<Directory> all = visit.installation->directories.list();
  Sheet::Section section{.links = {{"Connect a directory", "/directories/new"}}};
  if (all.empty()) {
    section.words.push_back("None is connected. People come in by form or from a file.");
  } else {
    Sheet::Table table{.caption = "Directories", .columns = {"Directory", "Groups", "Token", "Last used"}, .rows = {}};
    for (const Directory& each : all) {
      table.rows.push_back({.cells = {{each.name, page_of(each.id)},
                                      {each.groups == GroupsAre::teams ? "teams" : "left out"},
                                      {each.token_prefix + "…"},
                                      {last_use(each)}}});
    }
    section.table = std::move(table);
  }
  sheet.sections.push_back(std::move(section));
  return show(visit, std::move(sheet));
}

Response directory_form(const Visit& visit) { return show(visit, new_directory_sheet(visit)); }

Response connect_directory(const Visit& visit) {
  const auto connected = visit.installation->directories.connect(typed(visit, "name"), typed_groups(visit), visit.viewer.doing());
  if (connected) return show(visit, token_sheet(visit, connected->id, connected->token), 201);
  Sheet sheet = new_directory_sheet(visit);
  tell_problem(sheet, connected.error());
  return show(visit, std::move(sheet), 422);
}

Response directory(const Visit& visit) {
  const auto found = asked_directory(visit);
  if (!found) return no_such_directory(visit);
  const std::string page = page_of(found->id);
  Sheet sheet{.title = found->name, .lead = fmt::format("Connected on {}. Last used: {}.", in_words(date_of(found->created_at)), last_use(*found))};
  sheet.sections.push_back({.id = "address", .heading = "Address", .words = {visit.installation->link("/scim/v2")}});
  sheet.sections.push_back({.id = "groups",
                            .heading = "Groups",
                            .form = pages::Form{.action = page + "/groups", .button = "Change", .fields = {groups_field(found->groups)}}});
  sheet.sections.push_back({.id = "token",
                            .heading = "Token",
                            .words = {fmt::format("The token begins with {}. A new one makes it useless at once.", found->token_prefix)},
                            .buttons = {{.action = page + "/token", .label = "Make a new token", .is_final = true}}});
  sheet.sections.push_back({.id = "withdraw",
                            .heading = "Withdraw",
                            .words = {"The token is refused from then on. Whom the directory brought stays as they are, and another directory can take them over."},
                            .buttons = {{.action = page + "/withdraw", .label = "Withdraw this directory", .is_final = true}},
                            .links = {{"All directories", "/directories"}}});
  return show(visit, std::move(sheet));
}

Response change_directory_groups(const Visit& visit) {
  const auto found = asked_directory(visit);
  if (!found || !visit.installation->directories.change_groups(found->id, typed_groups(visit), visit.viewer.doing())) return no_such_directory(visit);
  return done(page_of(found->id), "directory");
}

Response renew_directory_token(const Visit& visit) {
  const auto found = asked_directory(visit);
  if (!found) return no_such_directory(visit);
  const auto token = visit.installation->directories.renew_token(found->id, visit.viewer.doing());
  return token ? show(visit, token_sheet(visit, found->id, *token), 201) : no_such_directory(visit);
}

Response withdraw_directory(const Visit& visit) {
  const auto found = asked_directory(visit);
  if (!found || !visit.installation->directories.withdraw(found->id, visit.viewer.doing())) return no_such_directory(visit);
  return done("/directories", "directory-withdrawn");
}

}  // namespace waymark::web::handlers
