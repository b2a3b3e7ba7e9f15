#include <doctest/doctest.h>

#include "markup/yaml.hpp"

using namespace waymark;

namespace {

markup::FrontMatter parse(std::string_view text) { return markup::parse_front_matter(SourceText("a.md", text)); }

}  // namespace

TEST_CASE("front matter stands between two lines of dashes at the top") {
  const auto front = parse("---\nid: SSE\nscope_position: 4\n---\n\n# Title\n");
  REQUIRE(front.root);
  CHECK(front.root->find("id")->scalar == "SSE");
  CHECK(front.root->find("id")->span == Span{{2, 5}, {2, 8}});
  CHECK(front.body_line == 5);
  CHECK(front.findings.empty());
}

TEST_CASE("three dots close it as well, and spaces behind a fence do not matter") {
  const auto front = parse("\xEF\xBB\xBF---  \r\nid: a\r\n... \r\nText\r\n");
  REQUIRE(front.root);
  CHECK(front.body_line == 4);
}

TEST_CASE("a file without front matter is all body") {
  for (const char* const text : {"", "# Title\n", "\n---\nid: a\n---\n", "<!-- c -->\n---\nid: a\n---\n", "----\n", " ---\nid: a\n---\n"}) {
    CAPTURE(text);
    const auto front = parse(text);
    CHECK_FALSE(front.root);
    CHECK(front.body_line == 1);
    CHECK(front.findings.empty());
  }
}

TEST_CASE("empty front matter is there, and empty") {
  const auto front = parse("---\n---\nText\n");
  REQUIRE(front.root);
  CHECK(front.root->kind == markup::YamlNode::Kind::null);
  CHECK(front.body_line == 3);
  CHECK(parse("---\n---").body_line == 3);
}

TEST_CASE("front matter that is never closed is reported at the top") {
  const auto front = parse("---\nid: a\n\nText.\n");
  CHECK_FALSE(front.root);
  REQUIRE(front.findings.size() == 1);
  CHECK(to_line(front.findings[0]) == "a.md:1:1: error: The front matter that begins here is never closed. [front-matter-open]");
  CHECK(front.body_line == 4);
}

TEST_CASE("broken front matter leaves the body where it is") {
  const auto front = parse("---\nid: *x\n---\nText.\n");
  CHECK_FALSE(front.root);
  CHECK(to_line(front.findings.at(0)).starts_with("a.md:2:5: error: "));
  CHECK(front.body_line == 4);
}

TEST_CASE("Hugo's TOML is named and passed over") {
  const auto front = parse("+++\ntitle = \"x\"\n+++\nText.\n");
  CHECK_FALSE(front.root);
  REQUIRE(front.findings.size() == 1);
  CHECK(front.findings[0].rule == "front-matter-toml");
  CHECK(front.findings[0].severity == Severity::warning);
  CHECK(front.body_line == 4);
  CHECK(parse("+++\nnever closed\n").body_line == 1);
}
