// Templates and the code that fills them say the same markers, and everything is escaped where it stands.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>

#include "web/pages/values.hpp"

namespace {

namespace fs = std::filesystem;
const fs::path folder = fs::path(WAYMARK_SOURCE_DIR) / "src/web/pages";

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::set<fs::path> templates() {
  std::set<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".html") found.insert(entry.path());
  }
  REQUIRE(found.size() >= 15);
  return found;
}

std::set<std::string> all(const std::string& text, const std::regex& pattern) {
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

}  // namespace

TEST_CASE("every marker of a template is set by the code beside it, and every marker set there is in the template") {
  const std::regex marker(R"(\{\{[#/>]?([A-Z][A-Z0-9_]*)(?::[^}]*)?\}\})");
  const std::regex literal(R"re("([A-Z][A-Z0-9_]*)")re");
  for (const fs::path& page : templates()) {
    CAPTURE(page.filename().string());
    const fs::path code = fs::path(page).replace_extension(".cpp");
    REQUIRE(fs::exists(code));
    const std::set<std::string> in_template = all(read(page), marker);
    const std::set<std::string> in_code = all(read(code), literal);
    for (const std::string& name : in_template) {
      CAPTURE(name);
      CHECK(in_code.contains(name));
    }
    for (const std::string& name : in_code) {
      CAPTURE(name);
      CHECK(in_template.contains(name));
    }
  }
}

TEST_CASE("every template escapes by context, and nothing is let through but prose") {
  for (const fs::path& page : templates()) {
    CAPTURE(page.filename().string());
    const std::string text = read(page);
    CHECK(text.starts_with("{{%AUTOESCAPE context=\"HTML\"}}"));
    CHECK(text.find(":none") == std::string::npos);
    const std::set<std::string> modifiers = all(text, std::regex(R"(\{\{[A-Z0-9_]+:([^}]*)\}\})"));
    for (const std::string& modifier : modifiers) CHECK(modifier == "x-prose");
  }
}

TEST_CASE("nothing is inline: no style, no event handler, no script text") {
  for (const fs::path& page : templates()) {
    CAPTURE(page.filename().string());
    const std::string text = read(page);
    CHECK(!std::regex_search(text, std::regex(R"([\s"]style=)")));
    CHECK(!std::regex_search(text, std::regex(R"(\son[a-z]+=)")));
    CHECK(!std::regex_search(text, std::regex(R"(hx-on)")));
    CHECK(!std::regex_search(text, std::regex(R"(<script>|<style)")));
    // ctemplate does not know that these are addresses or code.
    CHECK(!std::regex_search(text, std::regex(R"(hx-[a-z-]+="[^"]*\{\{)")));
  }
}

TEST_CASE("no word of a ladder stands in a template") {
  const std::regex ladder(R"(\b(promoted to|demot\w*|next level|higher level|lower level|top of|career ladder|rung)\b)", std::regex::icase);
  for (const fs::path& page : templates()) {
    CAPTURE(page.filename().string());
    CHECK(!std::regex_search(read(page), ladder));
  }
}

TEST_CASE("a plain text given to a prose marker is escaped all the same") {
  using namespace waymark::web::pages;
  const std::string plain = render("passages.html", [](Values values) {
    values.add("BLOCK");
    values.set("BODY", std::string_view("<script>alert(1)</script>"));
  });
  CHECK(plain.find("<script>") == std::string::npos);
  CHECK(plain.find("&lt;script&gt;") != std::string::npos);
  const std::string prose = render("passages.html", [](Values values) {
    values.add("BLOCK");
    values.set("BODY", Prose("<p>Words</p>"));
  });
  CHECK(prose.find("<p>Words</p>") != std::string::npos);
}

TEST_CASE("a template that is not there is a mistake of ours") {
  using namespace waymark::web::pages;
  CHECK_THROWS_AS((void)render("no_such_page.html", [](Values) {}), std::logic_error);
}
