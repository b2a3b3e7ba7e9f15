// The house stands: arrows point downwards, no circle, third-party libraries stay where ARCHITECTURE.md puts them, SQL and HTML in their rooms.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path root = WAYMARK_SOURCE_DIR;

/// What each room may include, besides itself. ARCHITECTURE.md says why.
const std::map<std::string, std::set<std::string>> may_use{
    {"base", {}},
    {"db", {"base"}},
    {"markup", {"base"}},
    {"stats", {"base"}},
    {"pathway", {"base", "markup"}},
    {"lint", {"base", "markup", "pathway"}},
    {"importer", {"base", "markup", "pathway"}},
    {"settings", {"base", "markup"}},
    {"demo", {"access", "base", "db", "markup", "org", "pathway"}},
    {"insight", {"access", "base", "db", "markup", "org", "pathway", "stats"}},
    {"web", {"access", "base", "db", "importer", "insight", "lint", "markup", "org", "pathway", "release"}},
    {"cli", {"access", "base", "db", "demo", "editor", "importer", "insight", "lint", "markup", "org", "pathway", "release", "settings", "stats", "web"}},
    {"editor", {"base", "lint", "markup", "pathway"}},
    {"access", {"base", "db"}},
    {"org", {"access", "base", "db", "markup", "pathway"}},
    {"release", {"access", "base", "db", "lint", "markup", "pathway"}},
};

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

bool is_source(const fs::path& path) { return path.extension() == ".cpp" || path.extension() == ".hpp"; }
bool is_test(const fs::path& path) { return path.stem().string().ends_with("_test"); }

std::vector<fs::path> sources() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(root / "src")) {
    if (entry.is_regular_file() && is_source(entry.path())) found.push_back(entry.path());
  }
  REQUIRE(found.size() > 10);
  return found;
}

std::string room_of(const fs::path& path) {
  const fs::path relative = fs::relative(path, root / "src");
  return relative.has_parent_path() ? relative.begin()->string() : std::string();
}

std::vector<std::string> includes(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) found.push_back((*at)[1]);
  return found;
}

}  // namespace

TEST_CASE("every room stands in the table, and the table names only rooms that stand") {
  std::set<std::string> rooms;
  for (const auto& entry : fs::directory_iterator(root / "src")) {
    if (entry.is_directory()) rooms.insert(entry.path().filename().string());
  }
  std::set<std::string> named;
  for (const auto& [room, below] : may_use) named.insert(room);
  CHECK(rooms == named);
}

TEST_CASE("no include points upwards") {
  const std::regex quoted("^[ \t]*#[ \t]*include[ \t]*\"([^\"]+)\"", std::regex::multiline);
  for (const fs::path& path : sources()) {
    const std::string room = room_of(path);
    if (room.empty()) continue;
    for (const std::string& include : includes(read(path), quoted)) {
      const std::string used = include.substr(0, include.find('/'));
      const bool for_tests = is_test(path) && include.find('/') == std::string::npos;
      if (used == "embedded" || used == room || for_tests) continue;
      CAPTURE(path.string());
      CAPTURE(include);
      CHECK(may_use.at(room).contains(used));
    }
  }
}

TEST_CASE("the table has no circle") {
  for (const auto& [name, below] : may_use) {
    const std::string& room = name;
    for (const std::string& used : below) {
      CAPTURE(room);
      CAPTURE(used);
      CHECK(!may_use.at(used).contains(room));
    }
  }
}

TEST_CASE("third-party headers stay in source files, each in its own room") {
  const std::multimap<std::string, std::string> home{
      {"boost/beast", "src/web/http/"}, {"boost/asio", "src/web/http/"}, {"ctemplate/", "src/web/"}, {"prometheus/", "src/web/"},
      {"cmark-gfm", "src/markup/"}, {"yaml-cpp/", "src/markup/"}, {"libstemmer", "src/pathway/"}, {"CLI/", "src/cli/"},
      {"sodium", "src/base/"}, {"dtl/", "src/base/"}, {"Eigen/", "src/stats/"}, {"boost/math", "src/stats/"},
      {"glpk.h", "src/stats/"}, {"csv.h", "src/cli/"}, {"soci/", "src/db/"}, {"sqlite3", "src/db/"},
      {"libpq", "src/db/"}, {"sodium", "src/access/"}, {"utf8proc", "src/access/"}, {"liboath/", "src/access/"},
      {"cjose/", "src/access/oidc/"}, {"curl/", "src/access/oidc/"}, {"openssl/", "src/web/http/"}, {"qrencode.h", "src/web/"},
      {"csv.h", "src/importer/"}, {"csv.h", "src/org/import/"}, {"gumbo.h", "src/importer/"},
      {"archive", "src/importer/"}, {"git2", "src/cli/"}, {"sodium", "src/db/"}};
  const std::set<std::string> allowed_in_headers{"tl/expected.hpp"};
  const std::regex angled("^[ \t]*#[ \t]*include[ \t]*<([^>]+)>", std::regex::multiline);
  for (const fs::path& path : sources()) {
    const std::string relative = fs::relative(path, root).string();
    for (const std::string& include : includes(read(path), angled)) {
      CAPTURE(relative);
      CAPTURE(include);
      bool has_home = false;
      bool at_home = false;
      for (const auto& [prefix, place] : home) {
        has_home = has_home || include.starts_with(prefix);
        at_home = at_home || (include.starts_with(prefix) && relative.starts_with(place));
      }
      if (!is_test(path)) CHECK((at_home || !has_home));
      const bool standard = include.find('/') == std::string::npos && include.find('.') == std::string::npos;
      if (path.extension() == ".hpp" && !standard && !is_test(path)) CHECK(allowed_in_headers.contains(include));
    }
  }
}

TEST_CASE("SQL stands only in records files and the db room, HTML only in templates") {
  const std::regex sql("\\b(SELECT\\s+[^;\"]*\\sFROM|INSERT\\s+INTO|UPDATE\\s+\\w+\\s+SET|DELETE\\s+FROM|CREATE\\s+TABLE)\\b");
  const std::regex html("\"[^\"\\n]*<(div|span|p|a|h[1-6]|ul|li|section|svg|form|input|table|body|head|main|nav)[ >]");
  for (const fs::path& path : sources()) {
    if (is_test(path)) continue;
    const std::string text = read(path);
    CAPTURE(path.string());
    if (room_of(path) != "db" && !path.stem().string().ends_with("_records")) CHECK(!std::regex_search(text, sql));
    // The importer reads HTML and markup writes what cmark gives; neither is a page.
    if (room_of(path) == "web") CHECK(!std::regex_search(text, html));
  }
}

TEST_CASE("no file holds two things") {
  for (const fs::path& path : sources()) {
    const std::string text = read(path);
    CAPTURE(path.string());
    CHECK(std::count(text.begin(), text.end(), '\n') <= 450);
  }
}
