#include <fmt/format.h>

#include "access/second_factor.hpp"
#include "base/text.hpp"
#include "web/account_handlers.hpp"
#include "web/qr_code.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using pages::Sheet;

pages::Form code_form_of() {
  return {.action = "/account/second-factor",
          .button = "Switch it on",
          .fields = {{.name = "code", .label = "The six digits it shows now", .autocomplete = "one-time-code", .focused = true}}};
}

Sheet codes_sheet(const std::vector<access::Secret>& codes, std::string title) {
  Sheet sheet{.title = std::move(title),
              .lead = "Keep these recovery codes where you would find them without your device. Each lets you in once; they are not shown again."};
  Sheet::Section section{.links = {{"I have kept them: back to your account", "/account"}}};
  for (const access::Secret& code : codes) section.shown_once.emplace_back(code.reveal());
  sheet.sections.push_back(std::move(section));
  return sheet;
}

Sheet trouble(const Error& error) {
  Sheet sheet{.title = "Second factor", .lead = {}};
  tell_problem(sheet, error);
  sheet.sections.push_back({.links = {{"Back", "/account/second-factor"}}});
  return sheet;
}

int status_of(const Error& error) { return error.kind == Error::Kind::unavailable ? 503 : error.kind == Error::Kind::conflict ? 409 : 422; }

/// After its use nothing is due any more in this session.
void note_done(const Visit& visit) {
  if (visit.viewer.session && visit.viewer.session->second_factor_due) visit.installation->sessions.second_factor_done(visit.viewer.session->id);
}

}  // namespace

Response second_factor(const Visit& visit) {
  Installation& installation = *visit.installation;
  const auto account = installation.accounts.find(visit.viewer.account());
  if (!account) return Response::see_other("/account");
  Sheet sheet{.title = "Second factor",
              .lead = "With a second factor a stolen password is not enough. An authenticator on your phone or computer shows six digits that change every half minute."};
  if (account->has_second_factor) {
    const int left = installation.factors.recovery_codes_left(account->id);
    sheet.sections.push_back({.words = {fmt::format("It is on. You have {} left.", counted(static_cast<std::size_t>(left), "recovery code"))},
                              .buttons = {{.action = "/account/second-factor/codes", .label = "Make new recovery codes"},
                                          {.action = "/account/second-factor/remove", .label = "Remove the second factor", .is_final = true}},
                              .links = {{"Back to your account", "/account"}}});
  } else {
    if (visit.viewer.session && visit.viewer.session->second_factor_due) {
      sheet.sections.push_back({.words = {"Your organisation asks for one before you go on."}});
    }
    sheet.sections.push_back({.words = {"You need an authenticator program; any that knows time-based codes (TOTP) will do."},
                              .buttons = {{.action = "/account/second-factor/begin", .label = "Begin"}},
                              .links = {{"Back to your account", "/account"}}});
  }
  return show(visit, std::move(sheet));
}

Response begin_second_factor(const Visit& visit) {
  Installation& installation = *visit.installation;
  const auto account = installation.accounts.find(visit.viewer.account());
  if (!account) return Response::see_other("/account");
  const auto secret = installation.factors.begin(account->id);
  if (!secret) return show(visit, trouble(secret.error()), status_of(secret.error()));
  Sheet sheet{.title = "Add it to your authenticator", .lead = "Type this key into your authenticator; on the device itself, copy the address below it into it."};
  const access::Secret address = access::totp_address(*secret, visit.site.pathway().name, account->email.value_or(account->name));
  if (auto code = qr_code_of(std::string(address.reveal()))) {
    sheet.lead = "Let your authenticator read this picture. Where it cannot, type the key below; on the device itself, copy the address below the key into it.";
    sheet.sections.push_back({.picture = Sheet::Picture{code->size, std::move(code->path), "The key below, as a picture that an authenticator reads"}});
  }
  sheet.sections.push_back({.shown_once = {access::totp_secret_text(*secret), std::string(address.reveal())}});
  sheet.sections.push_back({.form = code_form_of()});
  return show(visit, std::move(sheet));
}

Response confirm_second_factor(const Visit& visit) {
  const auto codes = visit.installation->factors.confirm(visit.viewer.account(), visit.said("code"));
  if (codes) {
    note_done(visit);
    return show(visit, codes_sheet(*codes, "The second factor is on"));
  }
  Sheet sheet{.title = "Add it to your authenticator", .lead = "The key is with your authenticator already. Is it not? Begin again for a new one."};
  sheet.sections.push_back({.form = code_form_of(), .buttons = {{.action = "/account/second-factor/begin", .label = "Begin again"}}});
  tell_problem(sheet, codes.error());
  return show(visit, std::move(sheet), status_of(codes.error()));
}

Response new_recovery_codes(const Visit& visit) {
  const auto codes = visit.installation->factors.new_recovery_codes(visit.viewer.account(), visit.viewer.doing());
  if (!codes) return show(visit, trouble(codes.error()), status_of(codes.error()));
  return show(visit, codes_sheet(*codes, "New recovery codes"));
}

Response remove_second_factor(const Visit& visit) {
  const auto removed = visit.installation->factors.remove(visit.viewer.account(), visit.viewer.doing());
  if (!removed) return show(visit, trouble(removed.error()), status_of(removed.error()));
  return done("/account", "factor-off");
}

}  // namespace waymark::web::handlers
