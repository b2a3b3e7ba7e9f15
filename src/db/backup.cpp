#include "db/backup.hpp"

#include <fmt/core.h>

#include "db/backup_file.hpp"
#include "db/migrating.hpp"
#include "db/stores.hpp"
#include "db/tables.hpp"

namespace waymark::db {

std::int64_t BackupSummary::rows() const {
  std::int64_t sum = 0;
  for (const Table& table : tables) sum += table.rows;
  return sum;
}

namespace {

using State = SchemaReport::State;

void write_head(BackupWriter& writer, const BackupSummary& summary) {
  writer.mark(Mark::head);
  writer.text(summary.made_by);
  writer.number(summary.made_at.time_since_epoch().count());
  writer.text(to_string(summary.made_from));
  writer.number(static_cast<std::int64_t>(summary.schema.size()));
  for (const AppliedMigration& each : summary.schema) {
    writer.number(each.number);
    writer.text(each.room);
    writer.text(each.name);
    writer.text(each.checksum);
    writer.number(each.applied_at.time_since_epoch().count());
    writer.text(each.applied_by);
  }
}

std::vector<Value::Kind> kinds_of(const Table& table) {
  std::vector<Value::Kind> kinds;
  for (const Column& column : table.columns) kinds.push_back(column.kind);
  return kinds;
}

std::string select_all(const Table& table) {
  std::string columns;
  for (const Column& column : table.columns) columns += (columns.empty() ? "" : ", ") + in_quotes(column.name);
  return fmt::format("SELECT {} FROM {}", columns, in_quotes(table.name));
}

/// Rows as they come: SQLite steps through them, PostgreSQL hands them over by the thousand.
void each_row(Connection& connection, const Table& table, const Connection::TakeRow& take) {
  const auto kinds = kinds_of(table);
  if (connection.dialect() == Dialect::sqlite) {
    connection.select_text(select_all(table), {}, kinds, take);
    return;
  }
  connection.run_text("DECLARE backup NO SCROLL CURSOR FOR " + select_all(table));
  for (bool more = true; more;) {
    more = false;
    connection.select_text("FETCH 1000 FROM backup", {}, kinds, [&](std::span<const Value> row) {
      more = true;
      take(row);
    });
  }
  connection.command("CLOSE backup");
}

std::int64_t write_table(BackupWriter& writer, Connection& connection, const Table& table) {
  writer.mark(Mark::table);
  writer.text(table.name);
  writer.number(static_cast<std::int64_t>(table.columns.size()));
  for (const Column& column : table.columns) writer.text(column.name);
  std::int64_t rows = 0;
  each_row(connection, table, [&](std::span<const Value> row) {
    writer.mark(Mark::row);
    for (const Value& value : row) writer.value(value);
    ++rows;
  });
  return rows;
}

void write_end(BackupWriter& writer, BackupSummary& summary) {
  summary.sha256 = writer.sum();
  writer.mark(Mark::end);
  writer.text(summary.sha256);
  writer.number(static_cast<std::int64_t>(summary.tables.size()));
  for (const BackupSummary::Table& table : summary.tables) {
    writer.text(table.name);
    writer.number(table.rows);
  }
}

}  // namespace

Result<BackupSummary> write_backup(Database& database, const Schema& schema, const std::filesystem::path& file,
                                   const std::optional<std::string>& passphrase, const Clock& clock, std::string_view version) {
  const auto connection = Store::of(database).connect();
  connection->command(connection->dialect() == Dialect::sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const SchemaReport report = examine(*connection, schema);
  if (report.state == State::fresh) {
    return fail(Error::Kind::conflict, fmt::format("{} is empty; there is nothing to back up.", database.location().shown()),
                "Name the database that Waymark uses.");
  }
  if (report.state != State::current && report.state != State::older)
    return tl::unexpected<Error>(why_not(report, database.location(), schema.version()));
  BackupSummary summary{std::string(version), clock.now(), connection->dialect(), report.applied, {}, {}, passphrase.has_value()};
  try {
    BackupWriter writer(file, passphrase);
    write_head(writer, summary);
    for (const Table& table : tables_of(*connection)) summary.tables.push_back({table.name, write_table(writer, *connection, table)});
    connection->roll_back();
    write_end(writer, summary);
    const auto read_back = read_backup(writer.finish(), passphrase);
    if (!read_back) return tl::unexpected<Error>(read_back.error());
    if (read_back->sha256 != summary.sha256 || read_back->tables != summary.tables) {
      return fail(Error::Kind::unavailable, fmt::format("{} was not read back as it was written.", file.string()),
                  "Look at the disk, and write the backup to another one.");
    }
    writer.keep();
    return summary;
  } catch (const BackupFailure& failure) {
    return tl::unexpected<Error>(failure.error);
  }
}

}  // namespace waymark::db
