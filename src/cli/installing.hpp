/// From settings to an installation: the store made ready, the keys, and the rules of signing in.
#pragma once

#include <memory>
#include <string>

#include "base/clock.hpp"
#include "cli/command.hpp"
#include "db/database.hpp"
#include "settings/settings.hpp"
#include "web/installation.hpp"

namespace waymark::cli {

/// What an installation stands on; outlives it.
struct Ground {
  std::unique_ptr<db::Database> database;
  SystemClock clock;
};

/// Opens the store that `database-url` names, or waymark.sqlite in the working folder, made when it is not there; a fresh one gets its tables. Fails with
/// conflict for an older or newer one, saying what to do, and as Database::open does.
[[nodiscard]] tl::expected<std::unique_ptr<Ground>, Trouble> open_ground(const settings::Settings& settings);

/// The rules of signing in as the settings have them; wrong_usage names the setting that cannot be read.
[[nodiscard]] Result<web::InstallationOptions> installation_options(const settings::Settings& settings, const std::string& url);

[[nodiscard]] Result<std::unique_ptr<web::Installation>> make_installation(const settings::Settings& settings, Ground& ground, const std::string& url);

}  // namespace waymark::cli
