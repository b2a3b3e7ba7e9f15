#include "importer/entities.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

void append_code_point(std::string& text, std::uint32_t point) {
  if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = 0xFFFD;
  const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

bool append_entity(std::string& text, std::string_view name) {
  struct Named {
    std::string_view name;
    std::uint32_t point;
  };
  static constexpr std::array<Named, 17> known{{{"amp", '&'},
                                                {"lt", '<'},
                                                {"gt", '>'},
                                                {"quot", '"'},
                                                {"apos", '\''},
                                                {"nbsp", ' '},
                                                {"ndash", 0x2013},
                                                {"mdash", 0x2014},
                                                {"lsquo", 0x2018},
                                                {"rsquo", 0x2019},
                                                {"ldquo", 0x201C},
                                                {"rdquo", 0x201D},
                                                {"hellip", 0x2026},
                                                {"bull", 0x2022},
                                                {"middot", 0xB7},
                                                {"pound", 0xA3},
                                                {"euro", 0x20AC}}};
  if (name.starts_with('#')) {
    const bool hexadecimal = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string digits(name.substr(hexadecimal ? 2 : 1));
    if (digits.empty() || digits.size() > 7 || digits.find_first_not_of(hexadecimal ? "0123456789abcdefABCDEF" : "0123456789") != std::string::npos)
      return false;
    const auto point = static_cast<std::uint32_t>(std::stoul(digits, nullptr, hexadecimal ? 16 : 10));
    append_code_point(text, point == 0xA0 ? ' ' : point);
    return true;
  }
  const auto at = std::find_if(known.begin(), known.end(), [&](const Named& entry) { return entry.name == name; });
  if (at != known.end()) append_code_point(text, at->point);
  return at != known.end();
}

}  // namespace

std::string decode_entities(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = text[at] == '&' ? text.substr(at, 12).find(';') : std::string_view::npos;
    if (end != std::string_view::npos && append_entity(result, text.substr(at + 1, end - 1))) {
      at += end;
    } else {
      result += text[at];
    }
  }
  return replace_all(std::move(result), "\xC2\xA0", " ");
}

}  // namespace waymark::importer
