// How fast records are read and safely written, beside SQLite's own interface on the same file system: ./bench database
#include <sqlite3.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "db/database.hpp"

namespace {

using namespace waymark::db;
using SteadyClock = std::chrono::steady_clock;

constexpr int records = 100'000;

/// Calls a second: `work(thread, call)` from `threads` threads for about `seconds`.
template <class Work>
double each_second(int threads, double seconds, Work&& work) {
  std::atomic<long> calls = 0;
  std::atomic<bool> stop = false;
  const auto began = SteadyClock::now();
  std::vector<std::thread> people;
  for (int i = 0; i < threads; ++i) {
    people.emplace_back([&, i] {
      for (long n = 0; !stop; ++n) {
        work(i, n);
        ++calls;
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  stop = true;
  for (std::thread& person : people) person.join();
  return static_cast<double>(calls) / std::chrono::duration<double>(SteadyClock::now() - began).count();
}

void create(Database& database) {
  database.write([](Writer& writer) {
    writer.run("CREATE TABLE note (id {integer} NOT NULL PRIMARY KEY, words {text} NOT NULL) {strict}");
    for (int i = 0; i < records; ++i) writer.run("INSERT INTO note (id, words) VALUES (:id, :words)", {{"id", i}, {"words", std::string(200, 'w')}});
  });
}

std::string read_one(Reader& reader, long n) {
  return reader.value<std::string>("SELECT words FROM note WHERE id = :id", {{"id", n * 7919 % records}});
}

void write_one(Database& database, std::atomic<long>& next) {
  database.write([&](Writer& writer) {
    writer.run("INSERT INTO note (id, words) VALUES (:id, :words)", {{"id", next++}, {"words", std::string(200, 'w')}});
  });
}

double sqlite_alone(const std::string& file) {
  sqlite3* handle = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_open(file.c_str(), &handle) != SQLITE_OK) std::abort();
  sqlite3_prepare_v2(handle, "SELECT words FROM note WHERE id = ?", -1, &statement, nullptr);
  sqlite3_exec(handle, "BEGIN", nullptr, nullptr, nullptr);
  std::size_t sum = 0;
  const double speed = each_second(1, 1, [&](int, long n) {
    sqlite3_bind_int64(statement, 1, n * 7919 % records);
    sqlite3_step(statement);
    sum += std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0))).size();
    sqlite3_reset(statement);
  });
  sqlite3_finalize(statement);
  sqlite3_close(handle);
  return sum == 0 ? 0 : speed;
}

void say(const char* name, double value) { std::printf("%s %.1f\n", name, value); }

void measure(const DatabaseLocation& location, const std::string& prefix) {
  std::atomic<long> next = records;
  const auto named = [&](const char* what) { return prefix + what; };
  {
    const auto database = Database::open(location);
    create(*database);
    say(named("-point-reads-in-one-transaction").c_str(),
        database->read([](Reader& reader) { return each_second(1, 1, [&](int, long n) { read_one(reader, n); }); }));
    say(named("-reads-of-one-record").c_str(), each_second(1, 1, [&](int, long n) { database->read([&](Reader& reader) { read_one(reader, n); }); }));
    say(named("-pages-of-five-records-two-threads").c_str(), each_second(2, 1, [&](int, long n) {
          database->read([&](Reader& reader) {
            for (long i = 0; i < 5; ++i) read_one(reader, n + i);
          });
        }));
    say(named("-writes-one-thread").c_str(), each_second(1, 1, [&](int, long) { write_one(*database, next); }));
    say(named("-writes-eight-threads").c_str(), each_second(8, 1, [&](int, long) { write_one(*database, next); }));
  }
  const auto alone = Database::open(location, {.writes_at_once = 1});
  say(named("-writes-eight-threads-no-shared-commit").c_str(), each_second(8, 1, [&](int, long) { write_one(*alone, next); }));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) return 2;
  const DatabaseLocation file{Dialect::sqlite, argv[1], {}};
  measure(file, "sqlite");
  say("sqlite-alone-point-reads", sqlite_alone(argv[1]));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  say("memory-megabytes", static_cast<double>(usage.ru_maxrss) / 1024);
  if (argc == 3) measure(DatabaseLocation::parse(argv[2]).value(), "postgresql");
  return 0;
}
