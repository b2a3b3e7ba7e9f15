// Intervals, corrections and what cannot be, against a naive model: a table with one cell a day.
#include "org/change.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <random>

#include "org/circles.hpp"
#include "org/on.hpp"
#include "org/org_test.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::testing;

namespace {

using What = Problem::What;

std::vector<What> what_is_wrong_with(const std::shared_ptr<const Organisation>& before, const Changes& changes) {
  std::vector<What> found;
  for (const Problem& problem : revise(before, changes, day(today)).problems) {
    found.push_back(problem.what);
    CHECK(!problem.message.empty());
    CHECK(!problem.way_out.empty());
  }
  return found;
}

std::shared_ptr<const Organisation> with(const std::vector<std::string>& names) {
  Changes changes;
  for (const std::string& name : names) join(changes, name, "2020-01-01");
  return after(Organisation::empty(), changes);
}

std::string spells(const Organisation& organisation, const std::string& name, Kind kind) {
  std::string text;
  for (const Spell& spell : organisation.history(organisation.find(person_id(name)).value(), kind)) {
    text += std::string(organisation.text_of(kind, spell.value)) + ' ' + to_iso(spell.from) + '/' + (spell.to ? to_iso(*spell.to) : "") + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("spells are half-open and never overlap, whatever the order in which they are heard of") {
  auto organisation = with({"Ada"});
  Changes changes;
  set(changes, "Ada", Kind::level, "2024-01-01", "SSE");
  organisation = after(organisation, changes);
  changes = {};
  set(changes, "Ada", Kind::level, "2020-01-01", "JSE");
  organisation = after(organisation, changes);
  changes = {};
  set(changes, "Ada", Kind::level, "2022-02-28", "ISE");
  organisation = after(organisation, changes);
  CHECK(spells(*organisation, "Ada", Kind::level) == "JSE 2020-01-01/2022-02-28\nISE 2022-02-28/2024-01-01\nSSE 2024-01-01/\n");
  const auto ada = organisation->find(person_id("Ada")).value();
  CHECK(organisation->at(ada, Kind::level, day("2022-02-27"))->value == organisation->find_word("JSE"));
  CHECK(organisation->at(ada, Kind::level, day("2022-02-28"))->value == organisation->find_word("ISE"));
  CHECK(!organisation->at(ada, Kind::level, day("2019-12-31")));
}

TEST_CASE("a change that is taken back leaves what held before") {
  auto organisation = with({"Ada"});
  Changes changes;
  set(changes, "Ada", Kind::level, "2020-01-01", "ISE");
  set(changes, "Ada", Kind::level, "2024-01-01", "SSE");
  organisation = after(organisation, changes);
  changes = {};
  changes.facts.push_back({id_text("Ada"), Kind::level, day("2024-01-01"), {}, false, true});
  organisation = after(organisation, changes);
  CHECK(spells(*organisation, "Ada", Kind::level) == "ISE 2020-01-01/\n");
}

TEST_CASE("levels over time agree with a table that has a cell for each day") {
  rc::check([] {
    constexpr int days = 60;
    const std::vector<std::string> levels{"GE", "JSE", "ISE", "SSE"};
    auto organisation = with({"Ada"});
    std::map<int, std::optional<std::string>> points;
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(0, days), rc::gen::inRange(0, 5), rc::gen::inRange(0, 3)));
    for (const auto& [at, level, what] : steps) {
      const Date from = day("2026-01-01") + std::chrono::days{at};
      const std::optional<std::string> value = level == 4 ? std::nullopt : std::optional(levels[static_cast<std::size_t>(level)]);
      const bool is_withdrawn = what == 0;
      organisation = after(organisation, Changes{{}, {}, {{id_text("Ada"), Kind::level, from, value, false, is_withdrawn}}});
      if (is_withdrawn) {
        points.erase(at);
      } else {
        points[at] = value;
      }
    }
    std::vector<std::optional<std::string>> cells(days);
    std::optional<std::string> current;
    for (int i = 0; i < days; ++i) {
      if (const auto found = points.find(i); found != points.end()) current = found->second;
      cells[static_cast<std::size_t>(i)] = current;
    }
    const auto ada = organisation->find(person_id("Ada")).value();
    const auto history = organisation->history(ada, Kind::level);
    for (std::size_t i = 1; i < history.size(); ++i) RC_ASSERT(history[i - 1].to && *history[i - 1].to <= history[i].from);
    for (int i = 0; i < days; ++i) {
      const Date on = day("2026-01-01") + std::chrono::days{i};
      const auto spell = organisation->at(ada, Kind::level, on);
      const auto covering = std::find_if(history.begin(), history.end(), [&](const Spell& each) { return each.covers(on); });
      RC_ASSERT(spell.has_value() == cells[static_cast<std::size_t>(i)].has_value());
      RC_ASSERT((covering != history.end()) == spell.has_value());
      if (!spell) continue;
      RC_ASSERT(organisation->words()[spell->value] == *cells[static_cast<std::size_t>(i)]);
      RC_ASSERT(*covering == *spell);
      const auto view = OrganisationOn::make(organisation, on);
      RC_ASSERT(view->level(ada) == *cells[static_cast<std::size_t>(i)]);
      RC_ASSERT(view->standing(ada).level_since == spell->from);
    }
  });
}

TEST_CASE("a month of changes gives the same organisation in whatever order it arrives") {
  rc::check([] {
    std::vector<std::string> names;
    for (int i = 0; i < 8; ++i) names.push_back("Person " + std::to_string(i));
    const auto start = with(names);
    Changes teams;
    for (const char* const team : {"One", "Two", "Three"}) found(teams, team, "2020-01-01");
    const auto before = after(start, teams);
    // One change a series and day; managers come from the first two, who report to nobody, so that no order makes a circle on the way.
    std::map<std::tuple<int, int, int, int>, Changes> month;
    const auto drawn = *rc::gen::container<std::vector<std::tuple<int, int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(2, 8), rc::gen::inRange(0, 4), rc::gen::inRange(0, 28), rc::gen::inRange(0, 3)));
    for (const auto& [who, what, on, value] : drawn) {
      const std::string from = to_iso(day("2026-11-01") + std::chrono::days{on});
      Changes one;
      const std::string& name = names[static_cast<std::size_t>(who)];
      switch (what) {
        case 0: set(one, name, Kind::level, from, std::vector<std::string>{"ISE", "SSE", "LSE"}[static_cast<std::size_t>(value)]); break;
        case 1: set(one, name, Kind::team, from, std::vector<std::string>{"One", "Two", "Three"}[static_cast<std::size_t>(value)]); break;
        case 2: value == 2 ? end(one, name, Kind::manager, from) : set(one, name, Kind::manager, from, names[static_cast<std::size_t>(value)]); break;
        default:
          set(one, name, Kind::dotted_line, from, names[static_cast<std::size_t>(value % 2)]);
          one.facts.back().ends = value == 2;
      }
      month[{who, what, on, what == 3 ? value % 2 : 0}] = one;
    }
    auto in_order = before;
    for (const auto& [key, change] : month) in_order = after(in_order, change);
    std::vector<Changes> shuffled;
    for (const auto& [key, change] : month) shuffled.push_back(change);
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(*rc::gen::arbitrary<unsigned>()));
    auto in_disorder = before;
    for (const Changes& change : shuffled) in_disorder = after(in_disorder, change);
    RC_ASSERT(told(*in_order) == told(*in_disorder));
  });
}

TEST_CASE("reporting lines in a circle are refused on any day, and found as a naive walk finds them") {
  rc::check([] {
    constexpr int days = 12, people = 5;
    std::vector<std::string> names;
    for (int i = 0; i < people; ++i) names.push_back("Person " + std::to_string(i));
    auto organisation = with(names);
    std::map<std::pair<int, int>, int> points;  // who, day → manager, -1 for none
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(0, people), rc::gen::inRange(0, days), rc::gen::inRange(-1, people)));
    for (const auto& [who, on, manager] : steps) {
      if (who == manager) continue;
      auto tried = points;
      tried[{who, on}] = manager;
      bool is_circle = false;
      for (int d = 0; d < days; ++d) {
        std::vector<int> managers(people, -1);
        for (const auto& [key, value] : tried) {
          if (key.second <= d) managers[static_cast<std::size_t>(key.first)] = value;
        }
        for (int p = 0; p < people; ++p) {
          int at = p;
          for (int steps_up = 0; at >= 0 && steps_up <= people; ++steps_up) at = managers[static_cast<std::size_t>(at)];
          is_circle = is_circle || at >= 0;
        }
      }
      Changes change;
      const std::string from = to_iso(day("2026-01-01") + std::chrono::days{on});
      if (manager < 0) {
        end(change, names[static_cast<std::size_t>(who)], Kind::manager, from);
      } else {
        set(change, names[static_cast<std::size_t>(who)], Kind::manager, from, names[static_cast<std::size_t>(manager)]);
      }
      const Revised revised = revise(organisation, change, day(today));
      RC_ASSERT(revised.problems.empty() == !is_circle);
      if (is_circle) {
        RC_ASSERT(revised.problems[0].what == What::circle);
        RC_ASSERT(revised.organisation == organisation);
      } else {
        organisation = revised.organisation;
        points = tried;
      }
    }
  });
}

TEST_CASE("what cannot be is refused with names and a way out") {
  const auto before = with({"Ada", "Bo"});
  Changes changes;
  SUBCASE("self-managed") {
    set(changes, "Ada", Kind::manager, "2021-01-01", "Ada");
    CHECK(what_is_wrong_with(before, changes) == std::vector{What::reports_to_self});
  }
  SUBCASE("a manager nobody knows") {
    set(changes, "Ada", Kind::manager, "2021-01-01", "Nobody");
    CHECK(what_is_wrong_with(before, changes) == std::vector{What::nobody});
  }
  SUBCASE("an address twice, whatever its case") {
    changes.people.push_back({person_id("Ada"), {.name = "Ada", .email = "ada@example.org"}});
    changes.people.push_back({person_id("Bo"), {.name = "Bo", .email = "ADA@example.org"}});
    CHECK(what_is_wrong_with(before, changes) == std::vector{What::email_taken});
  }
  SUBCASE("before the first day of work") {
    set(changes, "Ada", Kind::level, "2019-12-31", "ISE");
    CHECK(what_is_wrong_with(before, changes) == std::vector{What::not_employed});
  }
  SUBCASE("on the last day and after") {
    end(changes, "Ada", Kind::employed, "2022-01-01");
    const auto left = after(before, changes);
    changes = {};
    set(changes, "Ada", Kind::level, "2022-01-01", "ISE");
    CHECK(what_is_wrong_with(left, changes) == std::vector{What::not_employed});
    changes = {};
    set(changes, "Ada", Kind::level, "2021-12-31", "ISE");
    CHECK(what_is_wrong_with(left, changes).empty());
  }
  SUBCASE("far ahead, and long ago") {
    set(changes, "Ada", Kind::level, "2040-01-01", "ISE");
    set(changes, "Bo", Kind::level, "1821-01-01", "ISE");
    CHECK(what_is_wrong_with(before, changes) == std::vector{What::unlikely_date, What::unlikely_date});
  }
  SUBCASE("values that are none") {
    for (const char* const percent : {"0", "101", "80%", "", "4.5"}) {
      changes = {};
      set(changes, "Ada", Kind::working_time, "2021-01-01", percent);
      CHECK(what_is_wrong_with(before, changes) == std::vector{What::bad_value});
    }
    for (const char* const country : {"fr", "FRA", "F"}) {
      changes = {};
      set(changes, "Ada", Kind::country, "2021-01-01", country);
      CHECK(what_is_wrong_with(before, changes) == std::vector{What::bad_value});
    }
    changes = {};
    changes.people.push_back({person_id("Ada"), {.name = "Ada\nLind"}});
    changes.people.push_back({person_id("Bo"), {.name = " "}});
    CHECK(what_is_wrong_with(before, changes) == std::vector{What::bad_value, What::bad_value});
  }
  SUBCASE("parts in a circle") {
    found(changes, "One", "2020-01-01");
    found(changes, "Two", "2020-01-01");
    set(changes, "One", Kind::parent_team, "2020-01-01", "Two");
    set(changes, "Two", Kind::parent_team, "2021-01-01", "One");
    CHECK(what_is_wrong_with(before, changes) == std::vector{What::circle});
  }
}

TEST_CASE("two who change places in the line on one day do so in one change") {
  const auto before = with({"Ada", "Bo"});
  Changes changes;
  set(changes, "Bo", Kind::manager, "2020-01-01", "Ada");
  const auto one_way = after(before, changes);
  changes = {};
  set(changes, "Ada", Kind::manager, "2024-01-01", "Bo");
  end(changes, "Bo", Kind::manager, "2024-01-01");
  const auto other_way = after(one_way, changes);
  const auto ada = other_way->find(person_id("Ada")).value();
  const auto bo = other_way->find(person_id("Bo")).value();
  CHECK(OrganisationOn::make(other_way, day("2023-12-31"))->is_above(ada, bo));
  CHECK(OrganisationOn::make(other_way, day("2024-01-01"))->is_above(bo, ada));
}
