#include "cli/stats_report.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/core.h>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

namespace waymark::cli {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

std::string json_quoted(std::string_view text) { return boost::json::serialize(boost::json::string(text.data(), text.size())); }

std::string json_of(double value) { return std::isinf(value) ? (value > 0 ? "\"Inf\"" : "\"-Inf\"") : fmt::format("{:.17g}", value); }

std::string json_of(const Cell& cell) {
  return std::visit(
      Overloaded{[](std::monostate) { return std::string("null"); }, [](double value) { return json_of(value); },
                 [](std::int64_t value) { return fmt::format("{}", value); }, [](bool value) { return std::string(value ? "true" : "false"); },
                 [](const std::string& value) { return json_quoted(value); },
                 [](const stats::Interval& value) { return fmt::format("[{}, {}]", json_of(value.lower), json_of(value.upper)); },
                 [](const stats::NoAnswer& value) {
                   const char* const why = value.why == stats::NoAnswer::Why::undefined ? "undefined" : "not_identifiable";
                   return fmt::format("{{\"{}\": {}}}", why, json_quoted(value.reason));
                 }},
      cell);
}

std::string text_of(double value) { return std::isinf(value) ? (value > 0 ? "∞" : "−∞") : fmt::format("{:.6g}", value); }

std::string text_of(const Cell& cell) {
  return std::visit(Overloaded{[](std::monostate) { return std::string("–"); }, [](double value) { return text_of(value); },
                               [](std::int64_t value) { return fmt::format("{}", value); },
                               [](bool value) { return std::string(value ? "yes" : "no"); }, [](const std::string& value) { return value; },
                               [](const stats::Interval& value) { return fmt::format("{} to {}", text_of(value.lower), text_of(value.upper)); },
                               [](const stats::NoAnswer& value) {
                                 return fmt::format("{}: {}", value.why == stats::NoAnswer::Why::undefined ? "undefined" : "not identifiable",
                                                    value.reason);
                               }},
                    cell);
}

std::string padded(std::string text, int width) {
  text.append(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
  return text;
}

}  // namespace

Cell cell_of(const stats::Quantity& quantity) { return quantity ? Cell(*quantity) : Cell(quantity.error()); }
Cell cell_of(const stats::Answer<stats::Interval>& interval) { return interval ? Cell(*interval) : Cell(interval.error()); }

StatsReport::Section& StatsReport::current() {
  if (m_sections.empty()) m_sections.push_back({});
  return m_sections.back();
}

void StatsReport::section(std::string key, std::string title) { m_sections.push_back({std::move(key), std::move(title)}); }
void StatsReport::item(std::string key, std::string title) { m_sections.push_back({std::move(key), std::move(title), true}); }
void StatsReport::method(const stats::Method& method) { current().parts.emplace_back(Source{std::string(method.name), std::string(method.source)}); }
void StatsReport::say(std::string key, std::string label, Cell value) {
  current().parts.emplace_back(Said{std::move(key), std::move(label), std::move(value)});
}
void StatsReport::table(std::string key, std::string title, std::vector<std::string> keys, std::vector<std::vector<Cell>> rows) {
  for (std::size_t at = 1; at < keys.size(); ++at) {
    const std::string name = keys[at];
    const auto before = [&] {
      return std::find(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(at), keys[at]) != keys.begin() + static_cast<std::ptrdiff_t>(at);
    };
    for (int times = 2; before(); ++times) keys[at] = fmt::format("{}_{}", name, times);
  }
  current().parts.emplace_back(Table{std::move(key), std::move(title), std::move(keys), std::move(rows)});
}
void StatsReport::note(std::string text) { current().parts.emplace_back(Note{std::move(text)}); }

void StatsReport::tell_table(Page& page, const Table& table) {
  std::vector<std::vector<std::string>> cells{table.keys};
  std::vector<int> widths;
  for (const auto& row : table.rows) {
    cells.emplace_back();
    for (const Cell& cell : row) cells.back().push_back(text_of(cell));
  }
  for (const auto& row : cells) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  page.gap();
  if (!table.title.empty()) page.say(table.title);
  for (const auto& row : cells) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i) line += " " + (i + 1 < row.size() ? padded(row[i], widths[i] + 1) : row[i]);
    page.verbatim(printable(line));
  }
  page.gap();
}

void StatsReport::tell(Page& page) const {
  for (const Section& section : m_sections) {
    page.gap();
    if (!section.title.empty()) page.heading(section.title);
    int width = 0;
    for (const auto& part : section.parts) {
      if (const Said* const said = std::get_if<Said>(&part)) width = std::max(width, display_width(said->label));
    }
    for (const auto& part : section.parts) {
      std::visit(
          Overloaded{
              [&](const Said& said) {
                if (said.label.empty()) return;
                page.say(printable(text_of(said.value)),
                         {"  " + padded(said.label, width + 2), std::string(static_cast<std::size_t>(width) + 4, ' ')});
              },
              [&](const Table& table) { tell_table(page, table); },
              [&](const Note& note) {
                page.gap();
                page.say(printable(note.text), Margin::of(2));
                page.gap();
              },
              [&](const Source& source) {
                page.say(Runs{{fmt::format("{}{}{}.", source.name, source.source.empty() ? "" : ": ", source.source), Ink::faint}}, Margin::of(4));
              }},
          part);
    }
  }
}

std::string StatsReport::json_of(const Section& section, std::string_view indent) {
  std::string out;
  const auto member = [&](std::string_view key, std::string_view value) {
    out += fmt::format("{}{}{}: {}", out.empty() ? "" : ",\n", indent, json_quoted(key), value);
  };
  std::string sources;
  std::string last_key;
  for (const auto& part : section.parts) {
    if (const Said* const said = std::get_if<Said>(&part)) {
      member(said->key, cli::json_of(said->value));
      last_key = said->key;
    } else if (const Table* const table = std::get_if<Table>(&part)) {
      std::string rows;
      for (const auto& row : table->rows) {
        std::string cells;
        for (std::size_t i = 0; i < row.size(); ++i)
          cells += fmt::format("{}{}: {}", i == 0 ? "" : ", ", json_quoted(table->keys[i]), cli::json_of(row[i]));
        rows += fmt::format("{}{}  {{{}}}", rows.empty() ? "\n" : ",\n", indent, cells);
      }
      member(table->key, rows.empty() ? "[]" : fmt::format("[{}\n{}]", rows, indent));
      last_key = table->key;
    } else if (const Source* const source = std::get_if<Source>(&part)) {
      sources += fmt::format("{}{{\"of\": {}, \"name\": {}, \"source\": {}}}", sources.empty() ? "" : ", ", json_quoted(last_key),
                             json_quoted(source->name), json_quoted(source->source));
    }
  }
  if (!sources.empty()) member("sources", "[" + sources + "]");
  return out;
}

std::string StatsReport::json() const {
  std::string out;
  std::string open_array;
  for (const Section& section : m_sections) {
    if (section.parts.empty()) continue;
    const bool goes_on = section.is_item && section.key == open_array;
    if (!open_array.empty() && !goes_on) out += "\n  ]";
    out += out.empty() ? "{\n" : ",\n";
    if (section.is_item) {
      if (!goes_on) out += fmt::format("  {}: [\n", json_quoted(section.key));
      out += fmt::format("    {{\n{}\n    }}", json_of(section, "      "));
    } else {
      out += section.key.empty() ? json_of(section, "  ") : fmt::format("  {}: {{\n{}\n  }}", json_quoted(section.key), json_of(section, "    "));
    }
    open_array = section.is_item ? section.key : "";
  }
  if (!open_array.empty()) out += "\n  ]";
  return out.empty() ? "{}\n" : out + "\n}\n";
}

}  // namespace waymark::cli
