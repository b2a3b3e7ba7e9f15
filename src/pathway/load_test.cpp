// tests/fixtures/pathways: `good` loads; every other folder is laid over it and must give exactly the findings in its expected.txt.
// UPDATE_EXPECTED=1 rewrites them; read what changed before you commit it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/text.hpp"
#include "pathway/pathway.hpp"

using namespace waymark;
using namespace waymark::pathway;
namespace fs = std::filesystem;

namespace {

const fs::path fixtures = fs::path(WAYMARK_SOURCE_DIR) / "tests" / "fixtures" / "pathways";

Folder good() { return *read_folder(fixtures / "good", document_extensions()); }

Folder laid_over_good(const fs::path& overlay) {
  Folder folder = good();
  if (const auto without = read_file(overlay / "without.txt")) {
    for (const auto name : split(*without, '\n')) std::erase_if(folder.files, [&](const FolderFile& file) { return file.path == name; });
  }
  Folder laid = read_folder(overlay, document_extensions()).value();
  for (FolderFile& file : laid.files) {
    std::erase_if(folder.files, [&](const FolderFile& known) { return known.path == file.path; });
    folder.files.push_back(std::move(file));
  }
  std::sort(folder.files.begin(), folder.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return folder;
}

std::string as_text(const Loaded& loaded) {
  std::string text = loaded.pathway ? "usable\n" : "not usable\n";
  for (const Finding& finding : loaded.findings) text += to_line(finding) + "\n    " + finding.way_out + "\n";
  return text;
}

}  // namespace

TEST_CASE("a complete pathway loads without a finding") {
  const Loaded loaded = load(good());
  CHECK(as_text(loaded) == "usable\n");
  const Pathway& pathway = loaded.pathway.value();
  CHECK(pathway.name == "Small pathway");
  REQUIRE(pathway.levels.size() == 4);
  CHECK(pathway.levels[0].id.value == "ISE");
  CHECK(pathway.levels[3].id.value == "TTL");
  CHECK(pathway.level(LevelId{"LSE"})->dormant);
  CHECK_FALSE(pathway.level(LevelId{"SSE"})->dormant);
  const Level& senior = *pathway.level(LevelId{"SSE"});
  CHECK(senior.summary.at(0).block.text == "One sentence about Senior Engineer.");
  CHECK(senior.criteria.at(0).anchor == "drives-design");
  CHECK(senior.criteria.at(0).title == "Drives the design of a system change");
  CHECK(senior.criteria.at(0).text() == "Writes it down. The trace is a document.");
  CHECK(to_string(senior.stops.at(0).criterion) == "ISE.owns-component");
  CHECK(senior.section(SectionKind::what_it_looks_like)->passages.at(0).block.children.size() == 3);
  CHECK(pathway.capability("design")->criteria.size() == 2);
  CHECK(pathway.archetype("platform")->at(LevelId{"SSE"})->passages.size() == 2);
  REQUIRE(pathway.fork->ways.size() == 3);
  CHECK(pathway.fork->ways[1].aspects.at(0).title == "What it costs");
  CHECK(pathway.fork->ways[2].to == std::nullopt);
  CHECK(pathway.thresholds.at(0).range() == "4–8 engineers");
}

TEST_CASE("a link between pages becomes an address of its own") {
  const Loaded loaded = load(good());
  const std::string& html = loaded.pathway->capability("design")->levels.at(1).passages.at(0).block.html;
  CHECK(html.find("href=\"waymark:levels/SSE#drives-design\"") != std::string::npos);
}

TEST_CASE("line ends, byte order marks and the order of files do not make another version, a word does") {
  Folder other = good();
  std::reverse(other.files.begin(), other.files.end());
  for (FolderFile& file : other.files) file.bytes = "\xEF\xBB\xBF" + replace_all(file.bytes, "\n", "\r\n");
  CHECK(load(other).pathway->hash == load(good()).pathway->hash);
  for (FolderFile& file : other.files) {
    if (file.path == "levels/SSE.md") file.bytes += "\nMore.\n";
  }
  CHECK(load(other).pathway->hash != load(good()).pathway->hash);
}

TEST_CASE("every broken folder says what is wrong, where, and what to do") {
  const bool update = std::getenv("UPDATE_EXPECTED") != nullptr;
  for (const auto& entry : fs::directory_iterator(fixtures)) {
    if (!entry.is_directory() || entry.path().filename() == "good") continue;
    const fs::path expected_file = entry.path() / "expected.txt";
    const std::string found = as_text(load(laid_over_good(entry.path())));
    if (update) std::ofstream(expected_file, std::ios::binary) << found;
    CAPTURE(entry.path().filename().string());
    CHECK(found == read_file(expected_file).value_or("(no expected.txt)"));
  }
}

TEST_CASE("an empty folder is no pathway") {
  const Loaded loaded = load(Folder{"x", {}, {}});
  REQUIRE(loaded.findings.size() == 1);
  CHECK(loaded.findings[0].rule == "empty-folder");
}
