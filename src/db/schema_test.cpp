// A store meets a program: a fresh one, an older one, a newer one, a stranger's.
#include "db/schema.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "base/fake_clock_test.hpp"
#include "test_stores.hpp"

using namespace waymark;
using namespace waymark::db;
using State = SchemaReport::State;

namespace {

std::vector<Migration> people() {
  return {{1, "people", "people", {"CREATE TABLE person (id {integer} NOT NULL PRIMARY KEY, name {text} NOT NULL) {strict}"}},
          {3, "people", "when people joined", {"ALTER TABLE person ADD COLUMN joined_on {date}", "UPDATE person SET joined_on = '2020-01-01'"}}};
}
std::vector<Migration> teams() {
  return {{2,
           "teams",
           "teams",
           {"CREATE TABLE team (id {integer} NOT NULL PRIMARY KEY, lead {integer} NOT NULL REFERENCES person (id)) {strict}",
            Sql("CREATE INDEX team_lead ON team (lead)", "")}}};
}
Schema schema() { return {people(), teams()}; }

std::vector<std::string> names(const std::vector<Migration>& migrations) {
  std::vector<std::string> all;
  for (const Migration& migration : migrations) all.emplace_back(migration.name);
  return all;
}

}  // namespace

TEST_CASE_TEMPLATE("a fresh store gets all of it by itself, once", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  const FakeClock clock;
  CHECK(examine(*database, schema()).state == State::fresh);
  REQUIRE(make_ready(*database, schema(), clock, "0.1.0"));
  const SchemaReport report = examine(*database, schema());
  CHECK(report.state == State::current);
  REQUIRE(report.applied.size() == 3);
  CHECK(report.applied[2].name == "when people joined");
  CHECK(report.applied[2].applied_at == clock.now());
  CHECK(report.applied[2].applied_by == "0.1.0");
  REQUIRE(make_ready(*database, schema(), clock, "0.2.0"));
  CHECK(examine(*database, schema()).applied == report.applied);
}

TEST_CASE_TEMPLATE("an older store asks, and is then carried over with what is in it", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  const FakeClock clock;
  REQUIRE(make_ready(*database, schema().until(2), clock, "0.1.0"));
  database->write([](Writer& writer) { writer.run("INSERT INTO person (id, name) VALUES (1, 'Ada')"); });

  const auto asked = make_ready(*database, schema(), clock, "0.2.0");
  REQUIRE_FALSE(asked);
  CHECK(asked.error().kind == Error::Kind::conflict);
  CHECK(asked.error().message.find("earlier Waymark: 1 change is missing") != std::string::npos);
  CHECK(asked.error().way_out.find("waymark migrate") != std::string::npos);
  CHECK(names(examine(*database, schema()).pending) == std::vector<std::string>{"when people joined"});

  const auto migrated = migrate(*database, schema(), clock, "0.2.0");
  REQUIRE(migrated);
  CHECK(names(*migrated) == std::vector<std::string>{"when people joined"});
  CHECK(database->read([](Reader& reader) { return reader.value<Date>("SELECT joined_on FROM person WHERE name = 'Ada'"); }) ==
        parse_date("2020-01-01"));
  CHECK(migrate(*database, schema(), clock, "0.2.0").value().empty());
}

TEST_CASE_TEMPLATE("a newer store is refused and left alone", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  const FakeClock clock;
  REQUIRE(make_ready(*database, schema(), clock, "0.9.0"));
  const auto refused = make_ready(*database, schema().until(1), clock, "0.1.0");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("later Waymark (0.9.0): it is at version 3, and this one knows 1") != std::string::npos);
  CHECK_FALSE(migrate(*database, schema().until(1), clock, "0.1.0"));
  CHECK(examine(*database, schema()).state == State::current);
}

TEST_CASE_TEMPLATE("a store of another history is refused", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  const FakeClock clock;
  REQUIRE(make_ready(*database, schema(), clock, "0.1.0"));
  const Schema other{{{1, "people", "people", {"CREATE TABLE person (id {integer} NOT NULL PRIMARY KEY) {strict}"}}}};
  CHECK(examine(*database, other).state == State::changed);
  CHECK(make_ready(*database, other, clock, "0.1.0").error().kind == Error::Kind::conflict);
}

TEST_CASE_TEMPLATE("tables of another program are not touched", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  database->write([](Writer& writer) { writer.run("CREATE TABLE invoice (id {integer} NOT NULL PRIMARY KEY) {strict}"); });
  const FakeClock clock;
  CHECK(examine(*database, schema()).state == State::foreign);
  CHECK(migrate(*database, schema(), clock, "0.1.0").error().message.find("tables that Waymark did not make") != std::string::npos);
  CHECK(examine(*database, schema()).applied.empty());
}

TEST_CASE_TEMPLATE("a migration that fails leaves the store as it was before that migration", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  const FakeClock clock;
  const Schema broken{
      people(),
      teams(),
      {{4, "teams", "broken", {"CREATE TABLE half (id {integer} NOT NULL PRIMARY KEY) {strict}", "INSERT INTO half (id) VALUES ('x')"}}}};
  CHECK_THROWS_AS(static_cast<void>(migrate(*database, broken, clock, "0.1.0")), DatabaseError);
  CHECK(examine(*database, broken).state == State::fresh);
  REQUIRE(make_ready(*database, schema().until(1), clock, "0.1.0"));
  CHECK_THROWS_AS(static_cast<void>(migrate(*database, broken, clock, "0.1.0")), DatabaseError);
  CHECK(examine(*database, broken).applied.size() == 3);
  CHECK(examine(*database, schema()).state == State::current);
  CHECK_THROWS_AS(database->read([](Reader& reader) { return reader.value<std::int64_t>("SELECT COUNT(*) FROM half"); }), DatabaseError);
}

TEST_CASE_TEMPLATE("a table can be rebuilt under those that refer to it, and a dangling reference is refused", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  const FakeClock clock;
  REQUIRE(make_ready(*database, schema(), clock, "0.1.0"));
  database->write([](Writer& writer) {
    writer.run("INSERT INTO person (id, name) VALUES (1, 'Ada')");
    writer.run("INSERT INTO team (id, lead) VALUES (1, 1)");
  });
  const Schema rebuilt{
      people(),
      teams(),
      {{4,
        "people",
        "people with a short name",
        {Sql("CREATE TABLE person_new (id {integer} NOT NULL PRIMARY KEY, name {text} NOT NULL, short {text} NOT NULL, joined_on {date}) {strict}",
             "ALTER TABLE person ADD COLUMN short {text}"),
         Sql("INSERT INTO person_new (id, name, short, joined_on) SELECT id, name, name, joined_on FROM person", "UPDATE person SET short = name"),
         Sql("DROP TABLE person", "ALTER TABLE person ALTER COLUMN short SET NOT NULL"), Sql("ALTER TABLE person_new RENAME TO person", "")}}}};
  REQUIRE(migrate(*database, rebuilt, clock, "0.2.0"));
  CHECK(database->read([](Reader& reader) { return reader.value<std::string>("SELECT p.short FROM team t JOIN person p ON p.id = t.lead"); }) ==
        "Ada");
  Schema dangling{people(), teams(), {rebuilt.migrations()[3], {5, "people", "nobody", {"DELETE FROM person"}}}};
  CHECK_THROWS_AS(static_cast<void>(migrate(*database, dangling, clock, "0.3.0")), DatabaseError);
  CHECK(examine(*database, rebuilt).state == State::current);
  CHECK(database->read([](Reader& reader) { return reader.value<std::int64_t>("SELECT COUNT(*) FROM person"); }) == 1);
}

TEST_CASE_TEMPLATE("two that start at the same time make one store", On, ON_BOTH_DATABASES) {
  On store;
  const FakeClock clock;
  std::vector<std::thread> nodes;
  std::atomic<int> ready = 0;
  for (int i = 0; i < 3; ++i) {
    nodes.emplace_back([&] {
      const auto database = store.open();
      if (make_ready(*database, schema(), clock, "0.1.0")) ++ready;
    });
  }
  for (std::thread& node : nodes) node.join();
  CHECK(ready == 3);
  CHECK(examine(*store.open(), schema()).state == State::current);
}

TEST_CASE("the same number twice, or one left out, is a mistake in the program") {
  CHECK_THROWS_AS((Schema{people()}), std::logic_error);
  CHECK_THROWS_AS((Schema{people(), people(), teams()}), std::logic_error);
  CHECK(schema().version() == 3);
}

TEST_CASE("a migration is known by what it does, not by how it is laid out") {
  const Migration one{1, "a", "a", {"CREATE TABLE x (id {integer})"}};
  const Migration laid_out{1, "a", "a", {"CREATE TABLE x\n    (id {integer})"}};
  const Migration other{1, "a", "a", {"CREATE TABLE x (id {text})"}};
  CHECK(checksum(one) == checksum(laid_out));
  CHECK(checksum(one) != checksum(other));
}
