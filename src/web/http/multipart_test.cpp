#include "web/http/multipart.hpp"

#include <doctest/doctest.h>

using namespace waymark::web::http;

namespace {
const std::string type = "multipart/form-data; boundary=----x1";
const std::string good =
    "------x1\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nOurs\r\n------x1\r\nContent-Disposition: form-data; name=\"file\"; "
    "filename=\"C:\\a\\levels.md\"\r\nContent-Type: text/plain\r\n\r\n# L\r\n--not the end\r\n\r\n------x1--\r\n";
}  // namespace

TEST_CASE("a form as a browser sends it is read, line ends inside a file included") {
  const auto form = parse_form(type, good);
  REQUIRE(form.has_value());
  REQUIRE(form->fields.size() == 2);
  CHECK(form->value("name") == "Ours");
  CHECK(form->find("file")->file_name == "levels.md");
  CHECK(form->value("file") == "# L\r\n--not the end\r\n");
  CHECK(form->value("other").empty());
}

TEST_CASE("what is no such form is refused whole") {
  CHECK_FALSE(parse_form("application/x-www-form-urlencoded", "a=b").has_value());
  CHECK_FALSE(parse_form("multipart/form-data", good).has_value());
  CHECK_FALSE(parse_form("multipart/form-data; boundary=\"\"", good).has_value());
  CHECK_FALSE(parse_form(type, "").has_value());
  CHECK_FALSE(parse_form(type, good.substr(0, good.size() - 12)).has_value());
  CHECK_FALSE(parse_form(type, "x" + good).has_value());
  CHECK_FALSE(parse_form(type, "------x1\r\nContent-Disposition: form-data\r\n\r\nv\r\n------x1--\r\n").has_value());
  CHECK_FALSE(parse_form(type, "------x1\r\nX: y\r\n\r\nv\r\n------x1--\r\n").has_value());
}
