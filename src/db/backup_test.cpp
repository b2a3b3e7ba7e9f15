// What goes into a backup comes out again, on either database; what is not whole changes nothing.
#include "db/backup.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "base/fake_clock_test.hpp"
#include "db/search.hpp"
#include "test_stores.hpp"

using namespace waymark;
using namespace waymark::db;

namespace {

Schema schema() {
  return {{{1, "db", "full-text search", search_steps()},
           {2,
            "people",
            "people",
            {"CREATE TABLE person (id {text} NOT NULL PRIMARY KEY, manager {text} REFERENCES person (id), joined_on {date}, active {boolean} NOT "
             "NULL, share {real}, "
             "photo {bytes}, seen_at {instant}) {strict}",
             "CREATE TABLE event (number {counter}, person {text} NOT NULL REFERENCES person (id), what {text} NOT NULL) {strict}",
             "CREATE TABLE \"order\" (\"from\" {text} NOT NULL PRIMARY KEY) {strict}",
             "INSERT INTO \"order\" (\"from\") VALUES ('made by the migration')"}},
           {3, "people", "names", {"ALTER TABLE person ADD COLUMN name {text} NOT NULL DEFAULT 'unnamed'"}}}};
}

void fill(Database& database, int version = 3) {
  REQUIRE(make_ready(database, schema().until(version), FakeClock(), "0.1.0"));
  database.write([](Writer& writer) {
    // In a circle, so that no order of rows pleases a database that looks at once.
    const auto add = [&](std::string_view id, std::optional<Date> joined, std::optional<Bytes> photo, std::optional<double> share) {
      writer.run("INSERT INTO person (id, joined_on, active, photo, share, seen_at) VALUES (:id, :joined, :active, :photo, :share, :seen)",
                 {{"id", id}, {"joined", joined}, {"active", id == "ada"}, {"photo", photo}, {"share", share}, {"seen", FakeClock().now()}});
    };
    add("ada", parse_date("2024-02-29"), Bytes{std::string("\0\xff'", 3)}, 0.1);
    add("grace", std::nullopt, Bytes{}, std::nullopt);
    writer.run("UPDATE person SET manager = CASE id WHEN 'ada' THEN 'grace' ELSE 'ada' END");
    for (int i = 0; i < 2500; ++i) {
      writer.run("INSERT INTO event (person, what) VALUES (:person, :what)",
                 {{"person", "ada"}, {"what", "wrote „" + std::string(static_cast<std::size_t>(i % 90), 'x') + "“\n"}});
    }
    writer.run("UPDATE \"order\" SET \"from\" = 'changed since'");
    put_search_text(writer, "note", "n", "Harbour", "crane");
  });
}

std::string everything(Database& database) {
  return database.read([](Reader& reader) {
    std::string all;
    reader.for_each("SELECT id, manager, joined_on, active, share, photo, seen_at, name FROM person ORDER BY id", {},
                    [&](std::string id, std::string manager, std::optional<Date> joined, bool active, std::optional<double> share, Bytes photo,
                        Instant seen, std::string name) {
                      all += id + manager + (joined ? to_iso(*joined) : "-") + (active ? "+" : "-") + (share ? std::to_string(*share) : "-") +
                             photo.value + to_iso(seen) + name;
                    });
    reader.for_each("SELECT number, person, what FROM event ORDER BY number", {},
                    [&](std::int64_t number, std::string person, std::string what) { all += std::to_string(number) + person + what; });
    reader.for_each("SELECT \"from\" FROM \"order\"", {}, [&](std::string from) { all += from; });
    reader.for_each("SELECT record FROM {matching :words}", {{"words", search_expression(reader.dialect(), "cranes")}},
                    [&](std::string record) { all += record; });
    return all;
  });
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

template <class From, class To>
struct Route {
  using Source = From;
  using Target = To;
};

}  // namespace

TEST_CASE_TEMPLATE("a backup is packed before it is sealed", On, ON_BOTH_DATABASES) {
  On on;
  TemporaryFolder folder;
  const auto database = on.open();
  fill(*database);
  REQUIRE(write_backup(*database, schema(), folder.path() / "sealed", "a long passphrase", FakeClock(), "0.1.0"));
  const auto held = database->read([](Reader& reader) { return reader.value<std::int64_t>("SELECT SUM(LENGTH(what)) FROM event"); });
  CHECK(std::filesystem::file_size(folder.path() / "sealed") < static_cast<std::uintmax_t>(held));
}

TEST_CASE_TEMPLATE("a backup restores into either database", Way, Route<OnSqlite, OnSqlite>, Route<OnSqlite, OnPostgresql>,
                   Route<OnPostgresql, OnSqlite>, Route<OnPostgresql, OnPostgresql>) {
  typename Way::Source from;
  typename Way::Target to;
  const TemporaryFolder folder;
  const auto file = folder.path() / "backup";
  const auto source = from.open();
  fill(*source);
  const auto written = write_backup(*source, schema(), file, std::nullopt, FakeClock(), "0.1.0");
  REQUIRE(written);
  CHECK(written->tables.size() == 5);
  CHECK(written->rows() == 2500 + 2 + 3 + 1 + 1);
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::others_all) == std::filesystem::perms::none);

  const auto target = to.open();
  REQUIRE(try_restore(*target, schema(), file, std::nullopt));
  CHECK(examine(*target, schema()).state == SchemaReport::State::fresh);
  const auto restored = restore_backup(*target, schema(), file, std::nullopt, FakeClock(), "0.1.0");
  REQUIRE(restored);
  CHECK(restored->sha256 == written->sha256);
  CHECK(everything(*target) == everything(*source));
  CHECK(examine(*target, schema()).applied == examine(*source, schema()).applied);

  // It is a store to go on with: counters count on, references are kept.
  CHECK(target->write([](Writer& writer) {
    return writer.value<std::int64_t>("INSERT INTO event (person, what) VALUES ('ada', 'went on') RETURNING number");
  }) == 2501);
  CHECK_THROWS_AS(target->write([](Writer& writer) { writer.run("DELETE FROM person WHERE id = 'ada'"); }), DatabaseError);
  CHECK(restore_backup(*target, schema(), file, std::nullopt, FakeClock(), "0.1.0").error().message.find("is not empty") != std::string::npos);
}

TEST_CASE_TEMPLATE("a backup from an older Waymark restores and is carried over", On, ON_BOTH_DATABASES) {
  On from;
  On to;
  const TemporaryFolder folder;
  const auto file = folder.path() / "backup";
  const auto source = from.open();
  fill(*source, 2);
  REQUIRE(write_backup(*source, schema(), file, std::nullopt, FakeClock(), "0.1.0"));
  const auto target = to.open();
  REQUIRE(restore_backup(*target, schema(), file, std::nullopt, FakeClock(), "0.2.0"));
  CHECK(examine(*target, schema()).state == SchemaReport::State::current);
  CHECK(target->read([](Reader& reader) { return reader.value<std::string>("SELECT name FROM person WHERE id = 'ada'"); }) == "unnamed");

  const auto newer = folder.path() / "newer";
  REQUIRE(write_backup(*target, schema(), newer, std::nullopt, FakeClock(), "0.2.0"));
  CHECK(try_restore(*On().open(), schema().until(2), newer, std::nullopt).error().message.find("this one knows 2") != std::string::npos);
}

TEST_CASE("a sealed backup opens with its passphrase only, and shows no word") {
  const OnSqlite from;
  const TemporaryFolder folder;
  const auto file = folder.path() / "backup";
  const auto source = from.open();
  fill(*source);
  REQUIRE(write_backup(*source, schema(), file, "a passphrase", FakeClock(), "0.1.0"));
  CHECK(bytes_of(file).find("wrote") == std::string::npos);
  CHECK(read_backup(file, std::nullopt).error().message.find("sealed") != std::string::npos);
  CHECK(read_backup(file, "another").error().message.find("does not open") != std::string::npos);
  const OnSqlite to;
  const auto target = to.open();
  REQUIRE(restore_backup(*target, schema(), file, "a passphrase", FakeClock(), "0.1.0"));
  CHECK(everything(*target) == everything(*source));
}

TEST_CASE("a backup that is cut off or changed anywhere is refused, and the store stays empty") {
  const OnSqlite from;
  const TemporaryFolder folder;
  const auto file = folder.path() / "backup";
  const auto source = from.open();
  fill(*source);
  REQUIRE(write_backup(*source, schema(), file, std::nullopt, FakeClock(), "0.1.0"));
  const std::string whole = bytes_of(file);
  const OnSqlite to;
  const auto target = to.open();
  const auto broken = folder.path() / "broken";
  const auto refused = [&](const std::string& bytes) {
    std::ofstream(broken, std::ios::binary | std::ios::trunc) << bytes;
    return restore_backup(*target, schema(), broken, std::nullopt, FakeClock(), "0.1.0").error();
  };
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 60) {
    CAPTURE(at);
    CHECK(refused(whole.substr(0, at)).kind == Error::Kind::bad_input);
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x11);
    CHECK(refused(changed).kind == Error::Kind::bad_input);
  }
  CHECK(refused(whole + "x").kind == Error::Kind::bad_input);
  CHECK(refused("a letter\n").message.find("is not a backup") != std::string::npos);
  CHECK(read_backup(folder.path() / "nothing", std::nullopt).error().kind == Error::Kind::not_found);
  CHECK(examine(*target, schema()).state == SchemaReport::State::fresh);
}

TEST_CASE("a backup writes over nothing and leaves nothing half-made") {
  const OnSqlite from;
  const TemporaryFolder folder;
  const auto source = from.open();
  CHECK(write_backup(*source, schema(), folder.path() / "backup", std::nullopt, FakeClock(), "0.1.0").error().message.find("is empty") !=
        std::string::npos);
  fill(*source);
  std::ofstream(folder.path() / "letter") << "mine";
  CHECK(write_backup(*source, schema(), folder.path() / "letter", std::nullopt, FakeClock(), "0.1.0").error().kind == Error::Kind::conflict);
  CHECK(bytes_of(folder.path() / "letter") == "mine");
  CHECK(write_backup(*source, schema(), folder.path() / "no" / "folder", std::nullopt, FakeClock(), "0.1.0").error().kind ==
        Error::Kind::unavailable);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE_TEMPLATE("a backup is of one moment while people go on writing", On, ON_BOTH_DATABASES) {
  On from;
  On to;
  const TemporaryFolder folder;
  const auto source = from.open();
  fill(*source);
  std::atomic<bool> stop = false;
  std::thread person([&] {
    // Two records that must be seen together.
    for (int i = 0; !stop; ++i) {
      source->write([&](Writer& writer) {
        for (const char* side : {"left", "right"}) {
          writer.run("INSERT INTO \"order\" (\"from\") VALUES (:from)", {{"from", side + std::to_string(i)}});
          writer.run("INSERT INTO event (person, what) VALUES ('ada', :what)", {{"what", side}});
        }
      });
    }
  });
  const auto written = write_backup(*source, schema(), folder.path() / "backup", std::nullopt, FakeClock(), "0.1.0");
  stop = true;
  person.join();
  REQUIRE(written);
  const auto target = to.open();
  REQUIRE(restore_backup(*target, schema(), folder.path() / "backup", std::nullopt, FakeClock(), "0.1.0"));
  target->read([](Reader& reader) {
    const auto orders = reader.value<std::int64_t>("SELECT COUNT(*) FROM \"order\"");
    CHECK(orders % 2 == 1);
    CHECK(reader.value<std::int64_t>("SELECT COUNT(*) FROM event") == 2500 + orders - 1);
  });
}
