#include "importer/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

/// What Windows-1252 has from 0x80 to 0x9F; 0 where it has nothing.
constexpr std::array<char32_t, 32> high_signs{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                              0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                              0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append(std::string& text, char32_t point) {
  const auto byte = [&](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | (point >> 6));
    byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | (point >> 12));
    byte(0x80 | ((point >> 6) & 0x3F));
    byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | (point >> 18));
    byte(0x80 | ((point >> 12) & 0x3F));
    byte(0x80 | ((point >> 6) & 0x3F));
    byte(0x80 | (point & 0x3F));
  }
}

std::string from_utf16(std::string_view bytes, bool big_end_first) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_end_first ? first << 8 | second : second << 8 | first);
  };
  std::string text;
  for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
    char32_t point = unit(at);
    const bool is_high = point >= 0xD800 && point < 0xDC00;
    if (is_high && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    } else if (point >= 0xD800 && point < 0xE000) {
      point = 0xFFFD;
    }
    append(text, point);
  }
  return text;
}

}  // namespace

bool has_utf16_mark(std::string_view bytes) { return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"); }

std::optional<Decoded> decode(std::string_view bytes) {
  if (has_utf16_mark(bytes)) return Decoded{from_utf16(bytes, bytes[0] == '\xFE'), "UTF-16", 1};
  // What holds a zero is no text in any of these, and is told so elsewhere.
  if (is_valid_utf8(bytes) || bytes.substr(0, 1u << 16).find('\0') != std::string_view::npos) return std::nullopt;
  Decoded decoded{{}, "Windows-1252", 0};
  decoded.text.reserve(bytes.size() + bytes.size() / 8);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = utf8_sequence_length(bytes.substr(at, 4));
    if (length > 0) {
      decoded.text += bytes.substr(at, length);
      at += length;
      continue;
    }
    if (decoded.line == 0) decoded.line = 1 + static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + static_cast<long>(at), '\n'));
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    const char32_t point = byte < 0xA0 ? high_signs[byte - 0x80] : byte;
    append(decoded.text, point == 0 ? 0xFFFD : point);
  }
  return decoded;
}

}  // namespace waymark::importer
