#include "access/api_token.hpp"

#include <fmt/core.h>

#include "access/account_records.hpp"
#include "access/api_token_records.hpp"
#include "access/note.hpp"
#include "access/audit.hpp"
#include "access/audited_write.hpp"
#include "access/session_records.hpp"
#include "base/text.hpp"

namespace waymark::access {
namespace {

constexpr std::string_view beginning = "waymark_";
constexpr auto noted_every = std::chrono::minutes{1};

}  // namespace

ApiTokens::ApiTokens(db::Database& database, const Clock& clock) : m_database(database), m_clock(clock) {}

Result<Secret> ApiTokens::issue(const AccountId& account, std::string_view name, Set<TokenScope> scopes, std::chrono::milliseconds life) {
  const std::string called = collapse_white_space(name);
  if (called.empty() || called.size() > 100 || !is_valid_utf8(called)) {
    return fail(Error::Kind::bad_input, "A token needs a name of at most 100 bytes.",
                "Say what it is for, so that you know later whether it can go.", "name");
  }
  if (scopes.empty() || scopes.has(TokenScope::no_token)) {
    return fail(Error::Kind::bad_input, "A token needs something that it may do.", "Choose one or more scopes.", "scopes");
  }
  if (life <= std::chrono::milliseconds{0} || life > longest_life) {
    return fail(Error::Kind::bad_input, "A token lives between a moment and 366 days.", "Choose an end within a year.", "days");
  }
  const Instant now = m_clock.now();
  Secret token(std::string(beginning) + std::string(new_token().reveal()));
  const ApiToken record{ApiTokenId::make(), called, std::string(token.reveal().substr(0, beginning.size() + 4)), scopes, now, now + life};
  return audited_write(m_database, [&](db::Writer& writer) -> Result<Secret> {
    if (!find_account(writer, account)) return fail(Error::Kind::not_found, "There is no such account.");
    insert_api_token(writer, account, record, hash_of_token(token.reveal()));
    append_audit(writer,
                 {.doing = Doing::of(account),
                  .action = "api_token_issued",
                  .subject = AuditPerson::of(account),
                  .object = "api_token:" + record.id.text(),
                  .facts = {{"scopes", scopes_text(scopes)}, {"expires", to_iso(record.expires_at)}}},
                 now);
    return token;
  });
}

std::optional<TokenHolder> ApiTokens::find(std::string_view token) {
  if (!token.starts_with(beginning)) return std::nullopt;
  const Instant now = m_clock.now();
  const std::string hash = hash_of_token(token);
  std::optional<TokenRecord> record;
  std::vector<RoleGrant> roles;
  m_database.read([&](db::Reader& reader) {
    record = find_api_token(reader, hash);
    if (record) roles = roles_on(reader, record->account, date_of(now));
  });
  if (!record || record->is_locked || record->expires_at <= now) return std::nullopt;
  if (!record->last_used_at || now - *record->last_used_at >= noted_every) {
    note([&] { m_database.write([&](db::Writer& writer) { write_last_used(writer, record->id, now); }); });
  }
  return TokenHolder{record->id, record->account, record->person, Actor{true, std::move(roles), record->scopes}};
}

std::vector<ApiToken> ApiTokens::list(const AccountId& account) {
  return m_database.read_once([&](db::Reader& reader) { return list_api_tokens(reader, account); });
}

bool ApiTokens::revoke(const AccountId& account, const ApiTokenId& id, const Doing& by) {
  return m_database.write([&](db::Writer& writer) {
    take_turn_in_audit(writer);
    if (delete_api_token(writer, account, id) == 0) return false;
    append_audit(writer, {.doing = by, .action = "api_token_revoked", .subject = AuditPerson::of(account), .object = "api_token:" + id.text()},
                 m_clock.now());
    return true;
  });
}

}  // namespace waymark::access
