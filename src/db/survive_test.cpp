// What must survive: a killed process, a full disk, a file that may not be written, a lock, a server that restarts.
#include <doctest/doctest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "db/connection.hpp"
#include "test_stores.hpp"
#include "file_size_limit.hpp"

using namespace waymark;
using namespace waymark::db;
using Kind = DatabaseError::Kind;
using namespace std::chrono_literals;

namespace {

void create(Database& database) {
  database.write([](Writer& writer) {
    writer.run("CREATE TABLE IF NOT EXISTS note (id {integer} NOT NULL PRIMARY KEY, twin {integer} NOT NULL, words {text} NOT NULL) {strict}");
  });
}

/// Two records that belong together.
void add_pair(Database& database, std::int64_t id, std::size_t words = 300) {
  database.write([&](Writer& writer) {
    for (const std::int64_t each : {id, -id}) {
      writer.run("INSERT INTO note (id, twin, words) VALUES (:id, :twin, :words)",
                 {{"id", each}, {"twin", -each}, {"words", std::string(words, 'w')}});
    }
  });
}

std::set<std::int64_t> ids(Database& database) {
  const auto all = database.read([](Reader& reader) { return reader.rows("SELECT id FROM note", {}, [](std::int64_t id) { return id; }); });
  return {all.begin(), all.end()};
}

Kind kind_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const DatabaseError& error) {
    CHECK(!error.way_out().empty());
    return error.kind();
  }
  FAIL("nothing was thrown");
  return Kind::wrong;
}

/// Writes from three threads and says each id into the pipe once it is acknowledged, until it is killed.
[[noreturn]] void write_until_killed(const DatabaseLocation& location, std::int64_t first, int pipe) {
  try {
    const auto database = Database::open(location);
    create(*database);
    std::atomic<std::int64_t> next = first;
    const auto work = [&] {
      for (;;) {
        const std::int64_t id = next++;
        add_pair(*database, id);
        if (::write(pipe, &id, sizeof id) != sizeof id) _exit(3);
      }
    };
    std::thread one(work);
    std::thread two(work);
    work();
  } catch (...) {
  }
  _exit(2);
}

/// The ids that a child acknowledged before it was killed, which is after `most` of them or a little later.
std::vector<std::int64_t> acknowledged_by_one_that_is_killed(const DatabaseLocation& location, std::int64_t first, std::size_t most,
                                                             std::chrono::microseconds later) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    write_until_killed(location, first, ends[1]);
  }
  close(ends[1]);
  std::vector<std::int64_t> acknowledged;
  std::int64_t id = 0;
  while (acknowledged.size() < most && read(ends[0], &id, sizeof id) == sizeof id) acknowledged.push_back(id);
  std::this_thread::sleep_for(later);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFSIGNALED(status));
  while (read(ends[0], &id, sizeof id) == sizeof id) acknowledged.push_back(id);
  close(ends[0]);
  return acknowledged;
}

}  // namespace

TEST_CASE_TEMPLATE("a hundred times killed, and every acknowledged write is there, whole", On, ON_BOTH_DATABASES) {
  On store;
  create(*store.open());
  std::mt19937 random(20260302);
  std::set<std::int64_t> acknowledged;
  for (int round = 1; round <= 100; ++round) {
    const std::size_t most = random() % 12;
    const std::chrono::microseconds later(random() % (most == 0 ? 30'000 : 3'000));
    for (const std::int64_t id : acknowledged_by_one_that_is_killed(store.location(), round * 1'000'000, most, later)) acknowledged.insert(id);
    if (round % 10 != 0) continue;
    CAPTURE(round);
    const auto database = store.open();
    const auto kept = ids(*database);
    for (const std::int64_t id : acknowledged) {
      if (!kept.contains(id)) FAIL("an acknowledged write is lost: ", id);
    }
    for (const std::int64_t id : kept) {
      if (!kept.contains(-id)) FAIL("half a write was kept: ", id);
    }
  }
  CHECK(acknowledged.size() > 300);
  if (store.location().dialect == Dialect::sqlite) {
    const auto database = store.open();
    CHECK(database->read([](Reader& reader) { return reader.value<std::string>("SELECT integrity_check FROM pragma_integrity_check"); }) == "ok");
  }
}

namespace {

/// What root may do, the account of a service may not.
class AsNobody {
 public:
  AsNobody() {
    if (geteuid() == 0) m_was_root = seteuid(65534) == 0;
  }
  ~AsNobody() {
    if (m_was_root && seteuid(0) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  bool m_was_root = false;
};

}  // namespace

namespace {

/// Fills the store from three threads until `most` writes were refused; what was acknowledged.
std::set<std::int64_t> fill(Database& database, Kind expected, int most) {
  std::set<std::int64_t> acknowledged;
  std::mutex mutex;
  std::atomic<int> refused = 0;
  std::atomic<std::int64_t> next = 1;
  const auto work = [&] {
    while (refused < most && next < 5000) {
      const std::int64_t id = next++;
      try {
        add_pair(database, id, 4000);
        const std::lock_guard lock(mutex);
        acknowledged.insert(id);
      } catch (const DatabaseError& error) {
        if (error.kind() == expected) ++refused;
      }
    }
  };
  std::thread one(work);
  std::thread two(work);
  work();
  one.join();
  two.join();
  return refused >= most ? acknowledged : std::set<std::int64_t>();
}

bool holds_exactly(Database& database, const std::set<std::int64_t>& acknowledged) {
  std::set<std::int64_t> expected = acknowledged;
  for (const std::int64_t id : acknowledged) expected.insert(-id);
  return ids(database) == expected;
}

/// A disk of one megabyte in a world of its own; gone with the process.
bool mount_small_disk(const std::filesystem::path& folder) {
  const int flags = geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;
  if (unshare(flags) != 0) return false;
  mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
  return mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=1m") == 0;
}

enum class Ending { kept, not_mounted, nothing_refused, lost, not_recovered };

Ending on_a_small_disk(const std::filesystem::path& folder) {
  if (!mount_small_disk(folder)) return Ending::not_mounted;
  const std::filesystem::path ballast = folder / "ballast";
  std::ofstream(ballast) << std::string(300'000, 'b');
  const auto database = Database::open({Dialect::sqlite, folder / "store.sqlite", {}});
  create(*database);
  auto acknowledged = fill(*database, Kind::full, 5);
  if (acknowledged.empty()) return Ending::nothing_refused;
  if (!holds_exactly(*database, acknowledged)) return Ending::lost;
  std::filesystem::remove(ballast);
  add_pair(*database, 9999);
  acknowledged.insert(9999);
  return holds_exactly(*database, acknowledged) ? Ending::kept : Ending::not_recovered;
}

}  // namespace

TEST_CASE("a full disk stops a write, loses none, and is over when there is room again") {
  const TemporaryFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    try {
      _exit(static_cast<int>(on_a_small_disk(folder.path())));
    } catch (...) {
      _exit(100);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == static_cast<int>(Ending::not_mounted)) {
    MESSAGE("this machine lets nobody mount a disk; the next test stands in");
  } else {
    CHECK(WEXITSTATUS(status) == static_cast<int>(Ending::kept));
  }
}

TEST_CASE("a quota that is used up stops a write, loses none, and is over when it is raised") {
  const OnSqlite store;
  const auto database = store.open();
  create(*database);
  std::set<std::int64_t> acknowledged;
  {
    const FileSizeLimit limit(200'000);
    acknowledged = fill(*database, Kind::unavailable, 20);
    CHECK(!acknowledged.empty());
    CHECK(holds_exactly(*database, acknowledged));
  }
  add_pair(*database, 9999, 4000);
  acknowledged.insert(9999);
  CHECK(holds_exactly(*database, acknowledged));
}

TEST_CASE("a file that may not be written says so, and what to do") {
  const TemporaryFolder folder;
  const DatabaseLocation location{Dialect::sqlite, folder.path() / "store.sqlite", {}};
  create(*Database::open(location));
  chmod(location.file.c_str(), 0444);
  chmod(folder.path().c_str(), 0555);
  {
    const AsNobody nobody;
    CHECK(kind_of([&] { static_cast<void>(Database::open(location)); }) == Kind::read_only);
    CHECK(kind_of([&] { static_cast<void>(Database::open({Dialect::sqlite, folder.path() / "new.sqlite", {}})); }) == Kind::read_only);
  }
  chmod(folder.path().c_str(), 0755);
  chmod(location.file.c_str(), 0600);
  add_pair(*Database::open(location), 1);
  CHECK(kind_of([&] { static_cast<void>(Database::open({Dialect::sqlite, folder.path() / "no" / "folder.sqlite", {}})); }) == Kind::unavailable);
}

TEST_CASE("a file that is no database is left as it is") {
  const TemporaryFolder folder;
  const DatabaseLocation location{Dialect::sqlite, folder.path() / "letter.txt", {}};
  const std::string letter(2000, 'x');
  std::ofstream(location.file) << letter;
  CHECK(kind_of([&] { static_cast<void>(Database::open(location)); }) == Kind::damaged);
  std::ostringstream after;
  after << std::ifstream(location.file).rdbuf();
  CHECK(after.str() == letter);
}

TEST_CASE("a lock that another program holds makes a write wait, then say so; reading goes on") {
  const OnSqlite store;
  const auto database = store.open({.lock_timeout = 50ms});
  create(*database);
  const auto other = connect_sqlite(store.location(), SqliteUse::write, 50ms);
  other->command("BEGIN IMMEDIATE");
  CHECK(kind_of([&] { add_pair(*database, 1); }) == Kind::busy);
  CHECK(ids(*database).empty());
  other->roll_back();
  add_pair(*database, 1);
  CHECK(ids(*database).size() == 2);
}

TEST_CASE("a server that restarts in the middle of a write loses nothing and doubles nothing") {
  const OnPostgresql store;
  const auto database = store.open();
  create(*database);
  int calls = 0;
  database->write([&](Writer& writer) {
    writer.run("INSERT INTO note (id, twin, words) VALUES (1, -1, 'w')");
    if (++calls == 1) PostgresqlServer::running().restart();
    writer.run("INSERT INTO note (id, twin, words) VALUES (-1, 1, 'w')");
  });
  CHECK(calls == 2);
  CHECK(ids(*database) == std::set<std::int64_t>{-1, 1});
  PostgresqlServer::running().restart();
  // Idle connections are found to be gone before they are used.
  int asked = 0;
  CHECK(database->read([&](Reader& reader) {
    ++asked;
    return reader.value<std::int64_t>("SELECT COUNT(*) FROM note");
  }) == 2);
  CHECK(asked == 1);
}

TEST_CASE("a server that is away is told as such, and all goes on when it is back") {
  const OnPostgresql store;
  const auto database = store.open({.reconnect_within = 100ms});
  create(*database);
  PostgresqlServer::running().stop();
  CHECK(kind_of([&] { add_pair(*database, 1); }) == Kind::unavailable);
  CHECK(kind_of([&] { ids(*database); }) == Kind::unavailable);
  CHECK(kind_of([&] { static_cast<void>(store.open()); }) == Kind::unavailable);
  PostgresqlServer::running().start();
  CHECK(ids(*database).empty());
  add_pair(*database, 1);
  CHECK(ids(*database).size() == 2);
}

TEST_CASE("a connection that breaks while saving is told as uncertain, and never tried again by itself") {
  const OnPostgresql store;
  const auto database = store.open();
  create(*database);
  database->write([](Writer& writer) {
    writer.run(Sql("",
                   "CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN "
                   "NULL; END $$"));
    writer.run(
        Sql("", "CREATE CONSTRAINT TRIGGER breaks AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION break_off()"));
  });
  int calls = 0;
  CHECK(kind_of([&] {
          database->write([&](Writer& writer) {
            ++calls;
            writer.run("INSERT INTO note (id, twin, words) VALUES (1, -1, 'w')");
          });
        }) == Kind::uncertain);
  CHECK(calls == 1);
  CHECK(ids(*database).empty());
}
