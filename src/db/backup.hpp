/// All records of a store in one file, which restores into either database.
///
/// The file: a line that says what it is; when sealed, the beginning of the Sealer; then pieces, each with its length before it, which together are the
/// payload, each packed with brotli before it is sealed: a head (who made it, when, from which migrations), the tables with their columns and rows, and an end with the number of rows of each
/// table and the SHA-256 of the payload before it. doc/operation.md tells it for people.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "db/database.hpp"
#include "db/schema.hpp"

namespace waymark::db {

struct BackupSummary {
  struct Table {
    std::string name;
    std::int64_t rows = 0;
    bool operator==(const Table&) const = default;
  };

  std::string made_by;  ///< the version of Waymark
  Instant made_at;
  Dialect made_from = Dialect::sqlite;
  std::vector<AppliedMigration> schema;
  std::vector<Table> tables;  ///< by name
  std::string sha256;         ///< of the payload
  bool sealed = false;

  [[nodiscard]] std::int64_t rows() const;  ///< of all tables
};

/// Writes all records as of one moment, while others read and write, and reads the file back to the end. It is there under its name only when it is
/// whole, and readable by its owner only. Fails with conflict when something is there by that name or the store is not one of `schema` (older is
/// fine), unavailable when it cannot be written. Memory does not grow with the store. Throws DatabaseError.
[[nodiscard]] Result<BackupSummary> write_backup(Database& database, const Schema& schema, const std::filesystem::path& file,
                                                 const std::optional<std::string>& passphrase, const Clock& clock, std::string_view version);

/// Reads all of it. Fails with not_found, or bad_input when it is no backup, is damaged or cut off, or does not open with the passphrase.
[[nodiscard]] Result<BackupSummary> read_backup(const std::filesystem::path& file, const std::optional<std::string>& passphrase);

/// Why a backup with this history cannot become a store of `schema`: it comes from a later Waymark, or from another one.
[[nodiscard]] std::optional<Error> why_not(const BackupSummary& summary, const Schema& schema, const std::filesystem::path& file);

/// Fills an empty store and carries it over to `schema`, in one transaction: it is done whole or not at all. Fails as read_backup does; with conflict when
/// the store is not empty or the backup comes from a later Waymark. Throws DatabaseError.
[[nodiscard]] Result<BackupSummary> restore_backup(Database& database, const Schema& schema, const std::filesystem::path& file,
                                                   const std::optional<std::string>& passphrase, const Clock& clock, std::string_view version);

/// What would stop restore_backup, without changing anything.
[[nodiscard]] Result<BackupSummary> try_restore(Database& database, const Schema& schema, const std::filesystem::path& file,
                                                const std::optional<std::string>& passphrase);

}  // namespace waymark::db
