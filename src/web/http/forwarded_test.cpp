#include "web/http/forwarded.hpp"

#include <doctest/doctest.h>

using waymark::web::http::TrustedProxies;

TEST_CASE("nobody is believed unless named") {
  CHECK(TrustedProxies().client_of("192.0.2.1", "203.0.113.9") == "192.0.2.1");
  const auto proxies = TrustedProxies::parse({"10.0.0.0/8", "2001:db8::1"}).value();
  CHECK(proxies.client_of("192.0.2.1", "203.0.113.9") == "192.0.2.1");
  CHECK(proxies.client_of("", "203.0.113.9").empty());
}

TEST_CASE("behind a trusted proxy the client is the last hop that is none") {
  const auto proxies = TrustedProxies::parse({"10.0.0.0/8", "2001:db8::1", "unix"}).value();
  CHECK(proxies.client_of("10.1.2.3", "203.0.113.9") == "203.0.113.9");
  CHECK(proxies.client_of("2001:db8::1", "203.0.113.9") == "203.0.113.9");
  CHECK(proxies.client_of("", "203.0.113.9") == "203.0.113.9");
  CHECK(proxies.client_of("10.1.2.3", "203.0.113.9, 10.9.9.9") == "203.0.113.9");
  // What the client itself wrote before stands in front and counts for nothing.
  CHECK(proxies.client_of("10.1.2.3", "1.1.1.1, 203.0.113.9, 10.9.9.9") == "203.0.113.9");
  CHECK(proxies.client_of("10.1.2.3", "[2001:db8::7]:4711") == "2001:db8::7");
  CHECK(proxies.client_of("10.1.2.3", "203.0.113.9:4711") == "203.0.113.9");
  CHECK(proxies.client_of("10.1.2.3", "unknown") == "10.1.2.3");
  CHECK(proxies.client_of("10.1.2.3", "nonsense, 10.9.9.9") == "10.9.9.9");
  CHECK(proxies.client_of("10.1.2.3", "") == "10.1.2.3");
}

TEST_CASE("a name that is no address is refused") {
  for (const char* const name : {"proxy.example", "10.0.0.0/33", "", "10.0.0/8"}) {
    CAPTURE(name);
    CHECK(!TrustedProxies::parse({name}).has_value());
  }
}
