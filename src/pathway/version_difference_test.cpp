#include "pathway/version_difference.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "pathway/small_pathway_test.hpp"

using namespace waymark;
using namespace waymark::pathway;
using namespace waymark::pathway::testing;

namespace {

std::string told(const std::vector<VersionChange>& changes) {
  std::string words;
  for (const VersionChange& change : changes) words += std::string(to_string(change.kind)) + " " + change.subject + ": " + change.summary + "\n";
  return words;
}

std::string marked(const std::vector<WordEdit>& edits) {
  std::string words;
  for (const WordEdit& edit : edits) {
    words += words.empty() ? "" : " ";
    words += edit.kind == WordEdit::Kind::same ? edit.text : edit.kind == WordEdit::Kind::added ? "+[" + edit.text + "]" : "-[" + edit.text + "]";
  }
  return words;
}

Level& at(Pathway& pathway, const char* id) {
  return *std::find_if(pathway.levels.begin(), pathway.levels.end(), [&](const Level& level) { return level.id.value == id; });
}

Pathway full_pathway() {
  Pathway pathway = small_pathway();
  pathway.version_label = "1.0";
  pathway.thresholds = {{"months", LevelId{"JSE"}, "months at JSE", "months", 12, 24, "Most need that long.", "", ""}};
  pathway.capabilities = {{{"design"},
                           "Design",
                           "How things fit.",
                           {say("Good design is plain.")},
                           {{{"SSE"}, "At SSE", {say("Across components.")}, {}}},
                           {},
                           {{{"SSE"}, "designs"}},
                           {}}};
  pathway.archetypes = {{{"data"}, "Data engineer", "Flows.", {say("Data moves.")}, {{{"SSE"}, "At SSE", {say("Across stores.")}, {}}}, {}, {}}};
  pathway.fork.emplace();
  pathway.fork->at = {"SSE"};
  pathway.fork->branches = {{"LSE"}, {"TTL"}};
  pathway.fork->title = "The fork";
  pathway.fork->ways = {{LevelId{"LSE"}, "LSE", "Towards lead", {}, {{"LSE-gives", "What it gives", {say("Hard problems.")}}}},
                        {std::nullopt, "stay", "Stay", {say("It is complete.")}, {}}};
  return pathway;
}

/// One edit after another, any of them; what each does is seen by a reader.
void change_something(Pathway& pathway, int what) {
  switch (what) {
    case 0: pathway.name += "x"; break;
    case 1: at(pathway, "SSE").criteria[0].title += " x"; break;
    case 2: at(pathway, "SSE").criteria[0].passages[0].block.text += " x"; break;
    case 3: at(pathway, "SSE").criteria.pop_back(); break;
    case 4: at(pathway, "ISE").criteria.push_back(criterion("ISE", "fresh", "Fresh", "Fresh.")); break;
    case 5: at(pathway, "TTL").dormant = true; break;
    case 6: at(pathway, "TTL").stops.clear(); break;
    case 7: at(pathway, "TTL").sections[0].passages[0].block.text += " x"; break;
    case 8: at(pathway, "TTL").scope_position += 0.5; break;
    case 9: pathway.routes.pop_back(); break;
    case 10: pathway.routes[0].note += " x"; break;
    case 11: pathway.thresholds[0].to = 30; break;
    case 12: pathway.capabilities[0].levels[0].passages[0].block.text += " x"; break;
    case 13: pathway.capabilities[0].criteria.clear(); break;
    case 14: pathway.archetypes.clear(); break;
    case 15: pathway.fork->ways[0].aspects[0].passages[0].block.text += " x"; break;
    case 16: pathway.fork.reset(); break;
    case 17: pathway.equivalences.clear(); break;
    case 18: pathway.tracks[1].title += " x"; break;
    case 19: pathway.scope_axis.push_back("world"); break;
    case 20: pathway.retired[0].because += " x"; break;
    case 21: pathway.equivalences[0].note = "x"; break;
    case 22: pathway.draft = true; break;
    case 23: pathway.levels.pop_back(); break;
    default: std::swap(pathway.routes[3], pathway.routes[4]); break;
  }
}
constexpr int kinds_of_change = 25;

}  // namespace

TEST_CASE("a version compared with itself says nothing") {
  const Pathway pathway = full_pathway();
  CHECK(told(compare_versions(pathway, pathway)) == "");
}

TEST_CASE("line breaks and formatting are no change of words") {
  Pathway after = full_pathway();
  at(after, "SSE").criteria[0].passages[0].block.text = "Takes  a written design\nthrough a review that ends in agreement.";
  at(after, "SSE").criteria[0].passages[0].block.html = "<p><em>other</em></p>";
  at(after, "SSE").criteria[0].place.span.begin.line = 99;
  after.hash = "other";
  CHECK(told(compare_versions(full_pathway(), after)) == "");
}

TEST_CASE("the order in which equals are listed says nothing") {
  Pathway before = full_pathway();
  before.equivalences.push_back({{"LSE"}, {{"EM"}, {"TTL"}}, std::nullopt, std::nullopt, ""});
  Pathway after = before;
  std::swap(after.equivalences[1].equals[0], after.equivalences[1].equals[1]);
  std::swap(after.equivalences[0], after.equivalences[1]);
  CHECK(told(compare_versions(before, after)) == "");
}

TEST_CASE("a reworded criterion shows which words changed") {
  Pathway after = full_pathway();
  at(after, "SSE").criteria[0].passages[0].block.text = "Takes a written design through two reviews that end in agreement.";
  auto changes = compare_versions(full_pathway(), after);
  CHECK(told(changes) == "criterion-reworded SSE.designs: The words of “Drives the design of a system change” at SSE have changed.\n");
  CHECK(marked(changes[0].words) == "Takes a written design through -[a review] +[two reviews] that -[ends] +[end] in agreement.");

  at(after, "SSE").criteria[0].title = "Drives a design";
  CHECK(told(compare_versions(full_pathway(), after)) ==
        "criterion-reworded SSE.designs: The heading and the words of “Drives a design” at SSE have changed.\n");
}

TEST_CASE("a criterion comes, goes, vanishes or moves") {
  const Pathway before = full_pathway();
  Pathway after = before;

  SUBCASE("it comes") {
    at(after, "SSE").criteria.push_back(criterion("SSE", "pairs", "Pairs to teach", "With a name."));
    CHECK(told(compare_versions(before, after)) == "criterion-added SSE.pairs: “Pairs to teach” counts at SSE from now on.\n");
  }
  SUBCASE("it is retired, and something stands in its place") {
    at(after, "SSE").criteria.erase(at(after, "SSE").criteria.begin() + 1);
    after.retired.push_back({{{"SSE"}, "objects"}, "1.1", "Everybody may.", Citation{{"SSE"}, "designs"}});
    CHECK(told(compare_versions(before, after)) ==
          "criterion-retired SSE.objects: “Raises a concern before work is built” no longer counts at SSE; SSE.designs stands in its place.\n");
  }
  SUBCASE("it is gone and nobody said so") {
    at(after, "SSE").criteria.erase(at(after, "SSE").criteria.begin() + 1);
    CHECK(told(compare_versions(before, after)) ==
          "criterion-vanished SSE.objects: “Raises a concern before work is built” is gone from SSE and not listed as retired.\n");
  }
  SUBCASE("the same anchor at another level has moved") {
    Criterion moved = at(after, "SSE").criteria[1];
    moved.level = {"ISE"};
    at(after, "SSE").criteria.pop_back();
    at(after, "ISE").criteria.push_back(moved);
    after.retired.push_back({{{"SSE"}, "objects"}, "1.1", "It counts earlier now.", Citation{{"ISE"}, "objects"}});
    CHECK(told(compare_versions(before, after)) == "criterion-moved ISE.objects: “Raises a concern before work is built” moved from SSE to ISE.\n");
    at(after, "ISE").criteria.back().title = "Objects early";
    CHECK(told(compare_versions(before, after)) == "criterion-moved ISE.objects: “Objects early” moved from SSE to ISE, in other words.\n");
  }
  SUBCASE("where two places could be meant, the one that says the same is") {
    at(after, "TTL").criteria.push_back(at(after, "SSE").criteria[1]);
    at(after, "TTL").criteria.back().level = {"TTL"};
    at(after, "SSE").criteria.pop_back();
    at(after, "ISE").criteria.push_back(criterion("ISE", "objects", "Objects", "To something else."));
    CHECK(told(compare_versions(before, after)) ==
          "criterion-added ISE.objects: “Objects” counts at ISE from now on.\n"
          "criterion-moved TTL.objects: “Raises a concern before work is built” moved from SSE to TTL.\n");
  }
  SUBCASE("the same words under another anchor are another criterion: an id never changes its meaning") {
    at(after, "SSE").criteria[1].anchor = "raises-concern";
    CHECK(told(compare_versions(before, after)) ==
          "criterion-added SSE.raises-concern: “Raises a concern before work is built” counts at SSE from now on.\n"
          "criterion-vanished SSE.objects: “Raises a concern before work is built” is gone from SSE and not listed as retired.\n");
  }
}

TEST_CASE("changes around the criteria are told in sentences") {
  const Pathway before = full_pathway();
  Pathway after = before;

  SUBCASE("a level") {
    at(after, "TTL").dormant = true;
    at(after, "TTL").title = "Team Lead";
    at(after, "TTL").stops.clear();
    at(after, "TTL").sections.pop_back();
    after.routes.erase(after.routes.begin() + 3);
    CHECK(told(compare_versions(before, after)) ==
          "level-changed TTL: The section “Not expected yet” is gone.\n"
          "level-changed TTL: The title has changed.\n"
          "level-changed TTL: TTL is dormant from now on.\n"
          "level-changed TTL: SSE.designs no longer stops counting at TTL.\n"
          "level-changed TTL: What counts at TTL builds on LSE now; before, it built on SSE.\n"
          "route-removed SSE → TTL: There is no route from SSE to TTL any more.\n");
  }
  SUBCASE("a level that is new, with what counts there") {
    after.levels.push_back(
        level("HOE", "leadership", "Head of Engineering", {criterion("HOE", "conditions", "Sets the conditions", "For those who lead.")}));
    after.tracks[1].levels.push_back({"HOE"});
    CHECK(told(compare_versions(before, after)) ==
          "criterion-added HOE.conditions: “Sets the conditions” counts at HOE from now on.\n"
          "level-added HOE: HOE (Head of Engineering) is a new place.\n"
          "tracks-changed leadership: The places of the track were TTL and EM and are TTL, EM and HOE.\n");
  }
  SUBCASE("routes and thresholds") {
    after.routes[6].kind = Route::Kind::onward;
    after.routes.push_back({{"JSE"}, {"SSE"}, Route::Kind::onward, ""});
    after.thresholds[0].to = 30;
    after.thresholds.push_back({"span", std::nullopt, "engineers in a team", "", 4, 9, "", "", ""});
    CHECK(told(compare_versions(before, after)) ==
          "route-added JSE → SSE: There is a route from JSE to SSE now.\n"
          "route-changed TTL → SSE: The route is onward now; it was a return.\n"
          "threshold-added span: There is a new threshold, engineers in a team: 4–9.\n"
          "threshold-changed months: The range has changed.\n");
  }
  SUBCASE("pages") {
    after.capabilities[0].levels[0].passages[0].block.text = "Across systems.";
    after.capabilities[0].criteria = {{{"SSE"}, "objects"}};
    after.archetypes[0].intro[0].block.text = "";
    after.fork->branches = {{"TTL"}, {"LSE"}};  // in another order is the same
    after.fork->ways[0].aspects[0].passages[0].block.text = "Harder problems.";
    CHECK(told(compare_versions(before, after)) ==
          "capability-changed design: The part at SSE has changed.\n"
          "capability-changed design: Design no longer supports SSE.designs.\n"
          "capability-changed design: Design now supports SSE.objects.\n"
          "archetype-changed data: The opening is gone.\n"
          "fork-changed fork: “What it gives” in the branch to LSE has changed.\n");
  }
  SUBCASE("the rest") {
    after.version_label = "1.1";
    after.equivalences = {{{"LSE"}, {{"EM"}}, LevelId{"SSE"}, std::nullopt, ""}};
    after.scope_axis.pop_back();
    after.retired.clear();
    CHECK(told(compare_versions(before, after)) ==
          "equivalences-changed LSE: From now on LSE stands level with EM while SSE is dormant.\n"
          "equivalences-changed SSE: It is no longer so that SSE stands level with TTL.\n"
          "axis-changed scope_axis: The axis of scope was feature, component, system and domain and is feature, component and system.\n"
          "pathway-changed SSE.reviews: SSE.reviews is no longer listed as retired.\n"
          "pathway-changed pathway: The version label was “1.0” and is “1.1”.\n");
  }
}

TEST_CASE("every change is noticed, and none is invented") {
  for (int what = 0; what < kinds_of_change; ++what) {
    Pathway after = full_pathway();
    change_something(after, what);
    CHECK_MESSAGE(!compare_versions(full_pathway(), after).empty(), what);
    CHECK_MESSAGE(compare_versions(after, after).empty(), what);
  }
  CHECK(rc::check("kinds and subjects come in order, however many changes there are", [] {
    Pathway after = full_pathway();
    const auto chosen = *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 23));  // from 23 on, one may take away what another needs
    for (const int what : chosen) {
      if (what == 15 && !after.fork) continue;
      if (what == 21 && after.equivalences.empty()) continue;
      change_something(after, what);
    }
    const auto changes = compare_versions(full_pathway(), after);
    RC_ASSERT(changes.empty() == chosen.empty());
    RC_ASSERT(std::is_sorted(changes.begin(), changes.end(),
                             [](const auto& a, const auto& b) { return std::tie(a.kind, a.subject) < std::tie(b.kind, b.subject); }));
    RC_ASSERT(told(changes) == told(compare_versions(full_pathway(), after)));
    for (const VersionChange& change : changes) RC_ASSERT(change.summary.ends_with('.'));
  }));
}
