/// What a statistical method found, told as text and as JSON from the same numbers.
///
/// In JSON a number has 17 significant digits and so reads back as the same double; infinity is "Inf" or "-Inf"; what has no value is
/// {"undefined": reason} or {"not_identifiable": reason}; an interval is [lower, upper]. Keys are added, never renamed or removed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/page.hpp"
#include "stats/result.hpp"

namespace waymark::cli {

/// Nothing (monostate) is null.
using Cell = std::variant<std::monostate, double, std::int64_t, bool, std::string, stats::Interval, stats::NoAnswer>;

[[nodiscard]] Cell cell_of(const stats::Quantity& quantity);
[[nodiscard]] Cell cell_of(const stats::Answer<stats::Interval>& interval);
[[nodiscard]] inline Cell cell_of(stats::Count count) { return count.value(); }

class StatsReport {
 public:
  /// A heading; in JSON, an object of that key. What is said afterwards belongs to it.
  void section(std::string key, std::string title);
  /// As a section; in JSON, items of the same key that follow each other are an array of objects.
  void item(std::string key, std::string title);
  /// The source of what was said last.
  void method(const stats::Method& method);
  /// What has no label is for JSON only.
  void say(std::string key, std::string label, Cell value);
  /// In JSON an array of objects, one a row, their members named by `keys`. Keys that come from
  /// the data may repeat: a later one is then called KEY_2, KEY_3 and so on.
  void table(std::string key, std::string title, std::vector<std::string> keys, std::vector<std::vector<Cell>> rows);
  /// A paragraph for a reader; not in JSON.
  void note(std::string text);

  /// Every line ends with a line end.
  void tell(Page& page) const;
  [[nodiscard]] std::string json() const;

 private:
  struct Said {
    std::string key;
    std::string label;
    Cell value;
  };
  struct Table {
    std::string key;
    std::string title;
    std::vector<std::string> keys;
    std::vector<std::vector<Cell>> rows;
  };
  struct Note {
    std::string text;
  };
  struct Source {
    std::string name;
    std::string source;
  };
  struct Section {
    std::string key;
    std::string title;
    bool is_item = false;
    std::vector<std::variant<Said, Table, Note, Source>> parts = {};
  };

  static std::string json_of(const Section& section, std::string_view indent);
  static void tell_table(Page& page, const Table& table);
  Section& current();

  std::vector<Section> m_sections;
};

}  // namespace waymark::cli
