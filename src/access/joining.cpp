#include "access/joining.hpp"

#include <array>

#include "access/account_records.hpp"
#include "access/audited_write.hpp"
#include "base/text.hpp"

namespace waymark::access {
namespace {

tl::unexpected<Error> spent() {
  return fail(Error::Kind::not_found, "This link does not work any more.", "Links work once and for a limited time; ask for a new one.");
}

}  // namespace

Joining::Joining(db::Database& database, Accounts& accounts, const Clock& clock) : m_database(database), m_accounts(accounts), m_clock(clock) {}

std::optional<Secret> Joining::open_set_up() {
  return m_database.write([&](db::Writer& writer) -> std::optional<Secret> {
    const Instant now = m_clock.now();
    if (!administrators(writer, date_of(now)).empty()) return std::nullopt;
    return issue_link(writer, LinkPurpose::set_up, {}, "", now);
  });
}

bool Joining::is_set_up_token(std::string_view token) {
  return m_database.read_once([&](db::Reader& reader) { return look_at_link(reader, LinkPurpose::set_up, token, m_clock.now()).has_value(); });
}

Result<AccountId> Joining::set_up(std::string_view token, const NewAccount& account, std::string_view password) {
  if (!is_set_up_token(token)) return spent();  // before a hash is spent on a stranger
  if (trim(account.email.value_or("")).empty()) {
    return fail(Error::Kind::bad_input, "The first account needs an e-mail address: it is what one signs in with.", "Write it as name@example.org.", "email");
  }
  constexpr std::array roles{Role::administrator, Role::pathway_owner};
  return m_accounts.create_with_password(account, password, roles, Doing{Doing::By::system, {}}, [&](db::Writer& writer) -> Result<void> {
    const Instant now = m_clock.now();
    if (!use_link(writer, LinkPurpose::set_up, token, now)) return spent();
    if (!administrators(writer, date_of(now)).empty()) {
      return fail(Error::Kind::conflict, "There is an administrator already.", "Sign in, or ask the administrator for an account.");
    }
    return {};
  });
}

Result<Secret> Joining::issue(LinkPurpose purpose, const AccountId& account, const Doing& by) {
  return audited_write(m_database, [&](db::Writer& writer) -> Result<Secret> {
    const auto found = find_account(writer, account);
    if (!found || found->locked_at)
      return fail(Error::Kind::not_found, "There is no account that could use the link.", "Unlock the account first, if it is locked.");
    const Instant now = m_clock.now();
    append_audit(
        writer, {.doing = by, .action = purpose == LinkPurpose::invitation ? "invited" : "password_link_issued", .subject = AuditPerson::of(account)},
        now);
    return issue_link(writer, purpose, account, "", now);
  });
}

std::optional<AccountId> Joining::holder(LinkPurpose purpose, std::string_view token) {
  return m_database.read([&](db::Reader& reader) -> std::optional<AccountId> {
    const auto link = look_at_link(reader, purpose, token, m_clock.now());
    if (!link || !link->account) return std::nullopt;
    const auto account = find_account(reader, *link->account);
    return account && !account->locked_at ? link->account : std::nullopt;
  });
}

Result<AccountId> Joining::accept(LinkPurpose purpose, std::string_view token, std::string_view password) {
  const auto account = holder(purpose, token);
  if (!account) return spent();
  const auto set = m_accounts.set_password(*account, password, Doing::of(*account), {}, [&](db::Writer& writer) -> Result<void> {
    if (!use_link(writer, purpose, token, m_clock.now())) return spent();
    return {};
  });
  if (!set) return tl::unexpected<Error>(set.error());
  return *account;
}

}  // namespace waymark::access
