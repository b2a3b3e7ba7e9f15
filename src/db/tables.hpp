/// Inside the room only: what tables a store has, as the store itself says.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"

namespace waymark::db {

struct Column {
  std::string name;
  Value::Kind kind = Value::Kind::text;
  bool counts_up = false;  ///< PostgreSQL: its next value must be set after rows were put in
};

struct Table {
  std::string name;
  std::vector<Column> columns;  ///< those that hold something of their own; in the order of the table
};

/// By name; without what the database keeps for itself (indexes of FTS5).
[[nodiscard]] std::vector<Table> tables_of(Connection& connection);

/// `"name"`, as both databases quote it.
[[nodiscard]] std::string in_quotes(std::string_view name);

/// Rows may be put in in any order until restore_references. On SQLite references are looked at once in the end, and must be off on the connection.
class References {
 public:
  /// REQUIRES a transaction.
  explicit References(Connection& connection);
  /// Throws DatabaseError (reference) when a row points to nothing.
  void restore();

 private:
  Connection& m_connection;
  std::vector<std::string> m_to_add;
};

}  // namespace waymark::db
