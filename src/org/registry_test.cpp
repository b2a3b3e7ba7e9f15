// The organisation in the store: the same from memory, from the disk, and on another node.
#include "org/registry.hpp"

#include "org/org_test.hpp"
#include "query_plans.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::testing;

namespace {

Changes three_people() {
  Changes changes;
  found(changes, "Engineering", "2020-01-01");
  found(changes, "Payments", "2020-01-01");
  set(changes, "Payments", Kind::parent_team, "2020-01-01", "Engineering");
  join(changes, "Ada", "2020-01-01");
  join(changes, "Bo", "2021-02-03");
  join(changes, "Chi", "2022-03-04");
  set(changes, "Bo", Kind::manager, "2021-02-03", "Ada");
  set(changes, "Chi", Kind::manager, "2022-03-04", "Bo");
  set(changes, "Chi", Kind::dotted_line, "2022-03-04", "Ada");
  set(changes, "Chi", Kind::level, "2022-03-04", "ISE");
  set(changes, "Chi", Kind::level, "2024-03-04", "SSE");
  set(changes, "Chi", Kind::team, "2022-03-04", "Payments");
  set(changes, "Payments", Kind::team_lead, "2022-03-04", "Bo");
  changes.people[0].details.email = "ada@example.org";
  changes.people[0].details.employee_number = "007";
  changes.people[0].details.references = {{"hr", "a-1"}};
  return changes;
}

}  // namespace

TEST_CASE_TEMPLATE("what was changed is there after a restart, as it was in memory", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.change(three_people());
  Changes later;
  set(later, "Chi", Kind::working_time, "2025-01-01", "80");
  end(later, "Bo", Kind::employed, "2026-01-01");
  office.change(later);
  const std::string in_memory = told(*office.registry.now());
  Registry restarted(*office.store.database, office.store.clock);
  CHECK(told(*restarted.now()) == in_memory);
  CHECK(restarted.now()->revision() == 2);
  CHECK(restarted.now()->find_by_email("ADA@example.org") == restarted.now()->find(person_id("Ada")));
  CHECK(restarted.now()->find_by_number("007") == restarted.now()->find(person_id("Ada")));
  CHECK(restarted.now()->find_by_reference({"hr", "a-1"}) == restarted.now()->find(person_id("Ada")));
  CHECK(office.store.audited() == "organisation_changed organisation_changed");
  CHECK(!office.store.verified().broken);
}

TEST_CASE_TEMPLATE("two nodes see each other's changes", On, ON_BOTH_DATABASES) {
  Office<On> office;
  Registry other(*office.store.database, office.store.clock);
  office.change(three_people());
  CHECK(told(*other.now()) == told(*office.registry.now()));
  Changes by_other;
  join(by_other, "Dee", "2023-01-01");
  set(by_other, "Dee", Kind::manager, "2023-01-01", "Ada");
  by_other.people.push_back({person_id("Ada"), {.name = "Ada Lind", .email = "lind@example.org"}});
  CHECK(other.change(by_other, {.source = "form"}).is_new);
  CHECK(told(*other.now()) == told(*office.registry.now()));
  const auto view = office.registry.today();
  const auto ada = office.registry.now()->find(person_id("Ada")).value();
  CHECK(view->reports(ada).size() == 2);
  CHECK(view->name(ada) == "Ada Lind");
  CHECK(!office.registry.now()->find_by_email("ada@example.org"));
  CHECK(!office.registry.now()->find_by_reference({"hr", "a-1"}));
}

TEST_CASE_TEMPLATE("the same change twice changes nothing", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.change(three_people());
  const Changed again = office.registry.change(three_people(), {.source = "import"});
  CHECK(!again.is_new);
  CHECK(again.problems.empty());
  CHECK(office.registry.now()->revision() == 1);
  CHECK(office.store.audited() == "organisation_changed");
}

TEST_CASE_TEMPLATE("a refused change leaves nothing behind", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.change(three_people());
  Changes circle;
  join(circle, "Dee", "2023-01-01");
  set(circle, "Ada", Kind::manager, "2023-01-01", "Chi");
  const Changed changed = office.registry.change(circle, {.source = "form"});
  REQUIRE(changed.problems.size() == 1);
  CHECK(changed.problems[0].message.find("Ada → Chi → Bo → Ada") != std::string::npos);
  Registry restarted(*office.store.database, office.store.clock);
  CHECK(restarted.now()->people() == 3);
}

TEST_CASE_TEMPLATE("people can exchange their addresses, and numbers", On, ON_BOTH_DATABASES) {
  Office<On> office;
  Changes both;
  join(both, "Ada", "2020-01-01");
  join(both, "Bo", "2020-01-01");
  both.people[0].details.email = "first@example.org";
  both.people[1].details.email = "second@example.org";
  both.people[0].details.employee_number = "1";
  both.people[1].details.employee_number = "2";
  office.change(both);
  std::swap(both.people[0].details.email, both.people[1].details.email);
  std::swap(both.people[0].details.employee_number, both.people[1].details.employee_number);
  office.change(both);
  Registry restarted(*office.store.database, office.store.clock);
  CHECK(restarted.now()->find_by_email("first@example.org") == restarted.now()->find(person_id("Bo")));
}

TEST_CASE_TEMPLATE("a correction keeps what was believed before", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.change(three_people());
  Changes correction;
  correction.facts.push_back({id_text("Chi"), Kind::level, day("2024-03-04"), {}, false, true});
  set(correction, "Chi", Kind::level, "2024-05-01", "SSE");
  office.change(correction, "The panel met in April.");
  const auto chi = office.registry.now()->find(person_id("Chi")).value();
  std::string levels;
  for (const HistoryEntry& entry : office.registry.history(chi)) {
    if (entry.kind == Kind::level) levels += entry.value + ' ' + to_iso(entry.from) + (entry.replaced_at ? " until: " + entry.replaced_why : "") + '\n';
  }
  CHECK(levels == "ISE 2022-03-04\nSSE 2024-03-04 until: The panel met in April.\nSSE 2024-05-01\n");
}

TEST_CASE_TEMPLATE("what is newer is found by an index", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.change(three_people());
  const auto have = office.registry.now();
  Changes later;
  set(later, "Chi", Kind::level, "2026-01-01", "LSE");
  set(later, "Payments", Kind::team_name, "2026-01-01", "Paying");
  office.change(later);
  Registry other(*office.store.database, office.store.clock);
  CHECK(told(*other.now()) == told(*office.registry.now()));
}
