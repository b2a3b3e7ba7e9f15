// A store of every released schema, filled, becomes a store of today: as it lies on the disk, and from a backup. tests/fixtures/db/README.md says how the
// fixtures are made.
#include <doctest/doctest.h>

#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "access/account.hpp"
#include "access/account_records.hpp"
#include "access/api_token.hpp"
#include "access/audit.hpp"
#include "access/joining.hpp"
#include "access/personal_data.hpp"
#include "access/second_factors.hpp"
#include "access/session_records.hpp"
#include "access/sign_in.hpp"
#include "base/fake_clock_test.hpp"
#include "base/text.hpp"
#include "cli/store.hpp"
#include "db/backup.hpp"
#include "db/search.hpp"
#include "release/publishing.hpp"
#include "test_stores.hpp"

using namespace waymark;

namespace {

namespace fs = std::filesystem;

const fs::path fixtures = fs::path(WAYMARK_SOURCE_DIR) / "tests/fixtures/db";
const std::string password = "correct horse battery";
const std::string session_token = "a token that somebody's browser holds";

access::KeyRing keys() { return access::KeyRing::parse("first:" + std::string(43, 'A') + "=").value(); }

/// Everything that a store of these migrations can hold, by the functions of today.
void fill(db::Database& database, const Clock& clock) {
  const access::Doing machine = access::Doing::at_the_machine();
  access::Accounts accounts(database, clock, {.passwords = {}, .cost = access::HashCost::least()});
  const auto ada = accounts
                       .create_with_password({.name = "Ada Ångström", .email = "ada@example.org", .person = "p1"}, password,
                                             std::vector{access::Role::administrator, access::Role::pathway_owner}, machine)
                       .value();
  const auto bo = accounts.create({.name = "Bo", .email = "Bo@Example.org", .person = {}, .external_id = "E-7"}, access::Doing::of(ada)).value();
  const auto eve = accounts.create({.name = "Eve", .email = "eve@example.org"}, access::Doing::of(ada)).value();
  REQUIRE(accounts.grant_role(bo, {access::Role::analyst, {"engineering", "SE"}}, *parse_date("2026-01-01"), *parse_date("2027-01-01"), "counts",
                              access::Doing::of(ada)));
  REQUIRE(accounts.lock(bo, "on leave", access::Doing::of(ada)));
  REQUIRE(accounts.set_password(ada, "another horse entirely", machine));
  REQUIRE(accounts.set_password(ada, password + " again", machine));
  const access::CurrentKeys ring(keys());
  REQUIRE(access::SecondFactors(database, clock, ring).begin(ada));
  access::Joining joining(database, accounts, clock);
  REQUIRE(joining.issue(access::LinkPurpose::invitation, eve, access::Doing::of(ada)));
  database.write([&](db::Writer& writer) {
    const access::SessionId id = access::SessionId::make();
    access::insert_session(writer, id, {.account = ada}, "Firefox on Linux", "192.0.2.1", clock.now());
    access::insert_session_token(writer, id, access::hash_of_token(session_token));
    db::put_search_text(writer, "note", "n1", "Harbour", "A crane, and what “it” lifts.");
  });
  REQUIRE(access::PersonalData().erase(database, eve, "asked for it", machine, clock));
}

/// What fill left is there, and what is new works.
void check(db::Database& database, const Clock& clock) {
  REQUIRE(db::examine(database, cli::store_schema()).state == db::SchemaReport::State::current);
  access::Accounts accounts(database, clock, {.passwords = {}, .cost = access::HashCost::least()});
  const auto ada = accounts.find_by_email("ADA@example.org");
  REQUIRE(ada);
  CHECK(ada->name == "Ada Ångström");
  CHECK(ada->person == "p1");
  CHECK(accounts.roles_today(ada->id).size() == 2);
  CHECK(accounts.find_by_external_id("E-7")->locked_at);
  CHECK(accounts.roles(accounts.find_by_external_id("E-7")->id).front().grant.scope == access::Scope{"engineering", "SE"});
  CHECK(!accounts.find_by_email("eve@example.org"));
  CHECK(accounts.change_password(ada->id, password + " again", "a third horse, at last", {}));
  CHECK(!accounts.change_password(ada->id, "a third horse, at last", password, {}));  // one of the last few
  CHECK(access::Sessions(database, clock).find(session_token).has_value() == false);  // a new password ends sessions
  database.write([&](db::Writer& writer) {
    CHECK(access::SecondFactors::seal_again(writer, keys().with_new_key()) == 1);
    CHECK(!access::verify_audit(writer).broken);
    CHECK(access::verify_audit(writer).end.sequence >= 12);
  });
  const auto found = database.read([](db::Reader& reader) {
    return reader.rows("SELECT record, rank FROM {matching :words}", {{"words", db::search_expression(reader.dialect(), "lifting crane")}},
                       [](std::string record, double) { return record; });
  });
  CHECK(found == std::vector<std::string>{"n1"});

  release::Versions versions(database);
  release::Publishing publishing(database, versions, clock);
  const Folder starter = read_folder(WAYMARK_SOURCE_DIR "/starter", pathway::document_extensions()).value();
  const auto published =
      publishing.publish({.folder = starter, .note = "The first"}, {access::Doing::of(ada->id), access::actor_of(accounts.roles_today(ada->id))});
  REQUIRE(published);
}

void run(const std::string& command) {
  INFO(command);
  REQUIRE(std::system(command.c_str()) == 0);
}

void load(const OnSqlite& on, const fs::path& dump) {
  std::ifstream stream(dump);
  std::ostringstream text;
  text << stream.rdbuf();
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(on.location().file.c_str(), &handle) == SQLITE_OK);
  const int done = sqlite3_exec(handle, text.str().c_str(), nullptr, nullptr, nullptr);
  const std::string said = sqlite3_errmsg(handle);
  sqlite3_close(handle);
  INFO(said);
  REQUIRE(done == SQLITE_OK);
}

void load(const OnPostgresql& on, const fs::path& dump) {
  run("psql -q -v ON_ERROR_STOP=1 '" + on.location().url + "' -f '" + dump.string() + "' >/dev/null");
}

/// Every table, column and index, in an order of its own.
std::string shape(db::Database& database) {
  std::string all;
  database.read([&](db::Reader& reader) {
    reader.for_each(
        {"SELECT type || ' ' || name || ' ' || tbl_name, COALESCE(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' ORDER "
         "BY 1",
         "SELECT CAST(table_name || '.' || column_name AS TEXT), CAST(data_type || ' ' || is_nullable || COALESCE(column_default, '') AS TEXT) "
         "FROM information_schema.columns WHERE table_schema = current_schema() "
         "UNION ALL SELECT CAST(indexname AS TEXT), regexp_replace(indexdef, current_schema() || '\\.', '') FROM pg_indexes WHERE schemaname = "
         "current_schema() "
         "UNION ALL SELECT CAST(conname AS TEXT), pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = CAST(current_schema() AS "
         "regnamespace) "
         "ORDER BY 1, 2"},
        {}, [&](std::string name, std::string what) { all += collapse_white_space(name + ": " + what) + '\n'; });
  });
  return all;
}

template <class On>
constexpr const char* ending = std::is_same_v<On, OnSqlite> ? ".sqlite.sql" : ".postgresql.sql";

std::vector<std::string> versions_with(std::string_view end) {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(fixtures)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(end)) found.push_back(name.substr(0, name.size() - end.size()));
  }
  REQUIRE(!found.empty());
  return found;
}

}  // namespace

TEST_CASE_TEMPLATE("a filled store of every released schema is carried over", On, ON_BOTH_DATABASES) {
  FakeClock clock("2026-11-24T09:00:00Z");
  On fresh_on;
  const auto fresh = fresh_on.open();
  REQUIRE(db::make_ready(*fresh, cli::store_schema(), clock, "test"));
  const std::string shape_today = shape(*fresh);
  for (const std::string& version : versions_with(ending<On>)) {
    CAPTURE(version);
    On on;
    load(on, fixtures / (version + ending<On>));
    const auto database = on.open();
    const auto report = db::examine(*database, cli::store_schema());
    REQUIRE(report.applied.size() == std::stoul(version));
    if (report.state != db::SchemaReport::State::current) REQUIRE(report.state == db::SchemaReport::State::older);
    const auto done = db::migrate(*database, cli::store_schema(), clock, "test");
    REQUIRE(done);
    CHECK(done->size() == cli::store_schema().migrations().size() - std::stoul(version));
    CHECK(shape(*database) == shape_today);
    check(*database, clock);
  }
}

TEST_CASE_TEMPLATE("a backup of every released schema restores", On, ON_BOTH_DATABASES) {
  FakeClock clock("2026-11-24T09:00:00Z");
  for (const std::string& version : versions_with(".backup")) {
    CAPTURE(version);
    On on;
    const auto database = on.open();
    REQUIRE(db::restore_backup(*database, cli::store_schema(), fixtures / (version + ".backup"), {}, clock, "test"));
    check(*database, clock);
  }
}

TEST_CASE("a store is filled for the fixtures" * doctest::skip()) {
  const int version = std::atoi(std::getenv("WAYMARK_FIXTURE_VERSION"));
  const fs::path into = std::getenv("WAYMARK_FIXTURE_FOLDER");
  const FakeClock clock("2026-11-24T09:00:00Z");
  for (const auto& [dialect, url] :
       {std::pair(db::Dialect::sqlite, std::string()), {db::Dialect::postgresql, PostgresqlServer::running().new_store()}}) {
    const auto database = db::Database::open({dialect, into / "store.sqlite", url});
    REQUIRE(db::migrate(*database, cli::store_schema().until(version), clock, "0.1.0"));
    fill(*database, clock);
    if (dialect == db::Dialect::postgresql)
      run("pg_dump --no-owner --inserts -n 'test_*' '" + url + "' > '" + (into / "store.postgresql.sql").string() + "'");
  }
}
