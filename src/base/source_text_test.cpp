#include "base/source_text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/text.hpp"

using namespace waymark;

TEST_CASE("a byte order mark and Windows line ends are no obstacle") {
  const SourceText source("a.md", "\xEF\xBB\xBFone\r\ntwo\rthree\n");
  CHECK(source.text() == "one\ntwo\nthree\n");
  CHECK(source.line_count() == 3);
  CHECK(source.line(2) == "two");
  REQUIRE(source.findings().size() == 1);
  CHECK(source.findings()[0].rule == "byte-order-mark");
  CHECK(source.findings()[0].severity == Severity::note);
}

TEST_CASE("bytes that are no UTF-8 are named with their place, five of them at most") {
  const SourceText source("a.md", "Zo\xEB caf\xE9\nsecond \xFF line");
  REQUIRE(source.findings().size() == 3);
  CHECK(to_line(source.findings()[0]) == "a.md:1:3: error: This byte is not UTF-8 text. [invalid-utf8]");
  CHECK(source.findings()[2].span.begin == Position{2, 8});
  CHECK(SourceText("b.md", std::string(1000, '\xFF')).findings().size() == 5);
}

TEST_CASE("UTF-16 is recognised in the way out") {
  const SourceText source("a.md", std::string_view("\xFF\xFEh\0i\0", 6));
  REQUIRE_FALSE(source.findings().empty());
  CHECK(source.findings()[0].way_out.find("UTF-16") != std::string::npos);
}

TEST_CASE("columns count code points") {
  const SourceText source("a.md", "Zoë leads\n  größer");
  CHECK(source.position(source.text().find("leads")) == Position{1, 5});
  CHECK(source.line_span(2) == Span{{2, 3}, {2, 9}});
  CHECK(source.position(10'000) == Position{2, 9});
}

TEST_CASE("an empty file has one empty line") {
  const SourceText source("a.md", "");
  CHECK(source.line_count() == 1);
  CHECK(source.line(1).empty());
  CHECK(source.position(0) == Position{1, 1});
}

TEST_CASE("any bytes become text") {
  CHECK(rc::check("valid UTF-8 without NUL or CR, and its lines are the text", [](const std::string& bytes) {
    const SourceText source("x", bytes);
    RC_ASSERT(is_valid_utf8(source.text()));
    RC_ASSERT(source.text().find('\0') == std::string_view::npos);
    RC_ASSERT(source.text().find('\r') == std::string_view::npos);
    std::string lines;
    for (std::size_t i = 1; i <= source.line_count(); ++i) lines += std::string(source.line(i)) + "\n";
    RC_ASSERT(lines == std::string(source.text()) || lines == std::string(source.text()) + "\n");
  }));
}
