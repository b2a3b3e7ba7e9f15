#include "db/location.hpp"

#include <fmt/core.h>

namespace waymark::db {

Result<DatabaseLocation> DatabaseLocation::parse(std::string_view text) {
  const std::string way_out = "Name a file, or an address like postgresql://waymark@db.example.org/waymark.";
  if (text.empty()) return fail(Error::Kind::wrong_usage, "The name of the database is empty.", way_out);
  if (text.find('\0') != std::string_view::npos) return fail(Error::Kind::wrong_usage, "The name of the database holds a NUL.", way_out);
  if (text.starts_with("postgresql://") || text.starts_with("postgres://")) return DatabaseLocation{Dialect::postgresql, {}, std::string(text)};
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) {
    return fail(Error::Kind::wrong_usage, fmt::format("Waymark keeps its records in SQLite or PostgreSQL; `{}` is neither.", text.substr(0, scheme)),
                way_out);
  }
  if (text.starts_with("sqlite:")) text.remove_prefix(7);
  if (text.empty()) return fail(Error::Kind::wrong_usage, "`sqlite:` names no file.", way_out);
  if (text == ":memory:") return fail(Error::Kind::wrong_usage, "A database in memory would forget everything.", way_out);
  return DatabaseLocation{Dialect::sqlite, std::filesystem::path(text), {}};
}

std::string DatabaseLocation::shown() const {
  if (dialect == Dialect::sqlite) return file.string();
  std::string text = url;
  const std::size_t begin = text.find("://") + 3;
  const std::size_t end = std::min(text.find_first_of("/?", begin), text.size());
  const std::size_t at = text.rfind('@', end);
  if (at != std::string::npos && at >= begin) {
    const std::size_t colon = text.find(':', begin);
    if (colon < at) text.replace(colon, at - colon, ":…");
  }
  // libpq also takes the password among the parameters.
  for (const std::string_view key : {"password=", "sslpassword=", "passfile="}) {
    for (std::size_t found = text.find(key); found != std::string::npos; found = text.find(key, found + key.size())) {
      if (found == 0 || (text[found - 1] != '?' && text[found - 1] != '&')) continue;
      const std::size_t value = found + key.size();
      text.replace(value, std::min(text.find('&', value), text.size()) - value, "…");
    }
  }
  return text;
}

}  // namespace waymark::db
