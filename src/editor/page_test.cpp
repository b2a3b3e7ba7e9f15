#include "editor/page.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "editor/text_places.hpp"

using namespace waymark;
using namespace waymark::editor;

namespace {

/// "definition SSE, reference ISE", in the order of the text; each must stand where the page says.
std::string told(const Page& page) {
  std::vector<Occurrence> all = page.occurrences;
  std::sort(all.begin(), all.end(), [](const Occurrence& a, const Occurrence& b) { return a.span.begin < b.span.begin; });
  std::string words;
  for (const Occurrence& each : all) {
    CHECK(text_at(page.source, each.span) ==
          (each.symbol.kind == Symbol::Kind::page && each.symbol.target.id.empty() ? "../fork.md" : each.symbol.name()));
    words += (words.empty() ? "" : ", ") + std::string(each.role == Occurrence::Role::definition ? "defines " : "names ") + each.symbol.name();
  }
  return words;
}

std::string told(const std::string& file, const std::string& text) { return told(*read_page(file, text)); }

}  // namespace

TEST_CASE("a level page defines its id and those of its headings, and names its track, its scope and what it links") {
  CHECK(told("levels/SSE.md",
             "---\nid: \"SSE\"\ntrack: ic\nscope: 'system'\n---\n\nSee [it](ISE.md#owns).\n\n## What changes here\n\n### Drives {#drives}\n") ==
        "defines SSE, names ic, names system, names ISE, names owns, defines drives");
}

TEST_CASE("a heading elsewhere that bears a level's id names the level, too") {
  CHECK(told("capabilities/design.md", "---\nid: design\n---\n\n### At SSE {#SSE}\n\n[fork](../fork.md) [up](#SSE)\n") ==
        "defines design, defines SSE, names SSE, names , names SSE");
}

TEST_CASE("pathway.yaml names levels wherever it may, in every style") {
  const std::string yaml =
      "scope_axis: [task, system]\ntracks:\n  - id: ic\n    levels: [ISE, \"SSE\"]\nroutes:\n  - {from: ISE, to: SSE}\nfork:\n  at: SSE\n  "
      "branches:\n  - LSE\n"
      "equivalences:\n  - place: SSE\n    equals: TTL\ndormant: [LSE]\nthresholds:\n  - id: size\n    level: TTL\nretired:\n  - id: SSE.old\n    "
      "now: SSE.drives\n";
  CHECK(
      told("pathway.yaml", yaml) ==
      "defines task, defines system, defines ic, names ISE, names SSE, names ISE, names SSE, names SSE, names LSE, names SSE, names TTL, names LSE, "
      "defines size, names TTL, names SSE, names drives");
}

TEST_CASE("links are found in their definitions, and not in code") {
  CHECK(told("levels/SSE.md", "Look [here][one].\n\n[one]: ISE.md#owns \"title\"\n[two]: <LSE.md>\n\n```\n[three]: TTL.md\n[x](TTL.md)\n```\n") ==
        "names ISE, names owns, names LSE");
}

TEST_CASE("a page whose front matter is broken is known by its file") {
  const auto page = read_page("levels/SSE.md", "---\nid: [\n---\n\nWords.\n\n## What changes here\n\n### Drives {#drives}\n\nMore words.\n");
  CHECK(page->target.id == "SSE");
  REQUIRE(page->heading("drives") != nullptr);
  CHECK(page->heading("drives")->is_criterion);
  CHECK(page->heading("drives")->words == "More words.");
  CHECK(page->words == "Words.");
}

TEST_CASE("any bytes make a page") {
  for (const char* const text : {"", "\n", "---", "---\n", "# ", "[a]:", "[a]: ", "[](#)", "[x](ISE.md#%)", "\xFF\xFE", "### {#a}", "{#a}"}) {
    for (const char* const file : {"levels/SSE.md", "pathway.yaml", "fork.md", "README.md", "archetypes/a.md"})
      CHECK_NOTHROW((void)read_page(file, text));
  }
}
