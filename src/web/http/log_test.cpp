#include "web/http/log.hpp"

#include <doctest/doctest.h>

#include "web/http/loopback_test.hpp"
#include "web/http/request_id.hpp"

using namespace waymark::web::http;
using namespace waymark::web::http::loopback;

TEST_CASE("a line of the log is words for a person, or an object for a program, and always one line") {
  const LogFields fields{{"request", "abcd2345efgh"}, {"what", "it \"broke\"\n[error] forged"}, {"status", std::int64_t{500}}};
  CHECK(log_line(LogFormat::text, "A page could not be made.", fields) ==
        R"(A page could not be made. request=abcd2345efgh what="it \"broke\"\x0a[error] forged" status=500)");
  CHECK(log_line(LogFormat::json, "A page could not be made.", fields) ==
        R"("message":"A page could not be made.","request":"abcd2345efgh","what":"it \"broke\"\n[error] forged","status":500)");
  CHECK(log_line(LogFormat::text, "one\ntwo", {{"what", ""}}) == R"(one\x0atwo what="")");
  CHECK(log_line(LogFormat::json, "\xff", {}) == "\"message\":\"(not UTF-8)\"");
}

TEST_CASE("what a proxy sends as an id is one only when it is short and plain") {
  for (const char* const good : {"abcd2345", "7f3c9a10-77aa-4f5e-9d0e-1c2b3a4d5e6f", "Root_1.2.3-abc"}) CHECK(is_request_id(good));
  for (const char* const bad : {"", "short", "with a blank", "a\r\nSet-Cookie: b=c", "ada@example.org", "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"}) CHECK(!is_request_id(bad));
  CHECK(!is_request_id(std::string(65, 'a')));
  CHECK(is_request_id(new_request_id()));
  CHECK(new_request_id() != new_request_id());
}

TEST_CASE("every answer says what the request is called; a trusted proxy names it, nobody else does") {
  const auto handler = [](const Request& request) { return Response::text(200, request.id); };
  const std::string named = get("/", "X-Request-Id: from-the-proxy\r\n");
  RunningServer alone(handler);
  Client stranger(alone.url());
  stranger.send(named + get("/"));
  const Reply first = stranger.reply();
  const Reply second = stranger.reply();
  CHECK(first.body.size() == 12);
  CHECK(first.header("X-Request-Id") == first.body);
  CHECK(second.header("X-Request-Id") == second.body);
  CHECK(first.body != second.body);
  stranger.send("nonsense\r\n\r\n");
  CHECK(stranger.reply().header("X-Request-Id").value_or("").size() == 12);

  ServerOptions options;
  options.trusted_proxies = *TrustedProxies::parse({"127.0.0.1"});
  RunningServer behind(handler, options);
  Client proxy(behind.url());
  proxy.send(named + get("/", "X-Request-Id: a b\r\n"));
  CHECK(proxy.reply().body == "from-the-proxy");
  CHECK(proxy.reply().body.size() == 12);
}
