/// The store of a command: where it is, and what its tables are.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/command.hpp"
#include "db/database.hpp"
#include "db/schema.hpp"
#include "settings/settings.hpp"

namespace waymark::cli {

/// The tables of all rooms. Numbers are given here and in the rooms' lists; once released they stay.
[[nodiscard]] const db::Schema& store_schema();

/// What --database and --config said.
struct StoreOptions {
  std::string database;
  std::string config;
  std::vector<Parameter> parameters();  ///< for the description of a command; lives as long as this
};

/// What --config, the environment and --database say together.
[[nodiscard]] tl::expected<settings::Settings, Trouble> store_settings(const StoreOptions& options);

enum class MissingFile { make, refuse };
/// Opens it as it is, whatever is in it. `refuse` fails with not_found when there is no file of SQLite yet.
[[nodiscard]] tl::expected<std::unique_ptr<db::Database>, Trouble> open_store(const StoreOptions& options, MissingFile missing);

/// The same, for a command that reads or changes records: a fresh store gets its tables, one that does not fit this Waymark fails with conflict and
/// what to do.
[[nodiscard]] tl::expected<std::unique_ptr<db::Database>, Trouble> open_ready_store(const settings::Settings& settings, MissingFile missing);
[[nodiscard]] tl::expected<std::unique_ptr<db::Database>, Trouble> open_ready_store(const StoreOptions& options, MissingFile missing);

/// The passphrase in a file: its bytes without line ends at the end. Nothing when `file` is empty; bad_input when there are fewer than 12.
[[nodiscard]] Result<std::optional<std::string>> read_passphrase(const std::string& file);

/// Runs `work`, and makes trouble of what the database would not do.
template <class Work>
Outcome with_database_errors(Work&& work) {
  try {
    return work();
  } catch (const db::DatabaseError& error) {
    return tl::unexpected<Trouble>(error.error());
  }
}

}  // namespace waymark::cli
