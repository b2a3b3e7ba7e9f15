#include <doctest/doctest.h>

#include <algorithm>

#include "editor/good_folder_test.hpp"
#include "pathway/cite.hpp"

using namespace waymark;
using namespace waymark::editor;
using editor::testing::GoodFolder;

namespace {

Change renamed(GoodFolder& good, const std::string& file, std::string_view words, std::size_t ahead, const char* name) {
  const auto change = rename(good.folder(), file, good.at(file, words, ahead), name);
  REQUIRE(change);
  return *change;
}

std::string refused(GoodFolder& good, const std::string& file, std::string_view words, std::size_t ahead, const char* name) {
  const auto change = rename(good.folder(), file, good.at(file, words, ahead), name);
  REQUIRE(!change);
  return change.error().message;
}

}  // namespace

TEST_CASE("whatever is renamed, the pathway is as good as before") {
  struct Case {
    const char* file;
    const char* words;
    std::size_t ahead;
    const char* name;
  };
  for (const Case& each : {Case{"levels/SSE.md", "id: SSE", 4, "SENIOR"},
                           {"levels/SSE.md", "{#drives", 2, "leads"},
                           {"capabilities/design.md", "id: design", 4, "shape"},
                           {"archetypes/platform.md", "id: platform", 4, "ground"},
                           {"levels/SSE.md", "track: ic", 7, "making"},
                           {"levels/SSE.md", "scope: system", 7, "whole"},
                           {"pathway.yaml", "leadership", 0, "leading"},
                           {"pathway.yaml", "to: SSE", 4, "SENIOR"},
                           {"fork.md", "{#LSE", 3, "LEAD"},
                           {"capabilities/design.md", "#drives", 1, "leads"},
                           {"pathway.yaml", "id: team-size", 4, "size"}}) {
    CAPTURE(each.file);
    CAPTURE(each.words);
    GoodFolder good;
    const std::size_t before = good.folder().findings().size();
    good.apply(renamed(good, each.file, each.words, each.ahead, each.name));
    CHECK(!has_errors(good.folder().findings()));
    CHECK(good.folder().findings().size() == before);
  }
}

TEST_CASE("an old citation leads to the new one") {
  for (const char* const file : {"levels/SSE.md", "level"}) {
    GoodFolder good;
    const bool whole_level = std::string_view(file) == "level";
    good.apply(whole_level ? renamed(good, "levels/SSE.md", "id: SSE", 4, "SENIOR") : renamed(good, file, "{#drives", 2, "leads"));
    const auto cited = pathway::cite(*good.folder().pathway(), "SSE.drives-design");
    REQUIRE(!cited);
    CHECK(cited.error().way_out.find(whole_level ? "SENIOR.drives-design stands in its place now" : "SSE.leads stands in its place now") !=
          std::string::npos);
  }
}

TEST_CASE("a draft keeps no list of what ids were") {
  GoodFolder good;
  good.replace("pathway.yaml", "language: en", "language: en\nstatus: draft");
  const Change change = renamed(good, "levels/SSE.md", "{#drives", 2, "leads");
  CHECK(good.after(change, "pathway.yaml").find("id: SSE.drives-design") == std::string::npos);
  CHECK(good.after(change, "pathway.yaml").find("now: SSE.leads") != std::string::npos);
}

TEST_CASE("`retired:` is begun where there is none, and keeps its shape where there is one") {
  for (const auto& [before, expected] :
       {std::pair<std::string, std::string>{"", "\nretired:\n  - id: SSE.drives-design\n    because"},
        {"retired: []\n", "\nretired:\n  - id: SSE.drives-design\n"},
        {"retired:\n- id: SSE.x\n  now: SSE.drives-design\n",
         "retired:\n- id: SSE.drives-design\n  because: Renamed; its meaning is the same.\n  now: SSE.leads\n- id: SSE.x\n  now: SSE.leads\n"}}) {
    const std::string& list = before;
    CAPTURE(list);
    GoodFolder good;
    const std::string manifest = good.text("pathway.yaml");
    good.folder().lay_over("pathway.yaml", manifest.substr(0, manifest.find("retired:")) + list);
    const Change change = renamed(good, "levels/SSE.md", "{#drives", 2, "leads");
    CHECK(good.after(change, "pathway.yaml").find(expected) != std::string::npos);
  }
}

TEST_CASE("a link to a paragraph follows its criterion") {
  GoodFolder good;
  good.replace("capabilities/design.md", "#drives-design", "#drives-design-1");
  const Position link = good.at("capabilities/design.md", "#drives-design-1", 16);
  CHECK(renameable(good.folder(), "capabilities/design.md", link));
  const Change change = renamed(good, "levels/SSE.md", "{#drives", 2, "leads");
  CHECK(good.after(change, "capabilities/design.md").find("SSE.md#leads-1)") != std::string::npos);
}

TEST_CASE("what cannot be renamed says why") {
  GoodFolder good;
  CHECK(refused(good, "levels/SSE.md", "id: SSE", 4, "LSE") == "The level `LSE` is taken.");
  CHECK(refused(good, "levels/SSE.md", "{#drives", 2, "autonomy") == "The id `autonomy` is taken.");
  CHECK(refused(good, "levels/SSE.md", "{#drives", 2, "") == "`` cannot be an id.");
  CHECK(refused(good, "levels/SSE.md", "scope: system", 7, "a, b") == "`a, b` cannot be a word of the scope axis.");
  CHECK(refused(good, "levels/SSE.md", "One sentence", 2, "x") == "No id stands here.");
  CHECK(refused(good, "pathway.yaml", "fork.md", 2, "x") == "This file's name is part of the format.");
  good.replace("levels/SSE.md", "## Autonomy", "## Independence {#autonomy}");
  CHECK(refused(good, "levels/SSE.md", "{#autonomy", 3, "x") == "`autonomy` is an id of the format: it says which section this is.");
  good.replace("levels/SSE.md", "ISE.md#owns-component", "ISE.md#nowhere");
  CHECK(refused(good, "levels/SSE.md", "#nowhere", 3, "x") == "`nowhere` is defined nowhere.");
}
