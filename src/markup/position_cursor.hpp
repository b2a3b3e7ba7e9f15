/// Offsets → positions where they come mostly in order: counts on from the last one, so that a line with a million places stays linear.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/source_text.hpp"
#include "base/text.hpp"

namespace waymark::markup {

class PositionCursor {
 public:
  explicit PositionCursor(const SourceText& source) : m_source(source) {}

  /// As SourceText::position().
  [[nodiscard]] Position at(std::size_t offset) {
    const std::string_view text = m_source.text();
    // The end of the text is the end of its last line, not a place behind that line's end.
    offset = std::min(offset, text.ends_with('\n') ? text.size() - 1 : text.size());
    const std::size_t line_start = m_source.line_start(m_position.line);
    const bool is_same_line = offset >= line_start && (m_position.line == m_source.line_count() || offset < m_source.line_start(m_position.line + 1));
    if (!is_same_line) {
      m_position = m_source.position(offset);
    } else if (offset >= m_offset) {
      m_position.column += count_code_points(text.substr(m_offset, offset - m_offset));
    } else {
      m_position.column -= count_code_points(text.substr(offset, m_offset - offset));
    }
    m_offset = offset;
    return m_position;
  }

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) {
    const Position from = at(begin);
    return {from, at(end)};
  }

 private:
  const SourceText& m_source;
  std::size_t m_offset = 0;
  Position m_position;
};

}  // namespace waymark::markup
