// The first morning of whoever brings people in: upload, correct the mapping, apply, find a person; and once more changes nothing.
#include <doctest/doctest.h>

#include "web/installation_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;

namespace {

constexpr std::string_view export_file =
    "remote_id,display_full_name,work_email,manager_id,job_title,groups,start_date,employment_status,date_of_birth,IBAN\n"
    "1,Ifeoma Brandt,ifeoma@example.org,,Team Lead,Payments,03/04/2017,ACTIVE,1980-02-03,DE0011\n"
    "2,Yuki Obradović,yuki@example.org,1,Sr. Engineer,Payments,05/06/2021,ACTIVE,1981-02-03,DE0022\n"
    "3,Noor Haddad,noor@example.org,1,Wizard,Payments,07/08/2022,Elsewhere,1982-02-03,DE0033\n";

template <class On>
struct Morning {
  TestInstallation<On> house;
  Person admin;
  Fields answers;

  Morning() {
    house.add("Ada", {access::Role::administrator});
    admin = house.signed_in("ada@example.org");
  }
  std::string upload(std::string_view file = export_file) {
    const auto response = house.post("/people/import/upload", admin, {{"file", std::string(file)}});
    REQUIRE(response.status == 303);
    const std::string location = header_of(response, "Location");
    answers = {{"upload", location.substr(location.find('=') + 1)}};
    return location;
  }
  http::Response send(const std::string& path, const Fields& more = {}) {
    Fields all = answers;
    all.insert(all.end(), more.begin(), more.end());
    return house.post(path, admin, all);
  }
};

bool has(const http::Response& response, std::string_view words) { return body_of(response).find(words) != std::string::npos; }

std::string value_in(const std::string& page, const std::string& name) {
  const std::string mark = "name=\"" + name + "\" value=\"";
  const auto at = page.rfind(mark);
  if (at == std::string::npos) return {};
  const auto begin = at + mark.size();
  return page.substr(begin, page.find('"', begin) - begin);
}

}  // namespace

TEST_CASE_TEMPLATE("a table is looked at, corrected and brought in, and nobody sees what is left at the door", On, ON_BOTH_DATABASES) {
  Morning<On> morning;
  const std::string looked_at = morning.upload();
  auto page = morning.house.get(looked_at, morning.admin);
  CHECK(page.status == 200);
  CHECK(has(page, "IBAN (bank accounts)"));
  CHECK(!has(page, "DE0011"));
  CHECK(has(page, "Say below how days are written."));

  morning.answers.emplace_back("dates", "DD/MM/YYYY");
  page = morning.send("/people/import/plan");
  CHECK(page.status == 422);
  CHECK(has(page, "Say below what this status means."));

  morning.answers.emplace_back("status-0", "active");
  morning.answers.emplace_back("status-word-0", "Elsewhere");
  page = morning.send("/people/import/plan");
  CHECK(page.status == 200);
  CHECK(has(page, "Joining: 3"));
  CHECK(has(page, "on 7 August 2022, in Payments, reporting to Ifeoma Brandt"));
  CHECK(has(page, "1 person has no level yet"));
  CHECK(morning.house.installation.organisation.now()->people() == 0);

  // Without a reason nothing happens.
  morning.answers.emplace_back("seen", value_in(body_of(page), "seen"));
  CHECK(morning.send("/people/import").status == 422);
  CHECK(morning.house.installation.organisation.now()->people() == 0);
  const auto done = morning.send("/people/import", {{"why", "the first morning"}});
  CHECK(done.status == 303);
  CHECK(header_of(done, "Location") == "/people/import?done=imported");
  const auto organisation = morning.house.installation.organisation.now();
  REQUIRE(organisation->people() == 3);
  CHECK(has(morning.house.get("/people?name=noor", morning.admin), "Noor Haddad"));
  CHECK(morning.house.installation.organisation.history(*organisation->find_by_email("noor@example.org")).front().why == "the first morning");

  morning.answers.pop_back();
  CHECK(header_of(morning.send("/people/import", {{"why", "again"}}), "Location") == "/people/import?done=imported-before");
}

TEST_CASE("what was looked at is what is done: who changes the organisation in between is noticed") {
  Morning<OnSqlite> morning;
  morning.upload("name,email,title\nYuki Obradović,yuki@example.org,Engineer\nNoor Haddad,noor@example.org,Engineer\n");
  const auto page = morning.send("/people/import/plan");
  REQUIRE(page.status == 200);
  org::Changes between;
  between.people.push_back({org::PersonId::make(), {.name = "Noor Haddad", .email = "noor@example.org"}});
  between.facts.push_back({between.people.front().id.text(), org::Kind::employed, *parse_date("2020-01-01"), std::string(org::yes)});
  REQUIRE(morning.house.installation.organisation.change(between, {.source = "form"}).is_new);
  const auto answer = morning.send("/people/import", {{"why", "the first"}, {"seen", value_in(body_of(page), "seen")}});
  CHECK(answer.status == 409);
  CHECK(has(answer, "has changed since you looked"));
  CHECK(morning.house.installation.organisation.now()->people() == 1);
  CHECK(morning.send("/people/import", {{"why", "the first"}, {"seen", value_in(body_of(answer), "seen")}}).status == 303);
  CHECK(morning.house.installation.organisation.now()->people() == 2);
}

TEST_CASE("columns, titles and words are chosen by form") {
  Morning<OnSqlite> morning;
  morning.upload("Who,Reach,Does\nYuki Obradović,yuki@example.org,Wizard\nNoor Haddad,noor@example.org,Wizard\n");
  CHECK(morning.send("/people/import/plan").status == 422);
  morning.answers.insert(morning.answers.end(), {{"column-name", "Who"}, {"column-email", "Reach"}, {"column-title", "Does"}, {"title-0", "SSE"}, {"title-word-0", "Wizard"}});
  const auto page = morning.send("/people/import/plan");
  CHECK(page.status == 200);
  CHECK(has(page, "as SSE"));
  CHECK(has(page, "2 people"));
}

TEST_CASE("what is no table is refused, and what is gone is asked for again") {
  Morning<OnSqlite> morning;
  CHECK(morning.house.post("/people/import/upload", morning.admin, {{"file", std::string("%PDF-1.4 nothing")}}).status == 422);
  CHECK(morning.house.post("/people/import/upload", morning.admin).status == 422);
  morning.answers = {{"upload", "0123"}};
  const auto page = morning.send("/people/import/plan");
  CHECK(page.status == 422);
  CHECK(has(page, "Choose it once more."));
}

TEST_CASE("a country that is not known by its name is said by form") {
  Morning<OnSqlite> morning;
  morning.upload("name,email,country\nYuki Obradović,yuki@example.org,Neverland\nNoor Haddad,noor@example.org,Ireland\n");
  const auto page = morning.send("/people/import/plan");
  CHECK(page.status == 422);
  CHECK(has(page, "Two letters of the country “Neverland”"));
  CHECK(!has(page, "country “Ireland”"));
  morning.answers.insert(morning.answers.end(), {{"country-0", "FR"}, {"country-word-0", "Neverland"}});
  const auto mended = morning.send("/people/import/plan");
  CHECK(mended.status == 200);
  CHECK(has(mended, "Joining: 2"));
}

TEST_CASE("a partner of everybody brings people in, without their own row; a partner of a part does not") {
  Morning<OnSqlite> morning;
  morning.upload("name,email,title\nPat Moor,pat@example.org,Wizard\nNoor Haddad,noor@example.org,Wizard\n");
  REQUIRE(morning.send("/people/import", {{"why", "to begin with"}}).status == 303);
  morning.house.add("Pat", {access::Role::people_partner});
  Person pat = morning.house.signed_in("pat@example.org");
  CHECK(has(morning.house.get("/people", pat), "/people/import"));
  const auto uploaded = morning.house.post("/people/import/upload", pat, {{"file", std::string("name,email,title\nPat Moor,pat@example.org,Director\nNoor Haddad,noor@example.org,Director\n")}});
  REQUIRE(uploaded.status == 303);
  const auto page = morning.house.get(header_of(uploaded, "Location"), pat);
  CHECK(has(page, "Your own row would change something: title Director."));
  CHECK(has(page, "Ask somebody else to bring it in."));

  const auto account = morning.house.add("Quin");
  REQUIRE(morning.house.installation.accounts.grant_role(account, {access::Role::people_partner, {.country = "IE"}}, *parse_date("2026-01-01"), {}, "looks after Ireland", access::Doing::at_the_machine()));
  Person quin = morning.house.signed_in("quin@example.org");
  CHECK(!has(morning.house.get("/people", quin), "/people/import"));
  CHECK(morning.house.get("/people/import", quin).status == 403);
}
