#include "stats_table.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "stats_reference.hpp"

namespace {

std::vector<std::string> fields(std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  std::vector<std::string> result(1);
  for (const char c : line) {
    if (c == ',') {
      result.emplace_back();
    } else {
      result.back() += c;
    }
  }
  return result;
}

double to_number(const std::string& text) {
  std::size_t used = 0;
  const double value = std::stod(text, &used);
  if (used != text.size()) throw std::runtime_error("no number: " + text);
  return value;
}

}  // namespace

Table::Table(std::string_view file) {
  std::ifstream stream(reference_input(file));
  if (!stream) throw std::runtime_error("no input of the name " + std::string(file));
  std::string line;
  std::getline(stream, line);
  m_columns = fields(line);
  while (std::getline(stream, line)) m_rows.push_back(fields(line));
}

bool Table::exists(std::string_view file) { return !reference_input(file).empty(); }

std::size_t Table::place(std::string_view column) const {
  const auto found = std::find(m_columns.begin(), m_columns.end(), column);
  if (found == m_columns.end()) throw std::runtime_error("no column of the name " + std::string(column));
  return static_cast<std::size_t>(found - m_columns.begin());
}

void Table::drop_missing(const std::vector<std::string>& columns) {
  for (const std::string& column : columns) {
    const std::size_t at = place(column);
    std::erase_if(m_rows, [at](const std::vector<std::string>& row) { return row[at].empty(); });
  }
}

std::vector<std::string> Table::texts(std::string_view column) const {
  std::vector<std::string> result;
  for (const auto& row : m_rows) result.push_back(row[place(column)]);
  return result;
}

std::vector<double> Table::numbers(std::string_view column) const {
  std::vector<double> result;
  for (const std::string& text : texts(column)) result.push_back(to_number(text));
  return result;
}

std::vector<double> Table::indicator(std::string_view column, std::string_view text) const {
  std::vector<double> result;
  for (const std::string& cell : texts(column)) result.push_back(cell == text ? 1 : 0);
  return result;
}

std::vector<std::int64_t> Table::days(std::string_view column, double scale) const {
  std::vector<std::int64_t> result;
  for (const double value : numbers(column)) result.push_back(std::llround(value * scale));
  return result;
}

std::vector<std::uint8_t> Table::events(std::string_view column, double event) const {
  std::vector<std::uint8_t> result;
  for (const double value : numbers(column)) result.push_back(value == event ? 1 : 0);
  return result;
}

std::vector<std::uint32_t> Table::codes(std::string_view column) const {
  const std::vector<std::string> cells = texts(column);
  std::vector<std::string> levels = cells;
  const auto before = [](const std::string& a, const std::string& b) {
    try {
      return to_number(a) < to_number(b);
    } catch (const std::exception&) {
      return a < b;
    }
  };
  std::sort(levels.begin(), levels.end(), before);
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  std::vector<std::uint32_t> result;
  for (const std::string& cell : cells) result.push_back(static_cast<std::uint32_t>(std::find(levels.begin(), levels.end(), cell) - levels.begin()));
  return result;
}

std::vector<double> beside(const std::vector<std::vector<double>>& columns) {
  std::vector<double> result;
  for (const auto& column : columns) result.insert(result.end(), column.begin(), column.end());
  return result;
}
