/// Where a block stands. cmark's lines are right for most blocks, and corrected here for the rest; its columns are not used where the
/// source can say better.
#pragma once

#include <cstddef>
#include <vector>

#include "base/source_text.hpp"
#include "markup/inline_writer.hpp"

struct cmark_node;

namespace waymark::markup {

struct BlockPlace {
  SourceRange range;  ///< from the first character to the end of the last line
  Span span;
};

class BlockPlaces {
 public:
  explicit BlockPlaces(const SourceText& source) : m_source(source) {}

  /// Of a block that is no table row or cell. The end of a container is its own first line's: its children are not looked at.
  [[nodiscard]] BlockPlace of(const cmark_node& node) const;
  /// Of a row of a table that begins on `table_line`.
  [[nodiscard]] BlockPlace of_row(const cmark_node& row, std::size_t table_line) const;
  /// Of the cells of a row, trimmed; those that the row lacks stand at its end.
  [[nodiscard]] std::vector<BlockPlace> of_cells(const BlockPlace& row, std::size_t count) const;

 private:
  struct Lines {
    std::size_t first = 1;
    std::size_t last = 1;
  };

  [[nodiscard]] Lines lines_of(const cmark_node& node) const;
  [[nodiscard]] std::size_t first_byte(const cmark_node& node, std::size_t line) const;
  [[nodiscard]] BlockPlace place(std::size_t first_line, std::size_t byte, std::size_t last_line) const;
  [[nodiscard]] std::size_t clamped(std::size_t line) const;
  [[nodiscard]] bool is_blank(std::size_t line) const;

  const SourceText& m_source;
};

}  // namespace waymark::markup
