#include "access/session_records.hpp"

namespace waymark::access {
namespace {

std::string_view to_text(Through through) { return through == Through::password ? "password" : "provider"; }

Through through_of(const std::string& text) {
  if (text == "password") return Through::password;
  if (text == "provider") return Through::provider;
  throw db::Unreadable{"`" + text + "` is not a way to sign in"};
}

RoleGrant grant_of(const std::string& role, std::string part, std::string country) {
  const auto known = role_of(role);
  if (!known) throw db::Unreadable{"`" + role + "` is not a role"};
  return {*known, {std::move(part), std::move(country)}};
}

}  // namespace

void insert_session(db::Writer& writer, const SessionId& id, const NewSession& session, std::string_view device, std::string_view address,
                    Instant now) {
  writer.run(
      "INSERT INTO session (id, account, created_at, last_seen_at, through, device, address, second_factor_due, must_rotate) "
      "VALUES (:id, :account, :now, :now, :through, :device, :address, :due = 1, FALSE)",
      {{"id", id},
       {"account", session.account},
       {"now", now},
       {"through", to_text(session.through)},
       {"device", device},
       {"address", address},
       {"due", session.second_factor_due ? 1 : 0}});
}

void insert_session_token(db::Writer& writer, const SessionId& id, std::string_view hash) {
  writer.run("INSERT INTO session_token (hash, session) VALUES (:hash, :id)", {{"hash", hash}, {"id", id}});
}

void end_session_tokens(db::Writer& writer, const SessionId& id, Instant at) {
  writer.run("UPDATE session_token SET valid_until = :at WHERE session = :id AND (valid_until IS NULL OR valid_until > :at)",
             {{"id", id}, {"at", at}});
}

std::optional<SessionRecord> find_session(db::Reader& reader, std::string_view token_hash, Date day) {
  std::optional<SessionRecord> record;
  // A row for each role, and one without for whoever has none.
  reader.for_each(
      "SELECT session.id, session.account, account.name, account.person, session.created_at, session.last_seen_at, session.through, "
      "session.second_factor_due, session.must_rotate, account.locked_at IS NOT NULL, session_token.valid_until, "
      "account_role.role, account_role.part, account_role.country "
      "FROM session_token JOIN session ON session.id = session_token.session JOIN account ON account.id = session.account "
      "LEFT JOIN account_role ON account_role.account = account.id AND account_role.valid_from <= :day "
      "AND (account_role.valid_to IS NULL OR account_role.valid_to > :day) WHERE session_token.hash = :hash",
      {{"hash", token_hash}, {"day", day}},
      [&](SessionId id, AccountId account, std::string name, std::optional<std::string> person, Instant created, Instant seen,
          const std::string& through, bool due, bool must_rotate, bool is_locked, std::optional<Instant> valid_until,
          const std::optional<std::string>& role, std::optional<std::string> part, std::optional<std::string> country) {
        if (!record) {
          record = SessionRecord{std::move(id), std::move(account), std::move(name), std::move(person), created, seen, through_of(through),
                                 due,           must_rotate,        is_locked,       valid_until};
        }
        if (role) record->roles.push_back(grant_of(*role, std::move(part).value_or(""), std::move(country).value_or("")));
      });
  return record;
}

std::vector<RoleGrant> roles_on(db::Reader& reader, const AccountId& account, Date day) {
  return reader.rows(
      "SELECT role, part, country FROM account_role WHERE account = :account AND valid_from <= :day AND (valid_to IS NULL OR valid_to > :day)",
      {{"account", account}, {"day", day}}, grant_of);
}

void write_last_seen(db::Writer& writer, const SessionId& id, Instant now) {
  writer.run("UPDATE session SET last_seen_at = :now WHERE id = :id AND last_seen_at < :now", {{"id", id}, {"now", now}});
}

void write_second_factor_done(db::Writer& writer, const SessionId& id) {
  writer.run("UPDATE session SET second_factor_due = FALSE WHERE id = :id", {{"id", id}});
}

void write_rotated(db::Writer& writer, const SessionId& id) { writer.run("UPDATE session SET must_rotate = FALSE WHERE id = :id", {{"id", id}}); }

void mark_for_rotation(db::Writer& writer, const AccountId& account) {
  writer.run("UPDATE session SET must_rotate = TRUE WHERE account = :account", {{"account", account}});
}

std::vector<SessionSummary> list_sessions(db::Reader& reader, const AccountId& account, Instant created_after, Instant seen_after) {
  return reader.rows(
      "SELECT id, device, address, through, created_at, last_seen_at FROM session "
      "WHERE account = :account AND created_at > :created AND last_seen_at > :seen ORDER BY last_seen_at DESC, id",
      {{"account", account}, {"created", created_after}, {"seen", seen_after}},
      [](SessionId id, std::string device, std::string address, const std::string& through, Instant created, Instant seen) {
        return SessionSummary{std::move(id), std::move(device), std::move(address), through_of(through), created, seen};
      });
}

std::int64_t delete_session(db::Writer& writer, const AccountId& account, const SessionId& id) {
  return writer.run("DELETE FROM session WHERE account = :account AND id = :id", {{"account", account}, {"id", id}});
}

std::int64_t delete_sessions(db::Writer& writer, const AccountId& account, const std::optional<std::string>& keep) {
  return writer.run("DELETE FROM session WHERE account = :account AND id <> :keep", {{"account", account}, {"keep", keep.value_or("")}});
}

std::int64_t delete_ended_sessions(db::Writer& writer, Instant created_before, Instant seen_before) {
  return writer.run("DELETE FROM session WHERE created_at <= :created OR last_seen_at <= :seen",
                    {{"created", created_before}, {"seen", seen_before}});
}

void delete_ended_tokens(db::Writer& writer, Instant now) { writer.run("DELETE FROM session_token WHERE valid_until <= :now", {{"now", now}}); }

}  // namespace waymark::access
