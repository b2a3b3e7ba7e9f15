// What a person sees who may not, or whose form came too late, or when the store does not answer.
#include <algorithm>

#include <fmt/format.h>

#include "web/gate.hpp"
#include "web/handlers.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using pages::FormField;
using pages::Sheet;

bool is_secret(std::string_view name) { return name.find("password") != std::string_view::npos || name == "present" || name == "code" || name == "token"; }

/// Everything of the form that may travel once more: no file, no password, no old token.
pages::Form again(const Visit& visit, std::string button) {
  pages::Form form{.action = visit.request.path, .button = std::move(button)};
  for (const http::FormField& field : visit.form.fields) {
    if (field.name == "form_token" || !field.file_name.empty() || is_secret(field.name)) continue;
    form.hidden.emplace_back(field.name, std::string(field.value));
  }
  return form;
}

bool loses_something(const Visit& visit) {
  return std::any_of(visit.form.fields.begin(), visit.form.fields.end(),
                     [](const http::FormField& field) { return !field.file_name.empty() || (is_secret(field.name) && !field.value.empty()); });
}

/// Where the form itself is, to be filled in anew.
std::string form_page(const Visit& visit) {
  const auto found = match(visit.request.path, http::Method::post);
  return found ? std::string(found->route->begins_at) : std::string("/");
}

}  // namespace

Response not_allowed(const Visit& visit) {
  Sheet sheet{.title = "This is not open to you", .lead = "You are signed in, and this page is for others: what somebody sees here follows from what they do for the organisation."};
  sheet.sections.push_back({.words = {"Should you have it? An administrator gives roles, and each one is in the audit."},
                            .links = {{"The landscape", "/"}, {"Your account", "/account"}}});
  return show(visit, std::move(sheet), 403);
}

Response send_again(const Visit& visit, int status) {
  const bool signed_out = status == 401;
  Sheet sheet{.title = signed_out ? "You are signed out" : "Not sent yet",
              .lead = signed_out ? "Nothing was changed. Sign in in another tab, come back to this one, and send it once more."
                                 : "Nothing was changed: the form was older than your session, or had none of its marks. Look at what it would do and send it once more."};
  Sheet::Section section;
  if (signed_out) section.links.push_back({"Sign in", "/sign-in"});
  if (loses_something(visit)) {
    section.words.push_back("Passwords, codes and files are not kept in between; that form has to be filled in again.");
    section.links.push_back({"To the form", form_page(visit)});
  } else {
    section.words.push_back(fmt::format("It goes to {}.", visit.request.path));
    section.form = again(visit, "Send it once more");
  }
  sheet.sections.push_back(std::move(section));
  return show(visit, std::move(sheet), status);
}

Response from_elsewhere(const Visit& visit) {
  Sheet sheet{.title = "This came from another site", .lead = "A page elsewhere tried to do something here in your name. Nothing was changed."};
  sheet.sections.push_back({.words = {"Did you mean to do it yourself? Then begin on the page here."}, .links = {{"To the form", form_page(visit)}, {"The landscape", "/"}}});
  return show(visit, std::move(sheet), 403);
}

namespace {

/// What the store would not do, for whoever asked; what it said itself is in the log.
std::string_view words_for(db::DatabaseError::Kind kind) {
  using Kind = db::DatabaseError::Kind;
  switch (kind) {
    case Kind::full:
      return "The disk of this installation is full, so nothing more can be saved for now. Nothing that was saved is lost, nothing was changed just now, "
             "and reading goes on.";
    case Kind::read_only:
      return "This installation takes no changes at the moment. Nothing that was saved is lost, nothing was changed just now, and reading goes on.";
    case Kind::busy:
    case Kind::contended:
      return "Too much is being changed at this moment. Nothing was changed just now; in a little while there is room again.";
    case Kind::uncertain:
      return "The connection to the store broke while your change was being saved. It may have been kept or not: look at what is there before you make it "
             "again.";
    default:
      return "The store of this installation does not answer. Nothing that was saved is lost, and nothing was changed just now. It usually comes back by "
             "itself.";
  }
}

}  // namespace

Response unavailable(const Visit& visit, db::DatabaseError::Kind kind, std::string_view reference) {
  Sheet sheet{.title = "Not at this moment", .lead = std::string(words_for(kind))};
  Sheet::Section section{.words = {fmt::format("Try again in a moment. If it stays like this, tell whoever runs Waymark the reference {}.", reference)}};
  const bool posts = visit.request.method == http::Method::post;
  if (posts && kind != db::DatabaseError::Kind::uncertain && !loses_something(visit)) {
    section.form = again(visit, "Send it once more");
  } else {
    section.links.push_back({kind == db::DatabaseError::Kind::uncertain ? "Look at what is there" : "Try again", posts ? form_page(visit) : target_of(visit.request)});
  }
  sheet.sections.push_back(std::move(section));
  Response response = show(visit, std::move(sheet), 503);
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

Response readiness(const Visit& visit) {
  if (visit.installation == nullptr) return Response::text(200, "ready\n");
  try {
    static_cast<void>(visit.installation->accounts.has_administrator());
  } catch (const db::DatabaseError&) {
    return Response::text(503, "the store does not answer\n");
  }
  return Response::text(200, "ready\n");
}

}  // namespace waymark::web::handlers
