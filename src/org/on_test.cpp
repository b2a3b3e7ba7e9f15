// The organisation on one day.
#include "org/on.hpp"

#include <rapidcheck.h>

#include "org/org_test.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::testing;

TEST_CASE("who left is in nobody's line any more, and their people are told to have lost their manager") {
  Changes changes;
  for (const char* const name : {"Ada", "Bo", "Chi", "Dee"}) join(changes, name, "2020-01-01");
  set(changes, "Bo", Kind::manager, "2020-01-01", "Ada");
  set(changes, "Chi", Kind::manager, "2020-01-01", "Bo");
  set(changes, "Dee", Kind::manager, "2020-01-01", "Bo");
  end(changes, "Bo", Kind::employed, "2025-06-30");
  const auto organisation = after(Organisation::empty(), changes);
  const auto person = [&](const char* name) { return organisation->find(person_id(name)).value(); };

  const auto before = OrganisationOn::make(organisation, day("2025-06-29"));
  CHECK(before->people().size() == 4);
  CHECK(before->below(person("Ada")).size() == 3);
  CHECK(before->line(person("Chi")) == std::vector{person("Bo"), person("Ada")});
  CHECK(before->reports(person("Bo")).size() == 2);
  CHECK(before->tops() == std::vector{person("Ada")});

  const auto later = OrganisationOn::make(organisation, day("2025-06-30"));
  CHECK(later->people().size() == 3);
  CHECK(later->below(person("Ada")).empty());
  CHECK(!later->standing(person("Chi")).manager);
  CHECK(later->standing(person("Chi")).manager_left);
  CHECK(later->line(person("Chi")).empty());
  CHECK(!later->is_above(person("Bo"), person("Chi")));
}

TEST_CASE("teams, parts and leads on a day") {
  Changes changes;
  for (const char* const name : {"Ada", "Bo", "Chi"}) join(changes, name, "2020-01-01");
  found(changes, "Engineering", "2020-01-01");
  found(changes, "Payments", "2020-01-01");
  set(changes, "Payments", Kind::parent_team, "2020-01-01", "Engineering");
  set(changes, "Bo", Kind::team, "2020-01-01", "Payments");
  set(changes, "Chi", Kind::team, "2020-01-01", "Payments");
  set(changes, "Payments", Kind::team_lead, "2021-01-01", "Bo");
  changes.facts.push_back({id_text("Payments"), Kind::team_lead, day("2022-01-01"), id_text("Bo"), true});
  set(changes, "Payments", Kind::team_lead, "2021-06-01", "Chi");
  end(changes, "Payments", Kind::team_name, "2024-01-01");
  const auto organisation = after(Organisation::empty(), changes);
  const auto person = [&](const char* name) { return organisation->find(person_id(name)).value(); };
  const auto payments = organisation->find(team_id("Payments")).value();
  const auto engineering = organisation->find(team_id("Engineering")).value();

  const auto both = OrganisationOn::make(organisation, day("2021-07-01"));
  CHECK(both->leads(payments).size() == 2);
  CHECK(both->members(payments).size() == 2);
  CHECK(both->parts_above(payments) == std::vector{payments, engineering});
  CHECK(both->parts(engineering) == std::vector{payments});
  CHECK(both->leads_team_of(person("Bo"), person("Chi")));
  CHECK(!both->leads_team_of(person("Bo"), person("Bo")));
  CHECK(OrganisationOn::make(organisation, day("2022-01-01"))->leads(payments) == std::vector{person("Chi")});

  const auto closed = OrganisationOn::make(organisation, day("2024-01-01"));
  CHECK(!closed->exists(payments));
  CHECK(!closed->standing(person("Bo")).team);
}

TEST_CASE("everybody below somebody is found as by walking up from each") {
  rc::check([] {
    const int people = *rc::gen::inRange(1, 40);
    Changes changes;
    std::vector<std::string> names;
    std::vector<int> managers;
    for (int i = 0; i < people; ++i) {
      names.push_back("Person " + std::to_string(i));
      join(changes, names.back(), "2020-01-01");
      managers.push_back(*rc::gen::inRange(-1, i));  // one who came before, or none
      if (managers.back() >= 0) set(changes, names.back(), Kind::manager, "2020-01-01", names[static_cast<std::size_t>(managers.back())]);
    }
    const auto view = OrganisationOn::make(after(Organisation::empty(), changes), day("2021-01-01"));
    for (int above = 0; above < people; ++above) {
      std::size_t below = 0;
      for (int person = 0; person < people; ++person) {
        bool is_above = false;
        for (int at = managers[static_cast<std::size_t>(person)]; at >= 0; at = managers[static_cast<std::size_t>(at)]) is_above = is_above || at == above;
        below += is_above ? 1 : 0;
        RC_ASSERT(view->is_above(static_cast<PersonIndex>(above), static_cast<PersonIndex>(person)) == is_above);
      }
      RC_ASSERT(view->below(static_cast<PersonIndex>(above)).size() == below);
    }
  });
}

namespace {

/// All that a day says of people and teams, to be compared.
std::string told_of(const OrganisationOn& on) {
  std::string text;
  const auto list = [&](const auto& indices) {
    for (const auto each : indices) text += ' ' + std::to_string(static_cast<std::uint32_t>(each));
    text += '\n';
  };
  list(on.people());
  list(on.tops());
  list(on.teams());
  for (std::size_t i = 0; i < on.organisation().people(); ++i) {
    const auto person = static_cast<PersonIndex>(i);
    const Standing& standing = on.standing(person);
    text += on.name(person) + ' ' + std::string(on.level(person)) + (standing.manager_left ? " manager left" : "") + (standing.is_employed ? " works" : "");
    if (standing.team) text += " in " + std::string(on.team_name(*standing.team));
    if (standing.level_since) text += " since " + to_iso(*standing.level_since);
    list(on.line(person));
    list(on.reports(person));
    list(on.below(person));
    list(on.led_by(person));
  }
  for (std::size_t i = 0; i < on.organisation().teams(); ++i) list(on.members(static_cast<TeamIndex>(i)));
  return text;
}

Changes some_changes(int people, const std::vector<std::string>& teams) {
  Changes changes;
  const int count = *rc::gen::inRange(1, 8);
  for (int i = 0; i < count; ++i) {
    const int who = *rc::gen::inRange(1, people);
    const std::string name = "Person " + std::to_string(who);
    const std::string from = to_iso(day("2025-01-01") + std::chrono::days{*rc::gen::inRange(0, 60)});
    switch (*rc::gen::inRange(0, 8)) {
      case 0: set(changes, name, Kind::level, from, *rc::gen::element<std::string>("ISE", "SSE", "LSE")); break;
      case 1: set(changes, name, Kind::manager, from, "Person " + std::to_string(*rc::gen::inRange(0, who))); break;
      case 2: set(changes, name, Kind::team, from, *rc::gen::elementOf(teams)); break;
      case 3: end(changes, name, Kind::employed, "2025-03-01"); break;
      case 4: changes.people.push_back({person_id(name), {.name = "Called " + std::to_string(*rc::gen::inRange(0, 9))}}); break;
      case 5: end(changes, *rc::gen::elementOf(teams), Kind::team_name, from); break;
      case 6: set(changes, *rc::gen::elementOf(teams), Kind::team_lead, from, name); break;
      default: join(changes, "New " + std::to_string(*rc::gen::inRange(0, 5)), "2025-01-15"); break;
    }
  }
  return changes;
}

}  // namespace

TEST_CASE("a day that is made from one near it is the same as one that is made anew") {
  rc::check([] {
    const int people = *rc::gen::inRange(2, 12);
    const std::vector<std::string> teams{"One", "Two"};
    Changes changes;
    for (const std::string& team : teams) found(changes, team, "2020-01-01");
    for (int i = 0; i < people; ++i) {
      const std::string name = "Person " + std::to_string(i);
      join(changes, name, "2020-01-01");
      if (i > 0) set(changes, name, Kind::manager, "2020-01-01", "Person " + std::to_string(*rc::gen::inRange(0, i)));
      set(changes, name, Kind::team, "2020-01-01", *rc::gen::elementOf(teams));
    }
    auto organisation = after(Organisation::empty(), changes);
    auto near = OrganisationOn::make(organisation, day("2025-02-01"));
    for (int revision = 0; revision < 3; ++revision) {
      const Revised revised = revise(organisation, some_changes(people, teams), day(today));
      if (!revised.problems.empty()) continue;
      organisation = revised.organisation;
      for (const char* const on : {"2025-01-10", "2025-02-01", "2025-03-02"}) {
        RC_ASSERT(told_of(*OrganisationOn::make(organisation, day(on), near.get())) == told_of(*OrganisationOn::make(organisation, day(on))));
      }
      near = OrganisationOn::make(organisation, day("2025-02-01"), near.get());
    }
  });
}
