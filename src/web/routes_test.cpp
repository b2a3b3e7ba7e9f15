#include "web/routes.hpp"

#include <doctest/doctest.h>

#include <set>

#include "web/assets.hpp"
#include "web/small_site_test.hpp"

using namespace waymark::web;
using namespace waymark::web::testing;

TEST_CASE("every address of a site is answered by a row that keeps it ready") {
  const SmallSite small;
  const std::vector<std::string> addresses = small.site.addresses();
  CHECK(std::set<std::string>(addresses.begin(), addresses.end()).size() == addresses.size());
  for (const std::string& address : addresses) {
    CAPTURE(address);
    const auto found = match(address);
    REQUIRE(found.has_value());
    CHECK(found->route->keep != Keep::never);
    CHECK(small.get(address).status == 200);
  }
}

TEST_CASE("an id in another case leads to the right one") {
  const SmallSite small;
  const std::vector<std::pair<std::string, std::string>> moved{{"/levels/sse", "/levels/SSE"},
                                                               {"/from/sse/to/Lse", "/from/SSE/to/LSE"},
                                                               {"/from/ttl", "/from/TTL"},
                                                               {"/capabilities/Design", "/capabilities/design"},
                                                               {"/archetypes/PLATFORM", "/archetypes/platform"},
                                                               {"/archetypes/Platform/sse", "/archetypes/platform/SSE"},
                                                               {"/cite/sse.Writes", "/cite/SSE.writes"},
                                                               {"/levels/SSE/", "/levels/SSE"}};
  for (const auto& [from, right] : moved) {
    const std::string& asked = from;
    CAPTURE(asked);
    const auto response = small.get(asked);
    CHECK(response.status == 301);
    CHECK(header(response, "Location") == right);
  }
}

TEST_CASE("what there is none of is a 404 with a way out, and the nearest where one is near") {
  const SmallSite small;
  for (const char* const path : {"/levels/NOPE", "/nothing", "/capabilities/nope", "/archetypes/nope", "/archetypes/nope/SSE", "/from/NOPE", "/from/SSE/to/NOPE", "/cite/NOPE", "/cite/SSE.nope",
                                 "/cite/!", "/assets/none.css", "/levels//SSE", "//"}) {
    CAPTURE(path);
    const auto response = small.get(path);
    CHECK(response.status == 404);
    CHECK(has(response.body, R"(href="/contents")"));
  }
  CHECK(has(small.get("/levels/STAF").body, R"(<a href="/levels/STAFF">STAFF</a>)"));
  CHECK(has(small.get("/cite/SSE.write").body, R"(<a href="/cite/SSE.writes">SSE.writes</a>)"));
  CHECK(has(small.get("/capabilitys").body, R"(<a href="/capabilities">/capabilities</a>)"));
}

TEST_CASE("a place that an archetype says nothing about has its general page") {
  const SmallSite small;
  const auto response = small.get("/archetypes/platform/TTL");
  CHECK(response.status == 303);
  CHECK(header(response, "Location") == "/levels/TTL");
}

TEST_CASE("pages can be read and nothing else") {
  const SmallSite small;
  http::Request request;
  request.method = http::Method::post;
  request.path = "/levels/SSE";
  const auto response = answer(small.site, &small.search, request);
  CHECK(response.status == 405);
  CHECK(header(response, "Allow") == "GET, HEAD");
}

TEST_CASE("assets have the hash of their content in their name and may be kept for ever") {
  const SmallSite small;
  for (const Asset& asset : Assets::embedded().all()) {
    CAPTURE(asset.name);
    const auto response = small.get("/assets/" + asset.file);
    REQUIRE(response.representation != nullptr);
    CHECK(response.representation->cache_control == "public, max-age=31536000, immutable");
    CHECK(response.representation->body == asset.bytes);
  }
  const Asset& style = Assets::embedded().named("waymark.css");
  CHECK(has(style.bytes, "url(" + Assets::embedded().named("inter.woff2").file + ")"));
  CHECK(!has(style.bytes, "url(inter.woff2)"));
  CHECK(!has(style.bytes, "/*"));
  CHECK_THROWS((void)Assets::embedded().named("nothing.css"));
}

TEST_CASE("a slash too many does not become an address elsewhere") {
  const SmallSite small;
  CHECK(small.get("//evil.example/").status == 404);
  CHECK(small.get("/levels/a\r\nSet-Cookie: x/").status == 404);
}

TEST_CASE("health is one word") { CHECK(SmallSite().get("/healthz").body == "ok\n"); }
