/// A small CSV file of the statistics' references in memory: commas, no quotes, an empty field is missing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

class Table {
 public:
  /// reference_input() of that name; throws when it is nowhere.
  explicit Table(std::string_view file);
  /// Is the input there at all? Large ones are only in the whole set.
  [[nodiscard]] static bool exists(std::string_view file);

  [[nodiscard]] std::size_t rows() const { return m_rows.size(); }
  /// Rows in which one of the columns is empty are gone, as R drops them.
  void drop_missing(const std::vector<std::string>& columns);
  [[nodiscard]] const std::string& cell(std::size_t row, std::string_view column) const { return m_rows[row][place(column)]; }

  [[nodiscard]] std::vector<std::string> texts(std::string_view column) const;
  /// Throws on text.
  [[nodiscard]] std::vector<double> numbers(std::string_view column) const;
  /// 1 where the cell is `text`, else 0.
  [[nodiscard]] std::vector<double> indicator(std::string_view column, std::string_view text) const;
  /// Whole units: the number times `scale`.
  [[nodiscard]] std::vector<std::int64_t> days(std::string_view column, double scale = 1) const;
  /// 1 where the number is `event`, else 0.
  [[nodiscard]] std::vector<std::uint8_t> events(std::string_view column, double event) const;
  /// The place of each cell among the different ones, in order: numbers by size, text by the alphabet.
  [[nodiscard]] std::vector<std::uint32_t> codes(std::string_view column) const;

 private:
  [[nodiscard]] std::size_t place(std::string_view column) const;

  std::vector<std::string> m_columns;
  std::vector<std::vector<std::string>> m_rows;
};

/// Columns one after another, as the models take their covariates.
[[nodiscard]] std::vector<double> beside(const std::vector<std::vector<double>>& columns);
