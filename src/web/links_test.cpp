#include "web/links.hpp"

#include <doctest/doctest.h>

using namespace waymark::web;
using Target = waymark::pathway::Target;

TEST_CASE("served pages refer to each other from the root") {
  const Links links(Links::Form::served, "/levels/SSE");
  CHECK(links.to(Target{Target::Kind::level, "LSE", "domain-direction"}) == "/levels/LSE#domain-direction");
  CHECK(links.to(Target{Target::Kind::level, "SSE", "drives-design"}) == "#drives-design");
  CHECK(links.to(Target{Target::Kind::capability, "design", {}}) == "/capabilities/design");
  CHECK(links.to(Target{Target::Kind::fork, {}, "stay"}) == "/fork#stay");
  CHECK(links.to(Target{Target::Kind::pathway, {}, {}}) == "/");
  CHECK(links.to(Target{Target::Kind::pathway, {}, "team-size"}) == "/about#team-size");
  CHECK(links.asset("waymark.0123.css") == "/assets/waymark.0123.css");
}

TEST_CASE("exported pages refer to files, from where they lie") {
  const Links home(Links::Form::site, "/");
  CHECK(home.to("/levels/SSE") == "levels/SSE.html");
  CHECK(home.to("/") == "index.html");
  const Links level(Links::Form::site, "/levels/SSE");
  CHECK(level.to("/levels/LSE", "x") == "../levels/LSE.html#x");
  CHECK(level.to("/levels/SSE", "x") == "#x");
  CHECK(level.to("/") == "../index.html");
  const Links deep(Links::Form::site, "/from/SSE/to/LSE");
  CHECK(deep.to("/levels/LSE") == "../../../levels/LSE.html");
  CHECK(deep.asset("a.css") == "../../../assets/a.css");
}

TEST_CASE("an export has no search; the contents stand in for it") { CHECK(Links(Links::Form::site, "/levels/SSE").to("/search") == "../contents.html"); }

TEST_CASE("links in prose become addresses, and nothing else is touched") {
  const Links links(Links::Form::site, "/capabilities/design");
  CHECK(links.prose(R"(<p><a href="waymark:levels/SSE#drives-design">words</a> and <a href="https://example.org/">others</a></p>)") ==
        R"(<p><a href="../levels/SSE.html#drives-design">words</a> and <a href="https://example.org/">others</a></p>)");
  CHECK(links.prose("no link: waymark:levels/SSE") == "no link: waymark:levels/SSE");
  CHECK(links.prose("") == "");
}

TEST_CASE("a link that was cut short goes nowhere") {
  CHECK(Links(Links::Form::served, "/").prose("<a href=\"waymark:levels/SSE") == "<a ");
}
