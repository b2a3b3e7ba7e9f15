// Publishing in the web: look, declare, let go; what people see is what is in force, and the folder is the owner's draft.
#include <doctest/doctest.h>

#include "web/installation_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;

namespace {

Folder reworded() {
  return release::testing::edited(small_folder(), "levels/SSE.md", "Writes the SSE record.", "Writes the SSE record and sends it round.");
}

std::string version_in(const http::Response& response) {
  const std::string location = header_of(response, "Location");
  return location.substr(0, location.find('?'));
}

template <class On>
struct Editing {
  TestInstallation<On> house;
  Person owner, reader;

  Editing() {
    house.add("Ada", {access::Role::administrator});
    house.add("Olu", {access::Role::pathway_owner});
    house.add("Ravi");
    owner = house.signed_in("olu@example.org");
    reader = house.signed_in("ravi@example.org");
  }
  void edit(Folder folder) {
    house.application.show(load(folder), {}, nullptr, std::make_shared<const Folder>(folder));
    house.application.wait_until_ready();
  }
  [[nodiscard]] std::string page(const std::string& path, Person& person) { return body_of(house.get(path, person)); }
  /// As the form sends it: against the version that was the newest when it was shown.
  http::Response publish(Fields fields, const std::string& after) {
    fields.emplace_back("after", after);
    return house.post("/publish", owner, std::move(fields));
  }
};

}  // namespace

TEST_CASE_TEMPLATE("from a folder to a version, and from there to the next", On, ON_BOTH_DATABASES) {
  Editing<On> at;
  CHECK(has(at.page("/publish", at.owner), "The first version of Small pathway"));
  CHECK(at.publish({{"because", "a small one"}}, "").status == 422);
  const auto first = at.publish({{"note", "To begin with"}, {"because", "a small one"}}, "");
  CHECK(first.status == 303);
  const std::string old = version_in(first);
  CHECK(has(at.page("/versions", at.reader), "To begin with"));
  CHECK(has(at.page(old, at.reader), "In force since"));

  at.edit(reworded());
  CHECK(!has(at.page("/levels/SSE", at.reader), "sends it round"));
  CHECK(has(at.page("/draft/levels/SSE", at.owner), "sends it round"));
  CHECK(has(at.page("/draft/levels/SSE", at.owner), "href=\"/draft/"));
  CHECK(at.house.get("/draft/levels/SSE", at.reader).status == 403);

  const std::string preview = at.page("/publish", at.owner);
  CHECK(has(preview, "<ins>"));
  CHECK(has(preview, "name=\"same-meaning\" value=\"SSE.writes\""));
  const std::string hash = at.house.installation.versions.newest()->hash;
  const auto refused = at.publish({{"note", "Says who reads it"}, {"because", "a small one"}}, hash);
  CHECK(refused.status == 422);
  CHECK(has(body_of(refused), "Says who reads it"));
  const auto second = at.publish({{"note", "Says who reads it"}, {"because", "a small one"}, {"same-meaning", "SSE.writes"}}, hash);
  CHECK(second.status == 303);
  const std::string now = version_in(second);

  CHECK(has(at.page("/levels/SSE", at.reader), "sends it round"));
  CHECK(has(at.page(now, at.reader), "its author says that it means what it meant"));
  CHECK(!has(at.page(old + "/read/levels/SSE", at.reader), "sends it round"));
  CHECK(has(at.page(old + "/read/levels/SSE", at.reader), "You read version"));
  CHECK(has(at.page(old + "/read/levels/SSE", at.reader), "href=\"" + old + "/read/"));
  CHECK(has(at.page(old + "/to/" + now.substr(10), at.reader), "sends it round.</ins>"));
  CHECK(has(at.page(now + "/to/" + old.substr(10), at.reader), "<del>"));

  const auto again = at.publish({{"note", "Once more"}, {"because", "a small one"}}, at.house.installation.versions.newest()->hash);
  CHECK(again.status == 409);
  CHECK(has(body_of(at.house.post("/audit/verify", at.owner)), "not open to you"));
}

TEST_CASE("of two owners who look at the same version the second is told what came between") {
  Editing<OnSqlite> at;
  at.edit(reworded());
  CHECK(at.publish({{"note", "Mine"}, {"because", "a small one"}}, "").status == 303);
  at.edit(release::testing::edited(reworded(), "levels/SSE.md", "Shows the SSE result.", "Shows the SSE result to whoever asked."));
  const auto late = at.publish({{"note", "Mine, too"}, {"because", "a small one"}}, "");
  CHECK(late.status == 409);
  CHECK(has(body_of(late), "Somebody was faster"));
}

TEST_CASE("a version of a later day is shown from that day on, and can be withdrawn before") {
  Editing<OnSqlite> at;
  CHECK(at.publish({{"note", "Now"}, {"because", "a small one"}}, "").status == 303);
  at.edit(reworded());
  const std::string hash = at.house.installation.versions.newest()->hash;
  const Fields later{{"note", "Next year"}, {"because", "a small one"}, {"same-meaning", "SSE.writes"}, {"effective", "2027-01-01"}};
  const auto published = at.publish(later, hash);
  CHECK(published.status == 303);
  CHECK(!has(at.page("/levels/SSE", at.reader), "sends it round"));
  CHECK(at.house.post(version_in(published) + "/withdraw", at.owner, {{"why", ""}}).status == 422);
  SUBCASE("the day comes") {
    at.house.store.clock.advance(std::chrono::hours{24 * 40});
    at.house.application.follow_versions();
    at.reader = at.house.signed_in("ravi@example.org");
    CHECK(has(at.page("/levels/SSE", at.reader), "sends it round"));
  }
  SUBCASE("it is withdrawn") {
    CHECK(at.house.post(version_in(published) + "/withdraw", at.owner, {{"why", "a slip of the pen"}}).status == 303);
    CHECK(has(at.page("/versions", at.reader), "withdrawn: a slip of the pen"));
    at.house.store.clock.advance(std::chrono::hours{24 * 40});
    at.house.application.follow_versions();
    at.reader = at.house.signed_in("ravi@example.org");
    CHECK(!has(at.page("/levels/SSE", at.reader), "sends it round"));
  }
}

TEST_CASE("a published version stays when the folder breaks or goes away") {
  Editing<OnSqlite> at;
  CHECK(at.publish({{"note", "Now"}, {"because", "a small one"}}, "").status == 303);
  at.house.application.show_broken_edit({{"yaml-broken", Severity::error, "pathway.yaml", {}, "It cannot be read.", ""}});
  CHECK(!has(at.page("/levels/SSE", at.reader), "could not be read"));
  CHECK(has(at.page("/draft/levels/SSE", at.owner), "could not be read"));
}

TEST_CASE("an old citation says what it said, and what became of it until today") {
  Editing<OnSqlite> at;
  const std::string first = version_in(at.publish({{"note", "Now"}, {"because", "a small one"}}, ""));
  const std::string old = "/cite/SSE.writes?version=" + first.substr(10);
  CHECK(has(at.page(old, at.reader), "It says the same to this day."));
  CHECK(has(at.page(old, at.reader), "href=\"" + first + "/read/levels/SSE#writes\""));
  CHECK(has(at.page(first + "/read/cite/SSE.writes", at.reader), "href=\"" + old + "\""));

  at.edit(reworded());
  const std::string hash = at.house.installation.versions.newest()->hash;
  REQUIRE(at.publish({{"note", "Says who reads it"}, {"because", "a small one"}, {"same-meaning", "SSE.writes"}}, hash).status == 303);
  const std::string page = at.page(old, at.reader);
  CHECK(has(page, "Writes the SSE record."));
  CHECK(has(page, "sends it round.</ins>"));
  CHECK(has(page, "Reworded in "));
  CHECK(has(page, "Today it says so in other words. <a href=\"/cite/SSE.writes\">"));
  CHECK(has(at.page("/cite/SSE.writes", at.reader), "sends it round"));
  CHECK(!has(at.page("/cite/SSE.writes", at.reader), "What became of it"));

  CHECK(at.house.get("/cite/SSE.writes?version=ffffffffffff", at.reader).status == 404);
  CHECK(at.house.get("/cite/SSE.never-was?version=" + first.substr(10), at.reader).status == 404);
  Person visitor;
  CHECK(header_of(at.house.get(old, visitor), "Location").starts_with("/sign-in?to="));
}
