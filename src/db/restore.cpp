#include <algorithm>

#include <fmt/core.h>

#include "db/backup.hpp"
#include "db/backup_file.hpp"
#include "db/migrating.hpp"
#include "db/statement.hpp"
#include "db/stores.hpp"
#include "db/tables.hpp"

namespace waymark::db {
namespace {

using State = SchemaReport::State;

BackupSummary read_head(BackupReader& reader) {
  BackupSummary summary;
  if (reader.mark() != Mark::head) reader.damaged("it does not begin with its head");
  summary.sealed = reader.sealed();
  summary.made_by = reader.text();
  summary.made_at = Instant{std::chrono::milliseconds{reader.number()}};
  summary.made_from = reader.text() == to_string(Dialect::sqlite) ? Dialect::sqlite : Dialect::postgresql;
  const std::int64_t migrations = reader.number();
  for (std::int64_t i = 0; i < migrations; ++i) {
    AppliedMigration& each = summary.schema.emplace_back();
    each.number = static_cast<int>(reader.number());
    each.room = reader.text();
    each.name = reader.text();
    each.checksum = reader.text();
    each.applied_at = Instant{std::chrono::milliseconds{reader.number()}};
    each.applied_by = reader.text();
  }
  return summary;
}

struct TableHead {
  std::string name;
  std::vector<std::string> columns;
};

TableHead read_table(BackupReader& reader) {
  TableHead table;
  table.name = reader.text();
  const std::int64_t columns = reader.number();
  if (columns < 0 || columns > 10'000) reader.damaged("a table has too many columns");
  for (std::int64_t i = 0; i < columns; ++i) table.columns.push_back(reader.text());
  return table;
}

/// Reads what follows the head; calls `on_table` and `on_row` as they come, and checks the end against them.
template <class OnTable, class OnRow>
void read_tables(BackupReader& reader, BackupSummary& summary, OnTable&& on_table, OnRow&& on_row) {
  std::vector<Value> row;
  for (;;) {
    summary.sha256 = reader.sum();
    const Mark mark = reader.mark();
    if (mark == Mark::end) break;
    if (mark == Mark::table) {
      const TableHead table = read_table(reader);
      row.resize(table.columns.size());
      summary.tables.push_back({table.name, 0});
      on_table(table);
      continue;
    }
    if (mark != Mark::row || summary.tables.empty()) reader.damaged("a row stands outside a table");
    for (Value& value : row) value = reader.value();
    ++summary.tables.back().rows;
    on_row(row);
  }
  if (reader.text() != summary.sha256) reader.damaged("its sum is another one");
  std::vector<BackupSummary::Table> told;
  const std::int64_t tables = reader.number();
  for (std::int64_t i = 0; i < tables; ++i) {
    std::string name = reader.text();
    told.push_back({std::move(name), reader.number()});
  }
  if (told != summary.tables) reader.damaged("rows are missing");
  reader.require_end();
}

/// Why a backup with this history cannot become a store of this program.
std::optional<Error> why_not(const BackupSummary& summary, const Schema& schema, const std::filesystem::path& file) {
  const auto& known = schema.migrations();
  if (summary.schema.size() > known.size()) {
    return Error{Error::Kind::conflict,
                 fmt::format("{} was made by Waymark {}, at version {} of the store; this one knows {}.", file.string(), summary.made_by,
                             summary.schema.size(), known.size()),
                 "Restore it with that Waymark or a later one."};
  }
  for (std::size_t i = 0; i < summary.schema.size(); ++i) {
    if (summary.schema[i].number == known[i].number && summary.schema[i].checksum == checksum(known[i])) continue;
    return Error{Error::Kind::conflict, fmt::format("{} was made by a Waymark that is not an earlier one of this.", file.string()),
                 "Restore it with the Waymark that made it."};
  }
  return std::nullopt;
}

Error not_empty(const Database& database) {
  return {Error::Kind::conflict, fmt::format("{} is not empty.", database.location().shown()),
          "Restore into a new file or an empty schema; what is there is never written over."};
}

/// Puts the rows of one table in, by one prepared statement.
class Filling {
 public:
  Filling(Connection& connection, const Table& table, const TableHead& head, BackupReader& reader) : m_reader(reader) {
    std::string columns;
    std::string values;
    m_names.reserve(head.columns.size());
    for (const std::string& name : head.columns) {
      const auto column = std::find_if(table.columns.begin(), table.columns.end(), [&](const Column& each) { return each.name == name; });
      if (column == table.columns.end()) reader.damaged(fmt::format("its table {} has a column that no such table has", table.name));
      m_names.push_back(fmt::format("c{}", m_names.size()));
      columns += (columns.empty() ? "" : ", ") + in_quotes(name);
      values += (values.empty() ? ":" : ", :") + m_names.back();
      m_parameters.emplace_back(m_names.back(), 0);
      m_parameters.back().value.kind = column->kind;
      m_parameters.back().value.is_null = true;
    }
    m_statement = std::make_unique<Statement>(connection, fmt::format("INSERT INTO {} ({}) VALUES ({})", in_quotes(table.name), columns, values),
                                              m_parameters, std::span<const Value::Kind>());
  }

  void add(const std::vector<Value>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      Value& value = m_parameters[i].value;
      if (!row[i].is_null && row[i].kind != value.kind) m_reader.damaged("a value of it has another type than its column");
      const Value::Kind kind = value.kind;
      value = row[i];
      value.kind = kind;
    }
    m_statement->run(m_parameters);
  }

 private:
  BackupReader& m_reader;
  std::vector<std::string> m_names;
  std::vector<Parameter> m_parameters;
  std::unique_ptr<Statement> m_statement;
};

void set_counters(Connection& connection, const std::vector<Table>& tables) {
  if (connection.dialect() == Dialect::sqlite) return;  // AUTOINCREMENT has seen the rows
  for (const Table& table : tables) {
    for (const Column& column : table.columns) {
      if (!column.counts_up) continue;
      constexpr Value::Kind columns[] = {Value::Kind::integer};
      const std::string name = in_quotes(table.name);
      const std::vector<Parameter> parameters{{"table", name}, {"column", column.name}};
      connection.select_text(fmt::format("SELECT setval(pg_get_serial_sequence(:table, :column), COALESCE(MAX({0}), 0) + 1, false) FROM {1}",
                                         in_quotes(column.name), name),
                             parameters, columns, [](std::span<const Value>) {});
    }
  }
}

BackupSummary fill(Connection& connection, BackupReader& reader) {
  BackupSummary summary = read_head(reader);
  const std::vector<Table> tables = tables_of(connection);
  References references(connection);
  // What migrations put in is in the backup too, as people have changed it since.
  for (const Table& table : tables) connection.run_text("DELETE FROM " + in_quotes(table.name));
  std::optional<Filling> filling;
  read_tables(
      reader, summary,
      [&](const TableHead& head) {
        const auto table = std::find_if(tables.begin(), tables.end(), [&](const Table& each) { return each.name == head.name; });
        if (table == tables.end()) reader.damaged(fmt::format("it has a table {} that no such store has", head.name));
        filling.emplace(connection, *table, head, reader);
      },
      [&](const std::vector<Value>& row) { filling->add(row); });
  filling.reset();
  set_counters(connection, tables);
  references.restore();
  return summary;
}

}  // namespace

Result<BackupSummary> read_backup(const std::filesystem::path& file, const std::optional<std::string>& passphrase) {
  try {
    BackupReader reader(file, passphrase);
    BackupSummary summary = read_head(reader);
    read_tables(
        reader, summary, [](const TableHead&) {}, [](const std::vector<Value>&) {});
    return summary;
  } catch (const BackupFailure& failure) {
    return tl::unexpected<Error>(failure.error);
  }
}

Result<BackupSummary> try_restore(Database& database, const Schema& schema, const std::filesystem::path& file,
                                  const std::optional<std::string>& passphrase) {
  auto summary = read_backup(file, passphrase);
  if (!summary) return summary;
  if (const auto why = why_not(*summary, schema, file)) return tl::unexpected<Error>(*why);
  if (examine(database, schema).state != State::fresh) return tl::unexpected<Error>(not_empty(database));
  return summary;
}

Result<BackupSummary> restore_backup(Database& database, const Schema& schema, const std::filesystem::path& file,
                                     const std::optional<std::string>& passphrase, const Clock& clock, std::string_view version) {
  // Read whole before anything is touched; a file that changes in between is found out by its sum, and undone.
  const auto checked = try_restore(database, schema, file, passphrase);
  if (!checked) return checked;
  const auto connection = Store::of(database).connect();
  if (connection->dialect() == Dialect::sqlite) connection->command("PRAGMA foreign_keys=OFF");
  try {
    begin_schema_change(*connection);
    if (examine(*connection, schema).state != State::fresh) {
      connection->roll_back();
      return tl::unexpected<Error>(not_empty(database));
    }
    create_version_table(*connection);
    const Schema older = schema.until(static_cast<int>(checked->schema.size()));
    for (const Migration& each : older.migrations()) apply(*connection, each, clock, version);
    BackupReader reader(file, passphrase);
    BackupSummary summary = fill(*connection, reader);
    const SchemaReport report = examine(*connection, schema);
    for (const Migration& each : report.pending) apply(*connection, each, clock, version);
    connection->command("COMMIT");
    return summary;
  } catch (const BackupFailure& failure) {
    connection->roll_back();
    return tl::unexpected<Error>(failure.error);
  } catch (...) {
    connection->roll_back();
    throw;
  }
}

}  // namespace waymark::db
