#include "importer/markdown_tables.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

using markup::Block;
using Title = OutlineBuilder::Title;

class TableReader {
 public:
  TableReader(const Block& table, const std::string& file, OutlineBuilder& builder) : m_rows(table.children), m_file(file), m_builder(builder) {}

  void read() {
    if (m_rows.empty()) return;
    const std::size_t width = m_rows.front().children.size();
    std::size_t levels_across = 0;
    std::size_t levels_down = 0;
    for (std::size_t column = 0; column < width; ++column) levels_across += names_level(0, column) ? 1 : 0;
    for (std::size_t row = 1; row < m_rows.size(); ++row) levels_down += names_level(row, 0) ? 1 : 0;
    if (levels_across >= 2) {
      // The first column names the rows, unless it is a level too.
      by_columns(names_level(0, 0) ? 0 : 1);
    } else if (levels_down >= 2) {
      by_rows();
    } else {
      by_columns(0);
    }
    m_builder.end_table();
  }

 private:
  [[nodiscard]] const Block* cell(std::size_t row, std::size_t column) const {
    return column < m_rows[row].children.size() && !trim(m_rows[row].children[column].text).empty() ? &m_rows[row].children[column] : nullptr;
  }
  [[nodiscard]] std::string text(std::size_t row, std::size_t column) const {
    const Block* found = cell(row, column);
    return found != nullptr ? found->text : std::string();
  }
  [[nodiscard]] bool names_level(std::size_t row, std::size_t column) const { return read_title(text(row, column)).names_level; }
  [[nodiscard]] SourcePlace place(std::size_t row) const { return {m_file, m_rows[row].span.begin.line, m_rows[row].span.begin.line}; }

  void add(std::size_t row, std::size_t column) {
    if (const Block* found = cell(row, column)) m_builder.add_item(found->text, found->html, place(row));
  }

  void by_columns(std::size_t first) {
    const std::size_t width = m_rows.front().children.size();
    bool rows_named = false;
    for (std::size_t column = first; column < width; ++column) {
      m_builder.table_part(1, text(0, column), place(0), Title::counts);
      for (std::size_t row = 1; row < m_rows.size(); ++row) {
        if (first == 1) m_builder.table_part(2, text(row, 0), place(row), rows_named ? Title::repeated : Title::counts);
        add(row, column);
      }
      rows_named = true;
    }
    if (first == 1 && cell(0, 0) != nullptr) m_builder.set_aside(place(0), text(0, 0), "the name of a column of names");
  }

  void by_rows() {
    const std::size_t width = m_rows.front().children.size();
    for (std::size_t row = 1; row < m_rows.size(); ++row) {
      m_builder.table_part(1, text(row, 0), place(row), Title::counts);
      for (std::size_t column = 1; column < width; ++column) {
        m_builder.table_part(2, text(0, column), place(0), row == 1 ? Title::counts : Title::repeated);
        add(row, column);
      }
    }
    if (cell(0, 0) != nullptr) m_builder.set_aside(place(0), text(0, 0), "the name of a column of names");
  }

  const std::vector<Block>& m_rows;
  const std::string& m_file;
  OutlineBuilder& m_builder;
};

}  // namespace

void read_table(const Block& table, const std::string& file, OutlineBuilder& builder) { TableReader(table, file, builder).read(); }

}  // namespace waymark::importer
