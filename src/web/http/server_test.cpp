// The server on a real loopback connection: the protocol. What ends connections stands in server_end_test.cpp.
#include "web/http/server.hpp"

#include <mutex>
#include <sstream>
#include <stdexcept>

#include <doctest/doctest.h>

#include "temporary_folder.hpp"
#include "web/http/loopback_test.hpp"

using namespace waymark;
using namespace waymark::web::http;
using loopback::Client;
using loopback::get;
using loopback::Log;
using loopback::RunningServer;

namespace {

Response echo(const Request& request) {
  std::string body = std::string(to_string(request.method)) + " " + request.path;
  for (const auto& [name, value] : request.query) body += " " + name + "=" + value;
  return Response::text(200, body + "\n" + request.body);
}

ServerOptions with_headers() {
  ServerOptions options;
  options.headers = {{"X-Content-Type-Options", "nosniff"}};
  return options;
}

std::shared_ptr<const Representation> ready_page() {
  static const auto page = make_representation("text/html; charset=utf-8", "no-cache", std::string(5000, 'w'), Compression::fast);
  return page;
}

/// "/ready" stands ready, everything else is echoed by a worker.
std::shared_ptr<const Representation> ready(const Request& request) { return request.path == "/ready" ? ready_page() : nullptr; }

}  // namespace

TEST_CASE("what cannot be read is refused in words, with the server's headers, and the connection ends") {
  RunningServer server(echo, with_headers(), ready);
  struct Row {
    std::string bytes;
    int status;
  };
  const Row table[] = {
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", 400},
      {"GET / HTTP/1.1\nHost: a\n\n", 400},
      {"GET /caf\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /a/%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505},
      {"\x16\x03\x01", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n\r\n", 417},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n", 413},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", 431},
      {"GET /" + std::string(20'000, 'x'), 431},
  };
  for (const Row& row : table) {
    CAPTURE(row.bytes);
    Client client(server.url());
    client.send(row.bytes);
    const auto reply = client.reply();
    CHECK(reply.status == row.status);
    CHECK(reply.header("Connection") == "close");
    CHECK(reply.header("X-Content-Type-Options") == "nosniff");
    CHECK(reply.header("Content-Type") == "text/plain; charset=utf-8");
    CHECK(reply.body.ends_with(".\n"));
    CHECK(client.rest().empty());
  }
}

TEST_CASE("requests on one connection are answered in their order, whoever answers them") {
  RunningServer server(echo, with_headers(), ready);
  Client client(server.url());
  std::string requests;
  for (int i = 0; i < 300; ++i) requests += get(i % 3 == 0 ? "/ready" : "/" + std::to_string(i));
  client.send(requests);
  for (int i = 0; i < 300; ++i) {
    const auto reply = client.reply();
    REQUIRE(reply.status == 200);
    REQUIRE(reply.body == (i % 3 == 0 ? ready_page()->body : "GET /" + std::to_string(i) + "\n"));
    REQUIRE_FALSE(reply.header("Connection").has_value());
  }
}

TEST_CASE("the connection stays where the client wants it to") {
  RunningServer server(echo, with_headers(), ready);
  struct Row {
    std::string request;
    std::optional<std::string> said;
    bool stays;
  };
  const Row table[] = {
      {get("/"), std::nullopt, true},
      {get("/ready"), std::nullopt, true},
      {get("/", "Connection: close\r\n"), "close", false},
      {get("/ready", "Connection: close\r\n"), "close", false},
      {"GET / HTTP/1.0\r\n\r\n", "close", false},
      {"GET /ready HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "keep-alive", true},
  };
  for (const Row& row : table) {
    CAPTURE(row.request);
    Client client(server.url());
    client.send(row.request);
    const auto reply = client.reply();
    CHECK(reply.status == 200);
    CHECK(reply.header("Connection") == row.said);
    if (row.stays) {
      client.send(get("/again"));
      CHECK(client.reply().body == "GET /again\n");
    } else {
      CHECK(client.rest().empty());
    }
  }
}

TEST_CASE("HEAD has the header of GET and no body") {
  RunningServer server(echo, with_headers(), ready);
  Client client(server.url());
  for (const std::string path : {"/ready", "/worker"}) {
    client.send("HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\n" + get("/next"));
    const auto head = client.reply(Client::Body::none);
    CHECK(head.status == 200);
    CHECK(head.header("Content-Length") == (path == "/ready" ? "5000" : "13"));
    CHECK(client.reply().body == "GET /next\n");
  }
}

TEST_CASE("a page is sent as small as the client can read it, and not again while it is the same") {
  RunningServer server(echo, with_headers(), ready);
  Client client(server.url());
  client.send(get("/ready", "Accept-Encoding: gzip, br\r\n"));
  const auto first = client.reply();
  CHECK(first.header("Content-Encoding") == "br");
  CHECK(first.header("Vary") == "Accept-Encoding");
  CHECK(first.body == ready_page()->brotli);
  REQUIRE(first.header("ETag").has_value());
  client.send(get("/ready", "Accept-Encoding: gzip, br\r\nIf-None-Match: \"other\", " + *first.header("ETag") + "\r\n"));
  const auto second = client.reply();
  CHECK(second.status == 304);
  CHECK(second.body.empty());
  CHECK(second.header("ETag") == first.header("ETag"));
  CHECK(second.header("X-Content-Type-Options") == "nosniff");
  client.send(get("/ready", "If-None-Match: " + *first.header("ETag") + "\r\n"));
  CHECK(client.reply().body == ready_page()->body);
}

TEST_CASE("a body arrives whole, by length or in chunks, and its trailer is nobody's header") {
  std::string seen;
  RunningServer server([&](const Request& request) {
    seen = request.header("x-admin");
    return echo(request);
  });
  Client client(server.url());
  const std::string large(900'000, 'b');
  client.send("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n" + large);
  CHECK(client.reply().body == "POST /length\n" + large);
  client.send("PUT /chunks HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 9; ++i) client.send("186A0\r\n" + large.substr(0, 100'000) + "\r\n");
  client.send("0\r\nX-Admin: yes\r\n\r\n");
  CHECK(client.reply().body == "PUT /chunks\n" + large);
  CHECK(seen.empty());
}

TEST_CASE("who waits for 100 Continue gets it, but not where the body is refused anyway") {
  RunningServer server(echo);
  Client client(server.url());
  client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.reply(Client::Body::none).status == 100);
  client.send("xy");
  CHECK(client.reply().body == "POST /a\nxy");
  client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nxy");
  CHECK(client.reply().status == 200);
  client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.reply().status == 413);
  CHECK(client.rest().empty());
}

TEST_CASE("a body that is too large is refused so that the client hears it while it still sends") {
  RunningServer server(echo);
  for (const std::string framing : {"Content-Length: 8000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n7A1200\r\n"}) {
    Client client(server.url());
    client.send("POST / HTTP/1.1\r\nHost: a\r\n" + framing);
    client.send(std::string(8'000'000, 'x'));
    CHECK(client.reply().status == 413);
  }
}

TEST_CASE("an absolute address is served, and its authority is the Host") {
  RunningServer server([](const Request& request) { return Response::text(200, request.path + " at " + std::string(request.header("host"))); });
  Client client(server.url());
  client.send("GET http://other:81/a HTTP/1.1\r\nHost: b\r\n\r\n");
  CHECK(client.reply().body == "/a at other:81");
}

TEST_CASE("what a handler throws becomes words and a reference id that the log knows") {
  const Log log;
  RunningServer server(
      [](const Request& request) -> Response {
        if (request.path == "/number") throw 7;
        if (request.path == "/split") return Response::see_other("/\r\nSet-Cookie: a=b");
        throw std::runtime_error("the cellar is flooded");
      },
      with_headers(),
      [](const Request& request) -> std::shared_ptr<const Representation> {
        if (request.path == "/ready") throw std::runtime_error("the roof leaks");
        return nullptr;
      });
  Client client(server.url());
  struct Row {
    std::string path, logged;
  };
  for (const Row& row :
       {Row{"/", "the cellar is flooded"}, Row{"/number", "no std::exception"}, Row{"/split", "Location"}, Row{"/ready", "the roof leaks"}}) {
    CAPTURE(row.path);
    client.send(get(row.path));
    const auto reply = client.reply();
    CHECK(reply.status == 500);
    CHECK(reply.header("X-Content-Type-Options") == "nosniff");
    CHECK(reply.body.find(row.logged) == std::string::npos);
    const auto at = reply.body.find("reference ");
    REQUIRE(at != std::string::npos);
    const std::string id = reply.body.substr(at + 10, 12);
    CHECK(reply.header("X-Request-Id") == id);
    CHECK(log.text().find("A request failed. request=" + id + " method=GET what=") != std::string::npos);
    CHECK(log.text().find(row.logged) != std::string::npos);
  }
}

TEST_CASE("several addresses are served at once, IPv6 and unix sockets among them") {
  const TemporaryFolder folder;
  ServerOptions options;
  options.listen = {"127.0.0.1:0", "[::1]:0", "0", "unix:" + (folder.path() / "socket").string()};
  RunningServer server([](const Request& request) { return Response::text(200, "from " + request.remote_address); }, options);
  const std::string expected[] = {"from 127.0.0.1", "from ::1", "from 127.0.0.1", "from "};
  for (std::size_t i = 0; i < 4; ++i) {
    CAPTURE(server.url(i));
    Client client(server.url(i));
    client.send(get("/"));
    CHECK(client.reply().body == expected[i]);
  }
}

TEST_CASE("the log of accesses hears of answers and refusals") {
  std::mutex mutex;
  std::ostringstream heard;
  ServerOptions options;
  options.access_log = [&](const Exchange& exchange) {
    const std::lock_guard lock(mutex);
    heard << exchange.remote_address << ' ' << to_string(exchange.method) << ' ' << exchange.path << ' ' << exchange.status << ' '
          << exchange.body_bytes << '\n';
  };
  {
    RunningServer server([](const Request&) { return Response::text(404, "none"); }, options, ready);
    Client client(server.url());
    client.send(get("/ready") + get("/b%20c"));
    CHECK(client.reply().status == 200);
    CHECK(client.reply().status == 404);
    client.send("\n");
    CHECK(client.reply().status == 400);
    server.server().stop();
    server.join();
  }
  const std::string text = heard.str();
  CHECK(text.starts_with("127.0.0.1 GET /ready 200 5000\n127.0.0.1 GET /b c 404 4\n127.0.0.1 other  400 "));
}

TEST_CASE("a configured header that cannot be sent is found before anybody is served") {
  ServerOptions options;
  options.headers = {{"Server", "a\r\nb"}};
  CHECK_THROWS_AS(Server(options, echo), std::invalid_argument);
}
