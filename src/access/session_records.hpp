/// Sessions in the store.
#pragma once

#include "access/session.hpp"

namespace waymark::access {

struct SessionRecord {
  SessionId id;
  AccountId account;
  std::string account_name;
  std::optional<std::string> person;
  Instant created_at{};
  Instant last_seen_at{};
  Through through = Through::password;
  bool second_factor_due = false;
  bool must_rotate = false;
  bool is_locked = false;
  std::optional<Instant> token_valid_until = {};
  std::vector<RoleGrant> roles = {};
};

void insert_session(db::Writer& writer, const SessionId& id, const NewSession& session, std::string_view device, std::string_view address,
                    Instant now);
void insert_session_token(db::Writer& writer, const SessionId& id, std::string_view hash);
/// The tokens of the session end then, unless they end before.
void end_session_tokens(db::Writer& writer, const SessionId& id, Instant at);
/// With the roles in force on the day. One statement.
[[nodiscard]] std::optional<SessionRecord> find_session(db::Reader& reader, std::string_view token_hash, Date day);
[[nodiscard]] std::vector<RoleGrant> roles_on(db::Reader& reader, const AccountId& account, Date day);
void write_last_seen(db::Writer& writer, const SessionId& id, Instant now);
void write_second_factor_done(db::Writer& writer, const SessionId& id);
void write_rotated(db::Writer& writer, const SessionId& id);
void mark_for_rotation(db::Writer& writer, const AccountId& account);
[[nodiscard]] std::vector<SessionSummary> list_sessions(db::Reader& reader, const AccountId& account, Instant created_after, Instant seen_after);
std::int64_t delete_session(db::Writer& writer, const AccountId& account, const SessionId& id);
/// All of the account but the one whose id is `keep`. Gives how many.
std::int64_t delete_sessions(db::Writer& writer, const AccountId& account, const std::optional<std::string>& keep);
std::int64_t delete_ended_sessions(db::Writer& writer, Instant created_before, Instant seen_before);
void delete_ended_tokens(db::Writer& writer, Instant now);

}  // namespace waymark::access
