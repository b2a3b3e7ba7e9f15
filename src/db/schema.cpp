#include "db/schema.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/core.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "db/connection.hpp"
#include "db/migrating.hpp"
#include "db/stores.hpp"

namespace waymark::db {
namespace {

using State = SchemaReport::State;

constexpr Sql has_version_table(
    "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'",
    "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_version'");
constexpr Sql count_tables("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'",
                           "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema()");
constexpr const char* version_table =
    "CREATE TABLE schema_version (number {integer} NOT NULL PRIMARY KEY, room {text} NOT NULL, name {text} NOT NULL, checksum {text} NOT NULL, "
    "applied_at {instant} NOT NULL, applied_by {text} NOT NULL) {strict}";
constexpr Sql applied_migrations("SELECT number, room, name, checksum, applied_at, applied_by FROM schema_version ORDER BY number");
constexpr Sql add_applied(
    "INSERT INTO schema_version (number, room, name, checksum, applied_at, applied_by) VALUES (:number, :room, :name, :checksum, :at, :by)");
/// One number for "the schema of a Waymark store" among the server's advisory locks. Held until the transaction ends.
constexpr const char* lock_schema = "SELECT pg_advisory_xact_lock(7305803491)";

State state_of(const std::vector<AppliedMigration>& applied, const Schema& schema) {
  const auto& known = schema.migrations();
  for (std::size_t i = 0; i < applied.size(); ++i) {
    if (i >= known.size()) return State::newer;
    if (applied[i].number != known[i].number || applied[i].checksum != checksum(known[i])) return State::changed;
  }
  return applied.size() == known.size() ? State::current : State::older;
}

}  // namespace

SchemaReport examine(Connection& connection, const Schema& schema) {
  Writer reader(connection);
  SchemaReport report;
  if (reader.value<std::int64_t>(has_version_table) == 0) {
    report.state = reader.value<std::int64_t>(count_tables) == 0 ? State::fresh : State::foreign;
  } else {
    report.applied =
        reader.rows(applied_migrations, {}, [](int number, std::string room, std::string name, std::string sum, Instant at, std::string by) {
          return AppliedMigration{number, std::move(room), std::move(name), std::move(sum), at, std::move(by)};
        });
    report.state = state_of(report.applied, schema);
    if (report.applied.empty()) report.state = State::fresh;
  }
  if (report.state == State::fresh || report.state == State::older) {
    report.pending.assign(schema.migrations().begin() + static_cast<std::ptrdiff_t>(report.applied.size()), schema.migrations().end());
  }
  return report;
}

void begin_schema_change(Connection& connection) {
  if (connection.dialect() == Dialect::sqlite) {
    connection.command("BEGIN IMMEDIATE");
  } else {
    connection.command("BEGIN");
    connection.command(lock_schema);
  }
}

namespace {

/// SQLite does not look at references while a migration rebuilds tables, so it looks at all of them in the end.
void require_whole_references(Connection& connection, const Migration& migration) {
  if (connection.dialect() != Dialect::sqlite) return;
  std::string broken;
  constexpr Value::Kind columns[] = {Value::Kind::text, Value::Kind::text};
  connection.select_text("SELECT \"table\", parent FROM pragma_foreign_key_check", {}, columns,
                         [&](std::span<const Value> row) { broken = row[0].text + " → " + row[1].text; });
  if (broken.empty()) return;
  throw DatabaseError(DatabaseError::Kind::reference, fmt::format("Migration {} would leave records that point to nothing.", migration.number),
                      "The store is as it was. Please report it.", broken);
}

}  // namespace

void create_version_table(Connection& connection) { connection.run_text(version_table); }

void apply(Connection& connection, const Migration& migration, const Clock& clock, std::string_view version) {
  for (const Sql& step : migration.steps) {
    const std::string_view text = step.text(connection.dialect());
    if (!text.empty()) connection.run_text(std::string(text));
  }
  require_whole_references(connection, migration);
  Writer(connection)
      .run(add_applied, {{"number", migration.number},
                         {"room", migration.room},
                         {"name", migration.name},
                         {"checksum", checksum(migration)},
                         {"at", clock.now()},
                         {"by", version}});
}

Schema::Schema(std::initializer_list<std::vector<Migration>> rooms) {
  for (const auto& room : rooms) m_migrations.insert(m_migrations.end(), room.begin(), room.end());
  std::stable_sort(m_migrations.begin(), m_migrations.end(), [](const Migration& a, const Migration& b) { return a.number < b.number; });
  for (int number = 1; const Migration& migration : m_migrations) {
    if (migration.number != number) {
      throw std::logic_error(fmt::format("migration {} ({}, {}) stands where {} should: numbers go up by one, and none is used twice",
                                         migration.number, migration.room, migration.name, number));
    }
    ++number;
  }
}

Schema Schema::until(int version) const {
  Schema older({});
  older.m_migrations.assign(m_migrations.begin(), m_migrations.begin() + version);
  return older;
}

std::string checksum(const Migration& migration) {
  std::string text;
  for (const Sql& step : migration.steps) {
    text += collapse_white_space(step.text(Dialect::sqlite));
    text += '\0';
    text += collapse_white_space(step.text(Dialect::postgresql));
    text += '\0';
  }
  return sha256_hex(text);
}

SchemaReport examine(Database& database, const Schema& schema) {
  const auto connection = Store::of(database).connect();
  connection->command(connection->dialect() == Dialect::sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  SchemaReport report = examine(*connection, schema);
  connection->roll_back();
  return report;
}

Result<std::vector<Migration>> migrate(Database& database, const Schema& schema, const Clock& clock, std::string_view version) {
  const auto connection = Store::of(database).connect();
  if (connection->dialect() == Dialect::sqlite) connection->command("PRAGMA foreign_keys=OFF");
  std::vector<Migration> done;
  try {
    for (;;) {
      // Looked at again under the lock: another node may have done it meanwhile.
      begin_schema_change(*connection);
      const SchemaReport report = examine(*connection, schema);
      if (report.pending.empty()) {
        connection->roll_back();
        if (report.state == State::current) return done;
        return tl::unexpected<Error>(why_not(report, database.location(), schema.version()));
      }
      const bool fresh = report.applied.empty();
      if (fresh && Writer(*connection).value<std::int64_t>(has_version_table) == 0) create_version_table(*connection);
      // A fresh store is made in one go, so that no other node meets half of it.
      const std::size_t count = fresh ? report.pending.size() : 1;
      for (std::size_t i = 0; i < count; ++i) apply(*connection, report.pending[i], clock, version);
      connection->command("COMMIT");
      done.insert(done.end(), report.pending.begin(), report.pending.begin() + static_cast<std::ptrdiff_t>(count));
    }
  } catch (...) {
    connection->roll_back();
    throw;
  }
}

Result<void> make_ready(Database& database, const Schema& schema, const Clock& clock, std::string_view version) {
  const SchemaReport report = examine(database, schema);
  if (report.state == State::current) return {};
  if (report.state != State::fresh) return tl::unexpected<Error>(why_not(report, database.location(), schema.version()));
  return migrate(database, schema, clock, version).map([](const auto&) {});
}

Error why_not(const SchemaReport& report, const DatabaseLocation& location, int known_version) {
  const std::string where = location.shown();
  switch (report.state) {
    case State::older:
      return {Error::Kind::conflict,
              fmt::format("{} was made by an earlier Waymark: {} {} missing.", where, counted(report.pending.size(), "change"),
                          report.pending.size() == 1 ? "is" : "are"),
              "Make a backup with `waymark backup`, then run `waymark migrate`, which shows what it does."};
    case State::newer:
      return {Error::Kind::conflict,
              fmt::format("{} has been changed by a later Waymark ({}): it is at version {}, and this one knows {}.", where,
                          report.applied.back().applied_by, report.applied.size(), known_version),
              "Use that Waymark or a later one, or restore a backup from before the change."};
    case State::changed:
      return {Error::Kind::conflict, fmt::format("{} was made by a Waymark that is not an earlier one of this.", where),
              "Use the Waymark that made it; a build between two releases may have made tables that no release has."};
    default:
      return {Error::Kind::conflict, fmt::format("{} holds tables that Waymark did not make.", where),
              "Name a database or schema of its own for Waymark; it touches no other's."};
  }
}

}  // namespace waymark::db
