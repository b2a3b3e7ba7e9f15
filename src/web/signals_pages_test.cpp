// Who is shown which signal; and what a demo shows that no other organisation does.
#include <doctest/doctest.h>

#include "access/feature_switches.hpp"
#include "org/registry.hpp"
#include "web/demo_sign_ins.hpp"
#include "web/installation_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;
using access::Role;
using org::Kind;

namespace {

bool has(const http::Response& response, std::string_view words) { return body_of(response).find(words) != std::string::npos; }

/// Hana heads; Early reports to her and came to lead straight from JSE; Una, whose level nobody knows, reports to Early.
template <class On>
struct House {
  TestInstallation<On> house;
  std::map<std::string, org::PersonId> ids;

  explicit House(const std::string& source) {
    org::Changes changes;
    const Date from = *parse_date("2024-01-01");
    const auto add = [&](const std::string& name, const std::string& level, const std::string& manager) {
      const auto id = ids.emplace(name, org::PersonId::make()).first->second;
      changes.people.push_back({id, {.name = name, .email = to_lower_ascii(name) + "@example.org"}});
      changes.facts.push_back({id.text(), Kind::employed, from, std::string(org::yes)});
      changes.facts.push_back({id.text(), Kind::country, from, "SE"});
      if (!level.empty()) changes.facts.push_back({id.text(), Kind::level, from, level});
      if (!manager.empty()) changes.facts.push_back({id.text(), Kind::manager, from, ids.at(manager).text()});
    };
    add("Hana", "LSE", "");
    add("Early", "JSE", "Hana");
    changes.facts.push_back({ids.at("Early").text(), Kind::level, *parse_date("2025-03-01"), "TTL"});
    add("Una", "", "Early");
    REQUIRE(house.installation.organisation.change(changes, {.source = source}).problems.empty());
    house.add("Admin", {Role::administrator});
    for (const char* const name : {"Hana", "Early", "Una"}) house.add(name);
  }
  Person person(const std::string& name) { return house.signed_in(to_lower_ascii(name) + "@example.org"); }
};

}  // namespace

TEST_CASE_TEMPLATE("a signal is shown to the one who can act, and to nobody else", On, ON_BOTH_DATABASES) {
  House<On> office("form");
  Person hana = office.person("Hana");
  const auto for_hana = office.house.get("/signals", hana);
  CHECK(for_hana.status == 200);
  CHECK(has(for_hana, "Early came to leadership before Senior Engineer"));
  CHECK(has(for_hana, "1 March 2025"));
  CHECK(has(for_hana, "/people/" + office.ids.at("Early").text()));
  CHECK(!has(for_hana, "Una"));

  Person early = office.person("Early");
  const auto for_early = office.house.get("/signals", early);
  CHECK(for_early.status == 200);
  CHECK(has(for_early, "1 person who reports to you has no level yet"));
  CHECK(has(for_early, "Una"));
  CHECK(!has(for_early, "came to leadership"));

  Person una = office.person("Una");
  CHECK(office.house.get("/signals", una).status == 403);
  Person admin = office.person("Admin");
  CHECK(office.house.get("/signals", admin).status == 403);
}

TEST_CASE_TEMPLATE("where insight is switched off nothing is said about the people there", On, ON_BOTH_DATABASES) {
  House<On> office("form");
  Person hana = office.person("Hana");
  CHECK(has(office.house.get("/signals", hana), "Early"));
  REQUIRE(access::switch_off(*office.house.store.database, {access::Feature::insight, {.country = "SE"}}, "The works council has not agreed.",
                             access::Doing::at_the_machine(), office.house.store.clock)
              .has_value());
  const auto response = office.house.get("/signals", hana);
  CHECK(response.status == 200);
  CHECK(!has(response, "came to leadership"));
  CHECK(has(response, "There is nothing to ask about today."));
  CHECK(has(office.house.get("/my-people", hana), "href=\"/signals\""));

  REQUIRE(access::switch_off(*office.house.store.database, {access::Feature::insight, {}}, "Not anywhere for now.", access::Doing::at_the_machine(), office.house.store.clock).has_value());
  CHECK(office.house.get("/signals", hana).status == 403);
  CHECK(!has(office.house.get("/my-people", hana), "href=\"/signals\""));
}

TEST_CASE_TEMPLATE("a demo says on every page that it is one, and shows who to sign in as", On, ON_BOTH_DATABASES) {
  House<On> demo{std::string(org::demo_source)};
  auto& house = demo.house;
  const auto account = house.installation.accounts.create_with_password({.name = "Cleo", .email = "cleo@example.org", .external_id = "demo:engineer"},
                                                                        demo_password, {}, access::Doing::at_the_machine());
  REQUIRE(account.has_value());
  house.application.show(load(small_folder()), {}, nullptr, std::make_shared<const Folder>(small_folder()));
  house.application.wait_until_ready();
  Person visitor;
  const auto door = house.get("/sign-in", visitor);
  CHECK(has(door, "This is a demo organisation."));
  CHECK(has(door, "cleo@example.org"));
  CHECK(has(door, demo_password));
  CHECK(!has(door, "An analyst"));  // who has no account here
  CHECK(house.post("/sign-in", visitor, {{"email", "cleo@example.org"}, {"password", std::string(demo_password)}}).status == 303);
  for (const char* const page : {"/", "/levels/SSE", "/people", "/account"}) {
    CAPTURE(page);
    CHECK(has(house.get(page, visitor), "This is a demo organisation."));
  }
  // A locked account is offered no more.
  REQUIRE(house.installation.accounts.lock(*account, "for the test", access::Doing::at_the_machine()).has_value());
  Person another;
  CHECK(!has(house.get("/sign-in", another), "cleo@example.org"));
}

TEST_CASE_TEMPLATE("no other organisation shows a sign-in or the banner, whatever is in its store", On, ON_BOTH_DATABASES) {
  House<On> office("form");
  auto& house = office.house;
  REQUIRE(house.installation.accounts
              .create_with_password({.name = "Cleo", .email = "cleo@example.org", .external_id = "demo:engineer"}, demo_password, {},
                                    access::Doing::at_the_machine())
              .has_value());
  // Not even when something from a demo comes into it later.
  org::Changes later;
  later.people.push_back({org::PersonId::make(), {.name = "Somebody"}});
  REQUIRE(house.installation.organisation.change(later, {.source = std::string(org::demo_source)}).problems.empty());
  CHECK(!house.installation.organisation.is_demo());
  house.application.show(load(small_folder()), {}, nullptr, std::make_shared<const Folder>(small_folder()));
  house.application.wait_until_ready();
  Person visitor;
  const auto door = house.get("/sign-in", visitor);
  CHECK(!has(door, "demo"));
  CHECK(!has(door, "cleo@example.org"));
  CHECK(!has(door, demo_password));
}
