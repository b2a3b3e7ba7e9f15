// A store that is away, or full, or read only: a page that says so, nothing acknowledged is lost, and all goes on by itself.
#include <doctest/doctest.h>

#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <set>
#include <thread>

#include "web/handlers.hpp"
#include "web/installation_test.hpp"
#include "file_size_limit.hpp"
#include "small_disk.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;
using namespace std::chrono_literals;

TEST_CASE("a database server that is away is told as such, and pages are there again when it is") {
  TestInstallation<OnPostgresql> house({}, {.reconnect_within = 100ms});
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  CHECK(house.get("/readyz", ada).status == 200);
  PostgresqlServer::running().stop();
  const auto page = house.get("/account", ada);
  CHECK(page.status == 503);
  CHECK(header_of(page, "Retry-After") == "5");
  CHECK(has(body_of(page), "The store of this installation does not answer."));
  CHECK(has(body_of(page), "the reference "));
  CHECK(!has(body_of(page), "postgresql"));
  CHECK(house.post("/account/sessions/end", ada).status == 503);
  CHECK(house.get("/readyz", ada).status == 503);
  CHECK(house.get("/healthz", ada).status == 200);
  PostgresqlServer::running().start();
  CHECK(house.get("/readyz", ada).status == 200);
  CHECK(house.get("/account", ada).status == 200);
  CHECK(house.post("/account/sessions/end", ada).status == 303);
}

TEST_CASE("a database server that restarts under people who read costs nobody a page") {
  TestInstallation<OnPostgresql> house;
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  std::atomic<bool> done = false;
  std::atomic<int> pages = 0, others = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&, reader = ada]() mutable {
      while (!done) ++(house.get("/account", reader).status == 200 ? pages : others);
    });
  }
  while (pages < 20) std::this_thread::yield();
  PostgresqlServer::running().restart();
  const int before = pages;
  while (pages < before + 20 && others == 0) std::this_thread::yield();
  done = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(others == 0);
  CHECK(house.post("/account/sessions/end", ada).status == 303);
}

TEST_CASE("where nothing more can be written, reading goes on, and so does writing once there is room") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  // From now on each request of hers would note when she was last seen.
  house.store.clock.advance(10min);
  {
    const FileSizeLimit limit(1);
    CHECK(house.get("/account", ada).status == 200);
    CHECK(house.get("/levels/SSE", ada).status == 200);
    Person again;
    const auto refused = house.post("/sign-in", again, {{"email", "ada@example.org"}, {"password", access::good_password}});
    CHECK(refused.status == 503);
    CHECK(has(body_of(refused), "Not at this moment"));
    CHECK(!has(body_of(refused), access::good_password));
    CHECK(again.cookies.empty());
    const auto kept = house.post("/accounts/new", ada, {{"name", "Bo"}, {"email", "bo@example.org"}, {"role", "engineer"}});
    CHECK(kept.status == 503);
    // What was typed stays, to be sent once more.
    CHECK(has(body_of(kept), "Send it once more"));
    CHECK(has(body_of(kept), "name=\"email\" value=\"bo@example.org\""));
  }
  CHECK(!house.installation.accounts.find_by_email("bo@example.org"));
  CHECK(house.post("/accounts/new", ada, {{"name", "Bo"}, {"email", "bo@example.org"}, {"role", "engineer"}}).status < 400);
  CHECK(house.installation.accounts.find_by_email("bo@example.org"));
  CHECK(!house.store.verified().broken);
  CHECK(house.signed_in("ada@example.org").cookies.contains("waymark"));
}

TEST_CASE("a full disk is told as such, keeps what was acknowledged, and needs no restart") {
  const auto said = on_small_disk("6m", [](const std::filesystem::path& disk) -> std::string {
    setenv("TMPDIR", disk.c_str(), 1);
    TestInstallation<OnSqlite> house;
    house.add("Ada", {access::Role::administrator});
    Person ada = house.signed_in("ada@example.org");
    const auto open_account = [&](int number) {
      return house.post("/accounts/new", ada, {{"name", "Number " + std::to_string(number)}, {"email", std::to_string(number) + "@example.org"}, {"role", "engineer"}});
    };
    const auto is_there = [&](int number) { return house.installation.accounts.find_by_email(std::to_string(number) + "@example.org").has_value(); };
    int next = 0;
    {
      const Ballast ballast(disk / "ballast");
      // What the files of the store have room for already may still be written.
      http::Response answer;
      while ((answer = open_account(next)).status == 201 && next < 5000) ++next;
      if (answer.status != 503) return "the last answer was " + std::to_string(answer.status);
      if (!has(body_of(answer), "The disk of this installation is full")) return "the page does not say what it is";
      if (!has(body_of(answer), "Send it once more")) return "what was typed is gone";
      if (!has(body_of(answer), std::to_string(next) + "@example.org")) return "the address is gone";
      if (house.get("/account", ada).status != 200 || house.get("/levels/SSE", ada).status != 200) return "reading does not go on";
      if (is_there(next)) return "what was refused is there";
    }
    if (open_account(next).status != 201) return "writing does not go on";
    for (int number = 0; number <= next; ++number) {
      if (!is_there(number)) return "no. " + std::to_string(number) + " was acknowledged and is lost";
    }
    return house.store.verified().broken ? "the audit is broken" : "";
  });
  if (!said) {
    MESSAGE("this machine lets nobody mount a disk; the test before stands in");
  } else {
    CHECK(*said == "");
  }
}

TEST_CASE("the page says what it is that the store would not do") {
  const SmallSite small;
  http::Request request;
  request.path = "/accounts/new";
  request.method = http::Method::post;
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
  request.body = "name=Bo";
  const auto found = match(request.path, request.method);
  Visit visit = visit_of(small.site, nullptr, request, found);
  take_form(visit);
  using Kind = db::DatabaseError::Kind;
  const auto page = [&](Kind kind) { return body_of(handlers::unavailable(visit, kind, "abcd2345")); };
  CHECK(has(page(Kind::full), "The disk of this installation is full"));
  CHECK(has(page(Kind::full), "abcd2345"));
  CHECK(has(page(Kind::full), "Send it once more"));
  CHECK(has(page(Kind::read_only), "takes no changes at the moment"));
  CHECK(has(page(Kind::busy), "Too much is being changed"));
  CHECK(has(page(Kind::uncertain), "may have been kept or not"));
  CHECK(!has(page(Kind::uncertain), "Send it once more"));
  CHECK(!has(page(Kind::uncertain), "nothing was changed"));
}
