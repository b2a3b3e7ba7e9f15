#include "base/text.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace waymark;

TEST_CASE("UTF-8 is checked as RFC 3629 says") {
  CHECK(is_valid_utf8("Zoë \xE2\x80\x94 \xF0\x9F\x8C\xB1"));
  CHECK_FALSE(is_valid_utf8("\xC0\xAF"));          // overlong
  CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));      // a surrogate
  CHECK_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));  // past U+10FFFF
  CHECK_FALSE(is_valid_utf8("\xE2\x82"));          // cut off
  CHECK(count_code_points("Zoë") == 3);
}

TEST_CASE("a slug keeps letters of any alphabet and joins the rest by one dash") {
  CHECK(slug("Drives the design, end to end!") == "drives-the-design-end-to-end");
  CHECK(slug("What's next?") == "whats-next");
  CHECK(slug("Größe") == "größe");
  CHECK(slug("???") == "section");
}

TEST_CASE("a slip of the hand finds its neighbour, another word does not") {
  CHECK(nearest("SSE.drives-desgin", {"SSE.drives-design", "SSE.x"}) == "SSE.drives-design");
  CHECK(nearest("taks", {"task", "tests"}) == "task");
  CHECK(nearest("LES", {"ISE", "LSE"}) == "LSE");
  CHECK(nearest("sse", {"SSE", "LSE"}) == "SSE");
  CHECK_FALSE(nearest("banana", {"SSE", "LSE"}).has_value());
}

TEST_CASE("sentences end where a reader would end them") {
  const auto three = sentences("It runs. It is read, e.g. by Dr. Ada Byron! Is it? yes.");
  REQUIRE(three.size() == 3);
  CHECK(three[1] == "It is read, e.g. by Dr. Ada Byron!");
  CHECK(sentences("Uses version 2.5 of it.").size() == 1);
  CHECK(sentences("").empty());
  CHECK(sentences("One \"two.\" Three.").size() == 2);
}

TEST_CASE("lists are said in words") {
  CHECK(in_words({"a"}) == "a");
  CHECK(in_words({"a", "b", "c"}) == "a, b and c");
  CHECK(counted(1, "level") == "1 level");
  CHECK(counted(2, "capability", "capabilities") == "2 capabilities");
}

TEST_CASE("no text breaks the tools") {
  CHECK(rc::check("sentences lie inside the text and lose no word", [](const std::string& text) {
    std::size_t letters = 0;
    for (const auto sentence : sentences(text)) {
      RC_ASSERT(sentence.data() >= text.data() && sentence.data() + sentence.size() <= text.data() + text.size());
      letters += static_cast<std::size_t>(std::count_if(sentence.begin(), sentence.end(), [](char c) { return std::string_view(" \t\n\r\f\v").find(c) == std::string_view::npos; }));
    }
    RC_ASSERT(letters == static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return std::string_view(" \t\n\r\f\v").find(c) == std::string_view::npos; })));
  }));
  CHECK(rc::check("collapsing white space twice changes nothing more", [](const std::string& text) {
    const std::string once = collapse_white_space(text);
    RC_ASSERT(collapse_white_space(once) == once);
  }));
  CHECK(rc::check("joining undoes splitting", [](const std::string& text) {
    std::vector<std::string> parts;
    for (const auto part : split(text, ',')) parts.emplace_back(part);
    RC_ASSERT(join(parts, ",") == text);
  }));
}
