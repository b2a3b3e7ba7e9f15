/// The columns of a CSV file that a statistical method asks for. libcsv reads them; no other file sees it.
///
/// The first line names the columns. Fields are separated by commas, or by semicolons or tabs where the first line has those instead, and
/// may be quoted. A field is missing when it is empty or NA. UTF-8, with or without a byte order mark.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace waymark::cli {

/// What becomes of a row that misses one of the columns asked for.
enum class Missing {
  drop,  ///< left out and counted
  fail,  ///< bad_input, with its line
  keep,  ///< stays: a NaN among the numbers, Labels::missing among the labels
};

struct WantedColumn {
  enum class Kind {
    number,  ///< any finite number
    label,   ///< any text
  };

  std::string name;
  Kind kind = Kind::number;
};

/// Texts as codes. `names` are in the order of their numbers when all of them are numbers, else of their bytes.
struct Labels {
  static constexpr std::uint32_t missing = UINT32_MAX;

  std::vector<std::string> names;
  std::vector<std::uint32_t> codes;  ///< one a row, into names

  [[nodiscard]] const std::string& of(std::size_t row) const { return names[codes[row]]; }
};

/// One of the two is filled, by the kind that was wanted.
struct Column {
  std::string name;
  std::vector<double> numbers;
  Labels labels;
};

struct Columns {
  std::string file;                ///< as the person named it
  std::string sha256;              ///< of its bytes
  std::vector<Column> columns;     ///< in the order wanted
  std::vector<std::size_t> lines;  ///< of each row kept, counted from 1
  std::size_t dropped = 0;         ///< rows left out for a missing value

  [[nodiscard]] std::size_t rows() const { return lines.size(); }
  [[nodiscard]] const std::vector<double>& numbers(std::size_t column) const { return columns[column].numbers; }
  [[nodiscard]] const Labels& labels(std::size_t column) const { return columns[column].labels; }
  /// "FILE:LINE", for an error about a row.
  [[nodiscard]] std::string place(std::size_t row) const;
};

/// The names of the columns.
[[nodiscard]] Result<std::vector<std::string>> read_column_names(const std::string& file);

/// Fails with not_found when there is no such file, with bad_input when it is empty, is no CSV, lacks a column (the error names those that are
/// there), has text in a number's place (the error names the line), has rows of different lengths, or when no row is left. O(bytes).
[[nodiscard]] Result<Columns> read_columns(const std::string& file, const std::vector<WantedColumn>& wanted, Missing missing);

}  // namespace waymark::cli
