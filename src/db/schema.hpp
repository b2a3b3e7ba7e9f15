/// What tables a store has, and how an older store gets them.
#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "db/database.hpp"
#include "db/sql.hpp"

namespace waymark::db {

/// One step from a store to its next version. Once it has been in a release it never changes: what it got wrong, a later one mends.
struct Migration {
  int number;              ///< 1, 2, 3 … over all rooms, in the order in which they were added
  std::string_view room;   ///< whose tables
  std::string_view name;   ///< what a person reads: "accounts and sessions"
  std::vector<Sql> steps;  ///< executed in order, in one transaction; an empty text has nothing to do on that database
};

/// All migrations of the rooms, in one order.
class Schema {
 public:
  /// Each room hands in its list. Throws std::logic_error when two have the same number or one is missing.
  Schema(std::initializer_list<std::vector<Migration>> rooms);

  [[nodiscard]] const std::vector<Migration>& migrations() const { return m_migrations; }
  [[nodiscard]] int version() const { return static_cast<int>(m_migrations.size()); }
  /// The schema as it was after migration `version`; for tests of older stores.
  [[nodiscard]] Schema until(int version) const;

 private:
  std::vector<Migration> m_migrations;
};

/// Of what a migration does, on both databases: 64 hexadecimal digits, kept with the store.
[[nodiscard]] std::string checksum(const Migration& migration);

struct AppliedMigration {
  int number = 0;
  std::string room;
  std::string name;
  std::string checksum;
  Instant applied_at;
  std::string applied_by;  ///< the version of Waymark
  bool operator==(const AppliedMigration&) const = default;
};

struct SchemaReport {
  enum class State {
    fresh,    ///< nothing is there yet
    current,  ///< all migrations are applied, and no other
    older,    ///< some are missing
    newer,    ///< there are some that this program does not know
    changed,  ///< one is there under the same number, but it did something else
    foreign,  ///< tables are there, and none of them says that Waymark made them
  };
  State state = State::fresh;
  std::vector<AppliedMigration> applied;  ///< by number
  std::vector<Migration> pending;         ///< in the order in which migrate would apply them
};

/// Changes nothing. Throws DatabaseError.
[[nodiscard]] SchemaReport examine(Database& database, const Schema& schema);

/// Applies what is missing, each migration in a transaction with the record of it, so that a stop in between leaves a whole older store; a fresh store is
/// made in one transaction. Two that do it at the same time take turns. `version` is recorded. Gives what was applied; conflict when the store is newer, changed or foreign.
/// Throws DatabaseError.
[[nodiscard]] Result<std::vector<Migration>> migrate(Database& database, const Schema& schema, const Clock& clock, std::string_view version);

/// Makes sure that the program and the store fit: a fresh store is migrated, a current one is left as it is; for every other one fails with conflict,
/// saying what to do. Throws DatabaseError.
[[nodiscard]] Result<void> make_ready(Database& database, const Schema& schema, const Clock& clock, std::string_view version);

/// Why a store with this report cannot be used as it is; REQUIRES another state than fresh and current.
[[nodiscard]] Error why_not(const SchemaReport& report, const DatabaseLocation& location, int known_version);

}  // namespace waymark::db
