// Bytes of old editors and spreadsheets become the same text, whole or in pieces.
#include "base/encoding.hpp"

#include <doctest/doctest.h>

using namespace waymark;

namespace {

std::string in_pieces(std::string_view bytes, std::size_t size) {
  StreamDecoder decoder;
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += size) text += decoder.feed(bytes.substr(at, size));
  return text + decoder.finish();
}

}  // namespace

TEST_CASE("a file reads the same whatever pieces it comes in") {
  using namespace std::string_view_literals;
  struct Case {
    std::string_view bytes, text;
  };
  for (const Case& each : {Case{"Zoë 🎈 Łuk\n", "Zoë 🎈 Łuk\n"}, Case{"\xEF\xBB\xBFZoë", "Zoë"}, Case{"Zo\xEB; \x80 5\xE9", "Zoë; € 5é"}, Case{"Zo\xEB", "Zoë"},
                           Case{"\xFF\xFEZ\0o\0\xEB\0<\xD8\x88\xDF"sv, "Zoë🎈"}, Case{"\xFE\xFF\0Z\0o\0\xEB\xD8<\xDF\x88"sv, "Zoë🎈"}, Case{"\xFF\xFEZ\0o"sv, "Z\uFFFD"},
                           Case{"", ""}, Case{"\xE2\x82", "â‚"}}) {
    for (std::size_t size = 1; size < 8; ++size) {
      CAPTURE(size);
      CHECK(in_pieces(each.bytes, size) == each.text);
    }
  }
}
