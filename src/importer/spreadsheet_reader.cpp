#include "importer/spreadsheet_reader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include <csv.h>
#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/block_reader.hpp"
#include "importer/outline_builder.hpp"

namespace waymark::importer {
namespace {

using markup::Block;

constexpr std::size_t rows_looked_at = 200;
constexpr std::size_t widest = 400;

struct Cell {
  std::string text;
  std::size_t first_line = 0;
  std::size_t last_line = 0;
};
using Row = std::vector<Cell>;

/// libcsv says what a cell holds, not where; fed line by line, it cannot but be on this one.
class Cells {
 public:
  Cells(char separator, std::size_t most_rows) : m_most_rows(most_rows) {
    csv_init(&m_parser, CSV_APPEND_NULL);
    csv_set_delim(&m_parser, static_cast<unsigned char>(separator));
  }
  ~Cells() { csv_free(&m_parser); }
  Cells(const Cells&) = delete;
  Cells& operator=(const Cells&) = delete;

  std::vector<Row> read(std::string_view text) {
    for (std::size_t at = 0; at < text.size() && m_rows.size() < m_most_rows;) {
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
      csv_parse(&m_parser, text.data() + at, end + 1 - at, &Cells::on_cell, &Cells::on_row, this);
      at = end + 1;
      ++m_line;
    }
    csv_fini(&m_parser, &Cells::on_cell, &Cells::on_row, this);
    return std::move(m_rows);
  }

 private:
  static void on_cell(void* text, std::size_t length, void* self) {
    Cells& cells = *static_cast<Cells*>(self);
    if (cells.m_row.size() >= widest) return;
    Cell cell;
    if (text != nullptr) cell.text.assign(static_cast<const char*>(text), length);
    const auto breaks = static_cast<std::size_t>(std::count(cell.text.begin(), cell.text.end(), '\n'));
    cell.last_line = cells.m_line;
    cell.first_line = cells.m_line > breaks ? cells.m_line - breaks : 1;
    cells.m_row.push_back(std::move(cell));
  }
  static void on_row(int, void* self) {
    Cells& cells = *static_cast<Cells*>(self);
    if (!cells.m_row.empty()) cells.m_rows.push_back(std::move(cells.m_row));
    cells.m_row.clear();
  }

  csv_parser m_parser{};
  std::size_t m_most_rows;
  std::size_t m_line = 1;
  Row m_row;
  std::vector<Row> m_rows;
};

Block table_of(const std::vector<Row>& rows) {
  Block table;
  table.kind = Block::Kind::table;
  table.span = {{1, 1}, {rows.back().back().last_line, 2}};
  for (const Row& row : rows) {
    Block made;
    made.kind = Block::Kind::table_row;
    made.span = {{row.front().first_line, 1}, {row.back().last_line, 2}};
    for (const Cell& cell : row) {
      Block block;
      block.kind = Block::Kind::table_cell;
      block.text = replace_all(std::string(trim(cell.text)), "\n", line_break);
      block.span = {{cell.first_line, 1}, {cell.last_line, 2}};
      made.children.push_back(std::move(block));
    }
    table.children.push_back(std::move(made));
  }
  return table;
}

}  // namespace

std::optional<char> separator_of(std::string_view text) {
  std::optional<char> best;
  std::size_t most = 0;
  for (const char separator : {'\t', ';', ','}) {
    const std::vector<Row> rows = Cells(separator, rows_looked_at).read(text);
    std::map<std::size_t, std::size_t> widths;
    for (const Row& row : rows) ++widths[row.size()];
    const auto common = std::max_element(widths.begin(), widths.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    const bool fits = common != widths.end() && common->first >= 2 && common->second >= 2 && 10 * common->second >= 8 * rows.size();
    if (!fits || common->first * common->second <= most) continue;
    most = common->first * common->second;
    best = separator;
  }
  return best;
}

void read_spreadsheet(const FolderFile& file, SourceOutline& outline) {
  const SourceText source(file.path, file.bytes);
  Document document;
  document.path = file.path;
  OutlineBuilder builder(document, outline);
  BlockReader reader(source, document, outline, builder);
  for (const Finding& finding : source.findings()) {
    if (finding.severity == Severity::error)
      builder.ask(fmt::format("{}:{}: {} Is the table saved as UTF-8?", finding.file, finding.span.begin.line, finding.message));
  }
  const std::vector<Row> rows = Cells(separator_of(source.text()).value_or(','), ~std::size_t{0}).read(source.text());
  if (!rows.empty()) reader.read({table_of(rows)});
  builder.finish();
  outline.documents.push_back(std::move(document));
}

}  // namespace waymark::importer
