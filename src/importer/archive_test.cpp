#include "importer/archive.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"

using namespace waymark;
using namespace waymark::importer;

namespace {

std::string zip(std::vector<FolderFile> files) {
  const auto bytes = zip_of(Folder{"x", std::move(files), {}});
  REQUIRE(bytes.has_value());
  return *bytes;
}

}  // namespace

TEST_CASE("a folder comes out of a zip as it went in, without the folder around it") {
  const std::string bytes = zip({{"ours/a.md", "one"}, {"ours/b/c.md", std::string(100'000, 'x')}});
  CHECK(is_zip(bytes));
  CHECK(bytes == zip({{"ours/a.md", "one"}, {"ours/b/c.md", std::string(100'000, 'x')}}));
  const auto folder = folder_of_zip("up.zip", bytes);
  REQUIRE(folder.has_value());
  REQUIRE(folder->files.size() == 2);
  CHECK(folder->find("a.md")->bytes == "one");
  CHECK(folder->find("b/c.md")->bytes.size() == 100'000);
}

TEST_CASE("a zip that unpacks to too much, climbs out or is damaged is refused") {
  const std::string big = zip({{"a.md", std::string(1'000'000, 'x')}});
  CHECK(big.size() < 100'000);
  CHECK(folder_of_zip("b.zip", big, {1000, 10}).error().message.find("unpacks to more") != std::string::npos);
  CHECK(folder_of_zip("m.zip", zip({{"a", "1"}, {"b", "2"}, {"c", "3"}}), {1000, 2}).error().message.find("More than 2 files") != std::string::npos);
  CHECK(folder_of_zip("c.zip", zip({{"../a.md", "x"}})).error().message.find("leads out") != std::string::npos);
  CHECK(folder_of_zip("c.zip", zip({{"/etc/a.md", "x"}})).error().kind == Error::Kind::bad_input);
  CHECK_FALSE(folder_of_zip("d.zip", std::string("PK\x03\x04 and nothing more")).has_value());
  CHECK_FALSE(folder_of_zip("d.zip", big.substr(0, 60)).has_value());
}
