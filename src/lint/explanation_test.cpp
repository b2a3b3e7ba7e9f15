// Every rule has a page, every page a rule, and doc/findings.md lists them all. UPDATE_EXPECTED=1 rewrites the index.
#include "lint/explanation.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include <fmt/core.h>

#include "base/folder.hpp"
#include "base/text.hpp"
#include "embedded/lint_explanations.hpp"

using namespace waymark;
using namespace waymark::lint;
namespace fs = std::filesystem;

namespace {

const fs::path root = WAYMARK_SOURCE_DIR;

std::string index_of_findings() {
  std::string text =
      "# What can be found\n\nEvery finding names its rule. `waymark lint --explain RULE` shows the page of a rule in the terminal, the web shows it "
      "behind the finding. The\n"
      "severity is the usual one; `lint:` in pathway.yaml changes it ([the format](pathway-format.md)).\n";
  for (int number = 0; number <= static_cast<int>(Family::settings); ++number) {
    const auto family = static_cast<Family>(number);
    text += fmt::format("\n## {}\n\n| rule | usually | |\n|---|---|---|\n", to_string(family));
    for (const RuleInfo& rule : all_rules()) {
      const auto page = explain(rule.id);
      if (rule.family == family && page)
        text += fmt::format("| [{0}](../src/lint/explanations/{0}.md) | {1} | {2} |\n", rule.id, to_string(rule.severity), page->title);
    }
  }
  return text;
}

}  // namespace

TEST_CASE("every rule has a page that says why, shows a bad and a good example, and how to get there") {
  for (const RuleInfo& rule : all_rules()) {
    CAPTURE(rule.id);
    const auto page = explain(rule.id);
    REQUIRE(page.has_value());
    CHECK_FALSE(page->title.empty());
    for (const char* const part : {"\n## Instead of\n", "\n## Write\n", "\n## How to get there\n"}) {
      CAPTURE(part);
      CHECK(page->markdown.find(part) != std::string_view::npos);
    }
  }
}

TEST_CASE("every page belongs to a rule") {
  for (const embedded::File& file : embedded::lint_explanations()) {
    CAPTURE(file.name);
    CHECK(find_rule(file.name.substr(0, file.name.rfind('.'))) != nullptr);
  }
}

TEST_CASE("what is no rule has no page") {
  CHECK_FALSE(explain("vague-criterium").has_value());
  CHECK_FALSE(explain("").has_value());
}

TEST_CASE("every rule that the loader and the readers below it report is known") {
  const std::regex reported("(?:\\b(?:error|warning|gap|report|add)\\((?:[a-z.]+, )?|push_back\\(\\{)\"([a-z][a-z0-9]*(?:-[a-z0-9]+)+)\",");
  std::set<std::string> rules;
  for (const char* const room : {"base", "markup", "pathway"}) {
    for (const auto& entry : fs::directory_iterator(root / "src" / room)) {
      if (entry.path().extension() != ".cpp" || entry.path().stem().string().ends_with("_test")) continue;
      const std::string text = read_file(entry.path()).value();
      for (std::sregex_iterator at(text.begin(), text.end(), reported), end; at != end; ++at) rules.insert((*at)[1]);
    }
  }
  CHECK(rules.size() > 40);
  for (const std::string& rule : rules) {
    CAPTURE(rule);
    CHECK(find_rule(rule) != nullptr);
  }
}

TEST_CASE("doc/findings.md lists what can be found") {
  const fs::path file = root / "doc" / "findings.md";
  if (std::getenv("UPDATE_EXPECTED") != nullptr) std::ofstream(file, std::ios::binary) << index_of_findings();
  CHECK(read_file(file).value_or("(no doc/findings.md)") == index_of_findings());
}
