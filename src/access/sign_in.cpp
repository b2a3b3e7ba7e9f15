#include "access/sign_in.hpp"

#include <algorithm>

#include "access/account_records.hpp"
#include "access/audit.hpp"
#include "access/audited_write.hpp"
#include "access/link.hpp"
#include "access/session_records.hpp"
#include "base/text.hpp"

namespace waymark::access {
namespace {

using Outcome = SignInAnswer::Outcome;

}  // namespace

SignIn::SignIn(db::Database& database, const Clock& clock, Accounts& accounts, Sessions& sessions, SecondFactors& factors, SignInRules rules)
    : m_database(database), m_clock(clock), m_accounts(accounts), m_sessions(sessions), m_factors(factors), m_rules(rules) {}

bool SignIn::must_have_second_factor(db::Reader& reader, const AccountId& account) {
  if (m_rules.second_factor == SecondFactorPolicy::optional) return false;
  if (m_rules.second_factor == SecondFactorPolicy::for_everybody) return true;
  const auto roles = roles_on(reader, account, date_of(m_clock.now()));
  return std::any_of(roles.begin(), roles.end(), [](const RoleGrant& grant) { return grant.role == Role::administrator; });
}

SignInAnswer SignIn::with_password(std::string_view email, std::string_view password, const Browser& browser) {
  const AttemptKeys keys = attempt_keys(trim(email), browser.address);
  const auto wait = m_database.write([&](db::Writer& writer) { return begin_attempt(writer, keys, m_rules.passwords, m_clock.now()); });
  if (wait) return {.outcome = Outcome::slow_down, .wait = *wait};

  const HashCost cost = m_accounts.rules().cost;
  const auto key = email_key(trim(email));
  const auto record = key ? m_database.read_once([&](db::Reader& reader) { return find_for_sign_in(reader, *key); }) : std::nullopt;
  const auto normalised = normalised_password(password, m_accounts.rules().passwords);
  const Secret typed = normalised ? *normalised : Secret();
  if (!record || !record->password_hash) {
    spend_a_check(typed, cost);
    return {};
  }
  if (!is_password(typed, *record->password_hash) || !normalised) return {};
  if (record->is_locked) return {.outcome = Outcome::locked};
  const std::optional<std::string> new_hash = needs_new_hash(*record->password_hash, cost) ? std::optional(hash_password(typed, cost)) : std::nullopt;

  return m_database.write([&](db::Writer& writer) -> SignInAnswer {
    take_turn_in_audit(writer);
    const Instant now = m_clock.now();
    const auto present = find_for_sign_in(writer, record->account);
    // Somebody changed the password, or locked the account, while it was checked.
    if (!present || present->is_locked || present->password_hash != record->password_hash) return {};
    if (new_hash) write_password(writer, record->account, new_hash);
    attempt_succeeded(writer, keys, now);
    if (present->has_second_factor) {
      return {.outcome = Outcome::code_needed, .token = issue_link(writer, LinkPurpose::second_factor, record->account, "", now)};
    }
    const NewSession session{record->account, Through::password, must_have_second_factor(writer, record->account)};
    return {.outcome = Outcome::signed_in, .token = m_sessions.start(writer, session, browser)};
  });
}

SignInAnswer SignIn::with_code(std::string_view token, std::string_view code, const Browser& browser) {
  const Instant now = m_clock.now();
  const auto link = m_database.read_once([&](db::Reader& reader) { return look_at_link(reader, LinkPurpose::second_factor, token, now); });
  if (!link || !link->account) return {};
  const AttemptKeys keys = attempt_keys("code/" + link->account->text(), browser.address);
  const auto wait = m_database.write([&](db::Writer& writer) { return begin_attempt(writer, keys, m_rules.codes, now); });
  if (wait) return {.outcome = Outcome::slow_down, .wait = *wait};
  return m_database.write([&](db::Writer& writer) -> SignInAnswer {
    take_turn_in_audit(writer);
    const auto present = find_for_sign_in(writer, *link->account);
    if (!present || present->is_locked) return {};
    if (!look_at_link(writer, LinkPurpose::second_factor, token, now)) return {};
    const auto is_right = m_factors.use_code(writer, *link->account, code);
    if (!is_right || !*is_right) return {};
    static_cast<void>(use_link(writer, LinkPurpose::second_factor, token, now));
    attempt_succeeded(writer, keys, now);
    return {.outcome = Outcome::signed_in, .token = m_sessions.start(writer, {*link->account, Through::password, false}, browser)};
  });
}

PasswordChange SignIn::change_password(const AccountId& account, std::string_view present, std::string_view typed, const Browser& browser,
                                       const std::optional<std::string>& keep_session) {
  const auto record = m_accounts.find(account);
  const AttemptKeys keys = attempt_keys(record && record->email ? *record->email : "account/" + account.text(), browser.address);
  const auto wait = m_database.write([&](db::Writer& writer) { return begin_attempt(writer, keys, m_rules.passwords, m_clock.now()); });
  if (wait) return {fail(Error::Kind::unavailable, "There were too many wrong attempts.", "Wait a little and try again."), wait};
  PasswordChange answer{m_accounts.change_password(account, present, typed, keep_session)};
  if (answer.changed || answer.changed.error().field != "present") {
    m_database.write([&](db::Writer& writer) { attempt_succeeded(writer, keys, m_clock.now()); });
  }
  return answer;
}

Result<ProviderStart> SignIn::start_at_provider(oidc::RelyingParty& party, std::string_view return_to) {
  const auto start = party.start();
  if (!start) return tl::unexpected<Error>(start.error());
  const std::string payload =
      join({start->attempt.state, start->attempt.nonce, std::string(start->attempt.verifier.reveal()), own_path(return_to)}, "\n");
  Secret cookie = m_database.write([&](db::Writer& writer) { return issue_link(writer, LinkPurpose::provider_sign_in, {}, payload, m_clock.now()); });
  return ProviderStart{start->address, std::move(cookie)};
}

Result<ProviderSignIn> SignIn::finish_at_provider(oidc::RelyingParty& party, std::string_view cookie, const oidc::ProviderAnswer& answer,
                                                  Accounts::Unknown unknown, const Browser& browser) {
  const auto link = m_database.write([&](db::Writer& writer) { return use_link(writer, LinkPurpose::provider_sign_in, cookie, m_clock.now()); });
  const std::string payload = link ? link->payload : std::string();
  const auto kept = split(payload, '\n');
  if (kept.size() != 4) return fail(Error::Kind::bad_input, "This sign-in took too long, or was finished already.", "Start the sign-in again.");
  const auto identity = party.finish({std::string(kept[0]), std::string(kept[1]), Secret(std::string(kept[2]))}, answer);
  if (!identity) return tl::unexpected<Error>(identity.error());
  const auto account = m_accounts.for_identity(*identity, unknown);
  if (!account) return tl::unexpected<Error>(account.error());
  const SignInAnswer signed_in = m_database.write([&](db::Writer& writer) -> SignInAnswer {
    take_turn_in_audit(writer);
    const auto present = find_for_sign_in(writer, *account);
    if (!present || present->is_locked) return {.outcome = Outcome::locked};
    return {.outcome = Outcome::signed_in, .token = m_sessions.start(writer, {*account, Through::provider, false}, browser)};
  });
  return ProviderSignIn{signed_in, std::string(kept[3]), identity->id_token};
}

std::string own_path(std::string_view path) {
  const bool is_own = path.starts_with('/') && !path.starts_with("//") && path.size() < 2000 &&
                      std::none_of(path.begin(), path.end(), [](char c) { return c == '\\' || static_cast<unsigned char>(c) <= ' ' || c == 0x7f; });
  return is_own ? std::string(path) : "/";
}

}  // namespace waymark::access
