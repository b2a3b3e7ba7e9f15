/// Audit entries in the store.
#pragma once

#include "access/audit.hpp"

namespace waymark::access {

/// "account:7f…", as it stands beside a pseudonym.
[[nodiscard]] std::string who_text(const AuditPerson& person);

void lock_audit(db::Writer& writer);
[[nodiscard]] AuditMark read_head(db::Reader& reader);
void write_head(db::Writer& writer, const AuditMark& head);
void insert_entry(db::Writer& writer, const AuditEntry& entry);

[[nodiscard]] std::optional<std::string> find_pseudonym(db::Reader& reader, std::string_view who);
[[nodiscard]] std::optional<std::string> find_who(db::Reader& reader, std::string_view pseudonym);
void insert_pseudonym(db::Writer& writer, std::string_view who, std::string_view pseudonym);
void delete_pseudonym(db::Writer& writer, std::string_view who);

/// Facts as one text: each name and value as length, colon, bytes, so that nothing in them needs escaping. Throws db::Unreadable for another text.
[[nodiscard]] std::string facts_text(const AuditFacts& facts);
[[nodiscard]] AuditFacts facts_from(std::string_view text);

}  // namespace waymark::access
