// The organisation by form: thirty engineers and no HR system, and who sees what of it.
#include <doctest/doctest.h>

#include "org/registry.hpp"
#include "web/installation_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;
using access::Role;

namespace {

std::string path_of(const http::Response& response) {
  const std::string location = header_of(response, "Location");
  return location.substr(0, location.find('?'));
}

bool has(const http::Response& response, std::string_view words) { return body_of(response).find(words) != std::string::npos; }

/// A house with an administrator who is nobody's colleague, and a few people added by form.
template <class On>
struct SmallHouse {
  TestInstallation<On> house;
  Person admin;
  std::string engineering, payments, ada, bo, chi;

  SmallHouse() {
    house.add("Admin", {Role::administrator});
    admin = house.signed_in("admin@example.org");
    engineering = team("Engineering", "");
    payments = team("Payments", "Engineering");
    ada = person({{"name", "Ada Ångström"}, {"email", "ada@example.org"}, {"from", "2020-01-01"}, {"team", "Engineering"}});
    bo = person({{"name", "Bo Lind"}, {"email", "bo@example.org"}, {"from", "2021-02-03"}, {"team", "Payments"}, {"person", "Ada Ångström"}, {"level", "TTL"}});
    chi = person({{"name", "Chi Mbeki"}, {"email", "chi@example.org"}, {"from", "2022-03-04"}, {"team", "Payments"}, {"person", "Bo Lind"}, {"level", "SSE"}, {"country", "se"}, {"working_time", "80"}});
  }

  std::string team(const std::string& name, const std::string& parent) {
    const auto response = house.post("/teams/new", admin, {{"name", name}, {"from", "2019-01-01"}, {"team", parent}});
    REQUIRE(response.status == 303);
    return path_of(response);
  }
  std::string person(Fields fields) {
    const auto response = house.post("/people/new", admin, std::move(fields));
    REQUIRE(response.status == 303);
    return path_of(response);
  }
  Person account(const std::string& name, const std::vector<Role>& roles = {}) {
    static_cast<void>(house.store.add(name, to_lower_ascii(name) + "@example.org", access::good_password, roles));
    return house.signed_in(to_lower_ascii(name) + "@example.org");
  }
};

}  // namespace

TEST_CASE_TEMPLATE("a small organisation is kept by form, and a mistake is mended", On, ON_BOTH_DATABASES) {
  SmallHouse<On> small;
  auto page = small.house.get(small.chi, small.admin);
  CHECK(page.status == 200);
  CHECK(has(page, "Senior Engineer since 4 March 2022, 4 years and 8 months."));
  CHECK(has(page, "Works 80 % of the full time"));
  CHECK(has(page, "Reports to Bo Lind"));
  CHECK(has(page, "Team: Payments"));

  // A level from a day on; the day was wrong; it is taken back and recorded anew.
  CHECK(small.house.post(small.chi + "/change", small.admin, {{"what", "level"}, {"level", "LSE"}, {"from", "2026-03-01"}, {"why", "agreed in February"}}).status == 303);
  CHECK(has(small.house.get(small.chi, small.admin), "since 1 March 2026"));
  CHECK(small.house.post(small.chi + "/take-back", small.admin, {{"what", "level"}, {"from", "2026-03-01"}, {"value", "LSE"}}).status == 303);
  CHECK(small.house.post(small.chi + "/change", small.admin, {{"what", "level"}, {"level", "LSE"}, {"from", "2026-05-01"}}).status == 303);
  page = small.house.get(small.chi, small.admin);
  CHECK(has(page, "since 1 May 2026"));
  CHECK(has(page, "agreed in February"));
  CHECK(has(small.house.get(small.chi + "?on=2026-04-01", small.admin), "Senior Engineer since 4 March 2022"));

  // Leave, leaving, coming back.
  CHECK(small.house.post(small.chi + "/change", small.admin, {{"what", "away"}, {"from", "2026-11-01"}, {"to", "2027-01-31"}}).status == 303);
  CHECK(has(small.house.get(small.chi, small.admin), "On leave at present"));
  CHECK(small.house.post(small.chi + "/change", small.admin, {{"what", "leaving"}, {"to", "2026-11-20"}}).status == 303);
  CHECK(has(small.house.get(small.chi, small.admin), "Worked here until 20 November 2026."));
  CHECK(small.house.post(small.chi + "/change", small.admin, {{"what", "return"}, {"from", "2026-11-24"}}).status == 303);
  CHECK(has(small.house.get(small.chi, small.admin), "Reports to Bo Lind"));

  // What cannot be is said where it was typed, and changes nothing.
  auto refused = small.house.post(small.ada + "/change", small.admin, {{"what", "manager"}, {"person", "Chi Mbeki"}, {"from", "2026-11-24"}, {"why", "turned round"}});
  CHECK(refused.status == 422);
  CHECK(has(refused, "Ada Ångström → Chi Mbeki → Bo Lind → Ada Ångström"));
  CHECK(has(refused, "turned round"));
  refused = small.house.post("/people/new", small.admin, {{"name", "Dee"}, {"email", "BO@example.org"}, {"from", "2026-11-24"}});
  CHECK(refused.status == 409);
  CHECK(has(refused, "belongs to Bo Lind already"));
  refused = small.house.post("/people/new", small.admin, {{"name", "Dee"}, {"from", "31.02.2026"}});
  CHECK(refused.status == 422);
  CHECK(has(refused, "is no date"));
  CHECK(small.house.installation.organisation.now()->people() == 3);
  CHECK(!small.house.store.verified().broken);
}

TEST_CASE("after signing in one sees where one is, and what is in reach") {
  SmallHouse<OnSqlite> small;
  Person bo = small.account("Bo");
  auto page = small.house.get("/", bo);
  CHECK(has(page, "You are at <a href=\"/levels/TTL\">Team Lead</a> since 3 February 2021"));
  CHECK(has(page, "here-ring"));
  CHECK(has(page, "/my-people"));
  CHECK(header_of(page, "Cache-Control") == "no-store");
  Person chi = small.account("Chi");
  CHECK(has(small.house.get("/", chi), "class=\"way-on\" href=\"/levels/"));
  page = small.house.get("/my-people", bo);
  CHECK(has(page, "Chi Mbeki"));
  CHECK(has(page, "map-count"));
  // Whoever has no place sees the landscape as it is for everybody.
  page = small.house.get("/", small.admin);
  CHECK(page.status == 200);
  CHECK(!has(page, "You are at"));
  CHECK(has(small.house.get("/my-people", small.admin), "Nobody reports to you."));
}

TEST_CASE("people are seen by those who work with them, and found by name by everybody") {
  SmallHouse<OnSqlite> small;
  const std::string eve = small.person({{"name", "Eve Okafor"}, {"email", "eve@example.org"}, {"from", "2024-01-01"}, {"team", "Engineering"}});
  Person ada = small.account("Ada");
  Person bo = small.account("Bo");
  Person visitor_of_place = small.account("Eve");
  CHECK(small.house.get(small.chi, ada).status == 200);
  CHECK(small.house.get(small.chi, bo).status == 200);
  CHECK(small.house.get(small.chi, visitor_of_place).status == 403);
  CHECK(small.house.get(small.ada, bo).status == 403);
  const auto found = small.house.get("/people?name=mbek", visitor_of_place);
  CHECK(has(found, "Chi Mbeki"));
  CHECK(!has(found, "Senior Engineer"));
  CHECK(!has(found, small.chi));
  // A former manager sees nothing any more.
  CHECK(small.house.post(small.chi + "/change", small.admin, {{"what", "manager"}, {"person", "Eve Okafor"}, {"from", "2026-11-24"}}).status == 303);
  CHECK(small.house.get(small.chi, bo).status == 403);
  CHECK(small.house.get(small.chi, visitor_of_place).status == 200);
  // A team lead sees the team, and only while leading it.
  CHECK(small.house.post(small.payments + "/change", small.admin, {{"what", "team_lead"}, {"person", "Bo Lind"}, {"from", "2026-01-01"}}).status == 303);
  CHECK(small.house.get(small.chi, bo).status == 200);
  CHECK(small.house.post(small.payments + "/change", small.admin, {{"what", "team_lead"}, {"person", "Bo Lind"}, {"from", "2026-01-01"}, {"to", "2026-11-23"}}).status == 303);
  CHECK(small.house.get(small.chi, bo).status == 403);
}

TEST_CASE("a long line and a large organisation are shown in parts") {
  SmallHouse<OnSqlite> small;
  org::Changes changes;
  for (int i = 0; i < 250; ++i) {
    const auto id = org::PersonId::make();
    changes.people.push_back({id, {.name = "Engineer " + std::to_string(1000 + i)}});
    changes.facts.push_back({id.text(), org::Kind::employed, *parse_date("2024-01-01"), std::string(org::yes)});
    changes.facts.push_back({id.text(), org::Kind::manager, *parse_date("2024-01-01"), small.chi.substr(std::string("/people/").size())});
    changes.facts.push_back({id.text(), org::Kind::team, *parse_date("2024-01-01"), small.payments.substr(std::string("/teams/").size())});
    const auto team = org::TeamId::make();
    changes.teams.push_back({team});
    changes.facts.push_back({team.text(), org::Kind::team_name, *parse_date("2024-01-01"), "Team " + std::to_string(1000 + i)});
    changes.facts.push_back({team.text(), org::Kind::parent_team, *parse_date("2024-01-01"), small.payments.substr(std::string("/teams/").size())});
  }
  REQUIRE(small.house.installation.organisation.change(changes, {.source = "form"}).problems.empty());

  auto page = small.house.get(small.bo, small.admin);
  CHECK(has(page, "Everybody along the line: 251 people"));
  page = small.house.get(small.bo + "/below", small.admin);
  CHECK(has(page, "251 people today, each after whom they report to."));
  CHECK(has(page, "1 to 100 of 251."));
  CHECK(has(page, "Engineer 1000"));
  CHECK(!has(page, "Engineer 1099"));
  CHECK(has(page, "/below?page=2"));
  page = small.house.get(small.bo + "/below?page=3", small.admin);
  CHECK(has(page, "Engineer 1249"));
  CHECK(has(page, "201 to 251 of 251."));
  // What is no part is the last one, or the first.
  CHECK(has(small.house.get(small.bo + "/below?page=99999999999999999999", small.admin), "1 to 100 of 251."));
  CHECK(has(small.house.get(small.bo + "/below?page=77", small.admin), "201 to 251 of 251."));
  CHECK(has(small.house.get(small.bo + "/below?page=-1", small.admin), "1 to 100 of 251."));
  CHECK(has(small.house.get(small.bo + "/below?on=2023-06-01", small.admin), "1 person on 1 June 2023"));
  CHECK(has(small.house.get(small.bo + "/below?on=yesterday", small.admin), "Write it as 2026-03-01."));

  page = small.house.get(small.chi, small.admin);
  CHECK(has(page, "Line to the top: Bo Lind, then Ada Ångström."));
  CHECK(has(page, "The first 100 of 250."));
  Person chi = small.account("Chi");
  page = small.house.get("/my-people", chi);
  CHECK(has(page, "and 150 more"));
  CHECK(has(page, small.chi + "/below"));

  page = small.house.get("/organisation", small.admin);
  CHECK(has(page, "The upper 2 of 252 parts and teams"));
  CHECK(has(page, "253 people"));
  CHECK(!has(page, "Team 1000"));
  page = small.house.get(small.payments + "?parts=3", small.admin);
  CHECK(has(page, "Team 1249"));
  CHECK(has(page, "1 to 100 of 252."));
  CHECK(has(page, "?parts=2"));
}

TEST_CASE("a partner of a part or a country sees and corrects that alone") {
  SmallHouse<OnSqlite> small;
  const std::string other = small.team("Hardware", "");
  const std::string eve = small.person({{"name", "Eve Okafor"}, {"from", "2024-01-01"}, {"team", "Hardware"}, {"country", "NG"}});
  const auto partner = [&](const std::string& name, const access::Scope& scope) {
    const auto id = small.house.store.add(name, to_lower_ascii(name) + "@example.org", access::good_password);
    REQUIRE(small.house.store.accounts().grant_role(id, {Role::people_partner, scope}, *parse_date("2026-01-01"), std::nullopt, "keeps it fair", access::Doing::at_the_machine()));
    return small.house.signed_in(to_lower_ascii(name) + "@example.org");
  };
  Person of_part = partner("Part", {.part = small.engineering.substr(std::string("/teams/").size())});
  Person of_country = partner("Country", {.country = "NG"});
  Person of_both = partner("Both", {.part = small.engineering.substr(std::string("/teams/").size()), .country = "NG"});
  CHECK(small.house.get(small.chi, of_part).status == 200);
  CHECK(small.house.get(eve, of_part).status == 403);
  CHECK(small.house.get(small.chi, of_country).status == 403);
  CHECK(small.house.get(eve, of_country).status == 200);
  CHECK(small.house.get(small.chi, of_both).status == 403);
  CHECK(small.house.get(eve, of_both).status == 403);
  CHECK(small.house.get(small.payments, of_part).status == 200);
  CHECK(small.house.get(other, of_part).status == 403);
  CHECK(small.house.post(small.chi + "/change", of_part, {{"what", "title"}, {"value", "Engineer"}, {"from", "2026-11-24"}}).status == 303);
  CHECK(small.house.post(eve + "/change", of_part, {{"what", "title"}, {"value", "Engineer"}, {"from", "2026-11-24"}}).status == 403);
  // Who left stays in the scope of their last day.
  CHECK(small.house.post(eve + "/change", small.admin, {{"what", "leaving"}, {"to", "2026-06-30"}}).status == 303);
  CHECK(small.house.get(eve, of_country).status == 200);
  CHECK(small.house.get(eve, of_part).status == 403);
}

TEST_CASE("who was moved out of a scope cannot be corrected from there, and nobody is moved in by whoever only sees elsewhere") {
  SmallHouse<OnSqlite> small;
  const auto id = small.house.store.add("Part", "part@example.org", access::good_password);
  REQUIRE(small.house.store.accounts().grant_role(id, {Role::people_partner, {.part = small.payments.substr(std::string("/teams/").size())}}, *parse_date("2026-01-01"),
                                                  std::nullopt, "keeps it fair", access::Doing::at_the_machine()));
  Person partner = small.house.signed_in("part@example.org");
  CHECK(small.house.post(small.chi + "/change", partner, {{"what", "team"}, {"team", "Engineering"}, {"from", "2026-11-24"}}).status == 303);
  CHECK(small.house.post(small.chi + "/change", partner, {{"what", "team"}, {"team", "Payments"}, {"from", "2026-11-24"}}).status == 403);
  CHECK(small.house.get("/people/new", partner).status == 403);
}

TEST_CASE_TEMPLATE("what somebody declares is theirs to see, change and withdraw, and can be switched off where they are", On, ON_BOTH_DATABASES) {
  SmallHouse<On> small;
  Person chi = small.account("Chi");
  CHECK(has(small.house.get("/account/attributes", chi), "asks nothing of this kind"));
  CHECK(small.house.post("/attributes", small.admin, {{"question", "Gender"}, {"purpose", ""}, {"options", "woman\r\nman"}}).status == 422);
  CHECK(small.house.post("/attributes", small.admin, {{"question", "Gender"}, {"purpose", "To see whether it is fair."}, {"options", "woman\r\n\r\nman\r\nanother"}}).status == 303);
  const std::string id = small.house.installation.attributes->asked().at(0).id.text();
  CHECK(has(small.house.get("/account/attributes", chi), "To see whether it is fair."));
  CHECK(small.house.post("/account/attributes", chi, {{id, "nothing offered"}}).status == 422);
  CHECK(small.house.post("/account/attributes", chi, {{id, "another"}}).status == 303);
  CHECK(has(small.house.get("/account/attributes", chi), "<option value=\"another\" selected>"));
  // Nobody else has a page that shows it; the administrator sees the question alone.
  CHECK(!has(small.house.get("/attributes", small.admin), "selected"));
  CHECK(!has(small.house.get("/account/attributes", small.admin), "selected>another"));
  CHECK(small.house.post("/features", small.admin, {{"feature", "attributes"}, {"country", "SE"}, {"why", "not agreed there"}}).status == 303);
  CHECK(small.house.get("/account/attributes", chi).status == 403);
  Person bo = small.account("Bo");
  CHECK(small.house.get("/account/attributes", bo).status == 200);
  CHECK(small.house.post("/attributes/" + id + "/end", small.admin, {}).status == 303);
  CHECK(small.house.installation.attributes->mine(org::PersonIndex{2})->empty());
}

TEST_CASE("a role is given for a team by its name and a country by its name, and both are said as people say them") {
  SmallHouse<OnSqlite> small;
  const auto account = small.house.add("Pat");
  const std::string page = "/accounts/" + account.text();
  auto refused = small.house.post(page + "/roles", small.admin, {{"role", "people_partner"}, {"team", "Paymints"}, {"why", "looks after them"}});
  CHECK(refused.status == 422);
  refused = small.house.post(page + "/roles", small.admin, {{"role", "people_partner"}, {"country", "Neverland"}, {"why", "looks after them"}});
  CHECK(refused.status == 422);
  CHECK(has(refused, "“Neverland” is no country that is known by this name."));
  CHECK(small.house.post(page + "/roles", small.admin, {{"role", "people_partner"}, {"team", "Payments"}, {"country", "Sweden"}, {"why", "looks after them"}}).status == 303);
  CHECK(has(small.house.get(page, small.admin), "people partner in Payments and below, in the country SE"));
  Person pat = small.house.signed_in("pat@example.org");
  CHECK(has(small.house.get("/account", pat), "people partner in Payments and below"));
  CHECK(small.house.get(small.chi + "/change?what=level", pat).status == 200);
  CHECK(small.house.get(small.bo + "/change?what=level", pat).status == 403);

  CHECK(small.house.post("/features", small.admin, {{"feature", "energy"}, {"team", "Payments"}, {"to", "off"}, {"why", "works council"}}).status == 303);
  auto features = small.house.get("/features", small.admin);
  CHECK(has(features, "in Payments and below"));
  const std::string part = small.payments.substr(small.payments.rfind('/') + 1);
  CHECK(small.house.post("/features", small.admin, {{"feature", "energy"}, {"part", part}, {"to", "on"}, {"why", "switched on again"}}).status == 303);
  CHECK(!has(small.house.get("/features", small.admin), "in Payments and below"));
}
