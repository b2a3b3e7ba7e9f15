/// The published frameworks, where they stand beside the checkout. Their text is not ours and is never copied here.
#include <doctest/doctest.h>

#include <filesystem>

#include "importer/framework.hpp"
#include "importer/import_checks_test.hpp"

using namespace waymark;
using namespace waymark::importer;
namespace fs = std::filesystem;

TEST_CASE("published frameworks by headings and lists come in whole") {
  struct Case {
    const char* name;
    std::vector<std::string> contributors;
    std::vector<std::string> leaders;
  };
  const std::vector<Case> cases{
      {"infracloud", {"Associate Engineer", "Engineer", "Senior Engineer", "Staff Engineer", "Principal Engineer"}, {}},
      {"codecademy",
       {"Software Engineering Apprentice", "Software Engineer", "Software Engineer 2", "Senior Software Engineer", "Staff Software Engineer"},
       {"Engineering Manager", "Senior Engineering Manager", "Director", "VP"}},
      {"guardian",
       {"Fellow and Associate Developer", "Software Developer", "Senior Developer", "Staff Developer", "Principal Developer"},
       {"Associate Engineering Manager", "Engineering Manager", "Senior Engineering Manager", "Head of Engineering"}},
  };
  for (const Case& given : cases) {
    CAPTURE(given.name);
    const fs::path path = fs::path(WAYMARK_SOURCE_DIR) / "../shared/frameworks" / given.name;
    if (!fs::exists(path)) continue;
    const auto source = read_folder(path, {".md"});
    REQUIRE(source.has_value());
    const auto imported = import_framework(*source, {});
    REQUIRE(imported.has_value());
    checks::check_loads(*imported);
    checks::check_provenance(*source, *imported);

    const auto loaded = pathway::load(imported->draft);
    std::vector<std::string> contributors;
    std::vector<std::string> leaders;
    for (const auto& level : loaded.pathway->levels) (level.track.value == "ic" ? contributors : leaders).push_back(level.title);
    CHECK(contributors == given.contributors);
    CHECK(leaders == given.leaders);
    CHECK(loaded.pathway->capabilities.size() >= 4);
    CHECK(loaded.pathway->routes.size() + loaded.pathway->tracks.size() == loaded.pathway->levels.size());

    const checks::Reach reach = checks::reach(*source, imported->draft);
    for (const std::string& line : reach.lost) MESSAGE(line);
    CHECK(reach.words > 3000);
    CHECK(100 * reach.kept >= 99 * reach.words);
  }
}
