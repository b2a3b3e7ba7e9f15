#include "importer/grid.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/grid_shape.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

using markup::Block;
using Title = OutlineBuilder::Title;

class GridReader {
 public:
  GridReader(const Block& table, BlockReader& reader) : m_shape(read_shape(table)), m_reader(reader) {}

  void read() {
    if (m_shape.kind == GridShape::Kind::plain) {
      for (std::size_t row = 0; row < m_shape.rows.size(); ++row) say_row(row);
      return;
    }
    for (std::size_t row = 0; row < m_shape.header; ++row) read_preamble(row);
    if (m_shape.header >= m_shape.rows.size()) return;
    switch (m_shape.kind) {
      case GridShape::Kind::levels_across: by_columns(); break;
      case GridShape::Kind::levels_down: by_rows(); break;
      case GridShape::Kind::records: by_records(); break;
      case GridShape::Kind::labelled: by_labels(); break;
      case GridShape::Kind::columns:
      case GridShape::Kind::plain: by_columns(); break;
    }
    m_reader.builder().end_table();
  }

 private:
  [[nodiscard]] const Block* cell(std::size_t row, std::size_t column) const { return m_shape.cell(row, column); }
  [[nodiscard]] std::string text(std::size_t row, std::size_t column) const { return m_shape.text(row, column); }
  [[nodiscard]] SourcePlace place(std::size_t row) const {
    const std::size_t line = m_shape.rows[row]->span.begin.line;
    return m_reader.place(line, line);
  }
  [[nodiscard]] SourcePlace place(const Block& block) const { return m_reader.place(block.span.begin.line, block.span.begin.line); }

  void read_preamble(std::size_t row) {
    for (std::size_t column = 0; column < m_shape.width; ++column) {
      if (cell(row, column) == nullptr) continue;
      for (Statement& said : m_reader.say(*cell(row, column))) {
        said.kind = Statement::Kind::paragraph;
        m_reader.builder().add(std::move(said));
      }
    }
  }

  /// Of the places of one cell, the first.
  const Block* one_of(const Block* block) { return block->id.empty() ? block : m_spanning.try_emplace(block->id, block).first->second; }

  void open(int depth, const std::string& title, const Block* from, std::size_t row) {
    const bool fresh = from != nullptr && m_named.insert(one_of(from)).second;
    m_reader.builder().table_part(depth, title, from != nullptr ? place(*from) : place(row), fresh ? Title::counts : Title::repeated);
  }

  void say(std::size_t row, std::size_t column) {
    if (cell(row, column) == nullptr) return;
    for (Statement& said : m_reader.say(*cell(row, column))) m_reader.builder().add(std::move(said));
  }

  void say_row(std::size_t row) {
    for (std::size_t column = 0; column < m_shape.width; ++column) {
      const Block* said_in = cell(row, column);
      if (said_in != nullptr && m_named.insert(one_of(said_in)).second && one_of(said_in) == said_in) say(row, column);
    }
  }

  void set_aside(const Block* block, std::string_view reason) {
    if (block == nullptr || !m_named.insert(one_of(block)).second) return;
    m_reader.builder().set_aside(place(*block), replace_all(block->text, line_break, " "), reason);
  }

  /// What a row is called by the columns of names; merged cells of a spreadsheet are empty below the first.
  struct Label {
    std::vector<std::pair<std::string, const Block*>> names;
    bool is_section = false;
  };

  [[nodiscard]] Label label(std::size_t row, Label& before) const {
    Label result;
    const std::size_t labels = m_shape.labels;
    bool has_content = false;
    for (std::size_t column = labels; column < m_shape.width; ++column) has_content = has_content || cell(row, column) != nullptr;
    for (std::size_t column = 0; column < labels; ++column) {
      if (const Block* named = cell(row, column)) {
        result.names.emplace_back(text(row, column), named);
      } else if (has_content && result.names.size() == column && column < before.names.size()) {
        result.names.push_back(before.names[column]);
      } else {
        result.names.emplace_back(std::string(), nullptr);
      }
    }
    result.is_section = !has_content;
    if (!result.is_section) before = result;
    return result;
  }

  [[nodiscard]] std::string column_title(std::size_t column) const {
    std::string title = text(m_shape.header, column);
    const bool is_number = !title.empty() && title.size() <= 2 && title.find_first_not_of("0123456789") == std::string::npos;
    return m_shape.numbered && is_number ? "Level " + title : title;
  }

  void by_columns() {
    const std::size_t labels = m_shape.labels;
    for (std::size_t column = labels; column < m_shape.width; ++column) {
      open(1, column_title(column), cell(m_shape.header, column), m_shape.header);
      Label before;
      std::vector<std::string> open_names;
      std::string section;
      const Block* section_cell = nullptr;
      for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) {
        const Label here = label(row, before);
        if (labels > 0 && here.is_section) {
          for (const auto& [name, named] : here.names) {
            if (named == nullptr) continue;
            section = name;
            section_cell = named;
          }
          open_names.clear();
          continue;
        }
        if (cell(row, column) == nullptr) continue;
        int depth = 2;
        if (section_cell != nullptr && open_names.empty()) open(depth, section, section_cell, row);
        if (section_cell != nullptr) ++depth;
        bool changed = open_names.empty();
        for (std::size_t i = 0; i < here.names.size(); ++i, ++depth) {
          const auto& [name, named] = here.names[i];
          changed = changed || i >= open_names.size() || open_names[i] != name;
          if (changed && !(name.empty() && i > 0)) open(depth, name, named, row);
        }
        open_names.clear();
        for (const auto& [name, named] : here.names) open_names.push_back(name);
        if (open_names.empty()) open_names.emplace_back();
        say(row, column);
      }
    }
    for (std::size_t column = 0; column < labels; ++column) set_aside(cell(m_shape.header, column), "the name of a column of names");
    account_for_labels();
  }

  /// A name whose row says nothing.
  void account_for_labels() {
    for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) {
      for (std::size_t column = 0; column < m_shape.labels; ++column) {
        const Block* named = cell(row, column);
        if (named != nullptr && !m_named.contains(one_of(named))) set_aside(named, "the name of a row with nothing in it");
      }
    }
  }

  void by_rows() {
    const std::size_t level = m_shape.level_column;
    std::string group;
    for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) {
      if (cell(row, level) == nullptr) {
        read_preamble(row);
        continue;
      }
      const std::string title = text(row, level);
      const bool is_number = title.find_first_not_of("0123456789") == std::string::npos;
      open(1, is_number ? "Level " + title : title, cell(row, level), row);
      for (std::size_t column = 0; column < m_shape.width; ++column) {
        if (column == level || cell(row, column) == nullptr) continue;
        open(2, text(m_shape.header, column), cell(m_shape.header, column), m_shape.header);
        say(row, column);
      }
    }
    set_aside(cell(m_shape.header, level), "the name of a column of names");
  }

  /// One row a criterion, with its level in a column: put together by level, then by the columns that group.
  void by_records() {
    const std::size_t level = m_shape.level_column;
    std::vector<std::string> order;
    std::map<std::string, std::vector<std::size_t>> rows;
    std::map<std::string, std::size_t> named_in;
    std::map<std::size_t, std::vector<std::string>> groups;
    std::string current;
    std::vector<std::string> carried(m_shape.groups.size());
    for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) {
      if (cell(row, level) != nullptr) current = text(row, level);
      const std::string key = title_key(current);
      if (!rows.contains(key)) {
        order.push_back(key);
        named_in[key] = row;
      }
      rows[key].push_back(row);
      for (std::size_t i = 0; i < m_shape.groups.size(); ++i) {
        if (cell(row, m_shape.groups[i]) != nullptr) carried[i] = text(row, m_shape.groups[i]);
      }
      groups[row] = carried;
    }
    for (const std::string& key : order) {
      std::string title = text(named_in[key], level);
      if (title.find_first_not_of("0123456789") == std::string::npos && !title.empty()) title = "Level " + title;
      open(1, title, cell(named_in[key], level), named_in[key]);
      std::vector<std::size_t>& of_level = rows[key];
      std::map<std::vector<std::string>, std::size_t> first_seen;
      for (std::size_t i = 0; i < of_level.size(); ++i) first_seen.try_emplace(groups[of_level[i]], i);
      std::stable_sort(of_level.begin(), of_level.end(),
                       [&](std::size_t a, std::size_t b) { return first_seen.at(groups[a]) < first_seen.at(groups[b]); });
      std::vector<std::string> open_groups;
      for (const std::size_t row : of_level) {
        bool changed = false;
        for (std::size_t i = 0; i < m_shape.groups.size(); ++i) {
          const std::string& name = groups[row][i];
          changed = changed || i >= open_groups.size() || open_groups[i] != name;
          if (!changed || name.empty()) continue;
          const Block* from = cell(row, m_shape.groups[i]);
          const bool fresh = m_group_names.insert(title_key(name)).second;
          open(static_cast<int>(i) + 2, name, fresh ? from : nullptr, row);
        }
        open_groups = groups[row];
        add_record(row);
      }
    }
    set_aside(cell(m_shape.header, level), "the name of a column of names");
    for (std::size_t column = 0; column < m_shape.width; ++column) set_aside(cell(m_shape.header, column), "the name of a column");
  }

  void add_record(std::size_t row) {
    std::optional<Statement> whole;
    for (std::size_t column = 0; column < m_shape.width; ++column) {
      if (column == m_shape.level_column || std::find(m_shape.groups.begin(), m_shape.groups.end(), column) != m_shape.groups.end()) continue;
      const Block* said_in = cell(row, column);
      if (said_in == nullptr) continue;
      if (m_shape.is_mark(column)) {
        set_aside(said_in, fmt::format("a mark of its row: {}", text(m_shape.header, column)));
        continue;
      }
      for (Statement& said : m_reader.say(*said_in)) {
        if (!whole) {
          said.kind = Statement::Kind::item;
          whole = std::move(said);
        } else if (whole && !m_shape.is_detail(column)) {
          m_reader.builder().add(std::move(*whole));
          whole = std::move(said);
        } else {
          whole->children.push_back(std::move(said));
        }
      }
    }
    if (whole) m_reader.builder().add(std::move(*whole));
  }

  void by_labels() {
    for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) {
      open(1, text(row, 0), cell(row, 0), row);
      for (std::size_t column = 1; column < m_shape.width; ++column) {
        if (cell(row, column) == nullptr) continue;
        if (m_shape.width > 2) open(2, text(m_shape.header, column), cell(m_shape.header, column), m_shape.header);
        say(row, column);
      }
    }
    for (std::size_t column = 0; column < m_shape.width; ++column) set_aside_unnamed(column);
  }

  void set_aside_unnamed(std::size_t column) {
    const Block* named = cell(m_shape.header, column);
    if (named != nullptr && !m_named.contains(one_of(named))) set_aside(named, "the name of a column");
  }

  GridShape m_shape;
  BlockReader& m_reader;
  std::set<const Block*> m_named;  ///< cells whose words are accounted for as a title
  std::map<std::string, const Block*> m_spanning;
  std::set<std::string> m_group_names;
};

}  // namespace

void read_grid(const Block& table, BlockReader& reader) { GridReader(table, reader).read(); }

}  // namespace waymark::importer
