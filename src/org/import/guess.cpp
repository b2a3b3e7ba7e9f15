#include "org/import/guess.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "org/import/values_of_cells.hpp"

namespace waymark::org {
namespace {

class Guessing {
 public:
  Guessing(const PeopleMapping& said, const Table& table, const TitleLevels& levels) : m_table(table), m_levels(levels) { m_made.mapping = said; }

  GuessedMapping make() {
    note_the_door();
    if (m_made.mapping.columns.empty()) {
      guess_columns();
    } else {
      find_columns();
    }
    check_columns();
    if (m_made.mapping.separator == 0) m_made.mapping.separator = m_table.separator();
    guess_days();
    guess_titles();
    guess_statuses();
    return std::move(m_made);
  }

 private:
  void find(std::string rule, Severity severity, const std::string& file, Position place, std::string message, std::string way_out) {
    m_made.findings.push_back({std::move(rule), severity, file, {place, place}, std::move(message), std::move(way_out)});
  }

  void note_the_door() {
    for (const std::string& header : m_table.headers()) {
      if (const auto what = left_at_the_door(header)) m_made.at_the_door.emplace(header, *what);
    }
  }

  /// Of several columns for one field the spelling that stands first in the list.
  void guess_columns() {
    std::map<Field, std::size_t> ranks;
    for (std::size_t column = 0; column < m_table.headers().size(); ++column) {
      const std::string& header = m_table.headers()[column];
      const auto field = guess_field(header);
      if (!field) continue;
      const auto spellings = row_of(*field).spellings;
      const auto rank = static_cast<std::size_t>(std::find(spellings.begin(), spellings.end(), header_key(header)) - spellings.begin());
      const auto known = ranks.find(*field);
      if (known != ranks.end() && known->second <= rank) continue;
      ranks[*field] = rank;
      m_made.columns[*field] = column;
      m_made.mapping.columns[*field] = header;
    }
    // Two parts say more than a whole in somebody's order of names, but the whole is what colleagues read.
    if (m_made.columns.contains(Field::name)) {
      for (const Field part : {Field::first_name, Field::last_name}) {
        m_made.columns.erase(part);
        m_made.mapping.columns.erase(part);
      }
    }
  }

  void find_columns() {
    for (const auto& [field, header] : m_made.mapping.columns) {
      const std::string key = header_key(header);
      std::vector<std::string> free;
      std::optional<std::size_t> found;
      for (std::size_t column = 0; column < m_table.headers().size(); ++column) {
        const std::string& each = m_table.headers()[column];
        if (each == header || (!found && header_key(each) == key)) found = column;
        if (!each.empty() && !left_at_the_door(each)) free.push_back(each);
      }
      if (found) {
        m_made.columns[field] = *found;
        continue;
      }
      auto near = nearest(header, free);
      if (!near) {
        const auto alike = std::find_if(free.begin(), free.end(), [field = field](const std::string& each) { return guess_field(each) == field; });
        if (alike != free.end()) near = *alike;
      }
      const auto line = m_made.mapping.lines.find(field);
      find("missing-column", Severity::error, line == m_made.mapping.lines.end() ? m_table.name() : m_made.mapping.file,
           {line == m_made.mapping.lines.end() ? m_table.header_place(0).line : line->second, 1}, fmt::format("The table has no column “{}” for {}{}.", header, row_of(field).name, near ? fmt::format("; perhaps it is called “{}” now", *near) : ""),
           near ? fmt::format("Write `{}: \"{}\"` under columns: in the mapping.", row_of(field).name, *near)
                : fmt::format("The columns are {}. Name one of them, or take the line out.", in_words(free)));
    }
  }

  /// Without a name nobody can be told apart, and somebody must be found again.
  void check_columns() {
    const auto has = [&](Field field) { return m_made.mapping.columns.contains(field); };
    const Position place = m_table.header_place(0);
    if (!has(Field::name) && !(has(Field::first_name) || has(Field::last_name))) {
      missing(place, "for names", Field::name);
    }
    if (!has(Field::reference) && !has(Field::employee_number) && !has(Field::email)) {
      find("missing-column", Severity::error, m_table.name(), place, "No column says how people are found again at the next import.",
           "Add the HR system's key, an employee number or an e-mail address, and name its column under columns: in a mapping.");
    }
  }

  void missing(Position place, std::string_view what, Field field) {
    std::vector<std::string> spellings;
    for (const std::string_view each : row_of(field).spellings) spellings.emplace_back(each);
    std::string hint;
    for (const std::string& header : m_table.headers()) {
      if (const auto near = nearest(header_key(header), spellings); near && !left_at_the_door(header)) hint = header;
    }
    std::vector<std::string> all;
    for (const std::string& header : m_table.headers()) {
      if (!header.empty() && !left_at_the_door(header)) all.push_back(fmt::format("“{}”", header));
    }
    find("missing-column", Severity::error, m_table.name(), place,
         fmt::format("No column is known {}{}. There are {}.", what, hint.empty() ? "" : fmt::format("; “{}” sounds like it", hint), in_words(all)),
         fmt::format("Say which it is in a mapping: `{}: \"{}\"` under columns:.", row_of(field).name, hint.empty() ? "the header" : hint));
  }

  [[nodiscard]] std::string_view cell(std::size_t row, Field field) const { return m_table.cell(row, m_made.columns.at(field)); }

  void guess_days() {
    std::vector<std::string_view> texts;
    Position first = m_table.header_place(0);
    for (const Field field : {Field::start_date, Field::end_date, Field::level_since}) {
      if (!m_made.columns.contains(field)) continue;
      for (std::size_t row = 0; row < m_table.rows(); ++row) {
        if (const std::string_view text = cell(row, field); !text.empty()) texts.push_back(text);
      }
    }
    if (m_made.mapping.days) return;
    const GuessedFormat guessed = guess_day_format(texts);
    if (guessed.is_ambiguous) {
      for (const Field field : {Field::level_since, Field::end_date, Field::start_date}) {
        if (!m_made.columns.contains(field)) continue;
        for (std::size_t row = 0; row < m_table.rows(); ++row) {
          if (cell(row, field) == guessed.example) {
            first = m_table.place(row, m_made.columns.at(field));
            break;
          }
        }
      }
      const Date as_month = *read_day(guessed.example, DayFormat::month_first).day;
      const Date as_day = *read_day(guessed.example, DayFormat::day_first).day;
      find("ambiguous-days", Severity::error, m_table.name(), first,
           fmt::format("“{}” can be {} or {}, and every day of this table can be read both ways.", guessed.example, to_iso(as_day), to_iso(as_month)),
           "Say which in the mapping: `dates: \"DD/MM/YYYY\"` or `dates: \"MM/DD/YYYY\"`.");
      return;
    }
    m_made.mapping.days = guessed.format;
  }

  void guess_titles() {
    if (!m_made.columns.contains(Field::title)) return;
    std::map<std::string, std::string> known;  // folded → as it is written
    for (const auto& [title, level] : m_made.mapping.titles) known.emplace(folded(title), title);
    std::map<std::string, std::size_t> counts;
    for (std::size_t row = 0; row < m_table.rows(); ++row) {
      const std::string_view title = cell(row, Field::title);
      if (title.empty()) continue;
      auto counted_as = counts.find(std::string(title));
      if (counted_as == counts.end()) counted_as = counts.emplace(std::string(title), 0).first;
      ++counted_as->second;
    }
    for (const auto& [title, count] : counts) {
      const auto [place, is_new] = known.emplace(folded(title), collapse_white_space(title));
      m_made.titles[place->second] += count;
      if (is_new) m_made.mapping.titles[place->second] = m_levels.guess(title).value_or(std::string(unknown_level));
    }
  }

  /// How many people have each.
  [[nodiscard]] std::map<std::string, std::size_t> words_of(Field field) const {
    std::map<std::string, std::size_t> counts;
    if (!m_made.columns.contains(field)) return counts;
    for (std::size_t row = 0; row < m_table.rows(); ++row) {
      if (const std::string_view text = cell(row, field); !text.empty()) ++counts[collapse_white_space(text)];
    }
    return counts;
  }

  void guess_statuses() {
    m_made.levels = words_of(Field::level);
    m_made.statuses = words_of(Field::status);
    m_made.countries = words_of(Field::country);
    std::erase_if(m_made.countries, [](const auto& each) { return country_code(each.first).has_value(); });
    auto& statuses = m_made.mapping.statuses;
    for (const auto& [word, count] : m_made.statuses) {
      const bool is_known = std::any_of(statuses.begin(), statuses.end(), [&word = word](const auto& each) { return folded(each.first) == folded(word); });
      if (is_known) continue;
      if (const auto status = usual_status(word)) statuses[word] = *status;
    }
  }

  const Table& m_table;
  const TitleLevels& m_levels;
  GuessedMapping m_made;
};

}  // namespace

std::string folded(std::string_view text) { return to_lower_ascii(collapse_white_space(text)); }

GuessedMapping complete_mapping(const PeopleMapping& said, const Table& table, const TitleLevels& levels) { return Guessing(said, table, levels).make(); }

KeepColumn columns_of(const PeopleMapping& said) {
  if (said.columns.empty()) return [](std::string_view header) { return guess_field(header).has_value(); };
  std::vector<std::string> keys;
  for (const auto& [field, header] : said.columns) keys.push_back(header_key(header));
  return [keys = std::move(keys)](std::string_view header) {
    return !left_at_the_door(header) && std::find(keys.begin(), keys.end(), header_key(header)) != keys.end();
  };
}

}  // namespace waymark::org
