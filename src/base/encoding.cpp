#include "base/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.hpp"

namespace waymark {
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

/// From `at` on, as far as whole characters go; `at` is behind them. At the end half a character is U+FFFD.
std::string from_utf16(std::string_view bytes, std::size_t& at, bool big_end_first, bool is_end) {
  const auto unit = [&](std::size_t place) {
    const auto first = static_cast<unsigned char>(bytes[place]);
    const auto second = static_cast<unsigned char>(bytes[place + 1]);
    return static_cast<char32_t>(big_end_first ? first << 8 | second : second << 8 | first);
  };
  std::string text;
  for (; at + 1 < bytes.size(); at += 2) {
    char32_t point = unit(at);
    const bool is_high = point >= 0xD800 && point < 0xDC00;
    if (is_high && at + 3 >= bytes.size() && !is_end) break;
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

void append_windows_1252(std::string& text, char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  const char32_t point = byte < 0xA0 ? high_signs[byte - 0x80] : byte;
  append(text, point == 0 ? 0xFFFD : point);
}

/// Bytes behind `at` that could be the beginning of a character whose rest has not come.
bool may_be_cut(std::string_view rest) {
  const auto first = static_cast<unsigned char>(rest.front());
  const std::size_t length = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
  if (first >= 0xF5 || rest.size() >= length) return false;
  return std::all_of(rest.begin() + 1, rest.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
}

}  // namespace

bool has_utf16_mark(std::string_view bytes) { return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"); }

std::optional<Decoded> decode(std::string_view bytes) {
  if (has_utf16_mark(bytes)) {
    std::size_t at = 2;
    return Decoded{from_utf16(bytes, at, bytes[0] == '\xFE', true), "UTF-16", 1};
  }
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
    append_windows_1252(decoded.text, bytes[at++]);
  }
  return decoded;
}

std::string StreamDecoder::feed(std::string_view bytes) {
  m_waiting += bytes;
  return take(false);
}

std::string StreamDecoder::finish() { return take(true); }

std::string StreamDecoder::take(bool is_end) {
  if (m_form == Form::unknown) {
    if (m_waiting.size() < 3 && !is_end) return {};
    if (has_utf16_mark(m_waiting)) {
      m_form = m_waiting[0] == '\xFE' ? Form::utf16_big : Form::utf16_little;
      m_from = "UTF-16";
      m_waiting.erase(0, 2);
    } else {
      m_form = Form::utf8;
      if (m_waiting.starts_with("\xEF\xBB\xBF")) m_waiting.erase(0, 3);
    }
  }
  std::size_t at = 0;
  std::string text;
  if (m_form != Form::utf8) {
    text = from_utf16(m_waiting, at, m_form == Form::utf16_big, is_end);
    if (is_end && at < m_waiting.size()) append(text, 0xFFFD);
  } else {
    text.reserve(m_waiting.size());
    while (at < m_waiting.size()) {
      const std::string_view rest = std::string_view(m_waiting).substr(at, 4);
      const std::size_t length = utf8_sequence_length(rest);
      if (length > 0) {
        text.append(m_waiting, at, length);
        at += length;
      } else if (!is_end && at + 4 > m_waiting.size() && may_be_cut(rest)) {
        break;
      } else {
        m_from = "Windows-1252";
        append_windows_1252(text, m_waiting[at++]);
      }
    }
  }
  m_waiting.erase(0, is_end ? std::string::npos : at);
  return text;
}

}  // namespace waymark
