#include "markup/block_place.hpp"

#include <algorithm>
#include <string_view>

#include <cmark-gfm/node.h>

#include "base/text.hpp"

extern "C" cmark_node_type CMARK_NODE_TABLE;

namespace waymark::markup {
namespace {

std::string_view view(const cmark_chunk& chunk) { return {reinterpret_cast<const char*>(chunk.data), static_cast<std::size_t>(chunk.len)}; }

std::string_view content_of(const cmark_node& node) {
  return {reinterpret_cast<const char*>(node.content.ptr), static_cast<std::size_t>(node.content.size)};
}

std::size_t line_number(int line) { return line < 1 ? 1 : static_cast<std::size_t>(line); }

std::size_t count_lines(std::string_view text) {
  const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return text.empty() || text.back() == '\n' ? ends : ends + 1;
}

/// The paragraph before a table that was one with its header until the table was found; cmark gives it no line of its own.
bool is_split_off(const cmark_node& node) { return node.type == CMARK_NODE_PARAGRAPH && node.start_line == 0; }

/// Where the next block begins that is not inside this one; 0 when there is none.
std::size_t line_behind(const cmark_node& node) {
  const cmark_node* at = &node;
  while (at != nullptr && at->next == nullptr) at = at->parent;
  return at == nullptr ? 0 : line_number(at->next->start_line);
}

bool is_closing_fence(std::string_view line, const cmark_code& code) {
  line = trim(line);
  std::size_t fence = 0;
  while (fence < line.size() && line[line.size() - 1 - fence] == static_cast<char>(code.fence_char)) ++fence;
  return fence >= code.fence_length;
}

}  // namespace

std::size_t BlockPlaces::clamped(std::size_t line) const { return std::clamp<std::size_t>(line, 1, m_source.line_count()); }

bool BlockPlaces::is_blank(std::size_t line) const { return m_source.line(line).find_first_not_of(" \t>") == std::string_view::npos; }

BlockPlaces::Lines BlockPlaces::lines_of(const cmark_node& node) const {
  const std::size_t start = line_number(node.start_line);
  const std::size_t end = line_number(node.end_line);
  switch (node.type) {
    case CMARK_NODE_PARAGRAPH: {
      const std::size_t lines = std::max<std::size_t>(1, count_lines(content_of(node)));
      if (is_split_off(node)) {
        const std::size_t first = node.next == nullptr ? 1 : line_number(node.next->start_line);
        return {first, first + lines - 1};
      }
      // Link definitions at its beginning are no longer in the content.
      return {end >= start + lines ? end + 1 - lines : start, end};
    }
    case CMARK_NODE_HEADING: {
      if (!node.as.heading.setext) return {start, start};
      // It is over when the line behind it comes, which cmark notes as its end.
      const std::size_t lines = count_lines(content_of(node));
      return {std::max(start, end - 1 - std::min(end - 1, lines)), end - 1};
    }
    case CMARK_NODE_CODE_BLOCK: {
      const std::size_t lines = count_lines(view(node.as.code.literal));
      if (node.as.code.fenced == 0) return {start, start + std::max<std::size_t>(1, lines) - 1};
      const std::size_t last = start + lines;
      const bool is_closed =
          end > last && last < m_source.line_count() && line_behind(node) != last + 1 && is_closing_fence(m_source.line(last + 1), node.as.code);
      return {start, is_closed ? last + 1 : last};
    }
    case CMARK_NODE_HTML_BLOCK: {
      std::size_t last = clamped(start + std::max<std::size_t>(1, count_lines(view(node.as.literal))) - 1);
      while (last > start && is_blank(last)) --last;
      return {start, last};
    }
    default: break;
  }
  if (node.type == CMARK_NODE_TABLE && node.prev != nullptr && is_split_off(*node.prev)) {
    const std::size_t first = start + count_lines(content_of(*node.prev));
    return {first, first + 1};
  }
  return {start, node.type == CMARK_NODE_TABLE ? start + 1 : start};
}

std::size_t BlockPlaces::first_byte(const cmark_node& node, std::size_t line) const {
  const std::string_view text = m_source.line(line);
  const bool is_text = node.type == CMARK_NODE_PARAGRAPH || (node.type == CMARK_NODE_HEADING && node.as.heading.setext);
  if (is_text && !is_split_off(node)) {
    // A paragraph's line is the rest of the source's behind what opens its containers.
    std::string_view first = content_of(node);
    first = first.substr(0, first.find('\n'));
    if (text.ends_with(first)) return text.size() - first.size();
  }
  if (static_cast<int>(line) != node.start_line || node.start_column < 1) {
    const std::size_t begin = text.find_first_not_of(" \t>");
    return begin == std::string_view::npos ? text.size() : begin;
  }
  // Bytes from the line's start, where cmark found the marker.
  return std::min(text.size(), static_cast<std::size_t>(node.start_column - 1));
}

BlockPlace BlockPlaces::place(std::size_t first_line, std::size_t byte, std::size_t last_line) const {
  const std::string_view first = m_source.line(first_line);
  const std::string_view last = m_source.line(last_line);
  // A column never stands inside a character, whatever cmark counted.
  while (byte > 0 && byte < first.size() && (static_cast<unsigned char>(first[byte]) & 0xC0u) == 0x80u) --byte;
  return {{m_source.line_start(first_line) + byte, m_source.line_start(last_line) + last.size()},
          {{first_line, count_code_points(first.substr(0, byte)) + 1}, {last_line, count_code_points(last) + 1}}};
}

BlockPlace BlockPlaces::of(const cmark_node& node) const {
  const Lines lines = lines_of(node);
  const std::size_t first = clamped(lines.first);
  return place(first, first_byte(node, first), std::max(first, clamped(lines.last)));
}

BlockPlace BlockPlaces::of_row(const cmark_node& row, std::size_t table_line) const {
  const bool is_header = row.prev == nullptr;
  const std::size_t line = clamped(is_header ? table_line : line_number(row.start_line));
  const std::string_view text = m_source.line(line);
  // The header may stand behind list markers; the table's column is right for it unless a paragraph was split off.
  const bool knows_column = is_header && row.parent != nullptr && row.parent->start_line == static_cast<int>(line);
  const std::size_t begin = knows_column ? static_cast<std::size_t>(std::max(0, row.parent->start_column - 1)) : text.find_first_not_of(" \t>");
  return place(line, std::min(begin, text.size()), line);
}

std::vector<BlockPlace> BlockPlaces::of_cells(const BlockPlace& row, std::size_t count) const {
  const std::string_view text = m_source.text().substr(row.range.begin, row.range.end - row.range.begin);
  std::vector<BlockPlace> cells;
  cells.reserve(count);
  // Positions are counted on from cell to cell: a row may be long.
  Position at = row.span.begin;
  std::size_t counted = 0;
  const auto position = [&](std::size_t byte) {
    at.column += count_code_points(text.substr(counted, byte - counted));
    counted = byte;
    return at;
  };
  std::size_t begin = text.starts_with('|') ? 1 : 0;
  while (cells.size() < count) {
    std::size_t end = begin;
    while (end < text.size() && (text[end] != '|' || (end > begin && text[end - 1] == '\\'))) ++end;
    std::size_t first = begin;
    std::size_t last = end;
    while (first < end && (text[first] == ' ' || text[first] == '\t')) ++first;
    while (last > first && (text[last - 1] == ' ' || text[last - 1] == '\t')) --last;
    const Position from = position(first);
    const Position to = position(last);
    cells.push_back({{row.range.begin + first, row.range.begin + last}, {from, to}});
    begin = std::min(text.size(), end + 1);
  }
  return cells;
}

}  // namespace waymark::markup
