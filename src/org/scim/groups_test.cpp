// Groups are teams; and what Entra ID and Okta send, replayed.
#include "org/scim/body.hpp"
#include "org/scim/scim_test.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::scim;
using namespace waymark::org::scim::testing;

namespace {

std::string with_id(std::string text, const std::string& from, const std::string& id) { return replace_all(std::move(text), from, id); }

/// "Ada Bo"
std::string members(const json::object& group) {
  std::string names;
  if (!group.contains("members")) return names;
  for (const json::value& each : group.at("members").as_array()) names += (names.empty() ? "" : " ") + std::string(each.at("display").as_string());
  return names;
}

}  // namespace

TEST_CASE_TEMPLATE("a group is a team, and its members work in it from today", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string ada = talk.add("Ada", "ada@example.org");
  const std::string bo = talk.add("Bo", "bo@example.org");
  const std::string payments = talk.create("{'displayName': 'Payments', 'externalId': 'g1', 'members': [{'value': '" + ada + "'}, {'value': '" + bo + "'}]}", Which::groups);
  CHECK(members(talk.group(payments)) == "Ada Bo");
  CHECK(text(talk.group(payments), "externalId") == "g1");
  CHECK(talk.user(ada).at("groups").at(0).at("display").as_string() == "Payments");
  CHECK(said(talk.service().create(Which::groups, body("{'displayName': 'payments'}"), {})) == "409 uniqueness");
  // Somebody works in one team: the one that said so last.
  const std::string search = talk.create("{'displayName': 'Search', 'members': ['" + bo + "']}", Which::groups);
  CHECK(members(talk.group(payments)) == "Ada");
  CHECK(members(talk.group(search)) == "Bo");
  CHECK(talk.found("displayName eq 'PAYMENTS'", Which::groups) == "Payments");
  CHECK(talk.found("members.value eq '" + bo + "'", Which::groups) == "Search");
  CHECK(talk.found("externalId eq 'g1'", Which::groups) == "Payments");
  CHECK(said(talk.patch(search, "{'op': 'replace', 'path': 'displayName', 'value': 'Finding'}", Which::groups)) == "204");
  CHECK(text(talk.group(search), "displayName") == "Finding");
  CHECK(said(talk.service().remove(Which::groups, search, {})) == "204");
  CHECK(said(talk.service().get(Which::groups, search, {}, {})) == "404");
  CHECK(!talk.user(bo).contains("groups"));
  CHECK(said(talk.patch(ada, "{'op': 'replace', 'path': 'active', 'value': false}")) == "200");
  CHECK(members(talk.group(payments)).empty());
}

TEST_CASE_TEMPLATE("members come and go in every way that directories know", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string ada = talk.add("Ada", "ada@example.org");
  const std::string bo = talk.add("Bo", "bo@example.org");
  const std::string chi = talk.add("Chi", "chi@example.org");
  const std::string team = talk.create("{'displayName': 'Payments'}", Which::groups);
  const auto after = [&](const std::string& operation) {
    const std::string answer = said(talk.patch(team, operation, Which::groups));
    return answer == "204" ? members(talk.group(team)) : answer;
  };
  CHECK(after("{'op': 'Add', 'path': 'members', 'value': [{'value': '" + ada + "'}, {'value': '" + bo + "'}]}") == "Ada Bo");
  CHECK(after("{'op': 'Add', 'path': 'members', 'value': [{'value': '" + ada + "'}]}") == "Ada Bo");
  CHECK(after("{'op': 'add', 'value': {'members': [{'value': '" + chi + "', 'display': 'whoever'}]}}") == "Ada Bo Chi");
  CHECK(after("{'op': 'remove', 'path': 'members[value eq \\\"" + bo + "\\\"]'}") == "Ada Chi");
  CHECK(after("{'op': 'remove', 'path': 'members[value eq \\\"" + bo + "\\\"]'}") == "Ada Chi");
  CHECK(after("{'op': 'Remove', 'path': 'members', 'value': [{'value': '" + ada + "'}]}") == "Chi");
  CHECK(after("{'op': 'replace', 'path': 'members', 'value': [{'value': '" + ada + "'}, {'value': '" + bo + "'}]}") == "Ada Bo");
  CHECK(after("{'op': 'replace', 'value': {'id': '" + team + "', 'displayName': 'Payments'}}") == "Ada Bo");
  CHECK(after("{'op': 'add', 'path': 'members', 'value': [{'value': 'nobody'}]}") == "400 invalidValue");
  CHECK(after("{'op': 'add', 'path': 'members', 'value': [{'value': '" + team + "'}]}") == "400 invalidValue");
  CHECK(after("{'op': 'replace', 'path': 'members[value eq \\\"nobody\\\"].type', 'value': 'User'}") == "400 noTarget");
  CHECK(after("{'op': 'remove', 'path': 'members'}").empty());
}

TEST_CASE_TEMPLATE("a patch is done whole or not at all", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string id = talk.add("Ada", "ada@example.org");
  const auto before = talk.user(id);
  for (const auto& [operations, refusal] : std::vector<std::pair<std::string, std::string>>{
           {"{'op': 'replace', 'path': 'displayName', 'value': 'Ada L.'}, {'op': 'replace', 'path': 'id', 'value': 'x'}", "400 mutability"},
           {"{'op': 'replace', 'path': 'displayName', 'value': 'Ada L.'}, {'op': 'remove'}", "400 noTarget"},
           {"{'op': 'replace', 'path': 'groups', 'value': []}", "400 mutability"},
           {"{'op': 'replace', 'path': 'emails[value eq \\\"x@y\\\"].value', 'value': 'z@y'}", "400 noTarget"},
           {"{'op': 'replace', 'path': 'emails[type is \\\"x\\\"].value', 'value': 'z@y'}", "400 invalidFilter"},
           {"{'op': 'replace', 'path': 'emails[', 'value': 'z@y'}", "400 invalidPath"},
           {"{'op': 'replace', 'path': 7, 'value': 'z@y'}", "400 invalidPath"},
           {"{'op': 'remove', 'path': 'userName'}", "400 invalidValue"},
           {"{'op': 'move', 'path': 'userName'}", "400 invalidSyntax"},
           {"{'op': 'replace', 'path': 'displayName'}", "400 invalidValue"},
           {"{'op': 'replace', 'value': 'x'}", "400 invalidValue"},
           {"7", "400 invalidSyntax"},
           {"", "400 invalidSyntax"}}) {
    const std::string& asked = operations;
    CAPTURE(asked);
    CHECK(said(talk.patch(id, operations)) == refusal);
  }
  std::string many;
  for (int i = 0; i < 1'001; ++i) many += std::string(i == 0 ? "" : ",") + "{'op': 'replace', 'path': 'title', 'value': 'x'}";
  CHECK(said(talk.patch(id, many)) == "413");
  CHECK(talk.user(id) == before);
}

TEST_CASE_TEMPLATE("more members than a request may hold are too large, by one", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string ada = talk.add("Ada", "ada@example.org");
  std::string members = "'" + ada + "'";
  for (std::size_t i = 1; i < most_values; ++i) members += ",'" + std::to_string(i) + "'";
  CHECK(said(talk.service().create(Which::groups, body("{'displayName': 'All', 'members': [" + members + "]}"), {})) == "400 invalidValue");
  CHECK(said(talk.service().create(Which::groups, body("{'displayName': 'All', 'members': [" + members + ",'x']}"), {})) == "413");
  const std::string team = talk.create("{'displayName': 'Payments', 'members': ['" + ada + "']}", Which::groups);
  CHECK(said(talk.patch(team, "{'op': 'add', 'path': 'members', 'value': [" + members + "]}", Which::groups)) == "400 invalidValue");
  CHECK(said(talk.patch(team, "{'op': 'add', 'path': 'members', 'value': ['x'," + members.substr(members.find(',') + 1) + "]}", Which::groups)) == "413");
}

TEST_CASE_TEMPLATE("a patch reaches every attribute in every spelling", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string boss = talk.add("Bo", "bo@example.org");
  const std::string id = talk.add("Ada", "ada@example.org");
  const auto ok = [&](const std::string& operation) { CHECK(said(talk.patch(id, operation)) == "200"); };
  const std::string urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  ok("{'op': 'Add', 'path': 'name.givenName', 'value': 'Ada'}, {'op': 'Add', 'path': 'name.familyName', 'value': 'King'}");
  CHECK(text(talk.user(id).at("name").as_object(), "familyName") == "King");
  ok("{'op': 'Replace', 'path': 'displayName', 'value': 'Ada King'}");
  ok("{'op': 'Replace', 'path': 'name.familyName', 'value': 'Lovelace'}");
  CHECK(text(talk.user(id), "displayName") == "Ada Lovelace");
  ok("{'op': 'Replace', 'path': 'emails[type eq \\\"work\\\"].value', 'value': 'lovelace@example.org'}");
  CHECK(talk.found("emails.value eq 'lovelace@example.org'") == "Ada Lovelace");
  ok("{'op': 'Replace', 'path': 'userName', 'value': 'ALovelace'}");
  CHECK(text(talk.user(id), "userName") == "ALovelace");
  CHECK(talk.found("userName eq 'alovelace'") == "Ada Lovelace");
  ok("{'op': 'Add', 'path': '" + urn + ":manager', 'value': '" + boss + "'}");
  CHECK(text(enterprise(talk.user(id)).at("manager").as_object(), "value") == boss);
  ok("{'op': 'Remove', 'path': '" + urn + ":manager'}");
  CHECK(!enterprise(talk.user(id)).contains("manager"));
  ok("{'op': 'Add', 'path': '" + urn + ":manager', 'value': {'value': '" + boss + "', 'displayName': 'ignored'}}");
  CHECK(text(enterprise(talk.user(id)).at("manager").as_object(), "displayName") == "Bo");
  ok("{'op': 'Replace', 'value': {'" + urn + ":employeeNumber': '77', 'name.givenName': 'Augusta', 'title': 'Analyst', 'emails[type eq \\\"work\\\"].value': 'augusta@example.org', 'phoneNumbers[type eq \\\"work\\\"].value': '1'}}");
  CHECK(text(enterprise(talk.user(id)), "employeeNumber") == "77");
  CHECK(text(talk.user(id), "displayName") == "Augusta Lovelace");
  CHECK(text(talk.user(id), "title") == "Analyst");
  ok("{'op': 'Replace', 'value': {'" + urn + "': {'employeeNumber': '78', 'department': 'none of ours'}}}");
  CHECK(text(enterprise(talk.user(id)), "employeeNumber") == "78");
  CHECK(enterprise(talk.user(id)).contains("manager"));
  ok("{'op': 'remove', 'path': 'title'}, {'op': 'remove', 'path': 'phoneNumbers[type eq \\\"work\\\"]'}, {'op': 'add', 'path': 'addresses', 'value': [{'type': 'work'}]}");
  CHECK(!talk.user(id).contains("title"));
  ok("{'op': 'replace', 'path': 'externalId', 'value': 'x9'}");
  CHECK(talk.found("externalId eq 'x9'") == "Augusta Lovelace");
}

TEST_CASE_TEMPLATE("a PUT keeps what its directory has no mapping for, and clears the rest", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  const std::string boss = talk.add("Bo", "bo@example.org");
  const std::string id = talk.create("{'userName': 'ada@example.org', 'externalId': 'x1', 'displayName': 'Ada', 'title': 'Engineer', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'manager': '" + boss + "', 'employeeNumber': '7'}}");
  CHECK(said(talk.service().replace(Which::users, id, body("{'userName': 'ada@example.org', 'displayName': 'Ada L.'}"), {}, {})) == "200");
  json::object user = talk.user(id);
  CHECK(text(user, "displayName") == "Ada L.");
  CHECK(text(user, "externalId") == "x1");
  CHECK(!user.contains("title"));
  CHECK(user.at("active").as_bool());
  CHECK(user.contains("emails"));
  CHECK(text(enterprise(user), "employeeNumber") == "7");
  CHECK(said(talk.service().replace(Which::users, id, body("{'userName': 'ada@example.org', 'externalId': null, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {}}"), {}, {})) == "200");
  user = talk.user(id);
  CHECK(!user.contains("externalId"));
  CHECK(!enterprise(user).contains("manager"));
  CHECK(!enterprise(user).contains("employeeNumber"));
}

TEST_CASE_TEMPLATE("Entra ID's month: found, made, changed, given a manager and a team, disabled, enabled, deleted", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  CHECK(talk.found("userName eq 'Ines.Okafor@contoso.example'").empty());
  const std::string id = talk.create(fixture("entra/create_user.json"));
  const std::string boss = talk.add("Tomasz Lindqvist", "tomasz@contoso.example");
  CHECK(talk.found("userName eq 'Ines.Okafor@contoso.example'") == "Ines Okafor");
  CHECK(talk.found("externalId eq '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef'") == "Ines Okafor");
  const auto patch = [&](const std::string& file) { return said(talk.service().patch(Which::users, id, with_id(fixture(file), "MANAGER", boss), {}, {})); };
  CHECK(patch("entra/patch_user.json") == "200");
  const json::object user = talk.user(id);
  CHECK(text(user, "displayName") == "Ines Okafor-Byrne");
  CHECK(text(user.at("name").as_object(), "familyName") == "Okafor-Byrne");
  CHECK(talk.organisation()->person(talk.person(id)).details.email == "ines.byrne@contoso.example");
  CHECK(text(enterprise(user).at("manager").as_object(), "value") == boss);
  CHECK(text(enterprise(user), "employeeNumber") == "4712");
  const std::string group = talk.create(fixture("entra/create_group.json"), Which::groups);
  const auto patch_group = [&](const std::string& file) { return said(talk.service().patch(Which::groups, group, with_id(fixture(file), "MEMBER", id), {}, {})); };
  CHECK(patch_group("entra/add_member.json") == "204");
  CHECK(members(talk.group(group)) == "Ines Okafor-Byrne");
  CHECK(patch_group("entra/remove_member.json") == "204");
  CHECK(members(talk.group(group)).empty());
  CHECK(patch("entra/disable_user.json") == "200");
  CHECK(!talk.user(id).at("active").as_bool());
  CHECK(patch("entra/enable_user.json") == "200");
  CHECK(talk.user(id).at("active").as_bool());
  CHECK(said(talk.service().remove(Which::users, id, {})) == "204");
}

TEST_CASE_TEMPLATE("Okta's flow: looked for, made, replaced, deactivated, and a group pushed", On, ON_BOTH_DATABASES) {
  Talk<On> talk;
  CHECK(talk.found("userName eq 'mateo.silva@okta.example'").empty());
  const std::string id = talk.create(fixture("okta/create_user.json"));
  CHECK(text(talk.user(id), "displayName") == "Mateo Silva");
  CHECK(said(talk.service().replace(Which::users, id, with_id(fixture("okta/replace_user.json"), "USER", id), {}, {})) == "200");
  CHECK(text(talk.user(id), "displayName") == "Mateo Silva Reyes");
  CHECK(text(talk.user(id), "title") == "Team lead");
  CHECK(said(talk.service().patch(Which::users, id, fixture("okta/deactivate_user.json"), {}, {})) == "200");
  CHECK(!talk.user(id).at("active").as_bool());
  CHECK(said(talk.service().replace(Which::users, id, with_id(fixture("okta/replace_user.json"), "USER", id), {}, {})) == "200");
  CHECK(talk.user(id).at("active").as_bool());
  const std::string group = talk.create(fixture("okta/create_group.json"), Which::groups);
  CHECK(said(talk.service().patch(Which::groups, group, with_id(with_id(fixture("okta/push_group.json"), "USER", id), "GROUP", group), {}, {})) == "204");
  CHECK(members(talk.group(group)) == "Mateo Silva Reyes");
  CHECK(text(talk.group(group), "displayName") == "Checkout crew");
  CHECK(said(talk.service().replace(Which::groups, group, body("{'displayName': 'Checkout crew', 'members': []}"), {}, {})) == "200");
  CHECK(members(talk.group(group)).empty());
}
