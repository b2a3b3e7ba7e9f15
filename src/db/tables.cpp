#include "db/tables.hpp"

#include <fmt/core.h>

namespace waymark::db {
namespace {

constexpr Value::Kind text = Value::Kind::text;
constexpr Value::Kind integer = Value::Kind::integer;

Value::Kind kind_of(std::string_view type) {
  if (type == "INTEGER" || type == "INT" || type == "bigint" || type == "integer" || type == "smallint" || type == "boolean") return integer;
  if (type == "REAL" || type == "double precision") return Value::Kind::real;
  if (type == "BLOB" || type == "bytea") return Value::Kind::bytes;
  return text;
}

/// table, column, type, whether it counts up; in the order of tables and their columns. Generated columns are left out: they hold nothing of their own.
constexpr const char* columns_of_sqlite =
    "SELECT l.name, c.name, c.type, 0 FROM pragma_table_list l JOIN pragma_table_xinfo(l.name) c WHERE l.schema = 'main' AND l.type = 'table' "
    "AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND c.hidden = 0 ORDER BY l.name, c.cid";
constexpr const char* columns_of_postgresql =
    "SELECT CAST(t.table_name AS TEXT), CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT), CASE WHEN c.is_identity = 'YES' THEN 1 ELSE 0 END "
    "FROM information_schema.tables t JOIN information_schema.columns c ON c.table_schema = t.table_schema AND c.table_name = t.table_name "
    "WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' "
    "ORDER BY CAST(t.table_name AS TEXT) COLLATE \"C\", c.ordinal_position";

constexpr const char* references_of_postgresql =
    "SELECT CAST(r.relname AS TEXT), CAST(c.conname AS TEXT), pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid "
    "JOIN pg_namespace n ON n.oid = r.relnamespace WHERE c.contype = 'f' AND n.nspname = current_schema() ORDER BY 1, 2";

}  // namespace

std::vector<Table> tables_of(Connection& connection) {
  std::vector<Table> tables;
  constexpr Value::Kind columns[] = {text, text, text, integer};
  connection.select_text(connection.dialect() == Dialect::sqlite ? columns_of_sqlite : columns_of_postgresql, {}, columns,
                         [&](std::span<const Value> row) {
                           if (tables.empty() || tables.back().name != row[0].text) tables.push_back({row[0].text, {}});
                           tables.back().columns.push_back({row[1].text, kind_of(row[2].text), row[3].integer == 1});
                         });
  return tables;
}

std::string in_quotes(std::string_view name) {
  std::string result = "\"";
  for (const char c : name) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

References::References(Connection& connection) : m_connection(connection) {
  if (connection.dialect() == Dialect::sqlite) return;
  std::vector<std::string> to_drop;
  constexpr Value::Kind columns[] = {text, text, text};
  connection.select_text(references_of_postgresql, {}, columns, [&](std::span<const Value> row) {
    to_drop.push_back(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", in_quotes(row[0].text), in_quotes(row[1].text)));
    m_to_add.push_back(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {}", in_quotes(row[0].text), in_quotes(row[1].text), row[2].text));
  });
  for (const std::string& each : to_drop) connection.run_text(each);
}

void References::restore() {
  for (const std::string& each : m_to_add) m_connection.run_text(each);
  if (m_connection.dialect() != Dialect::sqlite) return;
  std::string broken;
  constexpr Value::Kind columns[] = {text, text};
  m_connection.select_text("SELECT \"table\", parent FROM pragma_foreign_key_check", {}, columns,
                           [&](std::span<const Value> row) { broken = row[0].text + " → " + row[1].text; });
  if (broken.empty()) return;
  throw DatabaseError(DatabaseError::Kind::reference, "Some records point to records that are not there.", "Nothing was changed. Please report it.",
                      broken);
}

}  // namespace waymark::db
