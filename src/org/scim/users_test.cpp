// Users as a directory keeps them: made, found, changed, gone and back again.
#include "org/scim/scim_test.hpp"

#include <thread>

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::scim;
using namespace waymark::org::scim::testing;

namespace {

std::string level_of_employment(const Organisation& organisation, PersonIndex person) {
  std::string told;
  for (const Spell& spell : organisation.history(person, Kind::employed)) told += (told.empty() ? "" : " ") + to_iso(spell.from) + "/" + (spell.to ? to_iso(*spell.to) : "…");
  return told;
}

}  // namespace

TEST_CASE_TEMPLATE("a user is made and comes back as it was sent, without what is not kept", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const auto made = talk.service().create(Which::users, fixture("entra/create_user.json"), {});
  const json::object user = talk.read(made);
  CHECK(made->status == 201);
  const std::string id(user.at("id").as_string());
  CHECK(made->location == "https://waymark.example/scim/v2/Users/" + id);
  CHECK(text(user, "userName") == "Ines.Okafor@contoso.example");
  CHECK(text(user, "externalId") == "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef");
  CHECK(text(user, "displayName") == "Ines Okafor");
  CHECK(text(user.at("name").as_object(), "givenName") == "Ines");
  CHECK(text(user, "title") == "Software Engineer");
  CHECK(user.at("active").as_bool());
  CHECK(text(enterprise(user), "employeeNumber") == "4711");
  CHECK(!user.contains("phoneNumbers"));
  CHECK(!user.contains("addresses"));
  CHECK(!enterprise(user).contains("department"));
  CHECK(talk.user(id) == user);
  const auto organisation = talk.organisation();
  CHECK(organisation->person(talk.person(id)).details.email == "ines.okafor@contoso.example");
  CHECK(level_of_employment(*organisation, talk.person(id)) == "2026-11-24/…");
  Registry restarted(*talk.office.store.database, talk.office.store.clock);
  CHECK(restarted.now()->person(talk.person(id)).details == organisation->person(talk.person(id)).details);
}

TEST_CASE_TEMPLATE("the same create twice is refused the second time", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  talk.create("{'userName': 'ada@example.org'}");
  CHECK(said(talk.service().create(Which::users, body("{'userName': 'ADA@example.org'}"), {})) == "409 uniqueness");
  CHECK(talk.organisation()->people() == 1);
}

TEST_CASE_TEMPLATE("the same create twice at once makes one user", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  for (int round = 0; round < 4; ++round) {
    std::vector<std::string> answers(4);
    std::vector<std::thread> clients;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      clients.emplace_back([&, i] {
        // On nodes of their own, so that nothing but the store brings them together.
        Registry node(*talk.office.store.database, talk.office.store.clock);
        Service service(node, *talk.office.store.database, talk.office.store.clock, talk.caller, "https://waymark.example/scim/v2");
        answers[i] = said(service.create(Which::users, body("{'userName': 'ada" + std::to_string(round) + "@example.org', 'externalId': 'e" + std::to_string(round) + "'}"), {}));
      });
    }
    for (std::thread& client : clients) client.join();
    std::sort(answers.begin(), answers.end());
    CHECK(answers == std::vector<std::string>{"201", "409 uniqueness", "409 uniqueness", "409 uniqueness"});
  }
  CHECK(talk.organisation()->people() == 4);
  CHECK(!talk.office.store.verified().broken);
}

TEST_CASE_TEMPLATE("whoever is made inactive leaves today, and returns when made active", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string boss = talk.add("Bo", "bo@example.org");
  const std::string id = talk.create("{'userName': 'ada@example.org', 'displayName': 'Ada', 'title': 'Engineer', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'manager': {'value': '" + boss + "'}}}");
  talk.office.store.clock.advance(std::chrono::hours{48});
  CHECK(said(talk.patch(id, "{'op': 'Replace', 'path': 'active', 'value': 'False'}")) == "200");
  CHECK(!talk.user(id).at("active").as_bool());
  CHECK(level_of_employment(*talk.organisation(), talk.person(id)) == "2026-11-24/2026-11-26");
  talk.office.store.clock.advance(std::chrono::hours{72});
  CHECK(said(talk.patch(id, "{'op': 'replace', 'value': {'active': true}}")) == "200");
  CHECK(level_of_employment(*talk.organisation(), talk.person(id)) == "2026-11-24/2026-11-26 2026-11-29/…");
  CHECK(text(talk.user(id), "title") == "Engineer");
  CHECK(text(enterprise(talk.user(id)).at("manager").as_object(), "displayName") == "Bo");
  CHECK(text(enterprise(talk.user(id)).at("manager").as_object(), "$ref") == "https://waymark.example/scim/v2/Users/" + boss);
}

TEST_CASE_TEMPLATE("whoever comes and goes on one day has never worked here", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string id = talk.create("{'userName': 'ada@example.org', 'title': 'Engineer'}");
  CHECK(said(talk.patch(id, "{'op': 'replace', 'path': 'active', 'value': false}")) == "200");
  CHECK(level_of_employment(*talk.organisation(), talk.person(id)).empty());
  CHECK(said(talk.patch(id, "{'op': 'replace', 'path': 'active', 'value': true}")) == "200");
  CHECK(level_of_employment(*talk.organisation(), talk.person(id)) == "2026-11-24/…");
}

TEST_CASE_TEMPLATE("a deleted user is gone for the directory, stays for the figures, and is known when they return", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string id = talk.create("{'userName': 'ada@example.org', 'displayName': 'Ada', 'externalId': 'x1'}");
  talk.office.store.clock.advance(std::chrono::hours{24});
  CHECK(said(talk.service().remove(Which::users, id, {})) == "204");
  CHECK(said(talk.service().get(Which::users, id, {}, {})) == "404");
  CHECK(said(talk.service().remove(Which::users, id, {})) == "404");
  CHECK(talk.found("userName eq 'ada@example.org'").empty());
  CHECK(talk.organisation()->people() == 1);
  talk.office.store.clock.advance(std::chrono::hours{24});
  CHECK(talk.create("{'userName': 'ada.king@example.org', 'displayName': 'Ada King', 'externalId': 'x1'}") == id);
  CHECK(level_of_employment(*talk.organisation(), talk.person(id)) == "2026-11-24/2026-11-25 2026-11-26/…");
}

TEST_CASE_TEMPLATE("an address of somebody who left goes to whoever has it now", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string first = talk.create("{'userName': 'kim@example.org', 'displayName': 'Kim Berg', 'externalId': 'x1'}");
  CHECK(said(talk.service().remove(Which::users, first, {})) == "204");
  const std::string second = talk.create("{'userName': 'kim@example.org', 'displayName': 'Kim Tran', 'externalId': 'x2'}");
  CHECK(first != second);
  CHECK(!talk.organisation()->person(talk.person(first)).details.email);
  CHECK(talk.organisation()->find_by_email("kim@example.org") == talk.person(second));
  const auto account = talk.office.store.accounts().find_by_email("kim@example.org");
  REQUIRE(account.has_value());
  CHECK(account->person == second);
}

TEST_CASE_TEMPLATE("a user can sign in by OpenID: the account has name, address, externalId and person, and is locked with them", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string id = talk.create("{'userName': 'ada@example.org', 'displayName': 'Ada', 'externalId': 'x1'}");
  auto account = talk.office.store.accounts().find_by_external_id("x1");
  REQUIRE(account.has_value());
  CHECK(account->name == "Ada");
  CHECK(account->email == "ada@example.org");
  CHECK(account->person == id);
  const auto signed_in = talk.office.store.accounts().for_identity({.issuer = "https://id.example", .subject = "s", .external_id = "x1"}, access::Accounts::Unknown::refuse);
  CHECK(signed_in == account->id);
  CHECK(said(talk.patch(id, "{'op': 'Replace', 'path': 'active', 'value': 'False'}")) == "200");
  CHECK(talk.office.store.accounts().find(account->id)->locked_at.has_value());
  CHECK(said(talk.patch(id, "{'op': 'Replace', 'path': 'active', 'value': 'True'}")) == "200");
  CHECK(!talk.office.store.accounts().find(account->id)->locked_at.has_value());
  // An administrator's lock is not the directory's to open.
  REQUIRE(talk.office.store.accounts().lock(account->id, "a lost laptop", access::Doing::at_the_machine()).has_value());
  CHECK(said(talk.patch(id, "{'op': 'Replace', 'path': 'displayName', 'value': 'Ada L.'}")) == "200");
  CHECK(talk.office.store.accounts().find(account->id)->locked_at.has_value());
  CHECK(talk.office.store.accounts().find(account->id)->name == "Ada L.");
}

TEST_CASE_TEMPLATE("the only administrator is not locked out, and nothing else of the change is kept", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const auto admin = talk.office.store.add("Ada", "ada@example.org", access::good_password, {access::Role::administrator});
  const std::string id = talk.create("{'userName': 'ada@example.org', 'displayName': 'Ada'}");
  CHECK(talk.office.store.accounts().find(admin)->person == id);
  CHECK(said(talk.patch(id, "{'op': 'replace', 'path': 'active', 'value': false}")) == "409");
  CHECK(talk.user(id).at("active").as_bool());
}

TEST_CASE_TEMPLATE("people who were there before are found by their address and kept from the first change on", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  Changes changes;
  org::testing::join(changes, "Ada", "2020-01-01");
  changes.people[0].details.email = "ada@example.org";
  org::testing::set(changes, "Ada", Kind::title, "2020-01-01", "Principal");
  talk.office.change(changes);
  const std::string id = org::testing::id_text("Ada");
  CHECK(talk.found("userName eq 'ADA@example.org'") == "Ada");
  CHECK(said(talk.service().create(Which::users, body("{'userName': 'ada@example.org'}"), {})) == "409 uniqueness");
  CHECK(said(talk.patch(id, "{'op': 'add', 'path': 'externalId', 'value': 'x1'}")) == "200");
  CHECK(text(talk.user(id), "externalId") == "x1");
  CHECK(text(talk.user(id), "title") == "Principal");
  CHECK(level_of_employment(*talk.organisation(), talk.person(id)) == "2020-01-01/…");
  // Another directory does not see whom this one keeps.
  const Caller other = talk.connected("Okta");
  CHECK(said(talk.service(other).get(Which::users, id, {}, {})) == "404");
  CHECK(said(talk.service(other).create(Which::users, body("{'userName': 'ada@example.org'}"), {})) == "409 uniqueness");
  REQUIRE(talk.directories.withdraw(talk.caller.directory.id, access::Doing::at_the_machine()).has_value());
  Caller alone = other;
  alone.others.clear();
  CHECK(said(talk.service(alone).get(Which::users, id, {}, {})) == "200");
}

TEST_CASE_TEMPLATE("a condition that does not hold changes nothing, one that holds saves the way", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string id = talk.create("{'userName': 'ada@example.org', 'displayName': 'Ada'}");
  const auto read = talk.service().get(Which::users, id, {}, {});
  REQUIRE(read.has_value());
  CHECK(read->version.starts_with("W/\""));
  CHECK(said(talk.service().get(Which::users, id, {}, {.none_match = read->version})) == "304");
  const std::string change = body("{'Operations': [{'op': 'replace', 'path': 'displayName', 'value': 'Ada L.'}]}");
  CHECK(said(talk.service().patch(Which::users, id, change, {}, {.match = "W/\"other\""})) == "412");
  CHECK(text(talk.user(id), "displayName") == "Ada");
  CHECK(said(talk.service().patch(Which::users, id, change, {}, {.match = read->version})) == "200");
  CHECK(said(talk.service().patch(Which::users, id, change, {}, {.match = read->version})) == "412");
  CHECK(said(talk.service().get(Which::users, id, {}, {.none_match = read->version})) == "200");
  CHECK(said(talk.service().remove(Which::users, id, {.match = read->version})) == "412");
  CHECK(said(talk.service().remove(Which::users, id, {.match = "*"})) == "204");
}

TEST_CASE_TEMPLATE("lists come in pages, in order, and only with what was asked for", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  for (const char* const name : {"Chi", "Ada", "Dee", "Bo"}) talk.add(name, to_lower_ascii(name) + "@example.org");
  CHECK(talk.found("") == "Chi Ada Dee Bo");
  CHECK(talk.found("displayName co 'd'") == "Ada Dee");
  CHECK(talk.found("emails[type eq 'work'].value eq 'bo@example.org'") == "Bo");
  const auto names = [&](const Asked& asked) {
    const json::object list = talk.read(talk.service().list(Which::users, asked));
    std::string told = std::to_string(list.at("totalResults").to_number<int>()) + "/" + std::to_string(list.at("startIndex").to_number<int>()) + "/" +
                       std::to_string(list.at("itemsPerPage").to_number<int>());
    for (const json::value& each : list.at("Resources").as_array()) told += " " + text(each.as_object(), "displayName");
    return told;
  };
  CHECK(names({.sort_by = "displayName"}) == "4/1/4 Ada Bo Chi Dee");
  CHECK(names({.sort_by = "name.formatted", .sort_order = "descending", .start_index = "2", .count = "2"}) == "4/2/2 Chi Bo");
  CHECK(names({.start_index = "-5", .count = "1"}) == "4/1/1 Chi");
  CHECK(names({.start_index = "9"}) == "4/9/0");
  CHECK(names({.count = "0"}) == "4/1/0");
  CHECK(names({.count = "-3"}) == "4/1/0");
  CHECK(names({.count = "100000"}) == "4/1/4 Chi Ada Dee Bo");
  CHECK(names({.attributes = "userName"}) == "4/1/4 (none) (none) (none) (none)");
  CHECK(said(talk.service().list(Which::users, {.count = "many"})) == "400 invalidValue");
  CHECK(said(talk.service().list(Which::users, {.filter = "userName"})) == "400 invalidFilter");
  CHECK(said(talk.service().list(Which::users, {.sort_by = "a b"})) == "400 invalidPath");
  CHECK(said(talk.service().list(Which::users, {.sort_order = "sideways"})) == "200");
  const json::object searched = talk.read(talk.service().search(Which::users, body("{'filter': 'active eq true', 'attributes': ['emails.value'], 'count': 1}")));
  CHECK(searched.at("totalResults").to_number<int>() == 4);
  CHECK(searched.at("Resources").at(0).as_object().size() == 3);
  CHECK(!talk.read(talk.service().list(Which::users, {.excluded_attributes = "emails,name.givenName,meta"})).at("Resources").at(0).as_object().contains("emails"));
}

TEST_CASE_TEMPLATE("a manager is found by whatever the directory knows of them, our id first, and nobody of another directory is", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string boss = talk.create("{'userName': 'Bo.Login', 'externalId': '00u1', 'displayName': 'Bo', 'emails': ['bo@example.org'], 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'employeeNumber': '4711'}}");
  const std::string id = talk.add("Ada", "ada@example.org");
  const std::string path = "'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager'";
  for (const std::string& word : {boss, std::string("00u1"), std::string("bo.login"), std::string("Bo@Example.org"), std::string("4711")}) {
    CAPTURE(word);
    CHECK(said(talk.patch(id, "{'op': 'replace', " + path + ", 'value': '" + word + "'}")) == "200");
    CHECK(text(enterprise(talk.user(id)).at("manager").as_object(), "value") == boss);
    CHECK(said(talk.patch(id, "{'op': 'remove', " + path + "}")) == "200");
    CHECK(!enterprise(talk.user(id)).contains("manager"));
  }
  const Caller okta = talk.connected("Okta");
  REQUIRE(said(talk.service(okta).create(Which::users, body("{'userName': 'chi@example.org', 'externalId': '00u2'}"), {})) == "201");
  talk.caller.others = {okta.directory.id.text()};
  for (const char* const word : {"chi@example.org", "00u2"}) CHECK(said(talk.patch(id, "{'op': 'replace', " + path + ", 'value': '" + std::string(word) + "'}")) == "400 invalidValue");
}

TEST_CASE_TEMPLATE("what a user cannot be is refused, by name", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string id = talk.add("Ada", "ada@example.org");
  const std::string other = talk.add("Bo", "bo@example.org");
  const auto create = [&](const std::string& text) { return said(talk.service().create(Which::users, body(text), {})); };
  CHECK(create("not json") == "400 invalidSyntax");
  CHECK(create("[]") == "400 invalidSyntax");
  CHECK(create(std::string(100, '[')) == "400 invalidSyntax");
  CHECK(create("{}") == "400 invalidValue");
  CHECK(create("{'userName': ''}") == "400 invalidValue");
  CHECK(create("{'userName': {'a': 1}}") == "400 invalidValue");
  CHECK(create("{'userName': 'x', 'active': 'perhaps'}") == "400 invalidValue");
  CHECK(create("{'userName': 'x', 'emails': [{'value': 'no address'}]}") == "400 invalidValue");
  CHECK(create("{'userName': 'x', 'emails': [{'value': 'ada@example.org'}]}") == "409 uniqueness");
  CHECK(create("{'userName': '" + std::string(2'000, 'x') + "'}") == "400 invalidValue");
  CHECK(said(talk.service().create(Which::users, std::string((1u << 20) + 1, ' '), {})) == "413");
  const std::string manager = "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'manager': ";
  CHECK(create("{'userName': 'x', " + manager + "{'value': 'nobody'}}}") == "400 invalidValue");
  CHECK(said(talk.patch(id, "{'op': 'replace', 'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', 'value': '" + id + "'}")) == "400 invalidValue");
  CHECK(said(talk.patch(id, "{'op': 'replace', 'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', 'value': '" + other + "'}")) == "200");
  CHECK(said(talk.patch(other, "{'op': 'replace', 'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', 'value': '" + id + "'}")) == "400 invalidValue");
  CHECK(said(talk.patch(other, "{'op': 'replace', 'path': 'userName', 'value': 'ada@example.org'}")) == "409 uniqueness");
  CHECK(said(talk.service().get(Which::users, "nobody", {}, {})) == "404");
  CHECK(said(talk.service().replace(Which::users, "nobody", body("{'userName': 'x'}"), {}, {})) == "404");
}

TEST_CASE_TEMPLATE("every change is in the audit with the directory's name", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  talk.add("Ada", "ada@example.org");
  CHECK(talk.office.store.audited() == "directory_connected account_created organisation_changed");
  const auto history = talk.office.registry.history(PersonIndex{0});
  REQUIRE(!history.empty());
  CHECK(history.front().source == "directory");
  CHECK(history.front().why == "Entra");
}
