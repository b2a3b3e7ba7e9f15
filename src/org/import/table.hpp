/// A table of people as an HR system or a spreadsheet exports it: CSV with any usual separator and encoding, read piece by piece.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/finding.hpp"

namespace waymark::org {

/// The columns that were asked for, every cell with its place. What was not asked for was never kept. Immutable once it is read.
class Table {
 public:
  /// All of them, trimmed, in the order of the file, also of columns that were not kept.
  [[nodiscard]] const std::vector<std::string>& headers() const { return m_headers; }
  [[nodiscard]] Position header_place(std::size_t column) const { return m_header_places[column]; }
  [[nodiscard]] bool has(std::size_t column) const { return m_slots[column] != none; }

  /// Without the header and without rows in which nothing stands.
  [[nodiscard]] std::size_t rows() const { return m_row_lines.size(); }
  /// Trimmed; empty where the column was not kept. Lives as long as the table.
  [[nodiscard]] std::string_view cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] Position place(std::size_t row, std::size_t column) const;
  [[nodiscard]] std::size_t line(std::size_t row) const { return m_row_lines[row]; }

  [[nodiscard]] const std::string& name() const { return m_name; }
  [[nodiscard]] char separator() const { return m_separator; }
  [[nodiscard]] std::string_view encoding() const { return m_encoding; }
  /// Rows that do not fit the header, a quote that is never closed; all errors, the first hundred.
  [[nodiscard]] const Findings& findings() const { return m_findings; }
  [[nodiscard]] std::size_t findings_left_out() const { return m_findings_left_out; }

 private:
  friend class TableReader;
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Cell {
    std::uint64_t begin = 0;
    std::uint32_t size = 0, line = 0, column = 0;
  };

  std::string m_name;
  char m_separator = ',';
  std::string_view m_encoding;
  std::vector<std::string> m_headers;
  std::vector<Position> m_header_places;
  std::vector<std::uint32_t> m_slots;  ///< of each column: where its cells stand in a row
  std::size_t m_slot_count = 0;
  std::string m_text;
  std::vector<Cell> m_cells;
  std::vector<std::uint32_t> m_row_lines;
  Findings m_findings;
  std::size_t m_findings_left_out = 0;
};

/// Which columns are to be kept.
using KeepColumn = std::function<bool(std::string_view header)>;

/// Takes the bytes of a file in pieces. Holds what is kept and a little more, however long the file is.
class TableReader {
 public:
  /// `separator`: 0 for the one that fits the first lines: comma, semicolon, tab or pipe.
  TableReader(std::string name, KeepColumn keep, char separator = 0);
  ~TableReader();
  TableReader(const TableReader&) = delete;
  TableReader& operator=(const TableReader&) = delete;

  void feed(std::string_view bytes);
  /// Fails with bad_input for what is no table: nothing at all, one column, a spreadsheet's own format, no header.
  [[nodiscard]] Result<Table> finish();

 private:
  class Splitter;
  std::unique_ptr<Splitter> m_splitter;
};

[[nodiscard]] Result<Table> read_table(std::string name, std::string_view bytes, const KeepColumn& keep, char separator = 0);

/// The same table as UTF-8, in which every character of the columns that `hides` names is an x: lines and columns stay where they were, and what is hidden
/// is nowhere. Bytes that are no table come back as UTF-8, otherwise as they are.
[[nodiscard]] std::string with_hidden_columns(std::string_view bytes, const KeepColumn& hides, char separator = 0);

}  // namespace waymark::org
