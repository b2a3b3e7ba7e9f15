// Tables of people in every flavour: each file of tests/fixtures/people, with its mapping where it has one, gives the plan beside it.
// UPDATE_EXPECTED=1 writes them anew.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "org/import/import_test.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::testing;

namespace {

namespace fs = std::filesystem;

std::string read_whole(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("every table of the fixtures gives the plan beside it") {
  std::size_t looked_at = 0;
  std::set<fs::path> tables;
  for (const auto& entry : fs::directory_iterator(fs::path(WAYMARK_SOURCE_DIR) / "tests/fixtures/people")) {
    if (entry.path().extension() == ".csv" || entry.path().extension() == ".tsv") tables.insert(entry.path());
  }
  for (const fs::path& path : tables) {
    CAPTURE(path.filename().string());
    const std::string bytes = read_whole(path);
    ImportRequest request = a_request();
    const fs::path mapping = fs::path(path).replace_extension(".mapping.yaml");
    if (fs::exists(mapping)) request.mapping = parse_people_mapping(mapping.filename().string(), read_whole(mapping)).value();
    const auto table = read_table(path.filename().string(), bytes, columns_of(request.mapping), request.mapping.separator);
    REQUIRE(table.has_value());
    const std::string told = in_lines(plan_import(Organisation::empty(), *table, request));
    const fs::path expected = fs::path(path).replace_extension(".plan.txt");
    if (std::getenv("UPDATE_EXPECTED") != nullptr) std::ofstream(expected) << told;
    CHECK(told == read_whole(expected));
    // What nobody asked for is nowhere.
    for (const std::string_view secret : {"1980-01-01", "01.01.1970", "DE00", "Main St"}) CHECK(told.find(secret) == std::string::npos);
    ++looked_at;
  }
  CHECK(looked_at >= 10);
}
