/// A text file as people wrote it, made safe to work on: UTF-8, line ends LF, no byte order mark.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"

namespace waymark {

/// Owns the text; every other room points into it by offset or position. Immutable once made, safe to read from threads.
class SourceText {
 public:
  /// `name` is what findings call the file. Takes any bytes: a byte order mark and CR are removed, invalid UTF-8 and NUL
  /// become U+FFFD. What was done about it is in findings(): `invalid-utf8` (error, the first five places) and
  /// `byte-order-mark` (note). CRLF is ordinary and not a finding.
  SourceText(std::string name, std::string_view bytes);

  [[nodiscard]] const std::string& name() const { return m_name; }
  [[nodiscard]] std::string_view text() const { return m_text; }
  [[nodiscard]] const Findings& findings() const { return m_findings; }

  [[nodiscard]] std::size_t line_count() const { return m_line_starts.size(); }
  /// Without its line end. REQUIRES 1 <= line <= line_count().
  [[nodiscard]] std::string_view line(std::size_t line) const;
  /// Byte offset of the first character of a line. REQUIRES 1 <= line <= line_count().
  [[nodiscard]] std::size_t line_start(std::size_t line) const { return m_line_starts[line - 1]; }
  /// O(log lines + length of the line). An offset past the end gives the end.
  [[nodiscard]] Position position(std::size_t offset) const;
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const { return {position(begin), position(end)}; }
  /// From the first character of a line that is not white space to its end.
  [[nodiscard]] Span line_span(std::size_t line) const;

 private:
  std::string m_name;
  std::string m_text;
  std::vector<std::size_t> m_line_starts;
  Findings m_findings;
};

}  // namespace waymark
