#include "editor/text_places.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/text.hpp"

using namespace waymark;
using namespace waymark::editor;

namespace {

/// A text of lines with everything in it that is counted differently.
rc::Gen<std::string> any_text() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>("a", " ", "é", "€", "😀", "\n", "\r\n", "\r", "\t")),
                      [](const std::vector<std::string>& parts) { return join(parts, ""); });
}

constexpr Encoding encodings[] = {Encoding::utf8, Encoding::utf16, Encoding::utf32};

}  // namespace

TEST_CASE("one character has one, two or four units") {
  const SourceText source("a.md", "x\né😀b\n");
  CHECK(to_place(source, {2, 4}, Encoding::utf8) == TextPlace{1, 7});
  CHECK(to_place(source, {2, 4}, Encoding::utf16) == TextPlace{1, 4});
  CHECK(to_place(source, {2, 4}, Encoding::utf32) == TextPlace{1, 3});
  CHECK(to_position(source, {1, 7}, Encoding::utf8) == Position{2, 4});
  // Inside a character is before it.
  CHECK(to_position(source, {1, 2}, Encoding::utf16) == Position{2, 2});
}

TEST_CASE("past the end is the end") {
  const SourceText source("a.md", "one\ntwo\n");
  CHECK(to_position(source, {0, 99}, Encoding::utf16) == Position{1, 4});
  CHECK(to_position(source, {2, 0}, Encoding::utf16) == Position{3, 1});
  CHECK(to_position(source, {99, 99}, Encoding::utf16) == Position{3, 1});
  CHECK(to_place(source, {99, 99}, Encoding::utf16) == TextPlace{2, 0});
  CHECK(to_position(SourceText("a.md", ""), {5, 5}, Encoding::utf16) == Position{1, 1});
  TextBuffer buffer("one");
  buffer.replace({{9, 9}, {0, 1}}, "X", Encoding::utf16);
  CHECK(buffer.text() == "oX");
}

TEST_CASE("places go to positions and back") {
  CHECK(rc::check([] {
    const std::string text = *any_text();
    const SourceText source("a.md", text);
    const Position position = source.position(*rc::gen::inRange<std::size_t>(0, source.text().size() + 1));
    for (const Encoding encoding : encodings) RC_ASSERT(to_position(source, to_place(source, position, encoding), encoding) == position);
  }));
}

TEST_CASE("a buffer and a source count the same lines, whatever ends them") {
  CHECK(rc::check([] {
    const std::string text = *any_text();
    const TextBuffer buffer(text);
    const SourceText source("a.md", text);
    const auto line = *rc::gen::inRange<std::uint32_t>(0, 12);
    const auto character = *rc::gen::inRange<std::uint32_t>(0, 12);
    for (const Encoding encoding : encodings) {
      // What stands before the place is the same text in both.
      const std::string before = buffer.text().substr(0, buffer.offset({line, character}, encoding));
      RC_ASSERT(SourceText("a.md", before).text() == source.text().substr(0, offset_of(source, to_position(source, {line, character}, encoding))));
    }
  }));
}

TEST_CASE("keys typed one by one make the text that is typed") {
  TextBuffer buffer("first\r\nlast");
  std::uint32_t character = 0;
  for (const std::string key : {"é", "😀", "x"}) {
    buffer.replace({{1, character}, {1, character}}, key, Encoding::utf16);
    character += key == "😀" ? 2 : 1;
  }
  CHECK(buffer.text() == "first\r\né😀xlast");
  buffer.replace({{0, 5}, {1, 0}}, "\n", Encoding::utf16);
  CHECK(buffer.text() == "first\né😀xlast");
}
