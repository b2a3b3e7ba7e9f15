#include "pathway/difference.hpp"

#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "pathway/small_pathway_test.hpp"

using namespace waymark::pathway;
using namespace waymark::pathway::testing;

namespace {

Difference going(const Pathway& pathway, const char* from, const char* to) {
  return what_would_change(pathway, *pathway.level(LevelId{from}), *pathway.level(LevelId{to}));
}

/// "ISE.owns (Components have caretakers…) TTL.team (nobody wrote why)"
std::string told(const std::vector<Stops>& stops) {
  std::string words;
  for (const Stops& each : stops) {
    words += (words.empty() ? "" : "; ") + to_string(each.criterion->citation()) + ": " +
             (each.because == nullptr ? "nobody wrote why" : each.because->because.block.text);
  }
  return words;
}

/// Any tracks, any routes, any stops: also such as a checked folder would not have.
Pathway any_pathway() {
  Pathway pathway;
  const auto any_level = [] { return "L" + std::to_string(*rc::gen::inRange(0, 9)); };
  int next = 0;
  for (int track = *rc::gen::inRange(1, 4); track > 0; --track) {
    const std::string id = "track" + std::to_string(track);
    pathway.tracks.push_back({{id}, id, "", {}});
    for (int level_count = *rc::gen::inRange(1, 4); level_count > 0; --level_count) {
      const std::string name = "L" + std::to_string(next++);
      pathway.tracks.back().levels.push_back({name});
      std::vector<Criterion> criteria;
      for (int i = *rc::gen::inRange(0, 3); i > 0; --i) criteria.push_back(criterion(name, "c" + std::to_string(i), "c", "c"));
      pathway.levels.push_back(level(name, id, name, criteria));
      for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
        pathway.levels.back().stops.push_back(stops(any_level(), "c" + std::to_string(*rc::gen::inRange(1, 3)), "why"));
    }
  }
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
    pathway.routes.push_back({{any_level()}, {any_level()}, *rc::gen::element(Route::Kind::onward, Route::Kind::return_), ""});
  }
  return pathway;
}

std::set<const Criterion*> as_set(const std::vector<const Criterion*>& criteria) { return {criteria.begin(), criteria.end()}; }

}  // namespace

TEST_CASE("what counts at a place is what counted before, less what stops, and its own") {
  const Pathway pathway = small_pathway();
  const auto counting = [&](const char* id) { return ids(what_counts(pathway, *pathway.level(LevelId{id}))); };
  CHECK(counting("JSE") == "JSE.delivers JSE.asks");
  CHECK(counting("ISE") == "JSE.delivers JSE.asks ISE.owns");
  CHECK(counting("SSE") == "JSE.delivers JSE.asks SSE.designs SSE.objects");
  CHECK(counting("LSE") == "JSE.delivers JSE.asks SSE.designs LSE.strategy");
  CHECK(counting("EM") == "JSE.delivers JSE.asks SSE.objects EM.people");
}

TEST_CASE("going from SSE to TTL, one goes on with most of it, runs a team, and leaves the designing to it") {
  const Pathway pathway = small_pathway();
  const Difference difference = going(pathway, "SSE", "TTL");
  CHECK(ids(difference.keeps) == "JSE.delivers JSE.asks SSE.objects");
  CHECK(ids(difference.starts) == "TTL.team");
  CHECK(told(difference.stops) == "SSE.designs: The team designs; the lead makes room for it.");
  REQUIRE(difference.route != nullptr);
  CHECK(difference.route->kind == Route::Kind::onward);
  CHECK(difference.not_yet->passages.front().block.text == "Anything beyond TTL.");
}

TEST_CASE("coming back from TTL to SSE, designing counts again") {
  const Pathway pathway = small_pathway();
  const Difference difference = going(pathway, "TTL", "SSE");
  CHECK(ids(difference.starts) == "SSE.designs");
  CHECK(told(difference.stops) == "TTL.team: nobody wrote why");
  CHECK(difference.route->kind == Route::Kind::return_);
}

TEST_CASE("going two places on, the place itself is told first, then what lies on the way") {
  const Pathway pathway = small_pathway();
  const Difference difference = going(pathway, "ISE", "LSE");
  CHECK(difference.route == nullptr);
  CHECK(ids(difference.starts) == "LSE.strategy SSE.designs");
  CHECK(told(difference.stops) == "ISE.owns: Components have caretakers of their own.");
}

TEST_CASE("going from EM to LSE, what is new there stands before what counts again") {
  const Pathway pathway = small_pathway();
  const Difference difference = going(pathway, "EM", "LSE");
  CHECK(ids(difference.keeps) == "JSE.delivers JSE.asks");
  CHECK(ids(difference.starts) == "LSE.strategy SSE.designs");
  CHECK(told(difference.stops) == "SSE.objects: Concerns are gathered in the strategy.; EM.people: nobody wrote why");
}

TEST_CASE("what counts again stands behind everything one has never met") {
  Pathway pathway = small_pathway();
  pathway.tracks[0].levels.push_back({"STAFF"});
  pathway.levels.push_back(level("STAFF", "ic", "Staff Engineer", {criterion("STAFF", "area", "Holds an area", "Across domains.")}));
  CHECK(ids(going(pathway, "TTL", "STAFF").starts) == "STAFF.area LSE.strategy SSE.designs");
}

TEST_CASE("a draft without a ceiling has none to tell") {
  Pathway pathway = small_pathway();
  pathway.levels.back().sections.clear();
  CHECK(going(pathway, "TTL", "EM").not_yet == nullptr);
}

TEST_CASE("whatever the pathway, the three lists tell all and nothing twice") {
  CHECK(rc::check("keeps and starts are what counts there; keeps and stops are what counts here", [] {
    const Pathway pathway = any_pathway();
    for (const Level& from : pathway.levels) {
      for (const Level& to : pathway.levels) {
        const Difference difference = what_would_change(pathway, from, to);
        std::vector<const Criterion*> there = difference.keeps;
        there.insert(there.end(), difference.starts.begin(), difference.starts.end());
        std::vector<const Criterion*> here = difference.keeps;
        for (const Stops& stops : difference.stops) here.push_back(stops.criterion);
        RC_ASSERT(as_set(there).size() == there.size());
        RC_ASSERT(as_set(here).size() == here.size());
        RC_ASSERT(as_set(there) == as_set(what_counts(pathway, to)));
        RC_ASSERT(as_set(here) == as_set(what_counts(pathway, from)));
        RC_ASSERT(there.size() + here.size() == 2 * difference.keeps.size() + difference.starts.size() + difference.stops.size());
      }
    }
  }));
  CHECK(rc::check("staying changes nothing", [] {
    const Pathway pathway = any_pathway();
    for (const Level& level : pathway.levels) {
      const Difference difference = what_would_change(pathway, level, level);
      RC_ASSERT(difference.starts.empty());
      RC_ASSERT(difference.stops.empty());
      RC_ASSERT(difference.keeps == what_counts(pathway, level));
    }
  }));
  CHECK(rc::check("the way back to the start ends", [] {
    const Pathway pathway = any_pathway();
    for (const Level& level : pathway.levels) {
      std::size_t steps = 0;
      for (const Level* at = pathway.place_before(level); at != nullptr; at = pathway.place_before(*at)) RC_ASSERT(++steps < pathway.levels.size());
    }
  }));
}
