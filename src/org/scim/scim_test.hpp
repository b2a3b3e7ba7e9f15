/// A directory that talks to an organisation without a socket.
#pragma once

#include <boost/json.hpp>

#include <fstream>
#include <sstream>

#include "org/org_test.hpp"
#include "org/scim/schema.hpp"
#include "org/scim/service.hpp"

namespace waymark::org::scim::testing {

namespace json = boost::json;

[[nodiscard]] inline std::string fixture(const std::string& name) {
  std::ifstream stream(std::string(WAYMARK_SOURCE_DIR) + "/tests/fixtures/scim/" + name, std::ios::binary);
  REQUIRE(stream.good());
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

[[nodiscard]] inline std::string body(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  return text;
}

/// "200", "409 uniqueness", "400 invalidValue".
[[nodiscard]] inline std::string said(const Answer<Reply>& answer) {
  if (answer) return std::to_string(answer->status);
  return std::to_string(answer.error().status) + (answer.error().type.empty() ? "" : " " + answer.error().type);
}

template <class On>
struct Talk {
  org::testing::Office<On> office;
  Directories directories;
  Caller caller;

  Talk() : directories(*office.store.database, office.store.clock), caller(connected("Entra")) {}

  Caller connected(const std::string& name) {
    const auto made = directories.connect(name, GroupsAre::teams, access::Doing::at_the_machine());
    REQUIRE(made.has_value());
    return directories.caller(made->token.reveal()).value();
  }
  [[nodiscard]] Service service() { return service(caller); }
  [[nodiscard]] Service service(const Caller& by) { return {office.registry, *office.store.database, office.store.clock, by, "https://waymark.example/scim/v2"}; }

  [[nodiscard]] json::object read(const Answer<Reply>& answer) {
    if (!answer) FAIL(answer.error().detail);
    return json::parse(answer->body).as_object();
  }
  /// The id of the new resource.
  std::string create(const std::string& text, Which which = Which::users) {
    const auto made = service().create(which, body(text), {});
    const json::object resource = read(made);
    REQUIRE(made->status == 201);
    return std::string(resource.at("id").as_string());
  }
  std::string add(const std::string& name, const std::string& email) {
    return create("{'userName': '" + email + "', 'displayName': '" + name + "', 'emails': [{'value': '" + email + "', 'type': 'work', 'primary': true}], 'active': true}");
  }
  [[nodiscard]] json::object user(const std::string& id) { return read(service().get(Which::users, id, {}, {})); }
  [[nodiscard]] json::object group(const std::string& id) { return read(service().get(Which::groups, id, {}, {})); }
  [[nodiscard]] Answer<Reply> patch(const std::string& id, const std::string& operations, Which which = Which::users) {
    return service().patch(which, id, body("{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], 'Operations': [" + operations + "]}"), {}, {});
  }
  /// The display names of the users that the filter finds, in order.
  [[nodiscard]] std::string found(const std::string& filter, Which which = Which::users) {
    const json::object list = read(service().list(which, {.filter = body(filter)}));
    std::string names;
    for (const json::value& each : list.at("Resources").as_array()) names += (names.empty() ? "" : " ") + std::string(each.at("displayName").as_string());
    return names;
  }
  [[nodiscard]] std::shared_ptr<const Organisation> organisation() { return office.registry.now(); }
  [[nodiscard]] PersonIndex person(const std::string& id) { return organisation()->find(PersonId::from(id).value()).value(); }
};

[[nodiscard]] inline std::string text(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string("(none)");
}
[[nodiscard]] inline const json::object& enterprise(const json::object& user) { return user.at(json::string_view(enterprise_urn.data(), enterprise_urn.size())).as_object(); }

}  // namespace waymark::org::scim::testing
