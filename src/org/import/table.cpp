#include "org/import/table.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include <csv.h>
#include <fmt/core.h>

#include "base/encoding.hpp"
#include "base/text.hpp"

namespace waymark::org {
namespace {

constexpr std::size_t looked_at = 64 * 1024;  // for the separator
constexpr std::size_t rows_looked_at = 100;
constexpr std::size_t longest_cell = 64 * 1024;
constexpr std::size_t widest = 2'000;
constexpr std::size_t findings_kept = 100;

struct RawCell {
  std::string text;
  Position begin;
  std::size_t from = 0, to = 0;  ///< bytes of the text that was fed, with quotes, without the mark behind it
};

/// libcsv says what a cell holds, not where. Fed from mark to mark, it cannot but have begun behind the last one that ended a cell.
class Cells {
 public:
  using OnRow = std::function<bool(std::vector<RawCell>&)>;  ///< false: no more

  Cells(char separator, OnRow on_row) : m_separator(separator), m_on_row(std::move(on_row)) {
    csv_init(&m_parser, CSV_APPEND_NULL);
    csv_set_delim(&m_parser, static_cast<unsigned char>(separator));
  }
  ~Cells() { csv_free(&m_parser); }
  Cells(const Cells&) = delete;
  Cells& operator=(const Cells&) = delete;

  /// False where reading has ended before the end.
  bool feed(std::string_view text) {
    const std::array<char, 3> marks{m_separator, '\n', '\r'};
    const std::string_view ends(marks.data(), marks.size());
    for (std::size_t at = 0; at < text.size() && m_goes_on;) {
      const std::size_t mark = text.find_first_of(ends, at);
      const std::size_t end = mark == std::string_view::npos ? text.size() : mark + 1;
      m_end = m_fed + end - at;
      m_has_ended = false;
      csv_parse(&m_parser, text.data() + at, end - at, &Cells::on_cell, &Cells::on_row, this);
      const std::string_view fed = text.substr(at, end - at);
      count(fed);
      m_fed = m_end;
      at = end;
      m_has_content = m_has_content || !trim(fed).empty();
      // An empty line is no row, and the next one begins behind it.
      if (m_has_ended || (m_row.empty() && !m_has_content)) begin_cell();
      if (m_fed - m_from > longest_cell) m_goes_on = false;
    }
    return m_goes_on;
  }

  /// Where a cell began that does not end; nothing where all is well.
  std::optional<Position> finish() {
    if (!m_goes_on) return m_begin;
    m_end = m_fed + 1;
    csv_set_opts(&m_parser, CSV_APPEND_NULL | CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&m_parser, &Cells::on_cell, &Cells::on_row, this) != 0) return m_begin;
    return std::nullopt;
  }

 private:
  static void on_cell(void* text, std::size_t length, void* self) {
    Cells& cells = *static_cast<Cells*>(self);
    cells.m_has_ended = true;
    if (cells.m_row.size() >= widest) return;
    RawCell cell{{}, cells.m_begin, cells.m_from, cells.m_end - 1};
    if (text != nullptr) cell.text.assign(static_cast<const char*>(text), length);
    cells.m_row.push_back(std::move(cell));
  }
  static void on_row(int, void* self) {
    Cells& cells = *static_cast<Cells*>(self);
    if (!cells.m_row.empty() && cells.m_goes_on) cells.m_goes_on = cells.m_on_row(cells.m_row);
    cells.m_row.clear();
    cells.m_has_ended = true;
  }

  void begin_cell() {
    m_begin = m_at;
    m_from = m_fed;
    m_has_content = false;
  }

  /// A line ends with LF, with CR, or with both.
  void count(std::string_view fed) {
    for (const char c : fed) {
      if (c == '\n' || c == '\r') {
        if (c == '\r' || !m_after_return) ++m_at.line;
        m_at.column = 1;
      } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
        ++m_at.column;
      }
      m_after_return = c == '\r';
    }
  }

  csv_parser m_parser{};
  const char m_separator;
  OnRow m_on_row;
  std::vector<RawCell> m_row;
  Position m_at, m_begin;
  std::size_t m_fed = 0, m_end = 0, m_from = 0;
  bool m_has_ended = false, m_has_content = false, m_after_return = false, m_goes_on = true;
};

bool is_blank(const std::vector<RawCell>& row) {
  return std::all_of(row.begin(), row.end(), [](const RawCell& cell) { return trim(cell.text).empty(); });
}

/// "sep=;" in the first line, as some spreadsheets write and read it.
std::optional<char> said_separator(std::string_view text) {
  if (text.size() < 6 || to_lower_ascii(text.substr(0, 4)) != "sep=" || (text[5] != '\n' && text[5] != '\r')) return std::nullopt;
  return text[4];
}

/// Titles of reports stand alone above the names of the columns, and so does "sep=;".
bool names_columns(const std::vector<RawCell>& row) { return row.size() >= 2 && !is_blank(row) && to_lower_ascii(row[0].text) != "sep="; }

char separator_of(std::string_view text) {
  if (const auto said = said_separator(text)) return *said;
  char best = ',';
  std::size_t most = 0;
  for (const char separator : {',', ';', '\t', '|'}) {
    std::map<std::size_t, std::size_t> widths;
    std::size_t rows = 0;
    Cells cells(separator, [&](const std::vector<RawCell>& row) {
      ++widths[row.size()];
      return ++rows < rows_looked_at;
    });
    cells.feed(text);
    static_cast<void>(cells.finish());
    for (const auto& [width, times] : widths) {
      if (width < 2 || width * times <= most) continue;
      most = width * times;
      best = separator;
    }
  }
  return best;
}

}  // namespace

std::string_view Table::cell(std::size_t row, std::size_t column) const {
  if (m_slots[column] == none) return {};
  const Cell& cell = m_cells[row * m_slot_count + m_slots[column]];
  return std::string_view(m_text).substr(cell.begin, cell.size);
}

Position Table::place(std::size_t row, std::size_t column) const {
  if (m_slots[column] == none) return {m_row_lines[row], 1};
  const Cell& cell = m_cells[row * m_slot_count + m_slots[column]];
  return {cell.line, cell.column};
}

class TableReader::Splitter {
 public:
  Splitter(std::string name, KeepColumn keep, char separator) : m_keep(std::move(keep)), m_separator(separator) { m_table.m_name = std::move(name); }

  void feed(std::string_view bytes) {
    if (m_total == 0) m_is_archive = bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0");
    m_total += bytes.size();
    if (m_is_archive || m_has_zero) return;
    take(m_decoder.feed(bytes));
  }

  Result<Table> finish() {
    const std::string& name = m_table.m_name;
    if (m_is_archive) return fail(Error::Kind::bad_input, fmt::format("{} is in a spreadsheet's own format.", name), "Save the sheet as CSV, and import that.");
    take(m_decoder.finish());
    if (m_has_zero) return fail(Error::Kind::bad_input, fmt::format("{} is no text.", name), "Export the people as CSV, and import that.");
    if (!m_cells) begin();
    if (const auto open = m_cells->finish()) {
      note(*open, "This cell does not end.", "A quotation mark that opens a cell has no partner; take it away, or close the cell with another.");
    }
    if (m_table.m_headers.empty()) {
      return fail(Error::Kind::bad_input, fmt::format("{} has no table in it.", name),
                  "The first line names the columns, and every further line is a person, with commas, semicolons, tabs or | between the cells.");
    }
    m_table.m_encoding = m_decoder.from();
    m_table.m_separator = m_separator;
    m_table.m_cells.shrink_to_fit();
    m_table.m_text.shrink_to_fit();
    m_table.m_row_lines.shrink_to_fit();
    return std::move(m_table);
  }

 private:
  void take(std::string text) {
    if (text.find('\0') != std::string::npos) m_has_zero = true;
    if (m_has_zero) return;
    if (!m_cells) {
      m_first += text;
      if (m_first.size() >= looked_at) begin();
      return;
    }
    m_cells->feed(text);
  }

  void begin() {
    if (m_separator == 0) m_separator = separator_of(std::string_view(m_first).substr(0, looked_at));
    m_cells = std::make_unique<Cells>(m_separator, [this](std::vector<RawCell>& row) { return take_row(row); });
    m_cells->feed(m_first);
    m_first = {};
  }

  bool take_row(std::vector<RawCell>& row) {
    if (is_blank(row)) return true;
    if (!m_table.m_headers.empty()) return take_person(row);
    if (!names_columns(row)) return true;
    while (row.size() > 2 && trim(row.back().text).empty()) row.pop_back();
    for (const RawCell& cell : row) {
      const std::string header = collapse_white_space(cell.text);
      m_table.m_headers.push_back(header);
      m_table.m_header_places.push_back(cell.begin);
      m_table.m_slots.push_back(!header.empty() && m_keep(header) ? static_cast<std::uint32_t>(m_table.m_slot_count++) : Table::none);
    }
    return true;
  }

  bool take_person(std::vector<RawCell>& row) {
    const std::size_t width = m_table.m_headers.size();
    const std::size_t line = row.front().begin.line;
    while (row.size() > width && trim(row.back().text).empty()) row.pop_back();
    if (row.size() != width) {
      const bool spans = row.back().begin.line > line;
      note(row.front().begin,
           fmt::format("This row has {}, and the header has {}{}.", counted(row.size(), "cell"), width, spans ? fmt::format("; it goes on to line {}", row.back().begin.line) : ""),
           spans ? "A quotation mark may be missing; a cell that holds one, the separator or a line end is to be quoted." :
                   "Give it as many cells as the header has; a cell that holds the separator is to be quoted.");
      return true;
    }
    for (std::size_t column = 0; column < width; ++column) {
      if (m_table.m_slots[column] == Table::none) continue;
      const std::string_view text = trim(row[column].text);
      m_table.m_cells.push_back({m_table.m_text.size(), static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(row[column].begin.line),
                                 static_cast<std::uint32_t>(row[column].begin.column)});
      m_table.m_text += text;
    }
    m_table.m_row_lines.push_back(static_cast<std::uint32_t>(line));
    return true;
  }

  void note(Position place, std::string message, std::string way_out) {
    if (m_table.m_findings.size() >= findings_kept) {
      ++m_table.m_findings_left_out;
      return;
    }
    m_table.m_findings.push_back({"table-row", Severity::error, m_table.m_name, {place, place}, std::move(message), std::move(way_out)});
  }

  KeepColumn m_keep;
  char m_separator;
  StreamDecoder m_decoder;
  std::string m_first;
  std::size_t m_total = 0;
  bool m_is_archive = false, m_has_zero = false;
  std::unique_ptr<Cells> m_cells;
  Table m_table;
};

TableReader::TableReader(std::string name, KeepColumn keep, char separator)
    : m_splitter(std::make_unique<Splitter>(std::move(name), std::move(keep), separator)) {}
TableReader::~TableReader() = default;
void TableReader::feed(std::string_view bytes) { m_splitter->feed(bytes); }
Result<Table> TableReader::finish() { return m_splitter->finish(); }

Result<Table> read_table(std::string name, std::string_view bytes, const KeepColumn& keep, char separator) {
  TableReader reader(std::move(name), keep, separator);
  reader.feed(bytes);
  return reader.finish();
}

std::string with_hidden_columns(std::string_view bytes, const KeepColumn& hides, char separator) {
  StreamDecoder decoder;
  std::string text = decoder.feed(bytes);
  text += decoder.finish();
  std::vector<bool> hidden;
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  Cells cells(separator == 0 ? separator_of(std::string_view(text).substr(0, looked_at)) : separator, [&](const std::vector<RawCell>& row) {
    if (hidden.empty()) {
      if (!names_columns(row)) return true;
      for (const RawCell& cell : row) hidden.push_back(hides(collapse_white_space(cell.text)));
      return true;
    }
    for (std::size_t column = 0; column < row.size(); ++column) {
      // Of a row that does not fit nobody knows which cell is which.
      if (row.size() != hidden.size() || hidden[column]) ranges.emplace_back(row[column].from, row[column].to);
    }
    return true;
  });
  cells.feed(text);
  if (cells.finish()) ranges.emplace_back(0, text.size());
  std::string shown;
  shown.reserve(text.size());
  std::size_t at = 0;
  for (const auto& [from, to] : ranges) {
    if (from < at) continue;
    shown.append(text, at, from - at);
    for (std::size_t i = from; i < std::min(to, text.size()); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      if (c == '"' || c == '\n' || c == '\r' || c == ' ' || c == '\t') {
        shown += text[i];
      } else if ((c & 0xC0) != 0x80) {
        shown += 'x';
      }
    }
    at = std::min(to, text.size());
  }
  shown.append(text, at, std::string::npos);
  return shown;
}

}  // namespace waymark::org
