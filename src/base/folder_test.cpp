#include "base/folder.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "temporary_folder.hpp"

using namespace waymark;
namespace fs = std::filesystem;

namespace {
const std::vector<std::string> markdown{".md"};

void write(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}
}  // namespace

TEST_CASE("documents are read by extension, sorted, hidden ones left alone") {
  const TemporaryFolder folder;
  write(folder.path() / "b.md", "b");
  write(folder.path() / "a" / "x.MD", "x");
  write(folder.path() / ".git" / "y.md", "y");
  write(folder.path() / "z.txt", "z");
  const auto read = read_folder(folder.path(), markdown);
  REQUIRE(read.has_value());
  REQUIRE(read->files.size() == 2);
  CHECK(read->files[0].path == "a/x.MD");
  CHECK(read->find("b.md")->bytes == "b");
  CHECK(read->findings.empty());
}

TEST_CASE("a symbolic link that leads out of the folder is named and not read") {
  const TemporaryFolder outside;
  const TemporaryFolder folder;
  write(outside.path() / "secret.md", "secret");
  write(folder.path() / "real.md", "real");
  fs::create_symlink(outside.path() / "secret.md", folder.path() / "link.md");
  fs::create_symlink(outside.path(), folder.path() / "linked");
  fs::create_symlink(folder.path() / "real.md", folder.path() / "inside.md");
  fs::create_symlink("nothing.md", folder.path() / "broken.md");
  const auto read = read_folder(folder.path(), markdown);
  REQUIRE(read.has_value());
  CHECK(read->find("link.md") == nullptr);
  CHECK(read->find("inside.md")->bytes == "real");
  std::vector<std::string> rules;
  for (const Finding& finding : read->findings) rules.push_back(finding.file + " " + finding.rule);
  CHECK(rules == std::vector<std::string>{"broken.md broken-symlink", "link.md symlink-outside", "linked symlink-outside"});
}

TEST_CASE("a file past the limit is named and not read") {
  const TemporaryFolder folder;
  write(folder.path() / "big.md", std::string(100, 'x'));
  const auto read = read_folder(folder.path(), markdown, {.max_file_bytes = 99});
  REQUIRE(read.has_value());
  CHECK(read->files.empty());
  CHECK(read->findings.at(0).rule == "file-too-large");
}

TEST_CASE("what is no folder is an error with a way out") {
  const TemporaryFolder folder;
  write(folder.path() / "file.md", "x");
  CHECK(read_folder(folder.path() / "nowhere", markdown).error().kind == Error::Kind::not_found);
  CHECK(read_folder(folder.path() / "file.md", markdown).error().kind == Error::Kind::bad_input);
}

TEST_CASE("a folder is written whole, and never over what is there") {
  const TemporaryFolder folder;
  const Folder pathway{"x", {{"levels/A.md", "a"}, {"pathway.yaml", "p"}}, {}};
  SUBCASE("into a new folder") {
    CHECK(write_folder(pathway, folder.path() / "new" / "deeper").has_value());
    CHECK(read_file(folder.path() / "new" / "deeper" / "levels" / "A.md") == "a");
  }
  SUBCASE("into an empty folder, which stays the same folder") {
    CHECK(write_folder(pathway, folder.path()).has_value());
    CHECK(read_file(folder.path() / "pathway.yaml") == "p");
    CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 2);
  }
  SUBCASE("not into one that holds something") {
    write(folder.path() / "mine.txt", "mine");
    const auto written = write_folder(pathway, folder.path());
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().kind == Error::Kind::conflict);
    CHECK_FALSE(fs::exists(folder.path() / "pathway.yaml"));
  }
}

TEST_CASE("some files are replaced together, and everything else in the folder stays") {
  const fs::path root = fs::temp_directory_path() / "waymark-update-folder-test";
  fs::remove_all(root);
  REQUIRE(write_folder(Folder{"x", {{"a/one.md", "1"}, {"two.md", "2"}, {"three.md", "3"}}, {}}, root).has_value());
  REQUIRE(update_folder({{"a/one.md", "I"}, {"b/four.md", "4"}}, {"two.md"}, root).has_value());
  CHECK(*read_file(root / "a/one.md") == "I");
  CHECK(*read_file(root / "b/four.md") == "4");
  CHECK(*read_file(root / "three.md") == "3");
  CHECK_FALSE(fs::exists(root / "two.md"));
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(root)) ++entries;
  CHECK(entries == 3);
  // A folder stands where a file should go: nothing is changed.
  fs::create_directories(root / "five.md" / "inside");
  CHECK_FALSE(update_folder({{"three.md", "III"}, {"three.md/below.md", "x"}}, {}, root).has_value());
  CHECK(*read_file(root / "three.md") == "3");
  fs::remove_all(root);
}
