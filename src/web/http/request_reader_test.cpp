#include "web/http/request_reader.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/text.hpp"

using namespace waymark;
using namespace waymark::web::http;

namespace {

using namespace std::string_literals;

std::string get(const std::string& target) { return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n"; }
std::string post(const std::string& headers_and_body) { return "POST / HTTP/1.1\r\nHost: h\r\n" + headers_and_body; }

struct Refused {
  std::string bytes;
  int status;
  std::string word;  ///< in the sentence
};

}  // namespace

TEST_CASE("a request that could be read in two ways is refused, with the reason in words") {
  const Refused table[] = {
      {"GET / HTTP/1.1\r\n\r\n", 400, "Host"},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400, "more than one Host"},
      {"GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400, "more than one Host"},
      {"GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, "Host"},
      {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "Host"},
      {"GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n", 400, "Host"},
      {"GET / HTTP/1.1\r\nHost: user@a\r\n\r\n", 400, "Host"},
      {"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400, "Host"},
      {"GET / HTTP/1.1\r\nHost: a:80a\r\n\r\n", 400, "Host"},
      {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400, "header"},
      {"GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, "folded"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", 400, "folded"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n", 400, "folded"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400, "line"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"s, 400, "header"},
      {"GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400, "header"},
      {"GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400, "header"},
      {"GET / HTTP/1.1\nHost: a\n\n", 400, "line feed"},
      {"GET / HTTP/1.1\r\nHost: a\n\r\n", 400, "line feed"},
      {"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, ""},
      {"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, ""},
      {"G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "no HTTP request"},
      {"GET / http/1.1\r\nHost: a\r\n\r\n", 400, "no HTTP request"},
      {"GET /\r\n\r\n", 400, ""},
      {"GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505, "version"},
      {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "version"},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version"},
      {"\x16\x03\x01\x02", 400, "HTTPS"},
      {"\0"s, 400, "no HTTP request"},
      {"GET /caf\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "percent-encode"},
      {"GET /a\x7f HTTP/1.1\r\nHost: a\r\n\r\n", 400, "ASCII"},
      {get("/%"), 400, "%25"},
      {get("/%4"), 400, "%25"},
      {get("/%zz"), 400, "%25"},
      {get("/?a=%4"), 400, "%25"},
      {get("/%00"), 400, "zero byte"},
      {get("/?a=%00"), 400, "zero byte"},
      {get("/%FF"), 400, "UTF-8"},
      {get("/%C0%AF"), 400, "UTF-8"},
      {get("/%ED%A0%80"), 400, "UTF-8"},
      {get("/?%E2%82"), 400, "UTF-8"},
      {get("/.."), 400, ".."},
      {get("/a/../b"), 400, ".."},
      {get("/a/%2e%2E/b"), 400, ".."},
      {get("/a%2F..%2Fb"), 400, ".."},
      {get("/./a"), 400, ".."},
      {get("/a#b"), 400, "#"},
      {get("a"), 400, "slash"},
      {get("*"), 400, "slash"},
      {get("host:443"), 400, "slash"},
      {get("ftp://h/"), 400, "slash"},
      {get("http:///a"), 400, "host"},
      {get("http://user@h/a"), 400, "host"},
      {post("Transfer-Encoding: gzip\r\n\r\n"), 501, "Transfer-Encoding"},
      {post("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501, "Transfer-Encoding"},
      {post("Transfer-Encoding: chunked, identity\r\n\r\n"), 501, "Transfer-Encoding"},
      {post("Transfer-Encoding: xchunked\r\n\r\n"), 501, "Transfer-Encoding"},
      {post("Transfer-Encoding: \r\n\r\n"), 501, "Transfer-Encoding"},
      {post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400, "body"},
      {post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"), 400, "how long"},
      {post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400, "how long"},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "HTTP/1.0"},
      {post("Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"), 400, "Content-Length"},
      {post("Content-Length: 3, 3\r\n\r\nabc"), 400, "Content-Length"},
      {post("Content-Length: +3\r\n\r\nabc"), 400, ""},
      {post("Content-Length: -3\r\n\r\nabc"), 400, ""},
      {post("Content-Length: 0x3\r\n\r\nabc"), 400, ""},
      {post("Content-Length: \r\n\r\n"), 400, ""},
      {post("Content-Length: 99999999999999999999999\r\n\r\n"), 400, ""},
      {post("Content-Length: 1048577\r\n\r\n"), 413, "1048576"},
      {post("Transfer-Encoding: chunked\r\n\r\n100001\r\n"), 413, "1048576"},
      {post("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n"), 400, "chunk"},
      {post("Transfer-Encoding: chunked\r\n\r\nxyz\r\n"), 400, "chunk"},
      {post("Transfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n"), 400, "chunk"},
      {post("Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n"), 400, ""},
      {post("Expect: miracles\r\n\r\n"), 417, "Expect"},
      {post("Transfer-Encoding: chunked\r\n\r\n3;" + std::string(20'000, 'x')), 431, "large"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'x') + "\r\n\r\n", 431, "header"},
      {"GET /" + std::string(17'000, 'x'), 431, "header"},
      {"GET / HTTP/1.1\r\nHost: a\r\n", 400, "complete"},
      {post("Content-Length: 3\r\n\r\nab"), 400, "complete"},
      {"", 400, "complete"},
  };
  for (const Refused& row : table) {
    CAPTURE(row.bytes);
    const auto request = read_request(row.bytes);
    REQUIRE_FALSE(request.has_value());
    CAPTURE(request.error().reason);
    CHECK(request.error().status == row.status);
    CHECK(request.error().reason.find(row.word) != std::string::npos);
    CHECK(request.error().reason.ends_with('.'));
  }
}

TEST_CASE("an address is split and decoded") {
  struct Row {
    std::string target, path;
    Headers query;
  };
  const Row table[] = {
      {"/", "/", {}},
      {"/?", "/", {}},
      {"/a/b", "/a/b", {}},
      {"/Z%C3%BCrich", "/Zürich", {}},
      {"/a+b", "/a+b", {}},
      {"/?q=a+b%2Bc", "/", {{"q", "a b+c"}}},
      {"/?a=1&&b&=c&a=2", "/", {{"a", "1"}, {"b", ""}, {"", "c"}, {"a", "2"}}},
      {"/?a=b=c?d", "/", {{"a", "b=c?d"}}},
      {"/?a={|}^`", "/", {{"a", "{|}^`"}}},
      {"/a\\b", "/a\\b", {}},
      {"/...", "/...", {}},
      {"/.well-known/x", "/.well-known/x", {}},
      {"/a%2Fb", "/a/b", {}},
      {"http://other:81/a?b=c", "/a", {{"b", "c"}}},
      {"HTTPS://other", "/", {}},
      {"http://[::1]:80?b", "/", {{"b", ""}}},
  };
  for (const Row& row : table) {
    CAPTURE(row.target);
    const auto request = read_request(get(row.target));
    REQUIRE(request.has_value());
    CHECK(request->path == row.path);
    CHECK(request->query == row.query);
  }
}

TEST_CASE("the authority of an absolute address is the Host") {
  const auto request = read_request(get("http://other:81/a"));
  REQUIRE(request.has_value());
  CHECK(request->headers == Headers{{"host", "other:81"}});
}

TEST_CASE("headers keep their order and lose their case; HTTP/1.0 may come without Host") {
  const auto request = read_request("DELETE /a HTTP/1.0\r\n\r\n");
  REQUIRE(request.has_value());
  CHECK(request->method == Method::delete_);
  CHECK(request->headers.empty());
  const auto named = read_request("PROPFIND / HTTP/1.1\r\nHOST: [::1]:8080\r\nX-B:  two words \r\nx-b: caf\xE9\r\n\r\n");
  REQUIRE(named.has_value());
  CHECK(named->method == Method::other);
  CHECK(named->headers == Headers{{"host", "[::1]:8080"}, {"x-b", "two words"}, {"x-b", "caf\xE9"}});
  CHECK(named->header("x-b") == "two words");
  CHECK(named->header("x-c").empty());
}

TEST_CASE("a chunked body is joined; extensions and trailers are left out") {
  const auto request =
      read_request(post("Transfer-Encoding: Chunked\r\n\r\n3;a=\"b\"\r\nabc\r\nA\r\n0123456789\r\n0\r\nHost: evil\r\nX-Admin: 1\r\n\r\n"));
  REQUIRE(request.has_value());
  CHECK(request->body == "abc0123456789");
  CHECK(request->headers == Headers{{"host", "h"}, {"transfer-encoding", "Chunked"}});
}

TEST_CASE("how the bytes are cut changes nothing, and what follows is left for the next request") {
  const std::string first = "\r\n" + post("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\nX: y\r\n\r\n");
  const std::string second = post("Content-Length: 5\r\n\r\n") + "12345";
  const std::string both = first + second;
  CHECK(rc::check("two requests, cut anywhere", [&] {
    RequestReader reader(ReadLimits{});
    std::vector<std::string> bodies;
    std::size_t taken = 0;
    std::size_t shown = 0;
    while (bodies.size() < 2) {
      RC_ASSERT(shown < both.size());
      shown = std::min(both.size(), shown + *rc::gen::inRange<std::size_t>(1, 20));
      for (;;) {
        const auto used = reader.feed(std::string_view(both).substr(taken, shown - taken));
        RC_ASSERT(used.has_value());
        taken += *used;
        if (reader.stage() != RequestReader::Stage::complete) break;
        bodies.push_back(reader.request().body);
        reader.reset();
        if (taken == shown) break;
      }
    }
    RC_ASSERT(taken == both.size());
    RC_ASSERT(bodies == (std::vector<std::string>{"abcd", "12345"}));
  }));
}

TEST_CASE("a client that waits for 100 Continue is known until its body comes") {
  RequestReader reader(ReadLimits{});
  const std::string head = post("Content-Length: 2\r\nExpect: 100-Continue\r\n\r\n");
  CHECK_FALSE(reader.expects_continue());
  REQUIRE(reader.feed(head).value() == head.size());
  CHECK(reader.stage() == RequestReader::Stage::body);
  CHECK(reader.expects_continue());
  REQUIRE(reader.feed("a").value() == 1);
  CHECK_FALSE(reader.expects_continue());

  RequestReader old(ReadLimits{});
  const std::string old_head = "POST / HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
  REQUIRE(old.feed(old_head).has_value());
  CHECK_FALSE(old.expects_continue());
}

TEST_CASE("whether a connection stays is the version's and the Connection header's word") {
  struct Row {
    std::string bytes;
    bool stays;
  };
  const Row table[] = {
      {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
      {"GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n", false},
      {"GET / HTTP/1.1\r\nHost: a\r\nConnection: te, close\r\n\r\n", false},
      {"GET / HTTP/1.0\r\n\r\n", false},
      {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true},
  };
  for (const Row& row : table) {
    CAPTURE(row.bytes);
    RequestReader reader(ReadLimits{});
    REQUIRE(reader.feed(row.bytes).has_value());
    REQUIRE(reader.stage() == RequestReader::Stage::complete);
    CHECK(reader.keeps_alive() == row.stays);
  }
}

TEST_CASE("no bytes break the reader, and what it accepts keeps its promises") {
  CHECK(rc::check("a decoded path", [](const std::string& raw) {
    std::string target = "/";
    for (const char c : raw) target += static_cast<char>(0x21 + static_cast<unsigned char>(c) % 0x5e);
    Request request;
    if (!read_target(target, request)) return;
    RC_ASSERT(request.path.starts_with('/'));
    RC_ASSERT(is_valid_utf8(request.path));
    RC_ASSERT(request.path.find('\0') == std::string::npos);
    RC_ASSERT((request.path + "/").find("/../") == std::string::npos);
  }));
}
