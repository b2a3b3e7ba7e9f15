// What is asked at every request, and what a node reads to follow the others, finds its records by an index: a store of ten years has millions of them.
#include "db/plans.hpp"

#include <doctest/doctest.h>

#include "org/attribute_records.hpp"
#include "org/org_test.hpp"
#include "org/organisation_records.hpp"
#include "query_plans.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::testing;

namespace {

/// So many that no database would rather read them all; of revisions there are few, and that it is not told.
Changes many_people() {
  Changes changes;
  found(changes, "Engineering", "2020-01-01");
  for (int i = 0; i < 1000; ++i) {
    const std::string team = "Team " + std::to_string(i);
    found(changes, team, "2020-01-01");
    changes.teams.back().references = {{"hr", team}};
  }
  for (int i = 0; i < 2000; ++i) {
    const std::string name = "Person " + std::to_string(i);
    join(changes, name, "2020-01-01");
    changes.people.back().details.email = "person." + std::to_string(i) + "@example.org";
    changes.people.back().details.references = {{"hr", std::to_string(i)}};
    set(changes, name, Kind::team, "2020-01-01", "Engineering");
  }
  return changes;
}

template <class On>
struct LargeOffice : Office<On> {
  LargeOffice() { this->change(many_people()); }

  /// SQLite counts nothing by itself, so that a store of any size may look to it like a small one; PostgreSQL does.
  void count_rows() {
    this->store.database->write([](db::Writer& writer) {
      writer.run("ANALYZE org_person");
      writer.run("ANALYZE org_team");
      writer.run("ANALYZE org_reference");
      writer.run("ANALYZE org_fact");
    });
  }

  [[nodiscard]] std::string asked(const std::function<void(db::Reader&)>& ask) { return planned(*this->store.database, ask); }
};

}  // namespace

TEST_CASE_TEMPLATE("the newest revision, which every request asks for, is the end of an index", On, ON_BOTH_DATABASES) {
  LargeOffice<On> office;
  CHECK(uses(office.asked([](db::Reader& reader) { (void)newest_revision(reader); }), "SEARCH org_revision", "org_revision_pkey"));
  CHECK(uses(office.asked([](db::Reader& reader) { (void)first_source(reader); }), "SEARCH org_revision USING INTEGER PRIMARY KEY", "org_revision_pkey"));
}

TEST_CASE_TEMPLATE("who follows others reads what is newer, and of that only", On, ON_BOTH_DATABASES) {
  LargeOffice<On> office;
  const auto before = office.registry.now();
  const bool counts_by_itself = office.store.database->read([](db::Reader& reader) { return reader.dialect() == db::Dialect::postgresql; });
  if (counts_by_itself) office.count_rows();
  Changes later;
  set(later, "Person 7", Kind::level, "2025-01-01", "SSE");
  set(later, "Engineering", Kind::team_name, "2025-01-01", "Platform");
  office.change(later);
  const auto look = [&] {
    const std::string followed = office.asked([&](db::Reader& reader) { (void)load(reader, before); });
    CHECK(uses(followed, "SEARCH org_person USING INDEX org_person_changed (changed>?)", "org_person_changed"));
    CHECK(uses(followed, "SEARCH org_team USING COVERING INDEX org_team_changed", "org_team_changed"));
    CHECK(uses(followed, "SEARCH r USING INDEX org_reference_subject (about=? AND subject=?)", "org_reference_subject"));
    CHECK(followed.find("SEARCH r USING INDEX org_reference_subject (about=?)") == std::string::npos);
    CHECK(uses(followed, "SEARCH f USING PRIMARY KEY (about=? AND subject=?)", "org_fact_pkey"));
    CHECK(followed.find("SEARCH f USING PRIMARY KEY (about=?)") == std::string::npos);
  };
  look();
  if (!counts_by_itself) office.count_rows(), look();
}

TEST_CASE_TEMPLATE("what was recorded of somebody is read without looking at anybody else", On, ON_BOTH_DATABASES) {
  LargeOffice<On> office;
  office.count_rows();
  const std::string recorded = office.asked([](db::Reader& reader) { (void)beliefs_about(reader, false, 7); });
  CHECK(uses(recorded, "SEARCH f USING PRIMARY KEY (about=? AND subject=?", "org_fact_pkey"));
  CHECK(uses(recorded, "SEARCH r USING INTEGER PRIMARY KEY", "org_revision_pkey"));
  CHECK(uses(office.asked([](db::Reader& reader) { (void)find_stored_person(reader, person_id("Person 7")); }), "sqlite_autoindex_org_person_1", "org_person_id_key"));
  CHECK(uses(office.asked([](db::Reader& reader) { (void)find_stored_person_by_email(reader, "person.7@example.org"); }), "sqlite_autoindex_org_person_2",
             "org_person_email_key_key"));
  CHECK(uses(office.asked([](db::Reader& reader) { (void)name_of_person(reader, 7); }), "SEARCH org_person USING INTEGER PRIMARY KEY", "org_person_pkey"));
  CHECK(uses(office.asked([](db::Reader& reader) { (void)name_of_team(reader, 0); }), "SEARCH org_fact USING PRIMARY KEY (about=? AND subject=?", "org_fact_pkey"));
  CHECK(uses(office.asked([](db::Reader& reader) { (void)sealed_answers_of(reader, 7); }), "SEARCH org_declaration USING INTEGER PRIMARY KEY",
             "org_declaration_pkey"));
}

TEST_CASE_TEMPLATE("one change writes to its own records, whatever the size of the organisation", On, ON_BOTH_DATABASES) {
  LargeOffice<On> office;
  office.count_rows();
  Changes small;
  set(small, "Person 7", Kind::team, "2020-01-01", "Engineering");
  join(small, "Newcomer", "2026-01-01");
  small.facts[0] = {id_text("Person 7"), Kind::employed, day("2020-01-01"), std::nullopt, false, true};
  small.facts.push_back({id_text("Person 7"), Kind::team, day("2020-01-01"), std::nullopt, false, true});
  small.people.push_back({person_id("Person 8"), {.name = "Another Name", .references = {{"hr", "8"}}}});
  const Revised revised = revise(office.registry.now(), small, day(today));
  REQUIRE(revised.problems.empty());
  const auto plans = db::plans_of(*office.store.database, [&](db::Writer& writer) { insert_revision(writer, {2, {}, "form", "", {}}, revised); });
  CHECK(!plans.empty());
  std::string all;
  // The rows that are to be written are a list of their own; SQLite reads it from end to end, as it should.
  for (const std::string& plan : db::whole_table_reads(plans)) {
    for (const std::string_view line : split(plan, '\n')) {
      const bool is_list = line.find("VIRTUAL TABLE") != std::string_view::npos;
      INFO(plan);
      CHECK_FALSE((!is_list && (trim(line).starts_with("SCAN ") || line.find("Seq Scan on") != std::string_view::npos)));
    }
  }
  for (const std::string& plan : plans) all += plan + '\n';
  CHECK(uses(all, "SEARCH org_fact USING PRIMARY KEY (about=? AND subject=? AND kind=? AND slot=? AND from_day=?", "org_fact_pkey"));
  CHECK(uses(all, "org_reference_subject", "org_reference_subject"));
}
