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
  CHECK_FALSE(parse_form("text/plain", "a=b").has_value());
  CHECK_FALSE(parse_form("multipart/form-data", good).has_value());
  CHECK_FALSE(parse_form("multipart/form-data; boundary=\"\"", good).has_value());
  CHECK_FALSE(parse_form(type, "").has_value());
  CHECK_FALSE(parse_form(type, good.substr(0, good.size() - 12)).has_value());
  CHECK_FALSE(parse_form(type, "x" + good).has_value());
  CHECK_FALSE(parse_form(type, "------x1\r\nContent-Disposition: form-data\r\n\r\nv\r\n------x1--\r\n").has_value());
  CHECK_FALSE(parse_form(type, "------x1\r\nX: y\r\n\r\nv\r\n------x1--\r\n").has_value());
}

TEST_CASE("a form without files comes urlencoded, and is the same form") {
  const auto form = parse_form("application/x-www-form-urlencoded; charset=UTF-8", "email=a%40b.example&password=two+words+%2B&empty=");
  REQUIRE(form.has_value());
  CHECK(form->value("email") == "a@b.example");
  CHECK(form->value("password") == "two words +");
  CHECK(form->find("empty") != nullptr);
  const auto copy = *form;
  CHECK(copy.value("email") == "a@b.example");
  CHECK(!parse_form("application/x-www-form-urlencoded", "a=%zz").has_value());
  CHECK(!parse_form("application/x-www-form-urlencoded", "a=%00").has_value());
  CHECK(!parse_form("application/x-www-form-urlencoded", "a=%ff").has_value());
  CHECK(!parse_form("text/plain", "a=1").has_value());
}
