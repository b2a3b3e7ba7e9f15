#include "web/landscape/text_width.hpp"

#include <array>

#include "base/text.hpp"

namespace waymark::web::landscape {
namespace {

// Advance widths in thousandths of the size, U+0020 to U+007E, as Chromium measures the embedded fonts.
constexpr std::array<int, 95> serif_semibold{
    229, 314, 423, 544, 538, 949, 739, 207, 384, 384, 459, 548, 307, 335, 307, 364, 547, 547, 547, 547, 547, 547, 547, 547, 547, 547, 307, 307, 548, 548, 548, 430,
    867, 712, 669, 663, 745, 635, 610, 725, 809, 387, 394, 726, 616, 930, 758, 742, 637, 742, 708, 560, 650, 758, 706, 1020, 678, 667, 592, 356, 364, 356, 548, 528,
    400, 555, 631, 527, 624, 540, 375, 573, 650, 336, 314, 616, 337, 962, 652, 590, 633, 613, 475, 475, 369, 640, 582, 850, 585, 592, 497, 365, 302, 365, 548};
constexpr std::array<int, 95> sans{
    281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610, 618, 646, 593, 620, 566, 619, 620, 288, 302, 662, 662, 662, 511,
    966, 690, 654, 730, 722, 601, 590, 746, 743, 269, 571, 672, 565, 903, 753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682, 679, 629, 365, 360, 365, 471, 456,
    323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600, 612, 612, 376, 528, 327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 662};
constexpr double allowance = 1.04;

/// Past ASCII: accented Latin, Greek and Cyrillic are about as wide as an n; from U+1100 on, full width.
int width_of(std::string_view sequence, const std::array<int, 95>& widths) {
  const auto first = static_cast<unsigned char>(sequence.front());
  if (sequence.size() == 1) return first >= 0x20 && first < 0x7f ? widths[first - 0x20U] : 600;
  return sequence.size() == 2 || first < 0xe1 || sequence.starts_with("\xe2\x80") ? 700 : 1000;
}

std::size_t sequence_at(std::string_view text, std::size_t at) { return std::max<std::size_t>(1, utf8_sequence_length(text.substr(at))); }

std::string cut_to(std::string_view text, Face face, double size, double width) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_at(text, at);
    if (text_width(kept + std::string(text.substr(at, length)) + "…", face, size) > width) break;
    kept += text.substr(at, length);
    at += length;
  }
  return std::string(trim(kept)) + "…";
}

}  // namespace

double text_width(std::string_view text, Face face, double size) {
  const auto& widths = face == Face::sans ? sans : serif_semibold;
  int sum = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_at(text, at);
    sum += width_of(text.substr(at, length), widths);
    at += length;
  }
  return sum * size * allowance / 1000.0;
}

std::vector<std::string> wrap_text(std::string_view text, Face face, double size, double width, std::size_t max_lines) {
  std::vector<std::string> lines;
  const std::string even = collapse_white_space(text);
  for (const std::string_view word : split(even, ' ')) {
    if (word.empty()) continue;
    const std::string longer = lines.empty() ? std::string(word) : lines.back() + " " + std::string(word);
    if (!lines.empty() && text_width(longer, face, size) <= width) {
      lines.back() = longer;
    } else if (lines.size() == max_lines) {
      lines.back() = cut_to(longer, face, size, width);
      return lines;
    } else {
      lines.push_back(text_width(word, face, size) <= width ? std::string(word) : cut_to(word, face, size, width));
    }
  }
  return lines;
}

}  // namespace waymark::web::landscape
