#include "importer/framework.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "importer/import_checks_test.hpp"

using namespace waymark;
using namespace waymark::importer;
namespace fs = std::filesystem;

namespace {

const fs::path fixtures = fs::path(WAYMARK_SOURCE_DIR) / "tests/fixtures/import";

Folder read_source(const fs::path& path) {
  auto folder = read_folder(path, {".md", ".html", ".csv", ".tsv", ".yaml", ".yml", ".json"});
  REQUIRE(folder.has_value());
  return *folder;
}

std::vector<fs::path> fixture_folders() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(fixtures)) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

Folder expected_folder(const fs::path& path) {
  auto folder = read_folder(path, {".md", ".yaml"});
  return folder ? *folder : Folder{};
}

ImportedFramework imported(const Folder& source) {
  auto result = import_framework(source, {});
  REQUIRE(result.has_value());
  return std::move(*result);
}

ImportedFramework imported(std::string text) { return imported(Folder{"source", {{"ladder.md", std::move(text)}}, {}}); }

bool has(const std::vector<std::string>& texts, std::string_view part) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

std::string draft_file(const ImportedFramework& framework, std::string_view path) {
  const FolderFile* file = framework.draft.find(path);
  REQUIRE(file != nullptr);
  return file->bytes;
}

Folder with_bytes(Folder source, const auto& change) {
  for (FolderFile& file : source.files) file.bytes = change(file.bytes);
  return source;
}

}  // namespace

TEST_CASE("given these folders, these drafts") {
  for (const fs::path& fixture : fixture_folders()) {
    CAPTURE(fixture.filename().string());
    const auto result = import_framework(fixture / "source", {});
    REQUIRE(result.has_value());
    checks::check_loads(*result);
    checks::check_provenance(read_source(fixture / "source"), *result);
    if (std::getenv("UPDATE_EXPECTED") != nullptr) {
      fs::remove_all(fixture / "expected");
      REQUIRE(write_folder(result->draft, fixture / "expected").has_value());
      continue;
    }
    const Folder expected = expected_folder(fixture / "expected");
    CHECK(expected.files.size() == result->draft.files.size());
    for (const FolderFile& file : result->draft.files) {
      CAPTURE(file.path);
      const FolderFile* wanted = expected.find(file.path);
      REQUIRE(wanted != nullptr);
      CHECK(file.bytes == wanted->bytes);
    }
  }
}

TEST_CASE("no word of a list or a paragraph is lost") {
  for (const char* const name : {"a-page-a-level", "headings-in-one-file", "by-subject", "names-of-its-own"}) {
    CAPTURE(name);
    const Folder source = read_source(fixtures / name / "source");
    const checks::Reach reach = checks::reach(source, imported(source).draft);
    for (const std::string& line : reach.lost) MESSAGE(line);
    CHECK(reach.words > 30);
    CHECK(reach.kept == reach.words);
  }
}

TEST_CASE("line ends, a byte order mark and the order of files change nothing") {
  for (const fs::path& fixture : fixture_folders()) {
    CAPTURE(fixture.filename().string());
    const Folder source = read_source(fixture / "source");
    const ImportedFramework plain = imported(source);
    Folder other = with_bytes(source, [](const std::string& bytes) { return "\xEF\xBB\xBF" + replace_all(bytes, "\n", "\r\n"); });
    const ImportedFramework same = imported(other);
    REQUIRE(same.draft.files.size() == plain.draft.files.size());
    for (std::size_t i = 0; i < plain.draft.files.size(); ++i) CHECK(same.draft.files[i].bytes == plain.draft.files[i].bytes);
  }
}

TEST_CASE("levels are found, on their track and in their order") {
  struct Case {
    const char* what;
    std::vector<std::pair<const char*, const char*>> files;
    std::vector<std::string> levels;
  };
  const std::vector<Case> cases{
      {"as they stand in one document", {{"a.md", "# Ladder\n## Junior\n- a b\n## Senior\n- c d\n"}}, {"junior", "senior"}},
      {"from the top of the document down",
       {{"a.md", "# Ladder\n## Staff Engineer\n- a\n## Senior Engineer\n- b\n## Junior Engineer\n- c\n"}},
       {"junior-engineer", "senior-engineer", "staff-engineer"}},
      {"by number before words", {{"a.md", "## Level 2: Learns\n- a\n"}, {"b.md", "## Level 1: Begins\n- b\n"}}, {"L1", "L2"}},
      {"by codes, which are ids",
       {{"a.md", "## IC4 Senior Engineer\n- a\n## IC3 Engineer\n- b\n## M2 Engineering Manager\n- c\n"}},
       {"IC3", "IC4", "M2"}},
      {"by numbers in the names of files", {{"01-zebra-engineer.md", "- a\n"}, {"02-ant-engineer.md", "- b\n"}}, {"ZE", "AE"}},
      {"by words when there is nothing else",
       {{"principal-engineer.md", "- a\n"}, {"engineer.md", "- b\n"}, {"intern.md", "- c\n"}},
       {"intern", "engineer", "principal-engineer"}},
      {"roman numerals", {{"x.md", "# Developer II\n- a\n"}, {"y.md", "# Developer I\n- b\n"}}, {"DI", "DII"}},
      {"leaders apart",
       {{"a.md", "# All\n## Head of Engineering\n- a\n## Software Engineer\n- b\n## Engineering Manager\n- c\n## Product Manager\n- d\n"}},
       {"SE", "PM", "EM", "HE"}},
      {"ranks of several professions",
       {{"a.md", "# Web Engineer\n## Junior\n- a\n## Senior\n- b\n"}, {"b.md", "# Data Engineer\n## Junior\n- a\n## Senior\n- b\n"}},
       {"WEJ", "WES", "DEJ", "DES"}},
      {"columns of a table",
       {{"a.md", "# Grid\n\n| | Junior Engineer | Senior Engineer |\n|-|-|-|\n| Craft | Asks. | Answers. |\n| Care | Listens. | Speaks. |\n"}},
       {"JE", "SE"}},
      {"bold lines for headings", {{"a.md", "**Junior Engineer**\n\n- a\n\n**Senior Engineer**\n\n- b\n"}}, {"JE", "SE"}},
      {"no level in a heading that only sounds like one",
       {{"a.md", "# Engineer\n## Management\n- a\n## Lead by example\n- b\n## What engineers say\n- c\n"}},
       {"engineer"}},
  };
  for (const Case& given : cases) {
    CAPTURE(given.what);
    Folder source{"source", {}, {}};
    for (const auto& [path, text] : given.files) source.files.push_back({path, text});
    const auto result = import_framework(source, {});
    REQUIRE(result.has_value());
    CHECK(join(result->levels, " ") == join(given.levels, " "));
    checks::check_loads(*result);
    checks::check_provenance(source, *result);
  }
}

TEST_CASE("what the source does not say is left open and guesses are asked about") {
  const ImportedFramework framework = imported("# Ladder\n## Junior Engineer\n- Fixes faults.\n## Engineering Manager\n- Listens.\n");
  const std::string level = draft_file(framework, "levels/JE.md");
  CHECK(level.find("## Not expected yet\n\n<!-- not in the source: Not expected yet -->") != std::string::npos);
  CHECK(level.find("scope: task  # a guess") != std::string::npos);
  CHECK(has(framework.questions, "ladder.md:2: How wide"));
  CHECK(has(framework.questions, "ladder.md:4: From which place"));
  CHECK(draft_file(framework, "pathway.yaml").find("status: draft") != std::string::npos);
}

TEST_CASE("figures are set aside and named") {
  const ImportedFramework framework = imported(
      "# Ladder\n## Junior Engineer\n- Fixes 3 faults a week without help.\n- Weight: 30%\n### Salary\n- 40,000 to 50,000 EUR a year, for everyone "
      "who stands here in the north\n## Senior Engineer\n- Owns a yearly budget of $20,000 and accounts for it.\n");
  std::vector<std::string> aside;
  for (const Provenance& sentence : framework.sentences) {
    if (sentence.fate == Provenance::Fate::set_aside) aside.push_back(sentence.sentence + " / " + std::string(sentence.became));
  }
  CHECK(join(aside, "; ") ==
        "Weight: 30% / a percentage or weight; 40,000 to 50,000 EUR a year, for everyone who stands here in the north / an amount of money");
  CHECK(draft_file(framework, "import-report.md").find("ladder.md:4: Weight: 30%") != std::string::npos);
}

TEST_CASE("an import that cannot be one says what was looked for") {
  const Folder nothing{"empty", {}, {}};
  auto result = import_framework(nothing, {});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == Error::Kind::bad_input);
  CHECK(result.error().message == "empty holds no file that can be imported.");

  result = import_framework(Folder{"recipes", {{"soup.md", "# Soup\n\n- Boil water.\n"}}, {}}, {});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().message == "No level was found in recipes (1 file).");
  CHECK(result.error().way_out.find("“Senior Engineer”") != std::string::npos);

  result = import_framework(fs::path("/no/such/folder"), {});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == Error::Kind::not_found);
}

TEST_CASE("broken front matter costs a question, not the page") {
  const ImportedFramework framework =
      imported("---\ntitle: Senior Engineer\ndescription: \"never closed\n\tweight: [2\n---\n\n- Mends what is broken.\n");
  CHECK(join(framework.levels, " ") == "SE");
  CHECK(has(framework.questions, "front matter were read one by one"));
  checks::check_loads(framework);
}

TEST_CASE("bytes that are no UTF-8 are read as what Windows and spreadsheets save, and asked about") {
  const ImportedFramework framework = imported("# Senior Engineer\n\n- Mends the caf\xE9 machine, \x93now\x94.\n- H\xC3\xA4lt es in Gang.\n");
  CHECK(has(framework.questions, "ladder.md:3: This is no UTF-8, so it was read as Windows-1252"));
  CHECK(draft_file(framework, "levels/SE.md").find("caf\xC3\xA9 machine, \xE2\x80\x9Cnow\xE2\x80\x9D") != std::string::npos);
  CHECK(draft_file(framework, "levels/SE.md").find("H\xC3\xA4lt es in Gang.") != std::string::npos);
  checks::check_loads(framework);
}

TEST_CASE("a table that a spreadsheet saved as Unicode text is UTF-16, and read") {
  std::string bytes = "\xFF\xFE";
  for (const char c : std::string("Area\tJunior\tSenior\r\nCraft\tMends small faults.\tMends any fault.\r\n")) bytes += std::string{c, '\0'};
  const auto framework = import_framework(Folder{"source", {{"levels.txt", bytes}}, {}}, {});
  REQUIRE(framework.has_value());
  CHECK(framework->levels.size() == 2);
  CHECK(has(framework->questions, "read as UTF-16"));
  checks::check_loads(*framework);
}

TEST_CASE("what counts above counts on, named or not, and is no criterion") {
  const ImportedFramework framework = imported(
      "# Ladder\n\n## Level 1\n\n- Mends faults.\n\n## Level 2\n\nAll of the above, plus:\n\n- Plans work.\n\n## Level 3\n\nIn addition to level 2, "
      "a level 3 "
      "engineer:\n\n- Teaches.\n\n## Level 4\n\nEverything expected at the previous levels.\n\n- All of the above services are theirs to mend.\n");
  std::string aside;
  for (const Provenance& sentence : framework.sentences) {
    if (sentence.fate == Provenance::Fate::set_aside)
      aside += sentence.sentence + " / " + std::string(sentence.became.substr(0, sentence.became.find(" counts here"))) + "; ";
  }
  CHECK(aside ==
        "All of the above, plus: / says that what counts at “Level 1”; In addition to level 2, a level 3 engineer: / says that what counts at “Level "
        "2”; "
        "Everything expected at the previous levels. / says that what counts at “Level 3”; ");
}

TEST_CASE("data that points by bare ids is said where it is pointed from") {
  const auto framework = import_framework(Folder{"source",
                                                 {{"levels.json",
                                                   "{\"levels\":[{\"name\":\"Junior Engineer\",\"skills\":[\"s-1\",\"s-2\"]},{\"name\":\"Senior "
                                                   "Engineer\",\"skills\":[\"s-3\",\"s-4\",\"s-9\"]}],"
                                                   "\"skills\":{\"s-1\":\"Mends small faults.\",\"s-2\":\"Asks early for "
                                                   "help.\",\"s-3\":{\"id\":\"s-3\",\"text\":\"Plans a quarter.\"},\"s-4\":\"Teaches two "
                                                   "others.\"}}"}},
                                                 {}},
                                          {});
  REQUIRE(framework.has_value());
  checks::check_loads(*framework);
  const std::string junior = draft_file(*framework, "levels/JE.md");
  const std::string senior = draft_file(*framework, "levels/SE.md");
  CHECK(junior.find("Asks early for help.") != std::string::npos);
  CHECK(senior.find("Plans a quarter.") != std::string::npos);
  CHECK(senior.find("Teaches two others.") != std::string::npos);
  CHECK(senior.find("Mends small faults.") == std::string::npos);
  CHECK(has(framework->questions, "“s-9” leads nowhere"));
}

TEST_CASE("a page that is marked as a draft, a stub and an empty file are asked about") {
  const Folder source{"source",
                      {{"a.md", "---\ntitle: Engineer\ndraft: true\n---\n- Works.\n"},
                       {"b.md", ""},
                       {"c.md", "# Staff Engineer\n"},
                       {"d.md", "# Senior Engineer\n- Works more widely.\n"}},
                      {}};
  const ImportedFramework framework = imported(source);
  CHECK(framework.levels.size() == 2);
  CHECK(has(framework.questions, "a.md:1: The page is marked as a draft"));
  CHECK(has(framework.questions, "b.md:1: The file is empty"));
  CHECK(has(framework.questions, "c.md:1: “Staff Engineer” has the title of a place and says nothing"));
}

TEST_CASE("ids tell criteria apart by their words, and end in no number") {
  const ImportedFramework framework = imported(
      "# Senior Engineer\n\n- You are able to mentor at least 2\n- **Calm**: stays calm.\n- **Calm**: helps others to.\n- Same.\n- Same.\n- 42\n- "
      "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\n");
  std::vector<std::string> ids;
  const auto loaded = pathway::load(framework.draft);
  REQUIRE(loaded.pathway.has_value());
  for (const auto& criterion : loaded.pathway->levels.at(0).criteria) ids.push_back(criterion.anchor);
  CHECK(join(ids, " ") == "mentor-at-least calm calm-helps same same-b criterion");
}

TEST_CASE("large and hostile documents end in time") {
  std::string text = "# Ladder\n";
  for (int i = 0; i < 3000; ++i) text += "## Senior Engineer\n### Craft\n- The same words. [a](b.md) <b>c</b>\n";
  text += "## Staff Engineer\n\n";
  for (int i = 0; i < 3000; ++i) text += "[x](y.md) word. ";
  text += "\n\n" + std::string(20'000, '{') + std::string(20'000, '<') + "<!--\n";
  for (int i = 0; i < 3000; ++i) text += "- " + std::string(static_cast<std::size_t>(i % 40), ' ') + "nested\n";
  const ImportedFramework framework = imported(text);
  CHECK(framework.levels.size() == 2);
  checks::check_loads(framework);
}
