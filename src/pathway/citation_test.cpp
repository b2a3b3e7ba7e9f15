#include "pathway/citation.hpp"

#include <array>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/text.hpp"

using namespace waymark;
using namespace waymark::pathway;

namespace {

std::string resolved(const char* file, const char* link) {
  const auto target = resolve_link(file, link);
  return target ? to_uri(*target) : "elsewhere";
}

rc::Gen<std::string> any_id() {
  return rc::gen::map(
      rc::gen::pair(rc::gen::elementOf(std::string("abzAZ")), rc::gen::container<std::string>(rc::gen::elementOf(std::string("aZ09_-")))),
      [](const auto& parts) { return (parts.first + parts.second).substr(0, 64); });
}

}  // namespace

TEST_CASE("an id is a letter, then letters, digits, _ or -") {
  for (const std::string good : {"S", "SSE", "drives-design", "a_1"}) CHECK_MESSAGE(is_valid_id(good), good);
  for (const std::string bad : {"", "1a", "-a", "a b", "a.b", "größe", "a/b"}) CHECK_FALSE_MESSAGE(is_valid_id(bad), bad);
  CHECK(is_valid_id(std::string(64, 'a')));
  CHECK_FALSE(is_valid_id(std::string(65, 'a')));
}

TEST_CASE("a citation is a level, or a level and what stands there") {
  CHECK(parse_citation("SSE") == Citation{{"SSE"}, ""});
  CHECK(parse_citation("SSE.drives-design") == Citation{{"SSE"}, "drives-design"});
  CHECK(parse_citation("  SSE.autonomy-2\n") == Citation{{"SSE"}, "autonomy-2"});
  CHECK(parse_citation("SSE.größe") == Citation{{"SSE"}, "größe"});  // the anchor of a heading in another alphabet
  for (const std::string no : {"", " ", ".", "SSE.", ".x", "SSE.a.b", "SSE drives", "S SE.x", "SSE.a b", "1.a", "SSE.\xFF", "SSE#x"}) {
    CHECK_FALSE_MESSAGE(parse_citation(no).has_value(), no);
  }
  CHECK(to_string(Citation{{"SSE"}, ""}) == "SSE");
}

TEST_CASE("a link between files leads where a git host would lead") {
  CHECK(resolved("levels/SSE.md", "ISE.md#finishes") == "waymark:levels/ISE#finishes");
  CHECK(resolved("levels/SSE.md", "./ISE.md") == "waymark:levels/ISE");
  CHECK(resolved("levels/SSE.md", "#drives-design") == "waymark:levels/SSE#drives-design");
  CHECK(resolved("capabilities/design.md", "../levels/SSE.md#drives-design") == "waymark:levels/SSE#drives-design");
  CHECK(resolved("levels/SSE.md", "../fork.md") == "waymark:fork");
  CHECK(resolved("fork.md", "#LSE") == "waymark:fork#LSE");
  CHECK(resolved("fork.md", "levels/LSE.md") == "waymark:levels/LSE");
  CHECK(resolved("fork.md", "archetypes/platform.md#SSE") == "waymark:archetypes/platform#SSE");
  CHECK(resolved("fork.md", "pathway.yaml") == "waymark:pathway");
  CHECK(resolved("levels/SSE.md", "ISE.md#gr%C3%B6%C3%9Fe") == "waymark:levels/ISE#gr%C3%B6%C3%9Fe");
  CHECK(resolve_link("levels/SSE.md", "ISE.md#gr%C3%B6%C3%9Fe") == resolve_link("levels/SSE.md", "ISE.md#größe"));
}

TEST_CASE("other addresses are not ours") {
  for (const std::string link :
       {"", "https://example.org/levels/SSE.md", "mailto:a@example.org", "/levels/SSE.md", "//host/levels/SSE.md", "javascript:alert(1)",
        "../README.md", "../../levels/SSE.md", "SSE", "SSE.txt", "deeper/SSE.md", "1.md", ".md", "../levels", "SSE.md?x"}) {
    CHECK_MESSAGE(resolved("levels/SSE.md", link.c_str()) == "elsewhere", link);
  }
  CHECK(resolved("README.md", "#x") == "elsewhere");
  CHECK(resolved("fork.md", "/levels/SSE.md") == "elsewhere");
}

TEST_CASE("what is no escape stays as it was written") {
  CHECK(resolve_link("levels/SSE.md", "#a%zz%")->anchor == "a%zz%");
  CHECK(resolve_link("levels/SSE.md", "#%FF")->anchor == "%FF");
}

TEST_CASE("a reader of URIs takes only ours") {
  CHECK(parse_uri("waymark:fork#LSE") == Target{Target::Kind::fork, "", "LSE"});
  CHECK(parse_uri("waymark:pathway") == Target{});
  for (const std::string no : {"", "waymark:", "waymark:levels", "waymark:levels/", "waymark:levels/a/b", "waymark:people/x", "https://x",
                               "Waymark:fork", "waymark:levels/\"x"}) {
    CHECK_FALSE_MESSAGE(parse_uri(no).has_value(), no);
  }
}

TEST_CASE("writing and reading are each other's reverse") {
  CHECK(rc::check("a citation reads back", [] {
    const Citation citation{{*any_id()}, *rc::gen::oneOf(any_id(), rc::gen::just(std::string()), rc::gen::just(std::string("größe-2")))};
    RC_ASSERT(parse_citation(to_string(citation)) == citation);
  }));
  CHECK(rc::check("what parses is written as it was, without the white space", [](const std::string& text) {
    if (const auto citation = parse_citation(text)) RC_ASSERT(to_string(*citation) == trim(text));
  }));
  CHECK(rc::check("a target reads back", [](const std::string& bytes) {
    const auto kind =
        *rc::gen::element(Target::Kind::level, Target::Kind::capability, Target::Kind::archetype, Target::Kind::fork, Target::Kind::pathway);
    const bool has_id = kind != Target::Kind::fork && kind != Target::Kind::pathway;
    const Target target{kind, has_id ? *any_id() : std::string(), is_valid_utf8(bytes) ? bytes : "x%41 ö\"<>"};
    RC_ASSERT(parse_uri(to_uri(target)) == target);
    RC_ASSERT(to_uri(target).find_first_of(" \"<>") == std::string::npos);
  }));
  CHECK(rc::check("no bytes break a reader", [](const std::string& a, const std::string& b) {
    (void)parse_citation(a);
    (void)parse_uri("waymark:" + a);
    (void)resolve_link(a, b);
    (void)resolve_link("levels/SSE.md", a);
  }));
}
