#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "web/account_admin.hpp"
#include "web/account_handlers.hpp"
#include "web/account_words.hpp"
#include "web/scope_words.hpp"
#include "web/standpoint.hpp"

namespace waymark::web::handlers {
namespace {

using access::LinkPurpose;
using http::Response;
using pages::FormField;
using pages::Sheet;

std::string page_of(const access::AccountId& id) { return "/accounts/" + id.text(); }

Response no_such_account(const Visit& visit) {
  Sheet sheet{.title = "No such account", .lead = "There is no account at this address; perhaps it was erased."};
  sheet.sections.push_back({.links = {{"All accounts", "/accounts"}}});
  return show(visit, std::move(sheet), 404);
}

std::optional<access::Account> account_of(const Visit& visit) {
  const auto id = access::AccountId::from(visit.ids.at(0));
  return id ? visit.installation->accounts.find(*id) : std::nullopt;
}

FormField why_field(std::string hint) { return {.name = "why", .label = "Why", .hint = std::move(hint)}; }

Sheet::Section details_section(const access::Account& account) {
  return {.id = "details",
          .heading = "Details",
          .form = pages::Form{.action = page_of(account.id) + "/details",
                              .button = "Save",
                              .fields = {{.name = "name", .label = "Name", .value = account.name},
                                         {.name = "email", .label = "E-mail address", .kind = FormField::Kind::email, .value = account.email.value_or("")},
                                         {.name = "external-id",
                                          .label = "Id in the directory",
                                          .value = account.external_id.value_or(""),
                                          .hint = "The externalId of SCIM, by which a sign-in at the provider finds this account.",
                                          .required = false}}}};
}

Sheet::Section roles_section(const Visit& visit, const access::Account& account) {
  const Date today = date_of(visit.installation->clock.now());
  Sheet::Section section{.id = "roles", .heading = "Roles"};
  Sheet::Table table{.caption = "Roles", .columns = {"Role", "From", "Until"}, .rows = {}, .with_buttons = true};
  for (const access::RoleAssignment& role : visit.installation->accounts.roles(account.id)) {
    const bool is_over = role.to && *role.to <= today;
    Sheet::Row row{.cells = {{grant_in_words(role.grant, standpoint_of(visit).today->organisation())}, {in_words(role.from)}, {role.to ? in_words(*role.to) : "further notice"}}};
    if (!is_over) {
      row.buttons.push_back({.action = fmt::format("{}/roles/{}/end", page_of(account.id), role.id.text()), .label = "End today", .about = std::string(role_title(role.grant.role))});
    }
    table.rows.push_back(std::move(row));
  }
  if (table.rows.empty()) {
    section.words.push_back("No role: reads the pathway and keeps their own record, as everybody does.");
  } else {
    section.table = std::move(table);
  }
  section.form = pages::Form{.action = page_of(account.id) + "/roles", .button = "Give the role", .fields = {role_field(typed(visit, "role"), "Another role", access::Role::pathway_owner)}};
  for (FormField& field : scope_fields(visit, *standpoint_of(visit).today)) section.form->fields.push_back(std::move(field));
  section.form->fields.push_back(why_field("Stands in the audit."));
  section.form->field("why").value = typed(visit, "why");
  return section;
}

Sheet::Section access_section(const access::Account& account) {
  Sheet::Section section{.id = "access", .heading = "Getting in"};
  if (account.locked_at) {
    section.words.push_back(fmt::format("Locked since {}.", moment_in_words(*account.locked_at)));
    section.form = pages::Form{.action = page_of(account.id) + "/unlock", .button = "Open it again", .fields = {why_field("Stands in the audit.")}};
    return section;
  }
  section.buttons.push_back({.action = page_of(account.id) + "/link",
                             .label = account.has_password ? "Make a link for a new password" : "Make an invitation",
                             .hidden = {{"purpose", account.has_password ? "new-password" : "invitation"}}});
  section.buttons.push_back({.action = page_of(account.id) + "/sessions/end", .label = "Sign out everywhere"});
  if (account.has_second_factor) {
    section.buttons.push_back({.action = page_of(account.id) + "/second-factor/remove", .label = "Remove the second factor", .is_final = true});
  }
  return section;
}

Sheet::Section lock_section(const access::Account& account) {
  Sheet::Section section{.id = "lock", .heading = "Lock"};
  section.form = pages::Form{.action = page_of(account.id) + "/lock",
                             .button = "Lock the account",
                             .fields = {why_field("Stands in the audit. Locking signs out everywhere and stops tokens; everything is kept.")}};
  return section;
}

Sheet::Section erase_section(const access::Account& account) {
  return {.id = "erase",
          .heading = "Erase",
          .words = {"Takes out everything that says who this is, for good. What was done stays in the audit, and nobody can say any more by whom. "
                    "The person can take their data along first, from their own account."},
          .form = pages::Form{.action = page_of(account.id) + "/erase",
                              .button = "Erase for good",
                              .fields = {{.name = "confirm", .label = fmt::format("To be sure, type the name: {}", account.name)}, why_field("Such as the request it answers.")},
                              .is_final = true}};
}

Sheet account_sheet(const Visit& visit, const access::Account& account) {
  Sheet sheet{.title = account.name, .lead = account.email ? fmt::format("{}, here since {}.", *account.email, in_words(date_of(account.created_at)))
                                                           : fmt::format("Here since {}.", in_words(date_of(account.created_at)))};
  sheet.sections.push_back(roles_section(visit, account));
  sheet.sections.push_back(access_section(account));
  if (!account.locked_at) sheet.sections.push_back(lock_section(account));
  sheet.sections.push_back(details_section(account));
  sheet.sections.push_back(erase_section(account));
  sheet.sections.push_back({.links = {{"What the audit says about this account", "/audit?account=" + account.id.text()}, {"All accounts", "/accounts"}}});
  return sheet;
}

Response refuse(const Visit& visit, const access::Account& account, const Error& error, std::string_view field) {
  Sheet sheet = account_sheet(visit, account);
  for (Sheet::Section& section : sheet.sections) {
    if (!section.form) continue;
    for (FormField& each : section.form->fields) {
      if (const http::FormField* given = visit.form.find(each.name); given != nullptr && each.options.empty()) each.value = std::string(given->value);
    }
  }
  tell_problem(sheet, error, field);
  return show(visit, std::move(sheet), error.kind == Error::Kind::conflict ? 409 : error.kind == Error::Kind::not_found ? 404 : 422);
}

std::string reason_of(const Visit& visit) { return typed(visit, "why"); }

Response need_reason(const Visit& visit, const access::Account& account) {
  return refuse(visit, account, {Error::Kind::bad_input, "Say why: it stands in the audit.", "A few words are enough."}, {});
}

}  // namespace

pages::FormField role_field(std::string_view chosen, std::string label, access::Role first) {
  FormField field{.name = "role", .label = std::move(label), .kind = FormField::Kind::select};
  for (int i = static_cast<int>(first); i < access::role_count; ++i) {
    const auto role = static_cast<access::Role>(i);
    const std::string name(to_string(role));
    field.options.push_back({name, fmt::format("{}: {}", role_title(role), role_purpose(role)), chosen == name});
  }
  return field;
}

Response show_link(const Visit& visit, const access::AccountId& account, LinkPurpose purpose, int status) {
  const auto link = visit.installation->joining.issue(purpose, account, visit.viewer.doing());
  if (!link) {
    Sheet sheet{.title = "No link was made", .lead = {}};
    tell_problem(sheet, link.error());
    sheet.sections.push_back({.links = {{"Back to the account", page_of(account)}}});
    return show(visit, std::move(sheet), 409);
  }
  const bool invites = purpose == LinkPurpose::invitation;
  Sheet sheet{.title = invites ? "The invitation" : "A link for a new password",
              .lead = invites ? "Hand this link to the person, and to nobody else. It works once, for seven days, and is not shown again."
                              : "Hand this link to the person, and to nobody else. It works once, for an hour, and is not shown again."};
  const std::string path = fmt::format("{}?token={}", invites ? "/join" : "/new-password", link->reveal());
  sheet.sections.push_back({.shown_once = {visit.installation->link(path)}, .links = {{"To the account", page_of(account)}, {"All accounts", "/accounts"}}});
  return show(visit, std::move(sheet), status);
}

Response account(const Visit& visit) {
  const auto found = account_of(visit);
  return found ? show(visit, account_sheet(visit, *found)) : no_such_account(visit);
}

Response change_account(const Visit& visit) {
  const auto found = account_of(visit);
  if (!found) return no_such_account(visit);
  const access::NewAccount details{.name = typed(visit, "name"), .email = typed(visit, "email"), .person = found->person, .external_id = typed(visit, "external-id")};
  const auto changed = visit.installation->accounts.change_details(found->id, details, visit.viewer.doing());
  if (changed) return done(page_of(found->id), "details");
  return refuse(visit, *found, changed.error(), {});
}

Response lock_account(const Visit& visit) {
  const auto found = account_of(visit);
  if (!found) return no_such_account(visit);
  if (reason_of(visit).empty()) return need_reason(visit, *found);
  const auto locked = visit.installation->accounts.lock(found->id, reason_of(visit), visit.viewer.doing());
  return locked ? done(page_of(found->id), "locked") : refuse(visit, *found, locked.error(), {});
}

Response unlock_account(const Visit& visit) {
  const auto found = account_of(visit);
  if (!found) return no_such_account(visit);
  if (reason_of(visit).empty()) return need_reason(visit, *found);
  const auto unlocked = visit.installation->accounts.unlock(found->id, reason_of(visit), visit.viewer.doing());
  return unlocked ? done(page_of(found->id), "unlocked") : refuse(visit, *found, unlocked.error(), {});
}

Response issue_account_link(const Visit& visit) {
  const auto found = account_of(visit);
  if (!found) return no_such_account(visit);
  return show_link(visit, found->id, typed(visit, "purpose") == "new-password" ? LinkPurpose::new_password : LinkPurpose::invitation, 201);
}

Response grant_role(const Visit& visit) {
  const auto found = account_of(visit);
  if (!found) return no_such_account(visit);
  const auto role = access::role_of(typed(visit, "role"));
  if (!role) return refuse(visit, *found, {Error::Kind::bad_input, "There is no such role.", "Choose one of the list."}, "role");
  if (reason_of(visit).empty()) return need_reason(visit, *found);
  const Result<access::Scope> scope = typed_scope(visit, *standpoint_of(visit).today);
  if (!scope) return refuse(visit, *found, scope.error(), {});
  const access::RoleGrant grant{*role, *scope};
  const Date today = date_of(visit.installation->clock.now());
  const auto granted = visit.installation->accounts.grant_role(found->id, grant, today, std::nullopt, reason_of(visit), visit.viewer.doing());
  return granted ? done(page_of(found->id), "role") : refuse(visit, *found, granted.error(), {});
}

Response end_role(const Visit& visit) {
  const auto found = account_of(visit);
  const auto role = access::RoleId::from(visit.ids.at(1));
  if (!found || !role) return no_such_account(visit);
  const Date today = date_of(visit.installation->clock.now());
  const auto ended = visit.installation->accounts.end_role(found->id, *role, today, "ended by hand", visit.viewer.doing());
  return ended ? done(page_of(found->id), "role-ended") : refuse(visit, *found, ended.error(), {});
}

Response end_account_sessions(const Visit& visit) {
  const auto found = account_of(visit);
  if (!found) return no_such_account(visit);
  visit.installation->sessions.revoke_all(found->id, std::nullopt, visit.viewer.doing());
  return done(page_of(found->id), "signed-out");
}

Response remove_account_second_factor(const Visit& visit) {
  const auto found = account_of(visit);
  if (!found) return no_such_account(visit);
  const auto removed = visit.installation->factors.remove(found->id, visit.viewer.doing());
  return removed ? done(page_of(found->id), "factor-off") : refuse(visit, *found, removed.error(), {});
}

Response erase_account(const Visit& visit) {
  const auto found = account_of(visit);
  if (!found) return no_such_account(visit);
  if (collapse_white_space(typed(visit, "confirm")) != found->name) {
    return refuse(visit, *found, {Error::Kind::bad_input, "The name was not typed as it stands; nothing was erased.", "Type it letter by letter."}, "confirm");
  }
  if (reason_of(visit).empty()) return need_reason(visit, *found);
  Installation& installation = *visit.installation;
  const auto erased = installation.options.personal_data.erase(installation.database, found->id, reason_of(visit), visit.viewer.doing(), installation.clock);
  return erased ? done("/accounts", "erased") : refuse(visit, *found, erased.error(), {});
}

}  // namespace waymark::web::handlers
