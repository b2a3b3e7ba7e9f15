#include "editor/features.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "editor/good_folder_test.hpp"

using namespace waymark;
using namespace waymark::editor;
using editor::testing::GoodFolder;

namespace {

std::vector<std::string> labels(const std::vector<Completion>& completions) {
  std::vector<std::string> found;
  for (const Completion& each : completions) found.push_back(each.label);
  return found;
}

bool holds(const std::vector<std::string>& all, std::string_view one) { return std::find(all.begin(), all.end(), one) != all.end(); }

/// What is offered at the end of some words that are written at the end of a file.
std::vector<Completion> offered(GoodFolder& good, const std::string& file, const std::string& words) {
  good.folder().lay_over(file, good.text(file) + words);
  return completions(good.folder(), file, good.end(file));
}

}  // namespace

TEST_CASE("hover on an id, on its heading and on a link to it tells the same") {
  GoodFolder good;
  const auto at_id = hover(good.folder(), "levels/SSE.md", good.at("levels/SSE.md", "{#drives", 4));
  const auto at_heading = hover(good.folder(), "levels/SSE.md", good.at("levels/SSE.md", "Drives", 1));
  const auto at_link = hover(good.folder(), "capabilities/design.md", good.at("capabilities/design.md", "#drives", 2));
  REQUIRE((at_id && at_heading && at_link));
  CHECK(at_id->markdown == at_heading->markdown);
  CHECK(at_id->markdown == at_link->markdown);
  CHECK(at_id->markdown.find("Used in:\n\n- Design, At SSE\n- pathway.yaml") != std::string::npos);
}

TEST_CASE("hover shows text as it is, whatever Markdown it would be") {
  GoodFolder good;
  good.replace("levels/SSE.md", "Writes it down.", "Writes \\*it\\* \\[down\\].");
  const auto told = hover(good.folder(), "levels/SSE.md", good.at("levels/SSE.md", "Drives", 1));
  REQUIRE(told);
  CHECK(told->markdown.find("Writes \\*it\\* \\[down\\].") != std::string::npos);
}

TEST_CASE("hover answers from the last good pathway while the folder is broken") {
  GoodFolder good;
  good.replace("pathway.yaml", "name:", "name: [");
  good.folder().check(editor::testing::a_day);
  const auto track = hover(good.folder(), "levels/SSE.md", good.at("levels/SSE.md", "track: ic", 8));
  REQUIRE(track);
  CHECK(track->markdown.find("Places: ISE, SSE and LSE") != std::string::npos);
}

TEST_CASE("a paragraph that has no id is found by its number") {
  GoodFolder good;
  good.replace("capabilities/design.md", "SSE.md#drives-design", "SSE.md#autonomy-1");
  const Position link = good.at("capabilities/design.md", "#autonomy-1", 3);
  const auto found = definition(good.folder(), "capabilities/design.md", link);
  REQUIRE(found);
  CHECK(text_at(good.folder().page(found->file)->source, found->span) == "Once a month.");
  const auto told = hover(good.folder(), "capabilities/design.md", link);
  REQUIRE(told);
  CHECK(told->markdown.find("Once a month.") != std::string::npos);
}

TEST_CASE("links offer pages and criteria; behind # the ids of that page") {
  GoodFolder good;
  CHECK(holds(labels(offered(good, "fork.md", "\n[a](")), "levels/SSE.md"));
  CHECK(holds(labels(offered(good, "fork.md", "SSE.dr")), "SSE.drives-design"));
  const auto ids = offered(good, "capabilities/design.md", "\n[a](../levels/ISE.md#ow");
  REQUIRE(holds(labels(ids), "owns-component"));
  CHECK(ids.front().edit.span.end == good.end("capabilities/design.md"));
  CHECK(offered(good, "capabilities/design.md", "\n[a](../levels/NO.md#").empty());
  CHECK(offered(good, "capabilities/design.md", "\n[a](../levels/ISE.md) ").empty());
}

TEST_CASE("front matter offers the keys that are missing and the words that fit") {
  GoodFolder good;
  good.replace("levels/SSE.md", "shift: Something changes\n", "\n");
  auto keys = labels(completions(good.folder(), "levels/SSE.md", {8, 1}));
  CHECK(holds(keys, "shift"));
  CHECK(!holds(keys, "title"));
  good.replace("levels/SSE.md", "track: ic", "track:");
  CHECK(labels(completions(good.folder(), "levels/SSE.md", good.at("levels/SSE.md", "track:", 6))) == std::vector<std::string>{"ic", "leadership"});
  good.replace("pathway.yaml", "name:", "name: [");
  CHECK(labels(completions(good.folder(), "levels/SSE.md", good.at("levels/SSE.md", "track:", 6))) == std::vector<std::string>{"ic", "leadership"});
}

TEST_CASE("pathway.yaml offers what its place wants, parsed or not") {
  const std::vector<std::string> levels{"ISE", "LSE", "SSE", "TTL"};
  struct Case {
    const char* typed;
    const char* one;  ///< nullptr: nothing
  };
  for (const Case& each : {Case{"  - from: ", "ISE"},
                           {"  - from: SSE\n    to: ", "ISE"},
                           {"  - {from: SSE, to: T", "TTL"},
                           {"  - {from: ", "ISE"},
                           {"  - from: SSE\n    kind: ", "return"},
                           {"  - from: SSE\n    ", "note"},
                           {"  - note: S", nullptr},
                           {"fork:\n  branches: [LSE, ", "TTL"},
                           {"fork:\n  branches:\n    - ", "TTL"},
                           {"dormant:\n- ", "LSE"},
                           {"dormant: [", "LSE"},
                           {"retired:\n  - now: ", "SSE.drives-design"},
                           {"status: ", "draft"},
                           {"", "thresholds"},
                           {"# waymark: allow ", "unreachable-level"}}) {
    CAPTURE(each.typed);
    GoodFolder good;
    good.folder().lay_over("pathway.yaml", std::string("name: A\nroutes:\n") + each.typed);
    const auto found = labels(completions(good.folder(), "pathway.yaml", good.end("pathway.yaml")));
    if (each.one == nullptr) {
      CHECK(found.empty());
    } else {
      CHECK(holds(found, each.one));
    }
  }
}

TEST_CASE("headings offer the sections that are missing, and levels where a page tells of levels") {
  GoodFolder good;
  const auto sections = labels(offered(good, "levels/SSE.md", "\n## "));
  CHECK(sections == std::vector<std::string>{"## Watch for"});
  CHECK(holds(labels(offered(good, "archetypes/platform.md", "\n## At T {#")), "TTL"));
  CHECK(holds(labels(offered(good, "fork.md", "\n## Stay {#")), "stay"));
  CHECK(holds(labels(offered(good, "levels/SSE.md", "\n<!-- waymark: allow vague")), "vague-criterion"));
}

TEST_CASE("completion anywhere in any file is safe") {
  GoodFolder good;
  for (const char* const file : {"pathway.yaml", "levels/SSE.md", "capabilities/design.md", "fork.md"}) {
    for (std::size_t line = 0; line < 60; ++line) {
      for (std::size_t column = 0; column < 90; column += 3) CHECK_NOTHROW((void)completions(good.folder(), file, {line, column}));
    }
  }
}

TEST_CASE("a finding is allowed where its comment covers it and little else") {
  GoodFolder good;
  good.replace("levels/SSE.md", "The trace is a document.", "Has five years of experience with it.");
  good.folder().settle(editor::testing::a_day);
  REQUIRE(holds(good.rules("levels/SSE.md"), "tenure-criterion"));
  const Position here = good.at("levels/SSE.md", "five years");
  const std::vector<Action> offered = actions(good.folder(), "levels/SSE.md", {here, here});
  const auto allow = std::find_if(offered.begin(), offered.end(), [](const Action& action) {
    return action.kind == Action::Kind::allow && action.finding.rule == "tenure-criterion";
  });
  REQUIRE(allow != offered.end());
  const std::string after = good.after(allow->change, "levels/SSE.md");
  CHECK(after.find("\n\n<!-- waymark: allow tenure-criterion because … -->\nWrites it down.") != std::string::npos);
  good.folder().lay_over("levels/SSE.md", after);
  good.folder().settle(editor::testing::a_day);
  CHECK(!holds(good.rules("levels/SSE.md"), "tenure-criterion"));
  CHECK(!holds(good.rules("levels/SSE.md"), "unused-suppression"));
}

TEST_CASE("an error is not allowed away") {
  GoodFolder good;
  good.replace("levels/SSE.md", "ISE.md#owns-component", "ISE.md#owns-componen");
  good.folder().settle(editor::testing::a_day);
  const Position here = good.at("levels/SSE.md", "#owns", 2);
  const std::vector<Action> offered = actions(good.folder(), "levels/SSE.md", {here, here});
  REQUIRE(!offered.empty());
  for (const Action& action : offered) CHECK(action.kind == Action::Kind::fix);
  CHECK(good.after(offered.front().change, "levels/SSE.md").find("ISE.md#owns-component)") != std::string::npos);
}
