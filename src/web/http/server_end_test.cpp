// How connections end: by the clock, by their clients, by limits, by a stop.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <future>
#include <vector>

#include <doctest/doctest.h>

#include "temporary_folder.hpp"
#include "web/http/dispatch.hpp"
#include "web/http/loopback_test.hpp"
#include "web/http/server.hpp"

using namespace waymark;
using namespace waymark::web::http;
using loopback::Client;
using loopback::get;
using loopback::Log;
using loopback::RunningServer;
using std::chrono::milliseconds;

namespace {

Response hello(const Request&) { return Response::text(200, "hello"); }

/// A handler that reports that it has begun and waits until it is let go.
class Gate {
 public:
  [[nodiscard]] Handler handler() {
    return [this](const Request& request) {
      if (request.path == "/wait") {
        m_begun.set_value();
        m_open.get_future().wait();
      }
      return hello(request);
    };
  }
  void wait_until_begun() { m_begun.get_future().wait(); }
  void open() { m_open.set_value(); }

 private:
  std::promise<void> m_begun;
  std::promise<void> m_open;
};

}  // namespace

TEST_CASE("a header or a body that does not come is answered with 408") {
  ServerOptions options;
  options.limits.header_time = milliseconds(40);
  options.limits.body_time = milliseconds(40);
  RunningServer server(hello, options);
  for (const std::string begun : {"G", "GET / HTTP/1.1\r\nHost: a\r\n", "\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc",
                                  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"}) {
    CAPTURE(begun);
    Client client(server.url());
    client.send(get("/") + begun);
    CHECK(client.reply().status == 200);
    const auto reply = client.reply();
    CHECK(reply.status == 408);
    CHECK(reply.header("Connection") == "close");
    client.finish_sending();
    CHECK(client.rest().empty());
  }
}

TEST_CASE("one byte after another does not buy time") {
  ServerOptions options;
  options.limits.header_time = milliseconds(60);
  RunningServer server(hello, options);
  Client client(server.url());
  client.send("GET / HTTP/1.1\r\n");
  std::atomic<bool> ended = false;
  std::thread drips([&] {
    while (!ended) {
      client.send("X: y\r\n");
      std::this_thread::yield();
    }
  });
  const int status = client.reply().status;
  ended = true;
  drips.join();
  // Whichever limit it meets first.
  CHECK((status == 408 || status == 431));
}

TEST_CASE("an idle connection is closed without a word") {
  ServerOptions options;
  options.limits.idle = milliseconds(40);
  RunningServer server(hello, options);
  Client fresh(server.url());
  CHECK(fresh.rest().empty());
  Client used(server.url());
  used.send(get("/"));
  CHECK(used.reply().status == 200);
  CHECK(used.rest().empty());
}

TEST_CASE("a client that does not read its answer is let go") {
  ServerOptions options;
  options.limits.write_time = milliseconds(40);
  options.limits.connections = 1;
  const std::size_t size = 64u << 20;
  RunningServer server([&](const Request&) { return Response::text(200, std::string(size, 'x')); }, options);
  Client slow(server.url());
  slow.send(get("/"));
  // Refused, and so answered at all, once the slow one has gone.
  for (bool taken = false; !taken;) {
    Client next(server.url());
    next.send("\n");
    taken = !next.rest().empty();
  }
  CHECK(slow.rest().size() < size);
}

TEST_CASE("a large answer reaches a client that reads it, whole") {
  const std::string large(20u << 20, 'x');
  RunningServer server([&](const Request&) { return Response::text(200, large); });
  Client client(server.url());
  client.send(get("/") + get("/"));
  CHECK(client.reply().body == large);
  CHECK(client.reply().body == large);
}

TEST_CASE("clients that go away in the middle leave the server standing") {
  Gate gate;
  RunningServer server(gate.handler());
  {
    Client in_the_header(server.url());
    in_the_header.send("GET / HT");
    Client in_the_body(server.url());
    in_the_body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
    Client at_once(server.url());
    Client while_handled(server.url());
    while_handled.send(get("/wait"));
    gate.wait_until_begun();
  }
  gate.open();
  RunningServer generous([](const Request&) { return Response::text(200, std::string(32u << 20, 'x')); });
  {
    Client in_the_answer(generous.url());
    in_the_answer.send(get("/"));
    CHECK(in_the_answer.reply(Client::Body::none).status == 200);
  }
  Client half_closed(server.url());
  half_closed.send(get("/"));
  half_closed.finish_sending();
  CHECK(half_closed.reply().body == "hello");
  CHECK(half_closed.rest().empty());
  Client next(generous.url());
  next.send(get("/"));
  CHECK(next.reply().status == 200);
}

TEST_CASE("more connections than allowed are closed after accept, and room is made by those that end") {
  ServerOptions options;
  options.limits.connections = 2;
  RunningServer server(hello, options);
  Client first(server.url());
  first.send(get("/"));
  CHECK(first.reply().status == 200);
  {
    Client second(server.url());
    second.send(get("/"));
    CHECK(second.reply().status == 200);
    Client third(server.url());
    CHECK(third.rest().empty());
    first.send(get("/"));
    CHECK(first.reply().status == 200);
    second.send(get("/", "Connection: close\r\n"));
    CHECK(second.reply().status == 200);
  }
  for (bool taken = false; !taken;) {
    Client fourth(server.url());
    fourth.send(get("/", "Connection: close\r\n"));
    taken = !fourth.rest().empty();
  }
}

TEST_CASE("running out of file descriptors delays connections and loses none") {
  const Log log;
  // The sanitizers need descriptors of their own to look at a class for the first time.
  log_accept_failure("a trial", EMFILE);
  RunningServer server(hello);
  Client warm_up(server.url());
  warm_up.send(get("/"));
  CHECK(warm_up.reply().status == 200);
  Client client;
  const int next_free = dup(0);
  REQUIRE(next_free >= 0);
  ::close(next_free);
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(next_free);
  REQUIRE(setrlimit(RLIMIT_NOFILE, &tight) == 0);
  client.connect_to(server.url());
  client.send(get("/"));
  // The others are served meanwhile.
  while (log.text().find("address=" + server.url() + " what=\"Too many open files\"") == std::string::npos) {
    warm_up.send(get("/"));
    CHECK(warm_up.reply().status == 200);
  }
  REQUIRE(setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(client.reply().status == 200);
}

TEST_CASE("a stop closes idle connections at once and finishes what is in flight") {
  Gate gate;
  const TemporaryFolder folder;
  ServerOptions options;
  options.listen = {"127.0.0.1:0", "unix:" + (folder.path() / "socket").string()};
  RunningServer server(gate.handler(), options);
  Client idle(server.url());
  idle.send(get("/"));
  CHECK(idle.reply().status == 200);
  Client fresh(server.url());
  Client waiting(server.url(1));
  waiting.send(get("/wait") + get("/never"));
  gate.wait_until_begun();

  server.server().stop();
  server.server().stop();
  CHECK(idle.rest().empty());
  CHECK(fresh.rest().empty());
  CHECK_THROWS(Client(server.url()));

  gate.open();
  const auto reply = waiting.reply();
  CHECK(reply.body == "hello");
  CHECK(reply.header("Connection") == "close");
  CHECK(waiting.rest().empty());
  waiting.close();
  server.join();
  CHECK_FALSE(std::filesystem::exists(folder.path() / "socket"));
}

TEST_CASE("a stop waits no longer than the drain") {
  ServerOptions options;
  options.limits.drain = milliseconds(50);
  RunningServer server(hello, options);
  Client stuck(server.url());
  stuck.send(get("/") + "GET / HTTP/1.1\r\n");
  CHECK(stuck.reply().status == 200);
  server.server().stop();
  server.join();
  // The connection ends with the server, which owns it.
}

TEST_CASE("a handler that outlives the drain is waited for, its answer dropped") {
  Gate gate;
  ServerOptions options;
  options.limits.drain = milliseconds(20);
  auto server = std::make_unique<RunningServer>(gate.handler(), options);
  Client waiting(server->url());
  waiting.send(get("/wait"));
  gate.wait_until_begun();
  server->server().stop();
  auto joined = std::async(std::launch::async, [&] { server->join(); });
  gate.open();
  joined.get();
  server.reset();
  const std::string rest = waiting.rest();
  // Dropped where the drain was over first, else complete.
  CHECK((rest.empty() || rest.ends_with("hello")));
}

TEST_CASE("a server that is stopped before it runs, or never runs, ends") {
  Server never({.listen = {"127.0.0.1:0"}, .limits = {}, .headers = {}, .access_log = {}}, hello);
  REQUIRE(never.listen().has_value());
  Server stopped({.listen = {"127.0.0.1:0"}, .limits = {}, .headers = {}, .access_log = {}}, hello);
  REQUIRE(stopped.listen().has_value());
  stopped.stop();
  stopped.run();
}

TEST_CASE("an address that cannot be had is said, and the others are given back") {
  Server first({.listen = {"127.0.0.1:0"}, .limits = {}, .headers = {}, .access_log = {}}, hello);
  REQUIRE(first.listen().has_value());
  const std::string taken = first.urls().at(0).substr(7);
  Server second({.listen = {"127.0.0.1:0", taken}, .limits = {}, .headers = {}, .access_log = {}}, hello);
  const auto listening = second.listen();
  REQUIRE_FALSE(listening.has_value());
  CHECK(listening.error().kind == Error::Kind::unavailable);
  CHECK(listening.error().message.find(taken) != std::string::npos);
  CHECK(second.urls().empty());
}

TEST_CASE("many clients at once are all served") {
  ServerOptions options;
  options.worker_threads = 3;
  RunningServer server(hello, options, [](const Request& request) -> std::shared_ptr<const Representation> {
    static const auto page = make_representation("text/plain", "", std::string(100'000, 'p'), Compression::fast);
    return request.path == "/page" ? page : nullptr;
  });
  std::atomic<int> served = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      for (int round = 0; round < 10; ++round) {
        Client client(server.url());
        client.send(get("/page") + get("/") + get("/page", "Accept-Encoding: gzip\r\n"));
        for (int reply = 0; reply < 3; ++reply) served += client.reply().status == 200 ? 1 : 0;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  CHECK(served == 240);
}
