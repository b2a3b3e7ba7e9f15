#include "org/name_search.hpp"

#include "org/org_test.hpp"
#include "org/relations.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::testing;

namespace {

std::shared_ptr<const OrganisationOn> people() {
  Changes changes;
  int count = 0;
  for (const char* const name : {"Ada Ångström", "Anna-Lena Öberg", "Müller, Jürgen", "陳 大文", "O'Brien Niamh", "Adama Traoré", "Lena Adamsson"}) {
    changes.people.push_back({person_id("n" + std::to_string(count)), {.name = name}});
    changes.facts.push_back({id_text("n" + std::to_string(count++)), Kind::employed, day("2020-01-01"), std::string(yes)});
  }
  end(changes, "n4", Kind::employed, "2021-01-01");
  return OrganisationOn::make(after(Organisation::empty(), changes), day(today));
}

std::string found(const std::string& typed, std::size_t limit = 10) {
  const auto on = people();
  std::string names;
  for (const PersonIndex person : NameSearch(*on).find(typed, limit)) names += (names.empty() ? "" : "; ") + on->name(person);
  return names;
}

}  // namespace

TEST_CASE("people are found by how their name begins, in any part, without accents or case") {
  CHECK(found("angs") == "Ada Ångström");
  CHECK(found("ÅNGSTR") == "Ada Ångström");
  CHECK(found("ada") == "Ada Ångström; Adama Traoré; Lena Adamsson");
  CHECK(found("lena") == "Lena Adamsson; Anna-Lena Öberg");
  CHECK(found("jur mull") == "Müller, Jürgen");
  CHECK(found("陳") == "陳 大文");
  CHECK(found("大") == "陳 大文");
  CHECK(found("dam").empty());
  CHECK(found("ada", 2) == "Ada Ångström; Adama Traoré");
}

TEST_CASE("what is no name finds nobody and breaks nothing, and neither do those who left") {
  CHECK(found("").empty());
  CHECK(found("   ").empty());
  CHECK(found("brien").empty());
  CHECK(found("\n").empty());
  CHECK(found(std::string("a\0b", 3)).empty());
  CHECK(found("\xFF\xFE").empty());
  CHECK(found(std::string(10'000, 'a')).empty());
}

TEST_CASE("how somebody stands to somebody follows the line and the team of the day") {
  Changes changes;
  for (const char* const name : {"Ada", "Bo", "Chi", "Dee", "Eve"}) join(changes, name, "2020-01-01");
  testing::found(changes, "Engineering", "2020-01-01");
  testing::found(changes, "Payments", "2020-01-01");
  set(changes, "Payments", Kind::parent_team, "2020-01-01", "Engineering");
  set(changes, "Bo", Kind::manager, "2020-01-01", "Ada");
  set(changes, "Chi", Kind::manager, "2020-01-01", "Bo");
  set(changes, "Chi", Kind::dotted_line, "2020-01-01", "Eve");
  set(changes, "Chi", Kind::team, "2020-01-01", "Payments");
  set(changes, "Chi", Kind::country, "2020-01-01", "SE");
  set(changes, "Payments", Kind::team_lead, "2020-01-01", "Dee");
  set(changes, "Chi", Kind::manager, "2026-01-01", "Ada");
  end(changes, "Dee", Kind::employed, "2026-01-01");
  const auto organisation = after(Organisation::empty(), changes);
  const auto person = [&](const char* name) { return organisation->find(person_id(name)).value(); };
  using access::Relation;
  const auto relations = [&](const char* on, const char* actor) {
    return subject_about(*OrganisationOn::make(organisation, day(on)), person(actor), person("Chi")).relations;
  };
  CHECK(relations("2025-12-31", "Chi") == access::Set<Relation>{Relation::self});
  CHECK(relations("2025-12-31", "Bo") == access::Set<Relation>{Relation::manager_now});
  CHECK(relations("2025-12-31", "Ada") == access::Set<Relation>{Relation::line_above});
  CHECK(relations("2025-12-31", "Dee") == access::Set<Relation>{Relation::team_lead});
  CHECK(relations("2025-12-31", "Eve").empty());
  CHECK(relations("2026-01-01", "Bo").empty());
  CHECK(relations("2026-01-01", "Ada") == access::Set<Relation>{Relation::manager_now});
  CHECK(relations("2026-01-01", "Dee").empty());
  const auto place = place_of(*OrganisationOn::make(organisation, day("2026-01-01")), person("Chi"));
  CHECK(place.parts == std::vector<std::string>{id_text("Payments"), id_text("Engineering")});
  CHECK(place.country == "SE");
  const auto on = OrganisationOn::make(organisation, day("2025-12-31"));
  const auto payments = organisation->find(team_id("Payments")).value();
  CHECK(subject_about(*on, person("Ada"), payments).relations == access::Set<Relation>{Relation::line_above});
  CHECK(subject_about(*on, person("Chi"), payments).relations == access::Set<Relation>{Relation::self});
  CHECK(subject_about(*on, person("Dee"), payments).relations == access::Set<Relation>{Relation::team_lead});
}
