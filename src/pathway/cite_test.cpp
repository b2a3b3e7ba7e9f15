#include "pathway/cite.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/text.hpp"
#include "pathway/small_pathway_test.hpp"

using namespace waymark;
using namespace waymark::pathway;
using namespace waymark::pathway::testing;

namespace {

std::string told(const Result<CitedWords>& result) {
  return result ? "found " + to_string(result->citation) : result.error().message + " | " + result.error().way_out;
}

std::string told(const std::vector<Backlink>& links) {
  std::string words;
  for (const Backlink& link : links) words += to_uri(link.target) + " " + link.title + ": " + link.words + "\n";
  return words;
}

}  // namespace

TEST_CASE("a criterion is cited with its words, its level and where it stands") {
  const Pathway pathway = small_pathway();
  const auto cited = cite(pathway, "SSE.designs");
  REQUIRE(cited);
  CHECK(cited->title == "SSE: Drives the design of a system change");
  CHECK(cited->words == "Takes a written design through a review that ends in agreement.");
  CHECK(cited->html == "<p>Takes a written design through a review that ends in agreement.</p>\n");
  CHECK(cited->criterion == pathway.criterion({{"SSE"}, "designs"}));
  CHECK(cited->level == pathway.level("SSE"));
  CHECK(to_uri(cited->target) == "waymark:levels/SSE#designs");
}

TEST_CASE("letter case is forgiven, and the answer is in the spelling of the pathway") {
  const Pathway pathway = small_pathway();
  CHECK(told(cite(pathway, " sse.DESIGNS ")) == "found SSE.designs");
  CHECK(told(cite(pathway, "ttl")) == "found TTL");
}

TEST_CASE("a level is cited by its sentence, in a draft by its shift") {
  Pathway pathway = small_pathway();
  CHECK(cite(pathway, "SSE")->title == "SSE: Senior Software Engineer");
  CHECK(cite(pathway, "SSE")->words == "The sentence about SSE.");
  pathway.levels[2].summary.clear();
  CHECK(cite(pathway, "SSE")->words == "What changes at SSE");
  CHECK(cite(pathway, "SSE")->html == "<p>What changes at SSE</p>\n");
}

TEST_CASE("a section, a paragraph of it and a paragraph of a criterion can be cited") {
  const Pathway pathway = small_pathway();
  const auto section = cite(pathway, "SSE.autonomy");
  CHECK(section->words == "They agree on the aim once a month. Between those days nobody asks.");
  CHECK(section->section->kind == SectionKind::autonomy);
  CHECK(section->criterion == nullptr);
  const auto paragraph = cite(pathway, "SSE.autonomy-2");
  CHECK(paragraph->title == "SSE: Autonomy");
  CHECK(paragraph->words == "Between those days nobody asks.");
  CHECK(cite(pathway, "SSE.designs-1")->words == "Takes a written design through a review that ends in agreement.");
  CHECK(cite(pathway, "SSE.designs-1")->criterion == nullptr);
  CHECK(cite(pathway, "SSE.what-changes-here")->words == "Drives the design of a system change; Raises a concern before work is built");
  CHECK(cite(pathway, "SSE.stops-1")->words == "Components have caretakers of their own.");
}

TEST_CASE("a slip of the hand gets the id that was meant") {
  const Pathway pathway = small_pathway();
  CHECK(told(cite(pathway, "SSE.desings")) == "There is no `desings` at SSE. | Did you mean SSE.designs?");
  CHECK(told(cite(pathway, "SES.designs")) == "There is no level `SES`. | Did you mean SSE.designs?");
  CHECK(told(cite(pathway, "LSE.designs")) == "designs is not at LSE; it is at SSE. | Did you mean SSE.designs?");
  CHECK(told(cite(pathway, "designs")) == "There is no level `designs`. | Did you mean SSE.designs?");
  CHECK(told(cite(pathway, "SSE#designs")) == "`SSE#designs` is no citation. | Did you mean SSE.designs?");
  CHECK(told(cite(pathway, "owns a component")) == "`owns a component` is no citation. | Did you mean ISE.owns?");
  CHECK(told(cite(pathway, "Technical team lead")) == "`Technical team lead` is no citation. | Did you mean TTL?");
}

TEST_CASE("who is far off is told what there is") {
  const Pathway pathway = small_pathway();
  CHECK(told(cite(pathway, "SSE.watering-plants")) == "There is no `watering-plants` at SSE. | The criteria of SSE are designs and objects.");
  CHECK(told(cite(pathway, "banana-republic")) == "There is no level `banana-republic`. | The levels are JSE, ISE, SSE, LSE, TTL and EM.");
  CHECK(told(cite(pathway, "???")) ==
        "`???` is no citation. | Write the id of a level and, behind a dot, that of a criterion, as in SSE.drives-design.");
  CHECK(cite(pathway, "???").error().kind == Error::Kind::wrong_usage);
  CHECK(cite(pathway, "SSE.watering-plants").error().kind == Error::Kind::not_found);
  CHECK(told(cite(pathway, " ")) == "There is nothing to cite. | Name a level or a criterion, as in SSE.drives-design.");
}

TEST_CASE("a retired id says when it went, why, and what stands now") {
  Pathway pathway = small_pathway();
  CHECK(told(cite(pathway, "sse.reviews")) ==
        "SSE.reviews was retired in 1.1: Everybody reviews. | SSE.designs stands in its place now: Drives the design of a system change.");

  SUBCASE("what replaced it may be gone as well") {
    pathway.retired[0].now = Citation{{"SSE"}, "checks"};
    pathway.retired.push_back({{{"SSE"}, "checks"}, "1.2", "Machines check.", Citation{{"SSE"}, "objects"}});
    CHECK(cite(pathway, "SSE.reviews").error().way_out == "SSE.objects stands in its place now: Raises a concern before work is built.");
  }
  SUBCASE("two that name each other end nowhere") {
    pathway.retired[0].now = Citation{{"SSE"}, "checks"};
    pathway.retired.push_back({{{"SSE"}, "checks"}, "1.2", "Machines check.", Citation{{"SSE"}, "reviews"}});
    CHECK(cite(pathway, "SSE.reviews").error().way_out == "Nothing stands in its place.");
  }
  SUBCASE("a level may be gone with it") {
    pathway.retired[0] = {{{"ASE"}, "helps"}, "", "The place was given up.", std::nullopt};
    CHECK(told(cite(pathway, "ASE.helps")) == "ASE.helps was retired: The place was given up. | Nothing stands in its place.");
  }
}

TEST_CASE("backlinks are the passages that link a criterion, the item of a list and not the list") {
  Pathway pathway = small_pathway();
  Passage list = say("One. Two, see designing.", "intro-1");
  list.block.kind = markup::Block::Kind::bullet_list;
  list.block.links = {{"../levels/SSE.md#designs-1", "designing", {}}};
  markup::Block plain, linking;
  plain.kind = linking.kind = markup::Block::Kind::list_item;
  plain.text = "One.";
  linking.text = "Two, see designing.";
  linking.links = list.block.links;
  list.block.children = {plain, linking};
  pathway.capabilities.push_back({{"design"},
                                  "Design",
                                  "",
                                  {list},
                                  {{{"SSE"}, "At SSE", {say_with_link("Prose.", "../levels/SSE.md#designs", "SSE-1")}, {}}},
                                  {},
                                  {},
                                  {"capabilities/design.md", {}}});
  pathway.archetypes.push_back(
      {{"data"}, "Data engineer", "", {say_with_link("A level.", "../levels/SSE.md", "intro-1")}, {}, {}, {"archetypes/data.md", {}}});
  pathway.levels[3].criteria[0].passages.push_back(say_with_link("Beyond one design.", "SSE.md#designs", "strategy-2"));
  pathway.levels[2].criteria[1].passages.push_back(say_with_link("On its own page.", "#designs", "objects-2"));
  pathway.fork.emplace();
  pathway.fork->title = "The fork";
  pathway.fork->page = "fork.md";
  pathway.fork->ways.push_back(
      {LevelId{"TTL"}, "TTL", "Towards lead", {}, {{"a", "A", {say_with_link("Others design.", "levels/SSE.md#designs", "a-1")}}}});

  CHECK(told(backlinks(pathway, {{"SSE"}, "designs"})) ==
        "waymark:levels/LSE#strategy-2 Lead Software Engineer: Beyond one design.\n"
        "waymark:capabilities/design#intro-1 Design: Two, see designing.\n"
        "waymark:capabilities/design#SSE-1 Design: Prose.\n"
        "waymark:fork#a-1 The fork: Others design.\n");
  CHECK(told(backlinks(pathway, {{"SSE"}, ""})) == "waymark:archetypes/data#intro-1 Data engineer: A level.\n");
  CHECK(backlinks(pathway, {{"SSE"}, "objects"}).empty());
  CHECK(backlinks(pathway, {{"XX"}, "y"}).empty());
}

TEST_CASE("every id that is offered can be cited") {
  const Pathway pathway = small_pathway();
  const std::vector<std::string> offered = citable_ids(pathway);
  CHECK(std::is_sorted(offered.begin(), offered.end()));
  CHECK(offered.size() == 6 + 8 + 6 * 3);
  for (const std::string& id : offered) CHECK(told(cite(pathway, id)) == "found " + id);
}

TEST_CASE("in the starter, everything on offer has words, and every criterion is linked from somewhere else") {
  const Pathway pathway = starter();
  for (const std::string& id : citable_ids(pathway)) {
    const auto cited = cite(pathway, id);
    REQUIRE_MESSAGE(cited, id);
    CHECK_MESSAGE(!cited->words.empty(), id);
    CHECK_MESSAGE(!cited->html.empty(), id);
    CHECK_MESSAGE((cited->criterion == nullptr || !backlinks(pathway, cited->citation).empty()), id);
  }
}

TEST_CASE("no bytes break a citation, and what is said about them is text") {
  const Pathway pathway = small_pathway();
  CHECK(rc::check("any bytes", [&](const std::string& text) {
    const auto result = cite(pathway, text);
    if (!result) {
      RC_ASSERT(is_valid_utf8(result.error().message));
      RC_ASSERT(std::none_of(result.error().message.begin(), result.error().message.end(), [](char c) { return c >= 0 && c < 0x20; }));
    }
  }));
  CHECK(cite(pathway, std::string(100'000, 'a')).error().message.size() < 200);
}
