#include "cli/store.hpp"

#include <fmt/core.h>

#include "access/schema.hpp"
#include "base/folder.hpp"
#include "cli/read_settings.hpp"
#include "db/search.hpp"
#include "org/schema.hpp"
#include "release/schema.hpp"
#include "web/schema.hpp"

namespace waymark::cli {

const db::Schema& store_schema() {
  static const db::Schema schema{access::migrations(), {{2, "db", "full-text search", db::search_steps()}}, release::migrations(),
                                 org::migrations(), web::migrations()};
  return schema;
}

std::vector<Parameter> StoreOptions::parameters() {
  return {{.name = "--database",
           .value = "WHERE",
           .help = "A file of SQLite, or postgresql://… Unless said: the setting `database-url`, or waymark.sqlite in this folder.",
           .into = &database,
           .completes = Completes::file},
          config_parameter(&config)};
}

tl::expected<settings::Settings, Trouble> store_settings(const StoreOptions& options) {
  std::map<std::string, settings::Said, std::less<>> said;
  if (!options.database.empty()) said["database-url"] = {"--database", {options.database}};
  return read_settings(options.config, std::move(said));
}

namespace {

tl::expected<std::unique_ptr<db::Database>, Trouble> open_as_it_is(const settings::Settings& settings, MissingFile missing) {
  const std::string where = settings.text("database-url");
  const auto location = db::DatabaseLocation::parse(where.empty() ? "waymark.sqlite" : where);
  if (!location) return tl::unexpected<Trouble>(location.error());
  std::error_code ignored;
  if (missing == MissingFile::refuse && location->dialect == db::Dialect::sqlite && !std::filesystem::exists(location->file, ignored)) {
    return tl::unexpected<Trouble>(
        Error{Error::Kind::not_found, fmt::format("There is no database {}.", location->shown()), "Say where it is with --database."});
  }
  try {
    return db::Database::open(*location);
  } catch (const db::DatabaseError& error) {
    return tl::unexpected<Trouble>(error.error());
  }
}

}  // namespace

tl::expected<std::unique_ptr<db::Database>, Trouble> open_store(const StoreOptions& options, MissingFile missing) {
  const auto settings = store_settings(options);
  if (!settings) return tl::unexpected<Trouble>(settings.error());
  return open_as_it_is(*settings, missing);
}

tl::expected<std::unique_ptr<db::Database>, Trouble> open_ready_store(const settings::Settings& settings, MissingFile missing) {
  auto database = open_as_it_is(settings, missing);
  if (!database) return database;
  try {
    if (const auto ready = db::make_ready(**database, store_schema(), SystemClock(), WAYMARK_VERSION); !ready) {
      return tl::unexpected<Trouble>(ready.error());
    }
  } catch (const db::DatabaseError& error) {
    return tl::unexpected<Trouble>(error.error());
  }
  return database;
}

tl::expected<std::unique_ptr<db::Database>, Trouble> open_ready_store(const StoreOptions& options, MissingFile missing) {
  const auto settings = store_settings(options);
  if (!settings) return tl::unexpected<Trouble>(settings.error());
  return open_ready_store(*settings, missing);
}

Result<std::optional<std::string>> read_passphrase(const std::string& file) {
  if (file.empty()) return std::nullopt;
  auto bytes = read_file(file);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  while (bytes->ends_with('\n') || bytes->ends_with('\r')) bytes->pop_back();
  if (bytes->size() < 12) {
    return fail(Error::Kind::bad_input, fmt::format("The passphrase in {} is too short.", file),
                "Take twelve characters or more; `openssl rand -base64 32` makes good ones.");
  }
  return std::optional<std::string>(std::move(*bytes));
}

}  // namespace waymark::cli
