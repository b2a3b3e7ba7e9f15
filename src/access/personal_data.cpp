#include "access/personal_data.hpp"

#include <fmt/core.h>

#include "access/account_records.hpp"
#include "access/api_token_records.hpp"
#include "access/audited_write.hpp"
#include "access/json_object.hpp"
#include "access/session_records.hpp"
#include "base/text.hpp"

namespace waymark::access {
namespace {

std::string quoted_or_null(const std::optional<std::string>& text) { return text ? json_quoted(*text) : "null"; }

std::string json_list(const std::vector<std::string>& members) {
  return members.empty() ? "[]" : fmt::format("[\n    {}\n  ]", join(members, ",\n    "));
}

std::vector<ExportedFile> export_account(db::Reader& reader, const DataSubject& subject) {
  const auto account = find_account(reader, subject.account);
  if (!account) return {};
  std::vector<std::string> roles, sessions, tokens;
  for (const RoleAssignment& role : roles_of(reader, subject.account)) {
    roles.push_back(fmt::format(R"({{"role": {}, "part": {}, "country": {}, "from": "{}", "to": {}}})", json_quoted(to_string(role.grant.role)),
                                json_quoted(role.grant.scope.part), json_quoted(role.grant.scope.country), to_iso(role.from),
                                role.to ? json_quoted(to_iso(*role.to)) : "null"));
  }
  for (const SessionSummary& session : list_sessions(reader, subject.account, Instant{}, Instant{})) {
    sessions.push_back(fmt::format(R"({{"device": {}, "address": {}, "signed_in": "{}", "last_seen": "{}"}})", json_quoted(session.device),
                                   json_quoted(session.address), to_iso(session.created_at), to_iso(session.last_seen_at)));
  }
  for (const ApiToken& token : list_api_tokens(reader, subject.account)) {
    tokens.push_back(fmt::format(R"({{"name": {}, "scopes": {}, "created": "{}", "expires": "{}"}})", json_quoted(token.name),
                                 json_quoted(scopes_text(token.scopes)), to_iso(token.created_at), to_iso(token.expires_at)));
  }
  std::string text = fmt::format(
      "{{\n  \"id\": {},\n  \"name\": {},\n  \"email\": {},\n  \"external_id\": {},\n  \"identity_provider\": {},\n  \"identity_subject\": {},\n"
      "  \"has_password\": {},\n  \"has_second_factor\": {},\n  \"created\": \"{}\",\n  \"roles\": {},\n  \"sessions\": {},\n  \"api_tokens\": "
      "{}\n}}\n",
      json_quoted(account->id.text()), json_quoted(account->name), quoted_or_null(account->email), quoted_or_null(account->external_id),
      quoted_or_null(account->oidc_issuer), quoted_or_null(account->oidc_subject), account->has_password, account->has_second_factor,
      to_iso(account->created_at), json_list(roles), json_list(sessions), json_list(tokens));
  std::string audit;
  std::optional<std::int64_t> before;
  for (bool is_done = false; !is_done;) {
    const auto entries = newest_audit_entries(reader, AuditPerson::of(subject.account), before, 1000);
    for (const AuditEntry& entry : entries) audit += to_json_line(entry) + '\n';
    is_done = entries.size() < 1000;
    if (!is_done) before = entries.back().sequence;
  }
  return {{"account.json", std::move(text)}, {"audit.jsonl", std::move(audit)}};
}

Result<DataSubject> subject_of(db::Reader& reader, const AccountId& id) {
  const auto account = find_account(reader, id);
  if (!account) return fail(Error::Kind::not_found, "There is no such account.", "Look it up in the list of accounts.");
  return DataSubject{id, account->person};
}

}  // namespace

PersonalData::PersonalData() {
  add({"access", "your account, your roles, where you are signed in, your API tokens, and what was done with the account", export_account,
       [](db::Writer& writer, const DataSubject& subject, Instant now) { erase_account(writer, subject.account, now); }});
}

Result<std::vector<ExportedFile>> PersonalData::export_all(db::Database& database, const AccountId& account, const Clock& clock) const {
  return database.read([&](db::Reader& reader) -> Result<std::vector<ExportedFile>> {
    const auto subject = subject_of(reader, account);
    if (!subject) return tl::unexpected<Error>(subject.error());
    std::vector<ExportedFile> files;
    std::string readme = fmt::format(
        "What Waymark keeps about you, as of {}.\n\nIt is for your growth and for levelling. It is not to be used for appraisal, pay or "
        "dismissal.\n\n",
        to_iso(clock.now()));
    for (const DataHolder& holder : m_holders) {
      readme += fmt::format("{}/  {}\n", holder.room, holder.what);
      for (ExportedFile& file : holder.export_data(reader, *subject)) files.push_back({holder.room + '/' + file.path, std::move(file.bytes)});
    }
    files.insert(files.begin(), {"README.txt", std::move(readme)});
    return files;
  });
}

Result<void> PersonalData::erase(db::Database& database, const AccountId& account, std::string_view why, const Doing& by, const Clock& clock) const {
  return audited_write(database, [&](db::Writer& writer) -> Result<void> {
    const Instant now = clock.now();
    const auto subject = subject_of(writer, account);
    if (!subject) return tl::unexpected<Error>(subject.error());
    if (const auto all = administrators(writer, date_of(now)); all.size() == 1 && all.front() == account) {
      return fail(Error::Kind::conflict, "This is the only administrator.", "Make somebody else an administrator first.");
    }
    append_audit(writer, {.doing = by, .action = "person_erased", .subject = AuditPerson::of(account), .why = std::string(why)}, now);
    for (auto holder = m_holders.rbegin(); holder != m_holders.rend(); ++holder) holder->erase(writer, *subject, now);
    forget_in_audit(writer, AuditPerson::of(account));
    if (subject->person) forget_in_audit(writer, {"person", *subject->person});
    return {};
  });
}

}  // namespace waymark::access
