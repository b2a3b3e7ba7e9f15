#include "access/json_object.hpp"

#include <doctest/doctest.h>

using namespace waymark::access;

TEST_CASE("a member of another type is as good as absent") {
  const auto object =
      JsonObject::parse(R"({"t":"x","n":7,"d":7.9,"huge":1e300,"b":true,"w":"false","list":["a",1,"b"],"objects":[{"k":1},2]})", "this");
  REQUIRE(object.has_value());
  CHECK(object->text("t") == "x");
  CHECK(!object->text("n"));
  CHECK(object->number("n") == 7);
  CHECK(object->number("d") == 7);
  CHECK(!object->number("huge"));
  CHECK(!object->number("t"));
  CHECK(object->boolean("b") == true);
  CHECK(object->boolean("w") == false);
  CHECK(!object->boolean("n"));
  CHECK(object->texts("list") == std::vector<std::string>{"a", "b"});
  CHECK(object->texts("t") == std::vector<std::string>{"x"});
  CHECK(object->objects("objects").size() == 1);
  CHECK(!object->has("missing"));
}

TEST_CASE("what is no object is named") {
  CHECK(JsonObject::parse("[1]", "the answer").error().message == "What came as the answer is not a JSON object.");
  CHECK(!JsonObject::parse("", "x"));
  CHECK(!JsonObject::parse("{\"a\":\"\xff\"}", "x"));
  CHECK(!JsonObject::parse(std::string(5000, '[') + std::string(5000, ']'), "x"));
  CHECK(json_quoted("a\"b\n") == R"("a\"b\n")");
}
