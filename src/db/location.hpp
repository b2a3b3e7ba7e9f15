/// Where a store is: a file for SQLite, an address for PostgreSQL.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "db/dialect.hpp"

namespace waymark::db {

struct DatabaseLocation {
  Dialect dialect = Dialect::sqlite;
  std::filesystem::path file;  ///< of SQLite
  std::string url;             ///< of PostgreSQL, as libpq takes it; may hold a password

  /// A path, `sqlite:path`, or `postgresql://…` / `postgres://…` (several hosts and any parameter of libpq are allowed). wrong_usage for another
  /// scheme, an empty text and SQLite's `:memory:`, which would forget everything.
  [[nodiscard]] static Result<DatabaseLocation> parse(std::string_view text);

  /// For logs and errors: the address without its password.
  [[nodiscard]] std::string shown() const;
};

}  // namespace waymark::db
