#include "base/source_text.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstring>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr int most_places_named = 5;

std::string_view encoding_hint(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return "It looks like UTF-16. Save the file as UTF-8.";
  return "Save the file as UTF-8.";
}

/// The end of the longest run from `at` that needs no care: ASCII without NUL and CR.
std::size_t end_of_plain_run(std::string_view bytes, std::size_t at) {
  constexpr std::uint64_t highs = 0x8080808080808080ULL;
  constexpr std::uint64_t ones = 0x0101010101010101ULL;
  const auto has_zero = [](std::uint64_t word) { return (word - ones) & ~word & highs; };
  while (at + 8 <= bytes.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    if ((word & highs) != 0 || has_zero(word) != 0 || has_zero(word ^ (ones * '\r')) != 0) break;
    at += 8;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80 && bytes[at] != '\0' && bytes[at] != '\r') ++at;
  return at;
}

}  // namespace

SourceText::SourceText(std::string name, std::string_view bytes) : m_name(std::move(name)) {
  std::vector<std::size_t> bad_places;
  std::size_t bad_count = 0;
  const std::string_view hint = encoding_hint(bytes);
  const bool had_mark = bytes.starts_with(byte_order_mark);
  if (had_mark) bytes.remove_prefix(byte_order_mark.size());

  m_text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t plain = end_of_plain_run(bytes, at);
    m_text.append(bytes, at, plain - at);
    at = plain;
    if (at == bytes.size()) break;
    if (bytes[at] == '\r') {
      m_text += '\n';
      at += at + 1 < bytes.size() && bytes[at + 1] == '\n' ? 2 : 1;
      continue;
    }
    const std::size_t length = bytes[at] == '\0' ? 0 : utf8_sequence_length(bytes.substr(at));
    if (length == 0) {
      if (++bad_count <= most_places_named) bad_places.push_back(m_text.size());
      m_text += replacement;
      ++at;
    } else {
      m_text.append(bytes, at, length);
      at += length;
    }
  }

  m_line_starts.push_back(0);
  for (const char* p = m_text.data(), *const end = p + m_text.size(); p < end;) {
    const auto* newline = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)));
    if (newline == nullptr) break;
    p = newline + 1;
    if (p < end) m_line_starts.push_back(static_cast<std::size_t>(p - m_text.data()));
  }

  if (had_mark) {
    m_findings.push_back({"byte-order-mark", Severity::note, m_name, {}, "The file begins with a byte order mark, which was left out.",
                          "Save it as UTF-8 without one."});
  }
  for (const std::size_t place : bad_places) {
    const std::string more = bad_count > most_places_named ? fmt::format(" ({} such bytes in the file)", bad_count) : std::string();
    m_findings.push_back({"invalid-utf8", Severity::error, m_name, span(place, place + replacement.size()),
                          "This byte is not UTF-8 text" + more + ".", std::string(hint)});
  }
}

std::string_view SourceText::line(std::size_t line) const {
  assert(line >= 1 && line <= line_count());
  const std::size_t begin = m_line_starts[line - 1];
  std::size_t end = line < line_count() ? m_line_starts[line] : m_text.size();
  if (end > begin && m_text[end - 1] == '\n') --end;
  return text().substr(begin, end - begin);
}

Position SourceText::position(std::size_t offset) const {
  // The end of a text that ends its last line is the end of that line.
  const std::size_t end = m_text.ends_with('\n') ? m_text.size() - 1 : m_text.size();
  offset = std::min(offset, end);
  const auto after = std::upper_bound(m_line_starts.begin(), m_line_starts.end(), offset);
  const auto line = static_cast<std::size_t>(after - m_line_starts.begin());
  return {line, count_code_points(text().substr(m_line_starts[line - 1], offset - m_line_starts[line - 1])) + 1};
}

Span SourceText::line_span(std::size_t line) const {
  const std::string_view content = this->line(line);
  const std::size_t first = content.find_first_not_of(" \t");
  const std::size_t indent = first == std::string_view::npos ? 0 : first;
  return span(line_start(line) + indent, line_start(line) + content.size());
}

}  // namespace waymark
