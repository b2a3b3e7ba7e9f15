#include "cli/stats_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>

#include <csv.h>
#include <fmt/core.h>

#include "base/folder.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace waymark::cli {
namespace {

constexpr std::size_t max_bytes = std::size_t{8} << 30;

tl::unexpected<Error> bad(std::string message, std::string way_out) { return fail(Error::Kind::bad_input, std::move(message), std::move(way_out)); }

/// What the rows are given to; false ends the reading.
class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual bool row(const std::vector<std::string>& fields, std::size_t count, std::size_t line) = 0;
};

/// Feeds libcsv line by line, so that it is known in which line a row begins.
class Parser {
 public:
  Parser(std::string_view bytes, RowReader& reader) : m_bytes(bytes), m_reader(reader) {
    csv_init(&m_parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&m_parser, static_cast<unsigned char>(delimiter(bytes)));
  }
  ~Parser() { csv_free(&m_parser); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  /// The line where the file stopped being CSV; 0 when it never did.
  std::size_t run() {
    std::size_t at = 0;
    while (at < m_bytes.size() && m_going_on) {
      std::size_t end = m_bytes.find_first_of("\r\n", at);
      if (end == std::string_view::npos) end = m_bytes.size() - 1;
      if (m_bytes[end] == '\r' && end + 1 < m_bytes.size() && m_bytes[end + 1] == '\n') ++end;
      const std::size_t length = end + 1 - at;
      const bool blank = m_bytes[at] == '\r' || m_bytes[at] == '\n';
      if (!m_in_row && !blank) {
        m_in_row = true;
        m_begins_in = m_line;
      }
      if (csv_parse(&m_parser, m_bytes.data() + at, length, on_field, on_row, this) != length) return m_line;
      at = end + 1;
      ++m_line;
    }
    if (m_going_on && csv_fini(&m_parser, on_field, on_row, this) != 0) return m_begins_in;
    return 0;
  }

 private:
  /// A comma, or else a semicolon or a tab, in the first line, which may go on in a quoted name.
  static char delimiter(std::string_view bytes) {
    bool has_semicolon = false, has_tab = false, quoted = false;
    for (const char letter : bytes) {
      if (letter == '"') quoted = !quoted;
      if (quoted) continue;
      if (letter == '\r' || letter == '\n') break;
      if (letter == ',') return ',';
      has_semicolon = has_semicolon || letter == ';';
      has_tab = has_tab || letter == '\t';
    }
    return has_semicolon ? ';' : has_tab ? '\t' : ',';
  }

  static void on_field(void* bytes, std::size_t size, void* self) {
    Parser& parser = *static_cast<Parser*>(self);
    if (parser.m_count == parser.m_fields.size()) parser.m_fields.emplace_back();
    parser.m_fields[parser.m_count++].assign(static_cast<const char*>(bytes), size);
  }
  static void on_row(int, void* self) {
    Parser& parser = *static_cast<Parser*>(self);
    if (parser.m_going_on) parser.m_going_on = parser.m_reader.row(parser.m_fields, parser.m_count, parser.m_begins_in);
    parser.m_count = 0;
    parser.m_in_row = false;
  }

  std::string_view m_bytes;
  RowReader& m_reader;
  csv_parser m_parser{};
  std::vector<std::string> m_fields;
  std::size_t m_count = 0;
  std::size_t m_line = 1;
  std::size_t m_begins_in = 1;
  bool m_in_row = false;
  bool m_going_on = true;
};

bool is_missing(std::string_view field) { return field.empty() || field == "NA"; }

std::optional<double> to_number(std::string_view field) {
  if (field.starts_with('+')) field.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc{} || end != field.data() + field.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// A long field is cut, so that an error stays one line.
std::string shown(std::string_view field) { return field.size() <= 40 ? std::string(field) : std::string(field.substr(0, 37)) + "…"; }

class HeaderReader : public RowReader {
 public:
  bool row(const std::vector<std::string>& fields, std::size_t count, std::size_t) override {
    names.assign(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(count));
    return false;
  }
  std::vector<std::string> names;
};

/// Codes in the order of appearance; ordered() puts them right at the end.
class LabelBuilder {
 public:
  void add(const std::string& text) {
    const auto [at, is_new] = m_codes.try_emplace(text, static_cast<std::uint32_t>(m_labels.names.size()));
    if (is_new) m_labels.names.push_back(text);
    m_labels.codes.push_back(at->second);
  }
  void add_missing() { m_labels.codes.push_back(Labels::missing); }

  Labels ordered() {
    const std::vector<std::string>& names = m_labels.names;
    const bool numeric = std::all_of(names.begin(), names.end(), [](const std::string& name) { return to_number(name).has_value(); });
    std::vector<std::uint32_t> order(names.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (numeric && *to_number(names[a]) != *to_number(names[b])) return *to_number(names[a]) < *to_number(names[b]);
      return names[a] < names[b];
    });
    std::vector<std::uint32_t> place(names.size());
    std::vector<std::string> sorted;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      place[order[i]] = i;
      sorted.push_back(names[order[i]]);
    }
    for (std::uint32_t& code : m_labels.codes) {
      if (code != Labels::missing) code = place[code];
    }
    m_labels.names = std::move(sorted);
    return std::move(m_labels);
  }

 private:
  Labels m_labels;
  std::unordered_map<std::string, std::uint32_t> m_codes;
};

class ColumnReader : public RowReader {
 public:
  ColumnReader(Columns& into, const std::vector<WantedColumn>& wanted, Missing missing)
      : m_into(into), m_wanted(wanted), m_missing(missing), m_labels(wanted.size()) {}

  bool row(const std::vector<std::string>& fields, std::size_t count, std::size_t line) override {
    if (!m_header_seen) {
      m_header_seen = true;
      m_width = count;
      return find_columns({fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(count)});
    }
    // A blank line, as many programs leave one at the end.
    if (count == 1 && m_width > 1 && trim(fields[0]).empty()) return true;
    if (count != m_width) {
      return stop(fmt::format("{}:{}: the row has {}, but there are {}.", m_into.file, line, counted(count, "field"), counted(m_width, "column")),
                  "Give every row as many fields as the first line has; quote a field that has the separator in it.");
    }
    for (std::size_t i = 0; i < m_wanted.size(); ++i) {
      if (!is_missing(fields[m_places[i]]) || m_missing == Missing::keep) continue;
      if (m_missing == Missing::fail) {
        return stop(fmt::format("{}:{}: column “{}” is missing a value.", m_into.file, line, m_wanted[i].name),
                    "Fill it in, or leave out --na fail to drop such rows and count them.");
      }
      ++m_into.dropped;
      return true;
    }
    for (std::size_t i = 0; i < m_wanted.size(); ++i) {
      if (!take(i, fields[m_places[i]], line)) return false;
    }
    m_into.lines.push_back(line);
    return true;
  }

  Result<void> finish() {
    if (m_error) return tl::unexpected<Error>(*m_error);
    if (!m_header_seen) return bad(fmt::format("{} is empty.", m_into.file), "Give a CSV file whose first line names its columns.");
    if (m_into.rows() == 0) {
      return m_into.dropped == 0 ? bad(fmt::format("{} has a first line and no rows.", m_into.file), "Put the data below the names of the columns.")
                                 : bad(fmt::format("{} has no row in which every column asked for has a value.", m_into.file),
                                       fmt::format("All {} were dropped; look at the columns, or ask for others.", counted(m_into.dropped, "row")));
    }
    for (std::size_t i = 0; i < m_wanted.size(); ++i) {
      if (m_wanted[i].kind == WantedColumn::Kind::label) m_into.columns[i].labels = m_labels[i].ordered();
    }
    return {};
  }

 private:
  bool stop(std::string message, std::string way_out) {
    m_error = Error{Error::Kind::bad_input, std::move(message), std::move(way_out)};
    return false;
  }

  bool find_columns(const std::vector<std::string>& names) {
    for (const WantedColumn& wanted : m_wanted) {
      const auto found = std::find(names.begin(), names.end(), wanted.name);
      if (found == names.end()) {
        std::vector<std::string> quoted;
        for (const std::string& name : names) quoted.push_back(fmt::format("“{}”", shown(name)));
        const auto near = nearest(wanted.name, names);
        return stop(fmt::format("{} has no column “{}”; it has {}.", m_into.file, wanted.name, in_words(quoted)),
                    near ? fmt::format("Did you mean “{}”?", *near) : "Name one of those.");
      }
      if (std::find(found + 1, names.end(), wanted.name) != names.end()) {
        return stop(fmt::format("{} has more than one column “{}”.", m_into.file, wanted.name), "Give each column a name of its own.");
      }
      m_places.push_back(static_cast<std::size_t>(found - names.begin()));
      m_into.columns.push_back(Column{.name = wanted.name, .numbers = {}, .labels = {}});
    }
    return true;
  }

  bool take(std::size_t column, const std::string& field, std::size_t line) {
    if (m_wanted[column].kind == WantedColumn::Kind::label) {
      if (is_missing(field)) {
        m_labels[column].add_missing();
        return true;
      }
      if (!is_valid_utf8(field)) {
        return stop(fmt::format("{}:{}: column “{}” is not UTF-8.", m_into.file, line, m_wanted[column].name), "Save the file as UTF-8.");
      }
      m_labels[column].add(field);
      return true;
    }
    std::vector<double>& numbers = m_into.columns[column].numbers;
    if (is_missing(field)) {
      numbers.push_back(std::numeric_limits<double>::quiet_NaN());
      return true;
    }
    const std::optional<double> number = to_number(field);
    if (!number) {
      return stop(fmt::format("{}:{}: column “{}” has “{}”, which is no number.", m_into.file, line, m_wanted[column].name, shown(field)),
                  "Write numbers with a decimal point and without a thousands separator; leave the field empty where there is none.");
    }
    numbers.push_back(*number);
    return true;
  }

  Columns& m_into;
  const std::vector<WantedColumn>& m_wanted;
  Missing m_missing;
  std::vector<LabelBuilder> m_labels;
  std::vector<std::size_t> m_places;
  std::size_t m_width = 0;
  bool m_header_seen = false;
  std::optional<Error> m_error;
};

Result<std::string> read_text(const std::string& file) {
  auto bytes = read_file(file, max_bytes);
  if (!bytes) return bytes;
  if (bytes->starts_with("\xff\xfe") || bytes->starts_with("\xfe\xff")) return bad(fmt::format("{} is UTF-16.", file), "Save the file as UTF-8.");
  return bytes;
}

std::string_view without_mark(std::string_view bytes) { return bytes.starts_with("\xef\xbb\xbf") ? bytes.substr(3) : bytes; }

tl::unexpected<Error> no_csv(const std::string& file, std::size_t line) {
  return bad(fmt::format("{}:{}: a quotation mark is opened and not closed, or stands inside a field.", file, line),
             "Quote the whole field, and double a quotation mark inside it.");
}

}  // namespace

std::string Columns::place(std::size_t row) const { return fmt::format("{}:{}", file, lines[row]); }

Result<std::vector<std::string>> read_column_names(const std::string& file) {
  const auto bytes = read_text(file);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  HeaderReader reader;
  if (const std::size_t line = Parser(without_mark(*bytes), reader).run(); line > 0) return no_csv(file, line);
  if (reader.names.empty()) return bad(fmt::format("{} is empty.", file), "Give a CSV file whose first line names its columns.");
  return std::move(reader.names);
}

Result<Columns> read_columns(const std::string& file, const std::vector<WantedColumn>& wanted, Missing missing) {
  const auto bytes = read_text(file);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  Columns result{.file = file, .sha256 = sha256_hex(*bytes), .columns = {}, .lines = {}, .dropped = 0};
  ColumnReader reader(result, wanted, missing);
  const std::size_t broken = Parser(without_mark(*bytes), reader).run();
  if (auto finished = reader.finish(); !finished && broken == 0) return tl::unexpected<Error>(finished.error());
  if (broken > 0) return no_csv(file, broken);
  return result;
}

}  // namespace waymark::cli
