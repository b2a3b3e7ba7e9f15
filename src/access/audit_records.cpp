#include "access/audit_records.hpp"

#include <charconv>

#include <fmt/core.h>

namespace waymark::access {
namespace {

AuditEntry entry_of(std::int64_t sequence, Instant at, std::string actor, std::string action, std::string subject, std::string object,
                    std::string why, const std::string& facts, std::string hash) {
  return {sequence,       at, std::move(actor), std::move(action), std::move(subject), std::move(object), std::move(why), facts_from(facts),
          std::move(hash)};
}

}  // namespace

std::string facts_text(const AuditFacts& facts) {
  std::string text;
  for (const auto& [name, value] : facts) text += fmt::format("{}:{}{}:{}", name.size(), name, value.size(), value);
  return text;
}

AuditFacts facts_from(std::string_view text) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    std::size_t size = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), size);
    const auto digits = static_cast<std::size_t>(end - text.data());
    if (problem != std::errc() || digits >= text.size() || *end != ':' || size > text.size() - digits - 1)
      throw db::Unreadable{"the facts of an audit entry"};
    pieces.emplace_back(text.substr(digits + 1, size));
    text.remove_prefix(digits + 1 + size);
  }
  if (pieces.size() % 2 != 0) throw db::Unreadable{"the facts of an audit entry"};
  AuditFacts facts;
  for (std::size_t i = 0; i < pieces.size(); i += 2) facts.emplace_back(std::move(pieces[i]), std::move(pieces[i + 1]));
  return facts;
}

void lock_audit(db::Writer& writer) {
  // Before the first statement that looks at records, PostgreSQL has not yet fixed what this transaction sees.
  if (writer.dialect() == db::Dialect::postgresql) writer.run("LOCK TABLE audit_head IN SHARE ROW EXCLUSIVE MODE");
}

AuditMark read_head(db::Reader& reader) {
  return reader
      .row("SELECT sequence, hash FROM audit_head WHERE id = 1", {},
           [](std::int64_t sequence, std::string hash) {
             return AuditMark{sequence, std::move(hash)};
           })
      .value_or(AuditMark{});
}

void write_head(db::Writer& writer, const AuditMark& head) {
  writer.run("UPDATE audit_head SET sequence = :sequence, hash = :hash WHERE id = 1", {{"sequence", head.sequence}, {"hash", head.hash}});
}

void insert_entry(db::Writer& writer, const AuditEntry& entry) {
  writer.run(
      "INSERT INTO audit_entry (sequence, at, actor, action, subject, object, why, facts, hash) "
      "VALUES (:sequence, :at, :actor, :action, :subject, :object, :why, :facts, :hash)",
      {{"sequence", entry.sequence},
       {"at", entry.at},
       {"actor", entry.actor},
       {"action", entry.action},
       {"subject", entry.subject},
       {"object", entry.object},
       {"why", entry.why},
       {"facts", facts_text(entry.facts)},
       {"hash", entry.hash}});
}

void for_each_audit_entry(db::Reader& reader, std::int64_t first, const std::function<bool(const AuditEntry&)>& take) {
  // In pages, so that neither this program nor the client library of PostgreSQL holds the whole chain.
  constexpr int page = 1000;
  std::int64_t next = first;
  while (true) {
    const auto entries = reader.rows(
        "SELECT sequence, at, actor, action, subject, object, why, facts, hash FROM audit_entry WHERE sequence >= :first ORDER BY sequence LIMIT "
        ":limit",
        {{"first", next}, {"limit", page}}, entry_of);
    for (const AuditEntry& entry : entries) {
      if (!take(entry)) return;
    }
    if (entries.size() < static_cast<std::size_t>(page)) return;
    next = entries.back().sequence + 1;
  }
}

std::vector<AuditEntry> newest_audit_entries(db::Reader& reader, const std::optional<AuditPerson>& about, std::optional<std::int64_t> before,
                                             int limit) {
  const std::int64_t end = before.value_or(INT64_MAX);
  if (!about) {
    return reader.rows(
        "SELECT sequence, at, actor, action, subject, object, why, facts, hash FROM audit_entry WHERE sequence < :end ORDER BY sequence DESC LIMIT "
        ":limit",
        {{"end", end}, {"limit", limit}}, entry_of);
  }
  const auto pseudonym = find_pseudonym(reader, who_text(*about));
  if (!pseudonym) return {};
  return reader.rows(
      "SELECT sequence, at, actor, action, subject, object, why, facts, hash FROM audit_entry WHERE subject = :subject AND sequence < :end "
      "ORDER BY sequence DESC LIMIT :limit",
      {{"subject", *pseudonym}, {"end", end}, {"limit", limit}}, entry_of);
}

std::optional<std::string> find_pseudonym(db::Reader& reader, std::string_view who) {
  return reader.row("SELECT pseudonym FROM audit_pseudonym WHERE who = :who", {{"who", who}}, [](std::string pseudonym) { return pseudonym; });
}

std::optional<std::string> find_who(db::Reader& reader, std::string_view pseudonym) {
  return reader.row("SELECT who FROM audit_pseudonym WHERE pseudonym = :pseudonym", {{"pseudonym", pseudonym}}, [](std::string who) { return who; });
}

void insert_pseudonym(db::Writer& writer, std::string_view who, std::string_view pseudonym) {
  writer.run("INSERT INTO audit_pseudonym (who, pseudonym) VALUES (:who, :pseudonym)", {{"who", who}, {"pseudonym", pseudonym}});
}

void delete_pseudonym(db::Writer& writer, std::string_view who) { writer.run("DELETE FROM audit_pseudonym WHERE who = :who", {{"who", who}}); }

}  // namespace waymark::access
