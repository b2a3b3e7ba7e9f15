#include "importer/grid_shape.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "base/text.hpp"
#include "importer/block_reader.hpp"
#include "importer/html_blocks.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

using markup::Block;

constexpr std::size_t rows_before_header = 6;
constexpr double longest_label = 4.5;  ///< words, on average

bool has_word(const std::string& title, std::initializer_list<std::string_view> words) {
  const std::string key = " " + title_key(title) + " ";
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return key.find(" " + std::string(word) + " ") != std::string::npos; });
}

std::size_t words_in(const std::string& text) { return text.empty() ? 0 : static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1; }

bool is_number(const std::string& text) { return !text.empty() && text.size() <= 2 && text.find_first_not_of("0123456789") == std::string::npos; }

bool is_called_level(const std::string& title) {
  return has_word(title, {"level", "levels", "grade", "band", "rank", "role", "position", "tier", "stage", "job"});
}

class ShapeFinder {
 public:
  explicit ShapeFinder(const Block& table) : m_has_header(table.level != no_header) {
    for (const Block& row : table.children) {
      const bool is_empty = std::none_of(row.children.begin(), row.children.end(), [](const Block& cell) { return has_letters(cell.text); });
      if (is_empty) continue;
      m_shape.rows.push_back(&row);
      m_shape.width = std::max(m_shape.width, row.children.size());
    }
  }

  GridShape find() {
    find_header();
    if (m_shape.rows.empty() || m_shape.width == 0) return m_shape;
    const std::size_t level_column = most_levels_down();
    const std::size_t down = levels_down(level_column);
    const std::size_t across = levels_across(m_shape.header);
    const std::size_t different = different_levels(level_column);
    if (across >= 2 || m_shape.numbered) {
      m_shape.kind = GridShape::Kind::levels_across;
      m_shape.labels = first_level_column();
    } else if (down >= 2 && different >= 2) {
      m_shape.level_column = level_column;
      const bool repeats = down > different || has_empty(level_column);
      m_shape.kind = repeats ? GridShape::Kind::records : GridShape::Kind::levels_down;
      if (repeats) find_groups();
    } else if (!m_has_header) {
      m_shape.kind = GridShape::Kind::plain;
      m_shape.header = 0;
    } else if (m_shape.width >= 2 && names_rows(0)) {
      m_shape.kind = GridShape::Kind::labelled;
    }
    return m_shape;
  }

 private:
  [[nodiscard]] bool names_level(std::size_t row, std::size_t column) const { return read_title(m_shape.text(row, column)).names_level; }

  [[nodiscard]] std::size_t levels_across(std::size_t row) const {
    std::size_t count = 0;
    for (std::size_t column = 0; column < m_shape.width; ++column) count += names_level(row, column) ? 1 : 0;
    return count;
  }

  [[nodiscard]] std::size_t filled(std::size_t row) const {
    std::size_t count = 0;
    for (std::size_t column = 0; column < m_shape.width; ++column) count += m_shape.cell(row, column) != nullptr ? 1 : 0;
    return count;
  }

  [[nodiscard]] std::size_t numbers_across(std::size_t row) const {
    std::size_t count = 0;
    for (std::size_t column = 1; column < m_shape.width; ++column) count += is_number(m_shape.text(row, column)) ? 1 : 0;
    return count;
  }

  /// The row that names the most levels, of the first few; else the first that fills more than one cell. Lines above it introduce the table.
  void find_header() {
    const std::size_t last = std::min(m_shape.rows.size(), rows_before_header);
    std::size_t most = 1;
    for (std::size_t row = 0; row < last; ++row) {
      if (levels_across(row) <= most) continue;
      most = levels_across(row);
      m_shape.header = row;
    }
    if (most > 1) return;
    for (std::size_t row = 0; row < last; ++row) {
      if (numbers_across(row) < 2 || numbers_across(row) + 1 < filled(row) || !is_called_level(m_shape.text(row, 0))) continue;
      m_shape.header = row;
      m_shape.numbered = true;
      return;
    }
    while (m_shape.width >= 3 && m_shape.header + 2 < last && filled(m_shape.header) < 2) ++m_shape.header;
  }

  [[nodiscard]] std::size_t first_level_column() const {
    for (std::size_t column = 0; column < m_shape.width; ++column) {
      if (names_level(m_shape.header, column) || (m_shape.numbered && is_number(m_shape.text(m_shape.header, column)))) return column;
    }
    return 0;
  }

  [[nodiscard]] bool is_level_value(std::size_t row, std::size_t column) const {
    return names_level(row, column) || (is_called_level(m_shape.text(m_shape.header, column)) && m_shape.cell(row, column) != nullptr);
  }

  [[nodiscard]] std::size_t levels_down(std::size_t column) const {
    std::size_t count = 0;
    for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) count += is_level_value(row, column) ? 1 : 0;
    return count;
  }

  [[nodiscard]] std::size_t different_levels(std::size_t column) const {
    std::set<std::string> titles;
    for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) {
      if (is_level_value(row, column)) titles.insert(title_key(m_shape.text(row, column)));
    }
    return titles.size();
  }

  [[nodiscard]] bool has_empty(std::size_t column) const {
    for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) {
      if (m_shape.cell(row, column) == nullptr) return true;
    }
    return false;
  }

  /// The column whose cells name levels, if most of what it says does.
  [[nodiscard]] std::size_t most_levels_down() const {
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t column = 0; column < m_shape.width; ++column) {
      std::size_t said = 0;
      for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) said += m_shape.cell(row, column) != nullptr ? 1 : 0;
      std::size_t levels = levels_down(column);
      if (3 * levels < 2 * said || different_levels(column) < 2) continue;
      // A column that says so goes before one whose words only sound like it; names go before numbers.
      if (is_called_level(m_shape.text(m_shape.header, column)) && !is_number(m_shape.text(m_shape.header + 1, column)))
        levels += m_shape.rows.size();
      if (is_number(m_shape.text(m_shape.header + 1, column))) levels = (levels + 1) / 2;
      if (levels > most) {
        most = levels;
        best = column;
      }
    }
    return best;
  }

  [[nodiscard]] double average_words(std::size_t column) const {
    std::size_t words = 0;
    std::size_t cells = 0;
    for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) {
      if (m_shape.cell(row, column) == nullptr) continue;
      words += words_in(m_shape.text(row, column));
      ++cells;
    }
    return cells == 0 ? 0 : static_cast<double>(words) / static_cast<double>(cells);
  }

  [[nodiscard]] std::size_t different(std::size_t column) const {
    std::set<std::string> texts;
    for (std::size_t row = m_shape.header + 1; row < m_shape.rows.size(); ++row) texts.insert(m_shape.text(row, column));
    return texts.size();
  }

  /// Short, each different, beside something longer.
  [[nodiscard]] bool names_rows(std::size_t column) const {
    const std::size_t rows = m_shape.rows.size() - m_shape.header - 1;
    if (rows < 1 || average_words(column) > longest_label || has_empty(column) || different(column) < rows) return false;
    double longest = 0;
    for (std::size_t other = 0; other < m_shape.width; ++other) {
      if (other != column) longest = std::max(longest, average_words(other));
    }
    return longest >= 2 * average_words(column) && longest > longest_label;
  }

  void find_groups() {
    const std::size_t rows = m_shape.rows.size() - m_shape.header - 1;
    for (std::size_t column = 0; column < m_shape.width; ++column) {
      if (column == m_shape.level_column || average_words(column) == 0) continue;
      const bool says_so = has_word(m_shape.text(m_shape.header, column),
                                    {"theme", "category", "area", "topic", "capability", "competency", "competence", "group", "pillar", "dimension",
                                     "skill", "attribute", "section", "axis", "domain", "discipline", "subject"});
      const bool repeats = 2 * different(column) <= rows || has_empty(column);
      if (average_words(column) <= longest_label && says_so && (repeats || rows < 6)) m_shape.groups.push_back(column);
    }
  }

  bool m_has_header;
  GridShape m_shape;
};

}  // namespace

const Block* GridShape::cell(std::size_t row, std::size_t column) const {
  if (column >= rows[row]->children.size()) return nullptr;
  const Block& found = rows[row]->children[column];
  return has_letters(found.text) ? &found : nullptr;
}

std::string GridShape::text(std::size_t row, std::size_t column) const {
  const Block* found = cell(row, column);
  return found == nullptr ? std::string() : collapse_white_space(replace_all(found->text, line_break, " "));
}

bool GridShape::is_mark(std::size_t column) const {
  std::set<std::string> texts;
  std::size_t count = 0;
  std::size_t words = 0;
  for (std::size_t row = header + 1; row < rows.size(); ++row) {
    if (cell(row, column) == nullptr) continue;
    texts.insert(text(row, column));
    words += words_in(text(row, column));
    ++count;
  }
  return count >= 4 && 2 * texts.size() <= count && words <= 3 * count;
}

bool GridShape::is_detail(std::size_t column) const {
  return has_word(text(header, column), {"example", "examples", "note", "notes", "comment", "comments", "detail", "details", "evidence", "e.g"});
}

GridShape read_shape(const Block& table) { return ShapeFinder(table).find(); }

}  // namespace waymark::importer
