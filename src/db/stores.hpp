/// Inside the room only: the two kinds of Database.
#pragma once

#include "db/database.hpp"

namespace waymark::db {

class Connection;

/// What the parts of this room that work on a connection of their own (migrations, backup) ask of a Database.
class Store : public Database {
 public:
  /// A connection of its own, outside the pool; for SQLite one that may write.
  [[nodiscard]] virtual std::unique_ptr<Connection> connect() = 0;
  [[nodiscard]] static Store& of(Database& database) { return static_cast<Store&>(database); }

 protected:
  using Database::Database;
};

[[nodiscard]] std::unique_ptr<Store> open_sqlite(const DatabaseLocation& location, DatabaseOptions options);
[[nodiscard]] std::unique_ptr<Store> open_postgresql(const DatabaseLocation& location, DatabaseOptions options);

}  // namespace waymark::db
