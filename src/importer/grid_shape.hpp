/// How a table is laid out: where its levels stand, which columns name rows and which say something.
#pragma once

#include <string>
#include <vector>

#include "markup/markdown.hpp"

namespace waymark::importer {

struct GridShape {
  enum class Kind {
    levels_across,  ///< a level a column
    levels_down,    ///< a level a row
    records,        ///< a criterion a row, its level in a column
    labelled,       ///< no levels: the first column names what its row says
    columns,        ///< no levels: each column is a list under its heading
    plain,          ///< no levels, no headings: one thing after the other
  };

  Kind kind = Kind::columns;
  std::vector<const markup::Block*> rows;  ///< of the table, empty ones left out
  std::size_t width = 0;
  std::size_t header = 0;  ///< the row of the column's names; those before it stand above the table proper. rows.size() when nothing is below them
  std::size_t labels = 0;  ///< how many columns at the left name rows
  std::size_t level_column = 0;
  std::vector<std::size_t> groups;  ///< of records: columns that group them
  bool numbered = false;            ///< columns called 1, 2, 3 are levels

  /// Absent where a row is shorter, and where nothing is said.
  [[nodiscard]] const markup::Block* cell(std::size_t row, std::size_t column) const;
  /// On one line.
  [[nodiscard]] std::string text(std::size_t row, std::size_t column) const;
  /// Few short words, often repeated: "Working knowledge".
  [[nodiscard]] bool is_mark(std::size_t column) const;
  /// Says more about the column before it: examples, notes.
  [[nodiscard]] bool is_detail(std::size_t column) const;
};

/// `table` must outlive the result.
[[nodiscard]] GridShape read_shape(const markup::Block& table);

}  // namespace waymark::importer
