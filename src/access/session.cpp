#include "access/session.hpp"

#include <array>

#include <fmt/core.h>
#include <sodium.h>

#include "access/audit.hpp"
#include "access/note.hpp"
#include "access/session_records.hpp"
#include "base/random.hpp"

namespace waymark::access {
namespace {

bool has_ended(const SessionRecord& record, const SessionRules& rules, Instant now) {
  return record.is_locked || now - record.created_at >= rules.absolute || now - record.last_seen_at >= rules.idle ||
         (record.token_valid_until && *record.token_valid_until <= now);
}

/// Sixteen bytes that follow from the session's token and nothing else.
std::string form_key(std::string_view session_token) { return keyed_hash(hash_of_token(session_token), "form").substr(0, 16); }

std::string either_or(std::string_view a, std::string_view b) {
  std::string mixed;
  for (std::size_t i = 0; i < a.size(); ++i) mixed += static_cast<char>(a[i] ^ b[i]);
  return mixed;
}

}  // namespace

Sessions::Sessions(db::Database& database, const Clock& clock, SessionRules rules) : m_database(database), m_clock(clock), m_rules(rules) {}

Secret Sessions::start(const NewSession& session, const Browser& browser) {
  return m_database.write([&](db::Writer& writer) {
    take_turn_in_audit(writer);
    return start(writer, session, browser);
  });
}

Secret Sessions::start(db::Writer& writer, const NewSession& session, const Browser& browser) {
  const Instant now = m_clock.now();
  const SessionId id = SessionId::make();
  Secret token = new_token();
  insert_session(writer, id, session, device_words(browser.user_agent), browser.address, now);
  insert_session_token(writer, id, hash_of_token(token.reveal()));
  append_audit(writer,
               {.doing = Doing::of(session.account),
                .action = "signed_in",
                .subject = AuditPerson::of(session.account),
                .object = "session:" + id.text(),
                .facts = {{"through", session.through == Through::password ? "password" : "provider"}}},
               now);
  return token;
}

std::optional<Session> Sessions::find(std::string_view token) {
  const Instant now = m_clock.now();
  const std::string hash = hash_of_token(token);
  auto record = m_database.read_once([&](db::Reader& reader) { return find_session(reader, hash, date_of(now)); });
  if (!record || has_ended(*record, m_rules, now)) return std::nullopt;
  if (now - record->last_seen_at >= m_rules.noted_every) {
    note([&] { m_database.write([&](db::Writer& writer) { write_last_seen(writer, record->id, now); }); });
  }
  // A request that was under way with the old token need not change the token once more.
  const bool must_rotate = record->must_rotate && !record->token_valid_until;
  return Session{record->id,       record->account, record->account_name,      record->person,
                 std::move(record->roles), record->through, record->second_factor_due, must_rotate};
}

std::optional<Secret> Sessions::rotate(std::string_view token) {
  const std::string hash = hash_of_token(token);
  const Secret made = new_token();
  const Instant now = m_clock.now();
  const bool is_rotated = m_database.write([&](db::Writer& writer) {
    const auto record = find_session(writer, hash, date_of(now));
    if (!record || has_ended(*record, m_rules, now)) return false;
    end_session_tokens(writer, record->id, now + m_rules.old_token_for);
    insert_session_token(writer, record->id, hash_of_token(made.reveal()));
    write_rotated(writer, record->id);
    return true;
  });
  return is_rotated ? std::optional(made) : std::nullopt;
}

void Sessions::second_factor_done(const SessionId& id) {
  m_database.write([&](db::Writer& writer) { write_second_factor_done(writer, id); });
}

std::vector<SessionSummary> Sessions::list(const AccountId& account) {
  const Instant now = m_clock.now();
  return m_database.read_once([&](db::Reader& reader) { return list_sessions(reader, account, now - m_rules.absolute, now - m_rules.idle); });
}

bool Sessions::revoke(const AccountId& account, const SessionId& id, const Doing& by) {
  return m_database.write([&](db::Writer& writer) {
    take_turn_in_audit(writer);
    if (delete_session(writer, account, id) == 0) return false;
    append_audit(writer, {.doing = by, .action = "session_revoked", .subject = AuditPerson::of(account), .object = "session:" + id.text()},
                 m_clock.now());
    return true;
  });
}

std::int64_t Sessions::revoke_all(const AccountId& account, const std::optional<SessionId>& keep, const Doing& by) {
  return m_database.write([&](db::Writer& writer) {
    take_turn_in_audit(writer);
    const std::int64_t count = delete_sessions(writer, account, keep ? std::optional(keep->text()) : std::nullopt);
    append_audit(writer,
                 {.doing = by, .action = "sessions_revoked", .subject = AuditPerson::of(account), .facts = {{"count", std::to_string(count)}}},
                 m_clock.now());
    return count;
  });
}

void Sessions::sign_out(std::string_view token) {
  const std::string hash = hash_of_token(token);
  m_database.write([&](db::Writer& writer) {
    take_turn_in_audit(writer);
    const auto record = find_session(writer, hash, date_of(m_clock.now()));
    if (!record) return;
    delete_session(writer, record->account, record->id);
    append_audit(writer,
                 {.doing = Doing::of(record->account),
                  .action = "signed_out",
                  .subject = AuditPerson::of(record->account),
                  .object = "session:" + record->id.text()},
                 m_clock.now());
  });
}

std::int64_t Sessions::forget_ended() {
  const Instant now = m_clock.now();
  return m_database.write([&](db::Writer& writer) {
    delete_ended_tokens(writer, now);
    return delete_ended_sessions(writer, now - m_rules.absolute, now - m_rules.idle);
  });
}

std::string form_token(std::string_view session_token) {
  const std::string mask = random_bytes(16);
  return base64url(mask + either_or(mask, form_key(session_token)));
}

bool is_form_token(std::string_view session_token, std::string_view given) {
  std::array<char, 64> bytes{};
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), given.data(), given.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      size != 32) {
    return false;
  }
  const std::string_view both(bytes.data(), size);
  return equal_in_constant_time(either_or(both.substr(0, 16), both.substr(16)), form_key(session_token));
}

std::string device_words(std::string_view user_agent) {
  struct Word {
    std::string_view mark, name;
  };
  // In an order in which the more telling mark comes first: Edge and Opera say Chrome, too, and Chrome says Safari.
  constexpr std::array browsers{Word{"Edg", "Edge"},         Word{"OPR/", "Opera"},     Word{"Vivaldi", "Vivaldi"},
                                Word{"Firefox/", "Firefox"}, Word{"FxiOS", "Firefox"},  Word{"CriOS", "Chrome"},
                                Word{"Chrome/", "Chrome"},   Word{"Safari/", "Safari"}, Word{"curl/", "curl"}};
  constexpr std::array systems{Word{"Windows", "Windows"}, Word{"iPhone", "iPhone"}, Word{"iPad", "iPad"},  Word{"Android", "Android"},
                               Word{"Mac OS X", "macOS"},  Word{"CrOS", "ChromeOS"}, Word{"Linux", "Linux"}};
  const auto first = [&](const auto& words) {
    for (const Word& word : words) {
      if (user_agent.find(word.mark) != std::string_view::npos) return word.name;
    }
    return std::string_view();
  };
  const std::string_view browser = first(browsers);
  const std::string_view system = first(systems);
  if (browser.empty()) return system.empty() ? "an unknown browser" : fmt::format("a browser on {}", system);
  return system.empty() ? std::string(browser) : fmt::format("{} on {}", browser, system);
}

}  // namespace waymark::access
