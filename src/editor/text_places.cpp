#include "editor/text_places.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace waymark::editor {
namespace {

/// Of the character that begins `text`; a byte that begins none counts for itself, as an editor shows it.
std::size_t length_at(std::string_view text) { return std::max<std::size_t>(utf8_sequence_length(text), 1); }

std::size_t units(std::size_t bytes, Encoding encoding) {
  if (encoding == Encoding::utf8) return bytes;
  return encoding == Encoding::utf16 && bytes == 4 ? 2 : 1;
}

/// Bytes of `line` that `count` units take; the whole line when it has fewer.
std::size_t bytes_of(std::string_view line, std::size_t count, Encoding encoding) {
  std::size_t at = 0;
  while (at < line.size() && count > 0) {
    const std::size_t length = length_at(line.substr(at));
    const std::size_t width = units(length, encoding);
    if (width > count) break;
    count -= width;
    at += length;
  }
  return at;
}

std::size_t end_of_line(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '\n' && text[at] != '\r') ++at;
  return at;
}

bool ends_with_line_end(const SourceText& source) { return source.text().ends_with('\n'); }

std::uint32_t narrow(std::size_t number) { return static_cast<std::uint32_t>(std::min<std::size_t>(number, UINT32_MAX)); }

}  // namespace

std::size_t TextBuffer::offset(TextPlace place, Encoding encoding) const {
  std::size_t begin = 0;
  for (std::uint32_t line = 0; line < place.line; ++line) {
    const std::size_t end = end_of_line(m_text, begin);
    if (end == m_text.size()) return end;
    begin = end + (m_text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  }
  const std::string_view line = std::string_view(m_text).substr(begin, end_of_line(m_text, begin) - begin);
  return begin + bytes_of(line, place.character, encoding);
}

void TextBuffer::replace(TextRange range, std::string_view text, Encoding encoding) {
  const auto [begin, end] = std::minmax({offset(range.begin, encoding), offset(range.end, encoding)});
  m_text.replace(begin, end - begin, text);
}

std::string_view line_at(const SourceText& source, std::size_t line) {
  return line >= 1 && line <= source.line_count() ? source.line(line) : std::string_view();
}

Position end_of(const SourceText& source) {
  if (ends_with_line_end(source)) return {source.line_count() + 1, 1};
  return {source.line_count(), count_code_points(source.line(source.line_count())) + 1};
}

std::size_t offset_of(const SourceText& source, Position position) {
  if (position.line > source.line_count()) return source.text().size();
  const std::size_t line = std::max<std::size_t>(position.line, 1);
  return source.line_start(line) + bytes_of(source.line(line), std::max<std::size_t>(position.column, 1) - 1, Encoding::utf32);
}

std::string_view text_at(const SourceText& source, const Span& span) {
  const std::size_t begin = offset_of(source, span.begin);
  const std::size_t end = offset_of(source, span.end);
  return source.text().substr(begin, end > begin ? end - begin : 0);
}

TextPlace to_place(const SourceText& source, Position position, Encoding encoding) {
  position = std::min(position, end_of(source));
  const std::string_view line = line_at(source, position.line);
  const std::size_t bytes = bytes_of(line, position.column - std::min<std::size_t>(position.column, 1), Encoding::utf32);
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes;) {
    const std::size_t length = length_at(line.substr(at));
    count += units(length, encoding);
    at += length;
  }
  return {narrow(position.line - std::min<std::size_t>(position.line, 1)), narrow(count)};
}

TextRange to_range(const SourceText& source, const Span& span, Encoding encoding) {
  const TextPlace begin = to_place(source, span.begin, encoding);
  return {begin, std::max(begin, to_place(source, span.end, encoding))};
}

Position to_position(const SourceText& source, TextPlace place, Encoding encoding) {
  const Position wanted{std::size_t{place.line} + 1, 1};
  if (const Position end = end_of(source); wanted.line > end.line) return end;
  const std::string_view line = line_at(source, wanted.line);
  return {wanted.line, count_code_points(line.substr(0, bytes_of(line, place.character, encoding))) + 1};
}

}  // namespace waymark::editor
