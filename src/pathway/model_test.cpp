#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "pathway/difference.hpp"
#include "pathway/small_pathway_test.hpp"

using namespace waymark::pathway;
using namespace waymark::pathway::testing;

namespace {

std::string before(const Pathway& pathway, const char* id) {
  const Level* level = pathway.place_before(*pathway.level(LevelId{id}));
  return level == nullptr ? "the start" : level->id.value;
}

std::string names(const std::vector<const Level*>& levels) {
  std::string words;
  for (const Level* each : levels) words += (words.empty() ? "" : " ") + each->id.value;
  return words;
}

}  // namespace

TEST_CASE("things are found by their ids, a level in any letter case") {
  const Pathway pathway = small_pathway();
  CHECK(pathway.level("sse")->title == "Senior Software Engineer");
  CHECK(pathway.level(LevelId{"sse"}) == nullptr);
  CHECK(pathway.level("XX") == nullptr);
  CHECK(pathway.criterion({{"SSE"}, "designs"})->title == "Drives the design of a system change");
  CHECK(pathway.criterion({{"SSE"}, "nothing"}) == nullptr);
  CHECK(pathway.criterion({{"XX"}, "designs"}) == nullptr);
  CHECK(pathway.track({"ic"})->title == "Individual Contributor");
  CHECK(pathway.level("SSE")->section(SectionKind::autonomy)->title == "Autonomy");
  CHECK(pathway.level("SSE")->section(SectionKind::watch_for) == nullptr);
}

TEST_CASE("routes are listed from either end, in the order of the file") {
  const Pathway pathway = small_pathway();
  REQUIRE(pathway.routes_from({"SSE"}).size() == 2);
  CHECK(pathway.routes_from({"SSE"})[0]->to.value == "LSE");
  REQUIRE(pathway.routes_to({"TTL"}).size() == 2);
  CHECK(pathway.routes_to({"TTL"})[1]->from.value == "LSE");
}

TEST_CASE("the place before is the one before it on the track, or the one its first onward route comes from") {
  Pathway pathway = small_pathway();
  CHECK(before(pathway, "JSE") == "the start");
  CHECK(before(pathway, "LSE") == "SSE");
  CHECK(before(pathway, "TTL") == "SSE");
  CHECK(before(pathway, "EM") == "TTL");

  SUBCASE("the first route in the file decides") {
    std::swap(pathway.routes[3], pathway.routes[4]);
    CHECK(before(pathway, "TTL") == "LSE");
  }
  SUBCASE("a return is no beginning") {
    pathway.routes[3].kind = Route::Kind::return_;
    CHECK(before(pathway, "TTL") == "LSE");
  }
  SUBCASE("a page that a draft does not have yet is passed over") {
    std::erase_if(pathway.levels, [](const Level& level) { return level.id.value == "ISE"; });
    CHECK(before(pathway, "SSE") == "JSE");
  }
  SUBCASE("a route round to the very first place takes nothing from anybody") {
    pathway.routes.insert(pathway.routes.begin(), {{"EM"}, {"JSE"}, Route::Kind::onward, "Beginning again."});
    CHECK(before(pathway, "JSE") == "the start");
    CHECK(before(pathway, "TTL") == "SSE");
    CHECK(what_counts(pathway, *pathway.level("EM")).size() == 4);
  }
}

TEST_CASE("places of equal standing are equal both ways, while it holds") {
  Pathway pathway = small_pathway();
  pathway.equivalences.push_back({{"LSE"}, {{"EM"}, {"TTL"}}, LevelId{"JSE"}, std::nullopt, ""});
  pathway.equivalences.push_back({{"LSE"}, {{"EM"}}, std::nullopt, LevelId{"JSE"}, ""});
  CHECK(names(pathway.equals({"TTL"})) == "SSE");
  CHECK(names(pathway.equals({"SSE"})) == "TTL");
  CHECK(names(pathway.equals({"LSE"})) == "EM");
  pathway.levels[0].dormant = true;
  CHECK(names(pathway.equals({"LSE"})) == "EM TTL");
  CHECK(names(pathway.equals({"TTL"})) == "SSE LSE");
  CHECK(names(pathway.equals({"JSE"})) == "");
}

TEST_CASE("a threshold is said as people say it") {
  const auto range = [](std::optional<double> from, std::optional<double> to, const char* unit) {
    Threshold threshold;
    threshold.from = from;
    threshold.to = to;
    threshold.unit = unit;
    return threshold.range();
  };
  CHECK(range(12, 24, "months") == "12–24 months");
  CHECK(range(6, {}, "engineers") == "at least 6 engineers");
  CHECK(range({}, 70, "%") == "at most 70 %");
  CHECK(range(1.5, 1.5, "") == "1.5");
}

TEST_CASE("the words of a criterion are its blocks in a row") {
  Criterion two = criterion("SSE", "designs", "Designs", "First.");
  two.passages.push_back(say("Second."));
  CHECK(two.text() == "First. Second.");
}
