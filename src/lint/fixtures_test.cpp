// tests/fixtures/lint: `good` has nothing to mend; every other folder bears the name of a rule, is laid over it, and must give exactly the findings in its expected.txt.
// UPDATE_EXPECTED=1 rewrites them; read what changed before you commit it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "lint/fixtures_test.hpp"
#include "lint/rule.hpp"

using namespace waymark;
using namespace waymark::lint;
namespace fs = std::filesystem;

TEST_CASE("a pathway written with care has nothing to mend") { CHECK(testing::as_text(testing::linted(testing::good()).findings).empty()); }

TEST_CASE("every example of a rule says exactly what is found, where") {
  const bool update = std::getenv("UPDATE_EXPECTED") != nullptr;
  for (const auto& entry : fs::directory_iterator(testing::fixtures)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_directory() || name == "good") continue;
    CAPTURE(name);
    const std::string found = testing::as_text(testing::linted(testing::laid_over_good(entry.path())).findings);
    if (update) std::ofstream(entry.path() / "expected.txt", std::ios::binary) << found;
    CHECK(found == read_file(entry.path() / "expected.txt").value_or("(no expected.txt)"));
    CHECK_MESSAGE(found.find(":" + name + ":") != std::string::npos, "the example does not show its own rule");
  }
}

TEST_CASE("every rule has an example") {
  for (const Rule& rule : rules()) {
    CAPTURE(rule.id);
    CHECK(fs::exists(testing::fixtures / rule.id / "expected.txt"));
  }
}

TEST_CASE("every example bears the name of a rule") {
  for (const auto& entry : fs::directory_iterator(testing::fixtures)) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    CHECK((name == "good" || find_rule(name) != nullptr));
  }
}
