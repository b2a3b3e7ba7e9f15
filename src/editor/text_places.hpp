/// Places in a text as the protocol counts them, beside our own (base/finding.hpp): lines from 0, characters from 0 in code units of an agreed encoding.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/source_text.hpp"

namespace waymark::editor {

/// What one character of a TextPlace is: a byte, a UTF-16 code unit, a code point.
enum class Encoding { utf8, utf16, utf32 };

struct TextPlace {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  auto operator<=>(const TextPlace&) const = default;
};

struct TextRange {
  TextPlace begin;
  TextPlace end;
  bool operator==(const TextRange&) const = default;
};

/// A document as its editor holds it: line ends and everything else untouched, because edits count in them. A line ends with LF, CR LF or CR.
class TextBuffer {
 public:
  explicit TextBuffer(std::string text) : m_text(std::move(text)) {}

  [[nodiscard]] const std::string& text() const { return m_text; }
  /// Byte offset of a place. Past the end of a line is its end, past the last line is the end of the text; inside a character is before it.
  /// Linear in the offset.
  [[nodiscard]] std::size_t offset(TextPlace place, Encoding encoding) const;
  /// A range whose end lies before its begin is taken the other way round.
  void replace(TextRange range, std::string_view text, Encoding encoding);

 private:
  std::string m_text;
};

/// Of a position in `source`, which may lie one past its last line; further out it is the end.
[[nodiscard]] TextPlace to_place(const SourceText& source, Position position, Encoding encoding);
[[nodiscard]] TextRange to_range(const SourceText& source, const Span& span, Encoding encoding);
[[nodiscard]] Position to_position(const SourceText& source, TextPlace place, Encoding encoding);

/// Byte offset in source.text(); a position past the end of its line is that end.
[[nodiscard]] std::size_t offset_of(const SourceText& source, Position position);
[[nodiscard]] std::string_view text_at(const SourceText& source, const Span& span);
/// The end of the text: behind its last character, or at the beginning of the line behind the last line end.
[[nodiscard]] Position end_of(const SourceText& source);
/// The text of a line without its end; empty past the last one.
[[nodiscard]] std::string_view line_at(const SourceText& source, std::size_t line);

}  // namespace waymark::editor
