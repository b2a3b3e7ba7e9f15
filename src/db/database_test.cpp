// What a transaction promises, on both databases.
#include "db/database.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "test_stores.hpp"

using namespace waymark;
using namespace waymark::db;
using Kind = DatabaseError::Kind;
using namespace std::chrono_literals;

namespace {

void create(Database& database) {
  database.write([](Writer& writer) { writer.run("CREATE TABLE note (id {integer} NOT NULL PRIMARY KEY, words {text} NOT NULL) {strict}"); });
}

void add(Writer& writer, std::int64_t id, std::string_view words = "hello") {
  writer.run("INSERT INTO note (id, words) VALUES (:id, :words)", {{"id", id}, {"words", words}});
}

std::int64_t count(Reader& reader) { return reader.value<std::int64_t>("SELECT COUNT(*) FROM note"); }
std::int64_t count(Database& database) {
  return database.read([](Reader& reader) { return count(reader); });
}

Kind kind_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const DatabaseError& error) {
    return error.kind();
  }
  FAIL("nothing was thrown");
  return Kind::wrong;
}

struct ChangeOfMind {};

}  // namespace

TEST_CASE_TEMPLATE("a write is kept whole or not at all", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  CHECK(database->write([](Writer& writer) {
    add(writer, 1);
    return 7;
  }) == 7);
  CHECK_THROWS_AS(database->write([](Writer& writer) {
    add(writer, 2);
    throw ChangeOfMind();
  }),
                  ChangeOfMind);
  CHECK(kind_of([&] {
          database->write([](Writer& writer) {
            add(writer, 3);
            add(writer, 1);
          });
        }) == Kind::unique);
  CHECK(count(*database) == 1);
  database->write([](Writer& writer) { add(writer, 2); });
  CHECK(count(*store.open()) == 2);
}

TEST_CASE_TEMPLATE("a failed statement fails its transaction, even when the program looks away", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  CHECK(kind_of([&] {
          database->write([](Writer& writer) {
            add(writer, 1);
            CHECK_THROWS_AS(add(writer, 1), DatabaseError);
          });
        }) == Kind::wrong);
  CHECK(count(*database) == 0);
}

TEST_CASE_TEMPLATE("a reader sees one moment, and cannot change it", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  database->read([&](Reader& reader) {
    CHECK(count(reader) == 0);
    std::thread([&] { database->write([](Writer& writer) { add(writer, 1); }); }).join();
    CHECK(count(reader) == 0);
  });
  CHECK(count(*database) == 1);
  CHECK(kind_of([&] {
          database->read([](Reader& reader) { return reader.rows("DELETE FROM note RETURNING id", {}, [](std::int64_t id) { return id; }); });
        }) == Kind::read_only);
  CHECK(count(*database) == 1);
}

TEST_CASE_TEMPLATE("a transaction inside another one is a mistake that shows", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  CHECK_THROWS_AS(database->write([&](Writer&) { count(*database); }), std::logic_error);
  CHECK_THROWS_AS(database->read([&](Reader&) { database->write([](Writer& writer) { add(writer, 1); }); }), std::logic_error);
  CHECK(count(*database) == 0);
}

TEST_CASE_TEMPLATE("writes at the same time are as if one came after the other", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  database->write([](Writer& writer) { add(writer, 1, "0"); });
  constexpr int threads = 6;
  constexpr int each = 25;
  std::atomic<int> undone = 0;
  std::vector<std::thread> people;
  for (int i = 0; i < threads; ++i) {
    people.emplace_back([&, i] {
      for (int n = 0; n < each; ++n) {
        database->write([](Writer& writer) {
          const auto words = writer.value<std::string>("SELECT words FROM note WHERE id = 1");
          writer.run("UPDATE note SET words = :words WHERE id = 1", {{"words", std::to_string(std::stoi(words) + 1)}});
        });
        try {
          database->write([&](Writer& writer) {
            add(writer, 1000 + i * each + n);
            throw ChangeOfMind();
          });
        } catch (const ChangeOfMind&) {
          ++undone;
        }
      }
    });
  }
  for (std::thread& person : people) person.join();
  CHECK(database->read([](Reader& reader) { return reader.value<std::string>("SELECT words FROM note WHERE id = 1"); }) ==
        std::to_string(threads * each));
  CHECK(undone == threads * each);
  CHECK(count(*database) == 1);
}

TEST_CASE_TEMPLATE("who waits too long for a connection is told to try again", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open({.readers = 1, .lease_timeout = 50ms});
  create(*database);
  database->read([&](Reader& reader) {
    CHECK(count(reader) == 0);
    std::thread([&] { CHECK(kind_of([&] { count(*database); }) == Kind::busy); }).join();
  });
  CHECK(count(*database) == 0);
}

TEST_CASE_TEMPLATE("a row that stops in the middle leaves nothing open", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  database->write([](Writer& writer) {
    for (int i = 0; i < 100; ++i) add(writer, i);
  });
  for (int i = 0; i < 20; ++i) {
    CHECK_THROWS_AS(database->read([](Reader& reader) { reader.for_each("SELECT id FROM note", {}, [](std::int64_t) { throw ChangeOfMind(); }); }),
                    ChangeOfMind);
  }
  CHECK_THROWS_AS(database->write([](Writer& writer) { writer.for_each("SELECT id FROM note", {}, [](std::int64_t) { throw ChangeOfMind(); }); }),
                  ChangeOfMind);
  database->write([](Writer& writer) { writer.run("DROP TABLE note"); });
}

TEST_CASE("the file of a store is its owner's alone, whatever its name") {
  const TemporaryFolder folder;
  for (const char* name : {"plain", "with space=and 'quote", "dbname=x timeout=1", "ü"}) {
    CAPTURE(name);
    const DatabaseLocation location{Dialect::sqlite, folder.path() / name, {}};
    const auto database = Database::open(location);
    create(*database);
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      CHECK((file.status().permissions() & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) == std::filesystem::perms::none);
    }
    CHECK(std::filesystem::exists(location.file));
  }
}

TEST_CASE("an address says where, and never the password") {
  CHECK(DatabaseLocation::parse("records.db").value().shown() == "records.db");
  CHECK(DatabaseLocation::parse("sqlite:/var/lib/waymark/records.db").value().file == "/var/lib/waymark/records.db");
  CHECK(DatabaseLocation::parse("postgresql://waymark:s3cret@db/waymark?sslmode=require").value().shown() ==
        "postgresql://waymark:…@db/waymark?sslmode=require");
  CHECK(DatabaseLocation::parse("postgres://waymark@db/x").value().shown() == "postgres://waymark@db/x");
  CHECK(DatabaseLocation::parse("postgresql:///x?user=a&password=s3cret&host=/run").value().shown() == "postgresql:///x?user=a&password=…&host=/run");
  CHECK(DatabaseLocation::parse("postgresql://a:p@w@db/x").value().shown() == "postgresql://a:…@db/x");
  for (const char* text : {"", "sqlite:", ":memory:", "sqlite::memory:", "mysql://db/x"}) {
    CAPTURE(text);
    CHECK(DatabaseLocation::parse(text).error().kind == Error::Kind::wrong_usage);
  }
}
