// Any number of servers before one database: what is done at one of them holds at all.
#include <doctest/doctest.h>

#include "web/installation_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;

namespace {

/// Two servers with connections, keys and pages of their own.
struct TwoNodes {
  TestInstallation<OnPostgresql> one;
  std::unique_ptr<db::Database> database = one.store.on.open();
  Installation installation{*database, one.store.clock, access::CurrentKeys(*one.installation.keys.ring()), TestInstallation<OnPostgresql>::prepared({}, one.store)};
  Application other{Application::Mode::settled, &installation};

  TwoNodes() {
    other.show(load(small_folder()), {}, nullptr, std::make_shared<const Folder>(small_folder()));
    other.wait_until_ready();
    one.add("Ada", {access::Role::administrator});
    one.add("Olu", {access::Role::pathway_owner});
    one.add("Ravi");
  }
  [[nodiscard]] http::Response get_at_other(const std::string& target, Person& person) { return ask(other, http::Method::get, target, {}, person); }
};

}  // namespace

TEST_CASE("who signs in at one server acts at the other, and is signed out at both") {
  TwoNodes nodes;
  Person ravi = nodes.one.signed_in("ravi@example.org");
  CHECK(has(body_of(nodes.get_at_other("/account", ravi)), "You are Ravi"));
  CHECK(post(nodes.other, "/account/tokens", ravi, {{"name", "script"}, {"scopes", "pathway"}, {"days", "30"}}).status < 400);
  CHECK(has(body_of(nodes.one.get("/account/tokens", ravi)), "script"));

  Person elsewhere = nodes.one.signed_in("ravi@example.org");
  CHECK(post(nodes.other, "/account/sessions/end", elsewhere).status == 303);
  CHECK(nodes.one.get("/account", elsewhere).status == 200);
  CHECK(header_of(nodes.one.get("/account", ravi), "Location") == "/sign-in?to=%2Faccount");

  Person signed_out = elsewhere;
  CHECK(nodes.one.post("/sign-out", elsewhere).status == 303);
  CHECK(header_of(nodes.get_at_other("/account", signed_out), "Location") == "/sign-in?to=%2Faccount");
}

TEST_CASE("a role given at one server opens a page at the other, and a lock there closes both") {
  TwoNodes nodes;
  Person ada = nodes.one.signed_in("ada@example.org");
  Person ravi = nodes.one.signed_in("ravi@example.org");
  CHECK(nodes.get_at_other("/audit", ravi).status == 403);
  const auto account = nodes.installation.accounts.find_by_email("ravi@example.org");
  REQUIRE(account);
  const std::string page = "/accounts/" + account->id.text();
  CHECK(nodes.one.post(page + "/roles", ada, {{"role", "administrator"}, {"why", "helps out"}}).status == 303);
  CHECK(nodes.get_at_other("/audit", ravi).status == 200);
  CHECK(post(nodes.other, page + "/lock", ada, {{"why", "left"}}).status == 303);
  CHECK(nodes.one.get("/account", ravi).status == 303);
}

TEST_CASE("wrong passwords at two servers are counted together") {
  TwoNodes nodes;
  Person guesser;
  int status = 0;
  for (int i = 0; i < 8; ++i) {
    status = post(i % 2 == 0 ? nodes.one.application : nodes.other, "/sign-in", guesser, {{"email", "ravi@example.org"}, {"password", "wrong wrong wrong"}}).status;
  }
  CHECK(status == 429);
}

TEST_CASE("a version that is published at one server is what the other shows") {
  TwoNodes nodes;
  Person olu = nodes.one.signed_in("olu@example.org");
  Person ravi = nodes.one.signed_in("ravi@example.org");
  const auto published = nodes.one.post("/publish", olu, {{"note", "To begin with"}, {"because", "a small one"}, {"after", ""}});
  REQUIRE(published.status == 303);
  CHECK(has(body_of(nodes.get_at_other("/versions", ravi)), "To begin with"));
  const std::string hash = nodes.installation.versions.newest()->hash;
  const Folder reworded = release::testing::edited(small_folder(), "levels/SSE.md", "Writes the SSE record.", "Writes the SSE record and sends it round.");
  nodes.one.application.show(load(reworded), {}, nullptr, std::make_shared<const Folder>(reworded));
  REQUIRE(nodes.one.post("/publish", olu, {{"note", "Says who reads it"}, {"because", "a small one"}, {"same-meaning", "SSE.writes"}, {"after", hash}}).status == 303);
  nodes.other.follow_versions();  // as the server does by itself
  CHECK(nodes.other.version() == nodes.one.application.version());
  CHECK(has(body_of(nodes.get_at_other("/levels/SSE", ravi)), "sends it round"));
}

TEST_CASE("a table that was uploaded at one server is looked at and brought in at the other") {
  TwoNodes nodes;
  Person ada = nodes.one.signed_in("ada@example.org");
  const std::string file = "id,name,email,manager\n1,Ifeoma Brandt,ifeoma@example.org,\n2,Yuki Obradović,yuki@example.org,1\n";
  const auto uploaded = nodes.one.post("/people/import/upload", ada, {{"file", file}});
  REQUIRE(uploaded.status == 303);
  const std::string location = header_of(uploaded, "Location");
  CHECK(has(body_of(nodes.get_at_other(location, ada)), "Ifeoma Brandt"));
  const std::string key = location.substr(location.find('=') + 1);
  CHECK(post(nodes.other, "/people/import", ada, {{"upload", key}, {"why", "To begin with"}}).status == 303);
  CHECK(nodes.one.installation.organisation.now()->people() == 2);
}
