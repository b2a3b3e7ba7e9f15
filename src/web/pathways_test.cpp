// Hardware beside software: each with its pages, everybody on one of them.
#include "web/pathways.hpp"

#include <doctest/doctest.h>

#include "web/installation_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;
using access::Role;

namespace {

Folder hardware() {
  Folder folder = release::testing::edited(small_folder(), "pathway.yaml", "name: Small pathway", "name: Hardware");
  folder = release::testing::edited(std::move(folder), "levels/SSE.md", "title: Senior Engineer", "title: Senior Board Designer");
  return release::testing::edited(std::move(folder), "levels/JSE.md", "title: Junior Engineer", "title: Junior Board Designer");
}

/// Both published; Ann leads Bea, who designs boards, and Cem, who writes programs.
template <class On>
struct TwoPathways {
  TestInstallation<On> house;
  Person admin, owner;
  std::string bea, cem;

  TwoPathways() {
    house.add("Admin", {Role::administrator});
    house.add("Olu", {Role::pathway_owner});
    admin = house.signed_in("admin@example.org");
    owner = house.signed_in("olu@example.org");
    REQUIRE(house.post("/publish", owner, {{"note", "Software"}, {"because", "a small one"}, {"after", ""}}).status == 303);
    REQUIRE(publish(hardware(), "hardware").status == 303);
    add("Ann", {{"level", "TTL"}});
    bea = add("Bea", {{"level", "SSE"}, {"pathway", "Hardware"}, {"person", "Ann"}});
    cem = add("Cem", {{"level", "SSE"}, {"person", "Ann"}});
  }
  /// As if it had come through the form.
  std::string upload(const Folder& folder) { return house.installation.uploads.keep(house.installation.accounts.find_by_email("olu@example.org")->id, folder).value(); }
  http::Response publish(const Folder& folder, const std::string& key) {
    return house.post("/publish", owner, {{"upload", upload(folder)}, {"other", key}, {"note", "For boards"}, {"because", "a small one"}, {"after", ""}});
  }
  std::string add(const std::string& name, Fields fields) {
    fields.insert(fields.end(), {{"name", name}, {"email", to_lower_ascii(name) + "@example.org"}, {"from", "2024-01-01"}});
    const auto response = house.post("/people/new", admin, fields);
    REQUIRE(response.status == 303);
    house.add(name);
    const std::string location = header_of(response, "Location");
    return location.substr(0, location.find('?'));
  }
  std::string page(const std::string& target, Person& person) { return body_of(house.get(target, person)); }
  Person person(const std::string& name) { return house.signed_in(to_lower_ascii(name) + "@example.org"); }
};

}  // namespace

TEST_CASE_TEMPLATE("two pathways live in one organisation, and everybody begins on their own", On, ON_BOTH_DATABASES) {
  TwoPathways<On> two;
  Person bea = two.person("Bea"), cem = two.person("Cem");
  const auto home = two.house.get("/", bea);
  CHECK(home.status == 303);
  CHECK(header_of(home, "Location") == "/pathways/hardware");
  const std::string boards = two.page("/pathways/hardware", bea);
  CHECK(has(boards, "Senior Board Designer"));
  CHECK(has(boards, "You are here"));
  CHECK(has(boards, "href=\"/pathways/hardware/levels/SSE\""));
  CHECK(!has(boards, "href=\"/levels/SSE\""));
  CHECK(has(two.page("/pathways/hardware/levels/SSE", bea), "Senior Board Designer"));
  CHECK(has(two.page("/pathways/hardware/search?q=board", cem), "Board Designer"));

  const std::string programs = two.page("/", cem);
  CHECK(has(programs, "You are here"));
  CHECK(!has(programs, "Board Designer"));
  CHECK(has(programs, "href=\"/pathways\""));
  CHECK(!has(two.page("/pathways/hardware", cem), "You are here"));
  const std::string both = two.page("/pathways", cem);
  CHECK(has(both, "Hardware"));
  CHECK(has(both, "Small pathway"));

  // Bea reads the other one by its own address, without a place on it.
  const auto other = two.house.get("/pathways/main", bea);
  CHECK(other.status == 200);
  CHECK(!has(body_of(other), "You are here"));
  CHECK(has(body_of(other), "href=\"/pathways/main/levels/SSE\""));
}

TEST_CASE("a place is called as its own pathway calls it, wherever it is spoken of") {
  TwoPathways<OnSqlite> two;
  CHECK(has(two.page(two.bea, two.admin), "Senior Board Designer since"));
  CHECK(has(two.page(two.bea, two.admin), "Pathway: Hardware"));
  CHECK(has(two.page(two.bea, two.admin), "href=\"/pathways/hardware/from/SSE/to/LSE\""));
  CHECK(has(two.page(two.cem, two.admin), "Senior Engineer since"));
  Person ann = two.person("Ann");
  const std::string people = two.page("/my-people", ann);
  CHECK(has(people, "Senior Board Designer"));
  CHECK(has(people, "Senior Engineer"));
  const std::string organisation = two.page("/organisation", two.admin);
  CHECK(has(organisation, "Senior Board Designer"));
  CHECK(has(organisation, "Hardware"));
}

TEST_CASE("somebody who changes to another pathway has no level there until it is said") {
  TwoPathways<OnSqlite> two;
  CHECK(two.house.post(two.cem + "/change", two.admin, {{"what", "pathway"}, {"pathway", "Plumbing"}, {"from", "2026-11-24"}}).status == 422);
  CHECK(two.house.post(two.cem + "/change", two.admin, {{"what", "pathway"}, {"pathway", "Hardware"}, {"from", "2026-11-24"}}).status == 303);
  CHECK(has(two.page(two.cem, two.admin), "Not levelled yet"));
  CHECK(two.house.post(two.cem + "/change", two.admin, {{"what", "level"}, {"level", "JSE"}, {"from", "2026-11-24"}}).status == 303);
  CHECK(has(two.page(two.cem, two.admin), "Junior Board Designer since"));
  CHECK(two.house.post(two.cem + "/change", two.admin, {{"what", "pathway"}, {"pathway", ""}, {"from", "2026-11-24"}}).status == 303);
  CHECK(has(two.page(two.cem, two.admin), "Not levelled yet"));
}

TEST_CASE("versions and citations of another pathway are found by their own") {
  TwoPathways<OnSqlite> two;
  CHECK(has(two.page("/versions?of=hardware", two.admin), "For boards"));
  CHECK(!has(two.page("/versions", two.admin), "For boards"));
  const std::string hash = two.house.installation.versions.newest("hardware")->short_hash();
  CHECK(has(two.page("/versions/" + hash, two.admin), "Hardware"));
  CHECK(has(two.page("/versions/" + hash + "/read/levels/SSE", two.admin), "Senior Board Designer"));
  CHECK(two.house.get("/cite/SSE.writes?version=" + hash, two.admin).status == 200);
}

TEST_CASE("a key that is none, and a name that another pathway has, are refused with a way out") {
  TwoPathways<OnSqlite> two;
  auto page = two.house.get("/publish?upload=" + two.upload(hardware()) + "&other=Hard%20ware", two.owner);
  CHECK(has(body_of(page), "“Hard ware” is no key of a pathway."));
  const Folder again = release::testing::edited(hardware(), "levels/SSE.md", "Writes the SSE record.", "Writes it.");
  page = two.house.get("/publish?upload=" + two.upload(again) + "&other=boards", two.owner);
  CHECK(has(body_of(page), "Another pathway of the organisation is called Hardware already."));
  CHECK(two.house.get("/pathways/boards", two.owner).status == 404);
}
