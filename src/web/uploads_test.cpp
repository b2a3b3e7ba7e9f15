#include "web/uploads.hpp"

#include <doctest/doctest.h>

using namespace waymark;
using namespace waymark::web;

TEST_CASE("uploads are found by their key until they are too many, too large together or too old") {
  using std::chrono::minutes;
  const Uploads::Clock::time_point start{};
  Uploads uploads({.most = 2, .most_bytes = 100, .oldest = minutes(60)});
  const std::string one = uploads.keep({"a", {{"a.md", "one"}}, {}}, start);
  CHECK(uploads.keep({"a", {{"a.md", "one"}}, {}}, start) == one);
  CHECK(uploads.find(one, start)->files.front().bytes == "one");
  CHECK(uploads.find("guess", start) == nullptr);
  const std::string two = uploads.keep({"b", {{"b.md", "two"}}, {}}, start + minutes(1));
  const std::string three = uploads.keep({"c", {{"c.md", "three"}}, {}}, start + minutes(2));
  CHECK(uploads.find(one, start + minutes(2)) == nullptr);
  CHECK(uploads.find(two, start + minutes(2)) != nullptr);
  CHECK(uploads.find(two, start + minutes(62)) == nullptr);
  const std::string large = uploads.keep({"d", {{"d.md", std::string(99, 'x')}}, {}}, start + minutes(3));
  CHECK(uploads.find(three, start + minutes(3)) == nullptr);
  CHECK(uploads.find(large, start + minutes(3)) == nullptr);
}
