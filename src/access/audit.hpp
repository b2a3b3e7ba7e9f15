/// What was done: append-only, each entry chained to the one before by its hash, so that a change, a gap or another order is found.
///
/// An entry says who, what, when and why, never the private words. People appear by a pseudonym; who that is stands in a table of its own,
/// and erasing a person erases that row and nothing of the chain.
///
/// The encoding that is hashed, so that others can check an export without this program: the hash of entry n is the SHA-256, as 64 lower-case
/// hexadecimal digits, of these fields one after the other: the hash of entry n-1 (empty for the first), "waymark-audit-1", sequence,
/// at (milliseconds since 1970 in UTC), actor, action, subject, object, why, and then name and value of each fact in order. Each field is
/// written as its length in bytes in decimal, a colon, its UTF-8 bytes and a line feed.
///
/// A chain cannot tell that its newest entries were cut off together with the record of its end. Keep the sequence and hash that `verify` gives
/// somewhere else now and then, and hand them to a later `verify`.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/account_id.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "db/reader.hpp"

namespace waymark::access {

using AuditFacts = std::vector<std::pair<std::string, std::string>>;

struct AuditEntry {
  std::int64_t sequence = 0;  ///< from 1, without gaps
  Instant at{};
  std::string actor;    ///< a pseudonym, "command line" or "system"
  std::string action;   ///< a stable word in snake_case
  std::string subject;  ///< the pseudonym of whom it is about; empty when it is about nobody
  std::string object;   ///< the thing, as kind:id; empty when there is none
  std::string why;      ///< a reason for others to read; empty when the action needs none
  AuditFacts facts;     ///< codes and numbers ("role", "analyst"), never somebody's words
  std::string hash;
};

/// Somebody or something an entry can be about. The kind keeps accounts and people of the org room apart.
struct AuditPerson {
  std::string kind;  ///< "account", "person"
  std::string id;
  [[nodiscard]] static AuditPerson of(const AccountId& id) { return {"account", id.text()}; }
};

struct AuditRecord {
  Doing doing = {};
  std::string action;
  std::optional<AuditPerson> subject = {};
  std::string object = {};
  std::string why = {};
  AuditFacts facts = {};
};

/// Makes entries of different transactions take turns from here on. On PostgreSQL, called before anything else in the transaction, it spares
/// a retry when others append at the same time; without it the chain is right as well. SQLite has one writer anyway.
void take_turn_in_audit(db::Writer& writer);

/// In the transaction of the change itself: both are kept or neither. Texts longer than 500 bytes are cut at a character.
void append_audit(db::Writer& writer, const AuditRecord& record, Instant now);

/// As the header describes; `previous_hash` is that of the entry before.
[[nodiscard]] std::string hash_of(const AuditEntry& entry, std::string_view previous_hash);

/// In order, from `first` on, one at a time: the memory does not grow with the chain. `take` must not use the reader; false ends it.
void for_each_audit_entry(db::Reader& reader, std::int64_t first, const std::function<bool(const AuditEntry&)>& take);

/// The newest entries about somebody, or of all when nobody is named; newest first, before `before` when it is given.
[[nodiscard]] std::vector<AuditEntry> newest_audit_entries(db::Reader& reader, const std::optional<AuditPerson>& about,
                                                           std::optional<std::int64_t> before, int limit);

struct AuditMark {
  std::int64_t sequence = 0;
  std::string hash;
};

struct AuditReport {
  AuditMark end;                            ///< of the last entry that holds
  std::optional<std::int64_t> broken = {};  ///< the first entry that does not
  std::string what = {};                    ///< what is wrong with it, in a sentence
};

/// Reads the whole chain. `kept` are marks noted earlier elsewhere; one that the chain does not have breaks it.
[[nodiscard]] AuditReport verify_audit(db::Reader& reader, const std::vector<AuditMark>& kept = {});

/// One line of JSON without a line end, members in the order of AuditEntry.
[[nodiscard]] std::string to_json_line(const AuditEntry& entry);

/// Who stands behind a pseudonym; none when that person was erased, or for another word.
[[nodiscard]] std::optional<AuditPerson> person_behind(db::Reader& reader, std::string_view pseudonym);

/// From now on nobody can say whose entries these were. The chain stays as it is.
void forget_in_audit(db::Writer& writer, const AuditPerson& person);

}  // namespace waymark::access
