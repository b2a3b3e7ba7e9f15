// What must not stand in a log: tokens of links, passwords, addresses of people, ids of records, whatever went well or wrong.
#include "web/access_log.hpp"

#include <doctest/doctest.h>

#include "web/http/loopback_test.hpp"
#include "web/installation_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;
using namespace waymark::web::http::loopback;

namespace {

std::string form(std::string_view target, std::string_view body, std::string_view headers = {}) {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: waymark.example\r\nContent-Type: application/x-www-form-urlencoded\r\n" + std::string(headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace

TEST_CASE("a log names routes and requests, and holds no token, no password, no address and no id") {
  TestInstallation<OnPostgresql> house({}, {.reconnect_within = std::chrono::milliseconds(10)});
  const std::string set_up(house.installation.joining.open_set_up()->reveal());
  const access::AccountId ada = house.add("Ada", {access::Role::administrator});
  const auto bo = house.installation.accounts.create({.name = "Bo", .email = "bo@example.org"}, access::Doing::at_the_machine());
  const std::string join(house.installation.joining.issue(access::LinkPurpose::invitation, *bo, access::Doing::at_the_machine())->reveal());
  Person browser = house.signed_in("ada@example.org");
  const std::string session = browser.cookies["waymark"];
  const std::string cookie = "Cookie: waymark=" + session + "\r\n";

  const Log log;
  http::ServerOptions options;
  options.access_log = log_exchange;
  http::loopback::RunningServer server([&](const http::Request& request) { return house.application.handle(request); }, options);
  Client client(server.url());
  const auto ask = [&](const std::string& request) {
    client.send(request);
    return client.reply();
  };
  const std::vector<std::string> requests{
      get("/set-up?token=" + set_up),
      get("/join?token=" + join),
      form("/join", "token=" + join + "&password=short"),
      form("/sign-in", "email=ada%40example.org&password=not+the+right+one"),
      form("/sign-in", "email=ada%40example.org&password=correct+horse+battery"),
      get("/account", cookie),
      get("/accounts?email=ada%40example.org", cookie),
      get("/accounts/" + ada.text(), cookie),
      get("/account", "Authorization: Bearer " + session + "\r\n"),
      get("/nobody/ada@example.org"),
  };
  std::vector<std::string> ids;
  for (const std::string& request : requests) ids.push_back(ask(request).header("X-Request-Id").value_or("none"));
  PostgresqlServer::running().stop();
  for (const std::string& request : requests) {
    const Reply reply = ask(request);
    ids.push_back(reply.header("X-Request-Id").value_or("none"));
    // Whoever reads the reference to somebody reads what the log has.
    if (reply.status == 503) CHECK(has(reply.body, "the reference " + ids.back()));
  }
  PostgresqlServer::running().start();
  server.server().stop();
  server.join();

  const std::string text = log.text();
  for (const std::string& id : ids) CHECK(has(text, "request=" + id));
  for (const char* const route : {"route=/set-up", "route=/join", "route=/sign-in", "route=/accounts/{}", "route=none"}) CHECK(has(text, route));
  CHECK(has(text, "The store did not do what a page asked. request="));
  for (const std::string& secret : {set_up, join, session, ada.text(), std::string("example.org"), std::string("short"), std::string("right one"),
                                    std::string("horse"), std::string("token=")}) {
    CAPTURE(secret);
    CHECK(!has(text, secret));
  }
}
