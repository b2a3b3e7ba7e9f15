/// Inside the room only: the organisation in the store.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/account_id.hpp"
#include "db/database.hpp"
#include "org/assemble.hpp"
#include "org/change.hpp"
#include "org/organisation.hpp"

namespace waymark::org {

/// 0 before the first.
[[nodiscard]] std::int64_t newest_revision(db::Reader& reader);

/// Where the first revision came from; none before it.
[[nodiscard]] std::optional<std::string> first_source(db::Reader& reader);

/// What is newer in the store than `have`, put into it.
[[nodiscard]] std::shared_ptr<const Organisation> load(db::Reader& reader, const std::shared_ptr<const Organisation>& have);

struct RevisionRow {
  std::int64_t number = 0;
  Instant at{};
  std::string source;  ///< "form", "import", "directory", "demo", "levelling"
  std::string why;
  std::optional<access::AccountId> author = {};
};

/// `revised` as revision `row.number`, which must be the next.
void insert_revision(db::Writer& writer, const RevisionRow& row, const Revised& revised);

/// One change point as it was believed for a time.
struct Belief {
  Kind kind = Kind::employed;
  std::uint32_t slot = 0;
  Date from{};
  std::optional<std::string> word = {};
  std::optional<std::uint32_t> other = {};
  RevisionRow recorded = {};
  std::optional<RevisionRow> replaced = {};
};

/// All of a person or team, in the order in which they were recorded.
[[nodiscard]] std::vector<Belief> beliefs_about(db::Reader& reader, bool team, std::uint32_t subject);

/// One person, without the rest of the organisation.
[[nodiscard]] std::optional<StoredPerson> find_stored_person(db::Reader& reader, const PersonId& id);
[[nodiscard]] std::optional<StoredPerson> find_stored_person_by_email(db::Reader& reader, std::string_view email);
/// Names as they are believed today; empty for who was erased and for a team that never had one.
[[nodiscard]] std::string name_of_person(db::Reader& reader, std::uint32_t person);
[[nodiscard]] std::string name_of_team(db::Reader& reader, std::uint32_t team);

/// Takes the name, the addresses and the keys to other systems away; what is counted stays. Part of revision `number`.
void erase_details(db::Writer& writer, std::uint32_t person, std::int64_t number, Instant now);

}  // namespace waymark::org
