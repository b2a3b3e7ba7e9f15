#include <fmt/format.h>

#include "access/secret.hpp"
#include "base/text.hpp"
#include "web/account_handlers.hpp"
#include "web/change_words.hpp"
#include "web/demo_sign_ins.hpp"
#include "web/http/log.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using access::SignInAnswer;
using http::Response;
using pages::FormField;
using pages::Sheet;

/// Where somebody wanted to go; of the query at first, of the form later.
std::string wanted(const Visit& visit) { return access::own_path(visit.said("to")); }

Response with_cookie(Response response, std::string cookie) {
  response.headers.emplace_back("Set-Cookie", std::move(cookie));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

std::string provider_name(const Installation& installation) {
  return installation.options.provider_name.empty() ? std::string("your organisation’s provider") : installation.options.provider_name;
}

/// Whoever wants to sign in cannot mend the provider; whoever can reads the log.
Error away(const Installation& installation, const Error& error) {
  if (error.kind != Error::Kind::unavailable) return error;
  http::log(http::LogLevel::warning, "The OpenID provider does not do what it is asked.", {{"what", error.message}, {"way_out", error.way_out}});
  return {error.kind, fmt::format("{} does not answer at the moment.", capitalised(provider_name(installation))),
          "Try again in a minute. Who has a password of Waymark signs in with it meanwhile."};
}

/// In a demo, who to sign in as: each a form of one button.
void add_demo_sign_ins(const Visit& visit, Sheet& sheet) {
  Installation& installation = *visit.installation;
  const std::vector<ShownSignIn> shown = shown_sign_ins(installation.accounts, installation.organisation.is_demo());
  if (shown.empty()) return;
  Sheet::Section section{.id = "demo", .heading = "Look around as somebody"};
  section.words.push_back(fmt::format("This organisation is made up. Everybody’s password is “{}”.", demo_password));
  Sheet::Table table{.caption = "Who there is to sign in as", .columns = {"Who", "What to look at"}, .rows = {}, .with_buttons = true};
  for (const ShownSignIn& each : shown) {
    Sheet::Row row{.cells = {{.text = capitalised(std::string(each.how->title)), .note = fmt::format("{}, {}", each.name, each.email)}, {std::string(each.how->sees)}}};
    row.buttons.push_back({.action = "/sign-in",
                           .label = "Sign in",
                           .hidden = {{"email", each.email}, {"password", std::string(demo_password)}, {"to", std::string(each.how->start)}},
                           .about = fmt::format("as {}", each.how->title)});
    table.rows.push_back(std::move(row));
  }
  section.table = std::move(table);
  sheet.sections.push_back(std::move(section));
}

Sheet sign_in_sheet(const Visit& visit) {
  Installation& installation = *visit.installation;
  Sheet sheet{.title = "Sign in", .lead = {}};
  if (!installation.is_set_up()) {
    sheet.title = "Not set up yet";
    sheet.lead = "Nobody has an account here so far. Whoever started Waymark finds a link in its output that opens the first one; it works once.";
    sheet.sections.push_back({.words = {"Is it lost? Start Waymark again, or run waymark create-admin where it is installed."}});
    return sheet;
  }
  const std::string to = wanted(visit);
  if (installation.provider != nullptr) {
    sheet.sections.push_back({.way_on = pages::Reference{fmt::format("Sign in with {}", installation.options.provider_name.empty() ? std::string("your organisation’s account") : installation.options.provider_name),
                                                         fmt::format("/sign-in/provider?to={}", access::percent_encoded(to))}});
  }
  Sheet::Section local;
  if (installation.provider != nullptr) local = {.id = "password", .heading = "With a password of Waymark"};
  local.form = pages::Form{.action = "/sign-in",
                           .button = "Sign in",
                           .fields = {{.name = "email",
                                       .label = "E-mail address",
                                       .kind = FormField::Kind::email,
                                       .value = typed(visit, "email"),
                                       .autocomplete = "username",
                                       .focused = installation.provider == nullptr},
                                      {.name = "password", .label = "Password", .kind = FormField::Kind::password, .autocomplete = "current-password"}},
                           .hidden = {{"to", to}}};
  sheet.sections.push_back(std::move(local));
  add_demo_sign_ins(visit, sheet);
  sheet.sections.push_back({.words = {"No password, or forgotten? An administrator can give you a link to set a new one."}});
  return sheet;
}

Sheet code_sheet(const Visit& visit) {
  Sheet sheet{.title = "One more step", .lead = "Enter the six digits that your authenticator shows now, or one of your recovery codes."};
  sheet.sections.push_back(
      {.form = pages::Form{.action = "/sign-in/code",
                           .button = "Sign in",
                           .fields = {{.name = "code", .label = "Code", .autocomplete = "one-time-code", .focused = true}},
                           .hidden = {{"to", wanted(visit)}}}});
  return sheet;
}

Response signed_in(const Visit& visit, std::string_view token, std::string to) {
  return with_cookie(Response::see_other(std::move(to)), session_cookie(*visit.installation, token));
}

/// What is the same for a password and a code.
Response refused(const Visit& visit, Sheet sheet, const SignInAnswer& answer, const Error& wrong, std::string_view field) {
  if (answer.outcome == SignInAnswer::Outcome::slow_down) return slow_down(visit, std::move(sheet), answer.wait);
  if (answer.outcome == SignInAnswer::Outcome::locked) {
    tell_problem(sheet, {Error::Kind::conflict, "This account is locked.", "Ask an administrator why."});
    return show(visit, std::move(sheet), 403);
  }
  tell_problem(sheet, wrong, field);
  return show(visit, std::move(sheet), 422);
}

}  // namespace

Response sign_in_form(const Visit& visit) {
  if (visit.viewer.session) return Response::see_other(wanted(visit));
  return show(visit, sign_in_sheet(visit));
}

Response sign_in(const Visit& visit) {
  Installation& installation = *visit.installation;
  if (!installation.is_set_up()) return show(visit, sign_in_sheet(visit), 409);
  const SignInAnswer answer = installation.sign_in.with_password(visit.said("email"), visit.said("password"), browser_of(visit.request));
  switch (answer.outcome) {
    case SignInAnswer::Outcome::signed_in: return signed_in(visit, answer.token.reveal(), wanted(visit));
    case SignInAnswer::Outcome::code_needed:
      return with_cookie(Response::see_other(fmt::format("/sign-in/code?to={}", access::percent_encoded(wanted(visit)))),
                         code_cookie(installation, answer.token.reveal()));
    default:
      return refused(visit, sign_in_sheet(visit), answer,
                     {Error::Kind::bad_input, "The e-mail address and the password do not belong together.", "Look at both, and try again."}, "password");
  }
}

Response code_form(const Visit& visit) {
  if (code_cookie_in(*visit.installation, visit.request).empty()) return Response::see_other("/sign-in");
  return show(visit, code_sheet(visit));
}

Response code(const Visit& visit) {
  Installation& installation = *visit.installation;
  const std::string token = code_cookie_in(installation, visit.request);
  if (token.empty()) return Response::see_other("/sign-in");
  const SignInAnswer answer = installation.sign_in.with_code(token, visit.said("code"), browser_of(visit.request));
  if (answer.outcome == SignInAnswer::Outcome::signed_in) {
    Response response = signed_in(visit, answer.token.reveal(), wanted(visit));
    response.headers.emplace_back("Set-Cookie", code_cookie(installation, {}));
    return response;
  }
  return refused(visit, code_sheet(visit), answer,
                 {Error::Kind::bad_input, "That code is not right, or was used already.",
                  "A code of the authenticator is good for half a minute; take the next one. After ten minutes, sign in from the start."},
                 "code");
}

Response provider_start(const Visit& visit) {
  Installation& installation = *visit.installation;
  if (installation.provider == nullptr) return Response::see_other("/sign-in");
  const auto start = installation.sign_in.start_at_provider(*installation.provider, wanted(visit));
  if (!start) {
    Sheet sheet = sign_in_sheet(visit);
    tell_problem(sheet, away(installation, start.error()));
    return show(visit, std::move(sheet), 503);
  }
  return with_cookie(Response::see_other(start->address), provider_cookie(installation, start->cookie.reveal()));
}

Response provider_answer(const Visit& visit) {
  Installation& installation = *visit.installation;
  if (installation.provider == nullptr) return Response::see_other("/sign-in");
  const auto parameter = [&](std::string_view name) { return std::string(visit.request.parameter(name).value_or("")); };
  const access::oidc::ProviderAnswer answer{parameter("state"), parameter("code"), parameter("error"), parameter("iss")};
  const auto finished = installation.sign_in.finish_at_provider(*installation.provider, provider_cookie_in(installation, visit.request), answer,
                                                                installation.options.unknown_identity, browser_of(visit.request));
  const bool is_in = finished && finished->answer.outcome == SignInAnswer::Outcome::signed_in;
  Response response;
  if (is_in) {
    response = signed_in(visit, finished->answer.token.reveal(), finished->return_to);
    response.headers.emplace_back("Set-Cookie", hint_cookie(installation, finished->id_token));
  } else {
    Sheet sheet = sign_in_sheet(visit);
    const Error locked{Error::Kind::conflict, "This account is locked.", "Ask an administrator why."};
    const Error error = finished ? locked : away(installation, finished.error());
    tell_problem(sheet, error);
    response = show(visit, std::move(sheet), error.kind == Error::Kind::unavailable ? 503 : 403);
  }
  response.headers.emplace_back("Set-Cookie", provider_cookie(installation, {}));
  return response;
}

Response sign_out(const Visit& visit) {
  Installation& installation = *visit.installation;
  bool leads_on = false;
  if (visit.viewer.session) {
    installation.sessions.sign_out(visit.viewer.session_token);
    leads_on = visit.viewer.session->through == access::Through::provider && installation.provider != nullptr;
  }
  // Browsers do not let a form end at another site (form-action), not even by a redirect: a page of ours stands between.
  return with_cookie(Response::see_other(leads_on ? "/sign-out/provider" : "/sign-in?done=bye"), session_cookie(installation, {}));
}

Response sign_out_at_provider(const Visit& visit) {
  Installation& installation = *visit.installation;
  if (visit.viewer.session) return Response::see_other("/account");
  if (installation.provider == nullptr) return Response::see_other("/sign-in");
  const auto address = installation.provider->sign_out_address(hint_cookie_in(installation, visit.request).reveal());
  if (!address) return with_cookie(done("/sign-in", "bye-here"), hint_cookie(installation, {}));
  const std::string name = provider_name(installation);
  Sheet sheet{.title = "You are signed out here", .lead = fmt::format("One more step ends your sign-in at {}, too.", name)};
  sheet.sections.push_back({.way_on = pages::Reference{fmt::format("Sign out at {}", name), *address}, .links = {{"Stay signed in there", "/sign-in?done=bye"}}});
  Response response = show(visit, std::move(sheet));
  response.headers.emplace_back("Refresh", "0; url=" + *address);
  response.headers.emplace_back("Set-Cookie", hint_cookie(installation, {}));
  return response;
}

}  // namespace waymark::web::handlers
