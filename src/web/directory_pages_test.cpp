// An administrator connects a directory, which speaks with its own token until that is renewed or withdrawn; and what it is told where there is nothing.
#include <doctest/doctest.h>

#include "web/installation_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;
using http::Method;

namespace {

bool has(const http::Response& response, std::string_view words) { return body_of(response).find(words) != std::string::npos; }

/// The token that a page shows once.
std::string token_in(const http::Response& response) {
  const std::string page = body_of(response);
  const auto begin = page.find(org::scim::Directories::token_beginning);
  REQUIRE(begin != std::string::npos);
  return page.substr(begin, page.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", begin) - begin);
}

template <class On>
struct Connected {
  TestInstallation<On> house;
  Person admin;
  std::string page;
  Person directory;

  Connected() {
    house.add("Ada", {access::Role::administrator});
    admin = house.signed_in("ada@example.org");
    const auto connected = house.post("/directories/new", admin, {{"name", " Entra  ID "}, {"groups", "nothing"}});
    CHECK(connected.status == 201);
    CHECK(has(connected, "http://waymark.example/scim/v2"));
    directory.bearer = token_in(connected);
    page = "/directories/" + house.installation.directories.list().at(0).id.text();
  }
  int status(Method method, const std::string& address) { return house.ask(method, "/scim/v2" + address, {}, directory).status; }
};

}  // namespace

TEST_CASE_TEMPLATE("a directory is connected, seen, given a new token and withdrawn, and the token is shown once", On, ON_BOTH_DATABASES) {
  Connected<On> desk;
  auto& house = desk.house;
  CHECK(has(house.get("/directories", desk.admin), "not yet"));
  CHECK(desk.status(Method::get, "/Users") == 200);
  const auto listed = house.get("/directories", desk.admin);
  CHECK(has(listed, "Entra ID"));
  CHECK(has(listed, "left out"));
  CHECK(!has(listed, "not yet"));
  CHECK(!has(listed, desk.directory.bearer));
  CHECK(!has(house.get(desk.page, desk.admin), desk.directory.bearer));

  CHECK(desk.status(Method::get, "/Groups") == 404);
  CHECK(header_of(house.post(desk.page + "/groups", desk.admin, {{"groups", "teams"}}), "Location").starts_with(desk.page));
  CHECK(desk.status(Method::get, "/Groups") == 200);

  const auto renewed = house.post(desk.page + "/token", desk.admin);
  CHECK(renewed.status == 201);
  CHECK(desk.status(Method::get, "/Users") == 401);
  desk.directory.bearer = token_in(renewed);
  CHECK(desk.status(Method::get, "/Users") == 200);

  CHECK(house.post(desk.page + "/withdraw", desk.admin).status == 303);
  CHECK(desk.status(Method::get, "/Users") == 401);
  CHECK(house.get(desk.page, desk.admin).status == 404);
  CHECK(!has(house.get("/directories", desk.admin), "Entra ID"));
}

TEST_CASE_TEMPLATE("a name that cannot be is said at its field, and what was chosen stays", On, ON_BOTH_DATABASES) {
  Connected<On> desk;
  for (const char* const name : {"", "entra id"}) {
    const auto refused = desk.house.post("/directories/new", desk.admin, {{"name", name}, {"groups", "nothing"}});
    CHECK(refused.status == 422);
    CHECK(has(refused, "aria-invalid=\"true\""));
    CHECK(has(refused, "value=\"nothing\" selected"));
  }
  CHECK(desk.house.installation.directories.list().size() == 1);
}

TEST_CASE_TEMPLATE("what is not there, what an address does not take and what Waymark does not do are told apart, in the form of the standard", On, ON_BOTH_DATABASES) {
  Connected<On> desk;
  CHECK(desk.status(Method::get, "/Devices") == 404);
  CHECK(desk.status(Method::post, "/Devices") == 404);
  for (const Method method : {Method::post, Method::get}) CHECK(desk.status(method, "/Bulk") == 501);
  CHECK(desk.status(Method::post, "/.search") == 501);
  for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) CHECK(desk.status(method, "/Me") == 501);
  CHECK(desk.status(Method::other, "/Users") == 501);
  const auto refused = desk.house.ask(Method::delete_, "/scim/v2/Users", {}, desk.directory);
  CHECK(refused.status == 405);
  CHECK(header_of(refused, "Allow") == "GET, HEAD, POST");
  CHECK(has(refused, "urn:ietf:params:scim:api:messages:2.0:Error"));
  CHECK(header_of(refused, "Content-Type").starts_with("application/scim+json"));
  Person nobody;
  for (const char* const address : {"/scim/v2/Bulk", "/scim/v2/Devices"}) CHECK(desk.house.ask(Method::post, address, {}, nobody).status == 401);
}
