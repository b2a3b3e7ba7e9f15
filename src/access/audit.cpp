#include "access/audit.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "access/audit_records.hpp"
#include "access/json_object.hpp"
#include "base/hash.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

namespace waymark::access {
namespace {

constexpr std::size_t longest_text = 500;

std::string cut(std::string text) {
  if (text.size() <= longest_text) return text;
  std::size_t end = longest_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  text.resize(end);
  return text;
}

std::string pseudonym_of(db::Writer& writer, const AuditPerson& person) {
  const std::string who = who_text(person);
  if (auto known = find_pseudonym(writer, who)) return *known;
  const std::string made = "p-" + random_text(16);
  insert_pseudonym(writer, who, made);
  return made;
}

std::string actor_of(db::Writer& writer, const Doing& doing) {
  if (doing.by == Doing::By::account) return pseudonym_of(writer, AuditPerson::of(doing.account.value()));
  return doing.by == Doing::By::command_line ? "command line" : "system";
}

void field(std::string& into, std::string_view text) { into += fmt::format("{}:{}\n", text.size(), text); }

}  // namespace

std::string who_text(const AuditPerson& person) { return fmt::format("{}:{}", person.kind, person.id); }

std::string hash_of(const AuditEntry& entry, std::string_view previous_hash) {
  std::string encoded;
  field(encoded, previous_hash);
  field(encoded, "waymark-audit-1");
  field(encoded, std::to_string(entry.sequence));
  field(encoded, std::to_string(entry.at.time_since_epoch().count()));
  for (const std::string* text : {&entry.actor, &entry.action, &entry.subject, &entry.object, &entry.why}) field(encoded, *text);
  for (const auto& [name, value] : entry.facts) {
    field(encoded, name);
    field(encoded, value);
  }
  return sha256_hex(encoded);
}

void take_turn_in_audit(db::Writer& writer) { lock_audit(writer); }

void append_audit(db::Writer& writer, const AuditRecord& record, Instant now) {
  const AuditMark head = read_head(writer);
  AuditEntry entry{.sequence = head.sequence + 1,
                   .at = now,
                   .actor = actor_of(writer, record.doing),
                   .action = record.action,
                   .subject = record.subject ? pseudonym_of(writer, *record.subject) : std::string(),
                   .object = cut(record.object),
                   .why = cut(record.why),
                   .facts = {},
                   .hash = {}};
  for (const auto& [name, value] : record.facts) entry.facts.emplace_back(name, cut(value));
  entry.hash = hash_of(entry, head.hash);
  insert_entry(writer, entry);
  write_head(writer, {entry.sequence, entry.hash});
}

AuditReport verify_audit(db::Reader& reader, const std::vector<AuditMark>& kept) {
  AuditReport report;
  const auto broken_at = [&](std::int64_t sequence, std::string what) {
    report.broken = sequence;
    report.what = std::move(what);
    return false;
  };
  for_each_audit_entry(reader, 1, [&](const AuditEntry& entry) {
    const std::int64_t next = report.end.sequence + 1;
    if (entry.sequence != next) return broken_at(next, fmt::format("Entry {} is missing.", next));
    if (hash_of(entry, report.end.hash) != entry.hash) return broken_at(next, fmt::format("Entry {}, or the one before it, was changed.", next));
    for (const AuditMark& mark : kept) {
      if (mark.sequence == entry.sequence && mark.hash != entry.hash) {
        return broken_at(next, fmt::format("Entry {} is not the one whose hash was kept: the chain was written anew.", next));
      }
    }
    report.end = {entry.sequence, entry.hash};
    return true;
  });
  if (report.broken) return report;
  const AuditMark head = read_head(reader);
  std::int64_t last = head.sequence;
  for (const AuditMark& mark : kept) last = std::max(last, mark.sequence);
  if (last > report.end.sequence) {
    broken_at(report.end.sequence + 1, fmt::format("The chain ends with entry {}, but there was an entry {}.", report.end.sequence, last));
  } else if (head.sequence != report.end.sequence || head.hash != report.end.hash) {
    broken_at(report.end.sequence, "The record of the chain's end is not that of its last entry.");
  }
  return report;
}

std::string to_json_line(const AuditEntry& entry) {
  std::string facts;
  for (const auto& [name, value] : entry.facts) facts += fmt::format("{}{}:{}", facts.empty() ? "" : ",", json_quoted(name), json_quoted(value));
  return fmt::format(R"({{"sequence":{},"at":"{}","actor":{},"action":{},"subject":{},"object":{},"why":{},"facts":{{{}}},"hash":"{}"}})",
                     entry.sequence, to_iso(entry.at), json_quoted(entry.actor), json_quoted(entry.action), json_quoted(entry.subject),
                     json_quoted(entry.object), json_quoted(entry.why), facts, entry.hash);
}

std::optional<AuditPerson> person_behind(db::Reader& reader, std::string_view pseudonym) {
  const auto who = find_who(reader, pseudonym);
  if (!who) return std::nullopt;
  const std::size_t colon = who->find(':');
  return AuditPerson{who->substr(0, colon), who->substr(colon + 1)};
}

void forget_in_audit(db::Writer& writer, const AuditPerson& person) { delete_pseudonym(writer, who_text(person)); }

}  // namespace waymark::access
