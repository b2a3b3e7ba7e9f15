#include "importer/text_marks.hpp"

#include <array>

namespace waymark::importer {

bool has_letters(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) return true;
    if (byte < 0x80 || (byte & 0xC0) == 0x80) continue;
    // Signs, arrows, boxes and emoji are no words: U+0080 to U+00BF, ×, ÷, U+2000 to U+2BFF, U+FE00 to U+FE0F, U+1F000 and above; nor is line_break.
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
    const bool is_sign = byte == 0xC2 || (byte == 0xC3 && (next == 0x97 || next == 0xB7)) || (byte == 0xE2 && next < 0xB0) ||
                         (byte == 0xEF && next == 0xB8) || (byte == 0xF0 && next == 0x9F) || (byte == 0xEE && next == 0x80);
    if (!is_sign) return true;
  }
  return false;
}

bool is_internal_link(std::string_view target) {
  return !target.empty() && target.find("://") == std::string_view::npos && !target.starts_with("mailto:") && !target.starts_with("//");
}

std::size_t bullet_length(std::string_view line) {
  static constexpr std::array<std::string_view, 9> bullets{
      "\xE2\x80\xA2", "\xE2\x97\xA6", "\xE2\x96\xAA", "\xC2\xB7", "\xE2\x80\x93", "\xE2\x97\x8F", "-", "*", "+"};
  for (const std::string_view bullet : bullets) {
    if (!line.starts_with(bullet)) continue;
    const std::size_t words = line.find_first_not_of(" \t", bullet.size());
    const bool is_mark = bullet.size() > 1 || words > bullet.size();
    return words != std::string_view::npos && is_mark ? words : 0;
  }
  const std::size_t digits = line.find_first_not_of("0123456789");
  if (digits == 0 || digits > 2 || digits == std::string_view::npos || (line[digits] != '.' && line[digits] != ')')) return 0;
  const std::size_t words = line.find_first_not_of(" \t", digits + 1);
  return words != std::string_view::npos && words > digits + 1 ? words : 0;
}

}  // namespace waymark::importer
