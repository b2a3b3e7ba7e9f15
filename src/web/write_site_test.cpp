#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "temporary_folder.hpp"
#include "web/serve.hpp"
#include "web/small_site_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;
namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::set<std::string> found_in(const std::string& text, const char* pattern) {
  const std::regex expression(pattern);
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

/// Every reference of every page leads to a file of the export, and its anchor to an id there.
void check_links(const fs::path& root) {
  std::map<fs::path, std::string> pages;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".html") pages[entry.path()] = read(entry.path());
  }
  std::map<fs::path, std::set<std::string>> ids;
  for (const auto& [where, text] : pages) {
    const fs::path& path = where;
    ids[path] = found_in(text, " id=\"([^\"]+)\"");
    CAPTURE(path.string());
    std::size_t written = 0;
    for (std::size_t at = text.find(" id=\""); at != std::string::npos; at = text.find(" id=\"", at + 1)) ++written;
    CHECK(written == ids[path].size());  // no id twice
  }
  for (const auto& [where, text] : pages) {
    const fs::path& path = where;
    for (const std::string& reference : found_in(text, " (?:href|src)=\"([^\"]*)\"")) {
      CAPTURE(path.string());
      CAPTURE(reference);
      // What stands inside the page leads nowhere.
      if (reference.starts_with("https:") || reference.starts_with("http:") || reference.starts_with("data:")) continue;
      CHECK(!reference.starts_with("/"));
      CHECK(!reference.empty());
      const std::size_t hash = reference.find('#');
      const std::string file = reference.substr(0, hash);
      const fs::path target = file.empty() ? path : (path.parent_path() / file).lexically_normal();
      CHECK(fs::exists(target));
      if (hash != std::string::npos) CHECK(ids[target].contains(reference.substr(hash + 1)));
    }
  }
}

}  // namespace

TEST_CASE("an export has every page, works from a folder and has no broken link") {
  const TemporaryFolder temporary;
  const fs::path out = temporary.path() / "site";
  const pathway::Pathway pathway = load(small_folder());
  const auto report = write_site(pathway, out);
  REQUIRE(report.has_value());
  CHECK(report->pages == Site(pathway, Links::Form::site).addresses().size());
  CHECK(fs::exists(out / "index.html"));
  CHECK(fs::exists(out / "archetypes/platform/SSE.html"));
  CHECK(fs::exists(out / "from/SSE/to/LSE.html"));
  CHECK(fs::exists(out / "cite/SSE.old-habit.html"));
  CHECK(!has(read(out / "index.html"), "name=\"q\""));
  CHECK(!has(read(out / "compare.html"), "<form"));
  check_links(out);
}

TEST_CASE("the starter exports without a broken link") {
  const auto folder = read_folder(fs::path(WAYMARK_SOURCE_DIR) / "starter", pathway::document_extensions());
  REQUIRE(folder.has_value());
  const TemporaryFolder temporary;
  REQUIRE(write_site(load(*folder), temporary.path() / "site").has_value());
  check_links(temporary.path() / "site");
}

TEST_CASE("an earlier export is replaced whole, anything else is left alone") {
  const TemporaryFolder temporary;
  const fs::path out = temporary.path() / "site";
  const pathway::Pathway pathway = load(small_folder());
  fs::create_directories(out);
  REQUIRE(write_site(pathway, out).has_value());
  std::ofstream(out / "left-over.html") << "old";
  REQUIRE(write_site(pathway, out).has_value());
  CHECK(!fs::exists(out / "left-over.html"));
  CHECK(!fs::exists(temporary.path() / "site.waymark-old"));
  CHECK(!fs::exists(temporary.path() / "site.waymark-new"));

  fs::create_directories(temporary.path() / "mine");
  std::ofstream(temporary.path() / "mine" / "thesis.txt") << "years of work";
  const auto refused = write_site(pathway, temporary.path() / "mine");
  REQUIRE(!refused.has_value());
  CHECK(refused.error().kind == Error::Kind::conflict);
  CHECK(read(temporary.path() / "mine" / "thesis.txt") == "years of work");
  const auto file = write_site(pathway, temporary.path() / "mine" / "thesis.txt");
  REQUIRE(!file.has_value());
  CHECK(file.error().kind == Error::Kind::conflict);
}

TEST_CASE("a folder that cannot be written is said to be so") {
  const auto refused = write_site(load(small_folder()), "/proc/waymark/site");
  REQUIRE(!refused.has_value());
  CHECK(refused.error().kind == Error::Kind::unavailable);
}
