#include "settings/settings.hpp"

#include <doctest/doctest.h>

#include <array>
#include <fstream>

#include "temporary_folder.hpp"

using namespace waymark;
using namespace waymark::settings;

namespace {

constexpr std::array<Setting, 5> few{{{"listen", Kind::texts, "127.0.0.1:8080", ""},
                                      {"watch", Kind::toggle, "false", ""},
                                      {"oidc.issuer", Kind::text, "", ""},
                                      {"oidc.client-secret", Kind::secret, "", ""},
                                      {"name", Kind::text, "Waymark", ""}}};

Reading read_few(std::string_view yaml, std::vector<std::string> environment = {}, std::map<std::string, Said, std::less<>> said = {}) {
  const SourceText source("waymark.yaml", yaml);
  return read(few, {&source, std::move(environment), std::move(said)});
}

std::string lines(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) text += to_line(finding) + "\n";
  return text;
}

}  // namespace

TEST_CASE("what nobody says has its default, and nobody said it") {
  const Reading reading = read_few("");
  REQUIRE(reading.settings);
  CHECK(reading.settings->texts("listen") == std::vector<std::string>{"127.0.0.1:8080"});
  CHECK(reading.settings->value("listen").origin == Origin::fallback);
  CHECK(!reading.settings->is_on("watch"));
  CHECK(reading.settings->text("oidc.issuer").empty());
}

TEST_CASE("the command line goes over the environment, the environment over the file, the file over the default") {
  const std::string file = "name: from the file\nwatch: true\noidc:\n  issuer: https://id.example\nlisten: [':1', ':2']\n";
  const Reading reading =
      read_few(file, {"WAYMARK_NAME=from outside", "WAYMARK_LISTEN=:3, :4", "HOME=/somewhere"}, {{"listen", {"--listen", {":5"}}}});
  REQUIRE_MESSAGE(reading.settings, lines(reading.findings));
  const Settings& settings = *reading.settings;
  CHECK(settings.texts("listen") == std::vector<std::string>{":5"});
  CHECK(settings.value("listen").where == "--listen");
  CHECK(settings.text("name") == "from outside");
  CHECK(settings.value("name").where == "WAYMARK_NAME");
  CHECK(settings.is_on("watch"));
  CHECK(settings.value("watch").where == "waymark.yaml:2");
  CHECK(settings.text("oidc.issuer") == "https://id.example");
}

TEST_CASE("a secret comes from a file that the environment names, without the line end") {
  const TemporaryFolder temporary;
  const std::string path = (temporary.path() / "secret").string();
  std::ofstream(path) << "open sesame\n";
  CHECK(read_few("", {"WAYMARK_OIDC_CLIENT_SECRET_FILE=" + path}).settings->text("oidc.client-secret") == "open sesame");
  const Reading away = read_few("", {"WAYMARK_OIDC_CLIENT_SECRET_FILE=" + path + "-away"});
  CHECK(!away.settings);
  CHECK(away.findings.at(0).rule == "unreadable-secret");
}

TEST_CASE("everything that is wrong is said at once, with its place and the nearest name") {
  const Reading reading = read_few("lisen: ':1'\nwatch: perhaps\noidc:\n  isuer: x\nname: [a]\n", {"WAYMARK_WATHC=true", "WAYMARK_WATCH=yes"});
  CHECK(!reading.settings);
  const std::string said = lines(reading.findings);
  CAPTURE(said);
  CHECK(reading.findings.size() == 6);
  for (const char* const expected :
       {"waymark.yaml:1:1: error: There is no setting `lisen`. [unknown-setting]",
        "waymark.yaml:2:8: error: `watch` can be true or false. [wrong-setting]", "waymark.yaml:4:3: error: There is no setting `oidc.isuer`.",
        "waymark.yaml:5:7: error: `name` should be text on one line.", "The variable WAYMARK_WATHC is no setting.",
        "`WAYMARK_WATCH` can be true or false."}) {
    CHECK_MESSAGE(said.find(expected) != std::string::npos, expected);
  }
  CHECK(reading.findings.front().way_out.find("WAYMARK_WATCH") != std::string::npos);
}

TEST_CASE("a file that is no list of settings, or no YAML, is refused") {
  CHECK(!read_few("- one\n").settings);
  CHECK(!read_few("name: [\n").settings);
  CHECK(!read_few("name: \xff\n").settings);
}

TEST_CASE("every setting has a default that it could be given, and words for people") {
  for (const Setting& setting : catalogue()) {
    CAPTURE(setting.key);
    CHECK(setting.help.ends_with("."));
    if (setting.kind == Kind::toggle) CHECK((setting.fallback == "true" || setting.fallback == "false"));
    if (setting.kind == Kind::secret) CHECK(setting.fallback.empty());
  }
}
