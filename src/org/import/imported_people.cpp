#include "org/import/imported_people.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "org/import/values_of_cells.hpp"
#include "org/values.hpp"

namespace waymark::org {
namespace {

/// Of a row that is passed over.
struct Passed {};

class People {
 public:
  explicit People(const ImportGround& ground) : m_ground(ground), m_heap(ground.table.name()) {
    const PeopleMapping& mapping = ground.read.mapping;
    for (const auto& [word, meaning] : mapping.titles) m_titles[folded(word)] = meaning;
    for (const auto& [word, meaning] : mapping.levels) m_levels[folded(word)] = meaning;
    for (const auto& [word, meaning] : mapping.statuses) m_statuses[folded(word)] = meaning;
    for (const auto& [word, meaning] : mapping.countries) m_countries[folded(word)] = meaning;
  }

  ImportedPeople read() {
    for (const Finding& finding : m_ground.table.findings()) m_heap.add(finding);
    m_people.reserve(m_ground.table.rows());
    for (std::size_t row = 0; row < m_ground.table.rows(); ++row) {
      try {
        read_row(row);
      } catch (const Passed&) {
        // Whoever reports to them has no mistake of their own.
        for (const Field field : {Field::reference, Field::employee_number, Field::email, Field::name}) {
          if (const std::string_view key = cell(row, field); !key.empty()) m_passed.insert(folded(key));
        }
      }
    }
    for (ImportedPerson& person : m_people) read_lines(person);
    return {std::move(m_people), m_heap.take()};
  }

 private:
  [[nodiscard]] std::string_view cell(std::size_t row, Field field) const {
    const auto column = m_ground.read.columns.find(field);
    return column == m_ground.read.columns.end() ? std::string_view() : m_ground.table.cell(row, column->second);
  }
  [[nodiscard]] Position place(std::size_t row, Field field) const {
    const auto column = m_ground.read.columns.find(field);
    return column == m_ground.read.columns.end() ? Position{m_ground.table.line(row), 1} : m_ground.table.place(row, column->second);
  }
  void wrong(std::string_view rule, std::size_t row, Field field, std::string message, std::string way_out) {
    m_heap.add(rule, Severity::error, place(row, field), std::move(message), std::move(way_out));
  }

  void read_row(std::size_t row) {
    ImportedPerson person;
    person.row = row;
    read_details(person);
    if (is_second_row(person)) return;
    read_employment(person);
    read_level(person);
    read_words(person);
    read_team(person);
    const auto index = static_cast<std::uint32_t>(m_people.size());
    for (const Reference& reference : person.details.references) {
      if (reference.source == hr_source) m_by_reference.emplace(reference.id, index);
    }
    if (person.details.employee_number) m_by_number.emplace(*person.details.employee_number, index);
    if (person.details.email) m_by_email.emplace(email_key(*person.details.email), index);
    if (person.known) m_by_known.emplace(*person.known, index);
    const auto [named, is_new] = m_by_name.emplace(folded(person.details.name), index);
    if (!is_new) named->second = UINT32_MAX;
    m_people.push_back(std::move(person));
  }

  void read_details(ImportedPerson& person) {
    const std::size_t row = person.row;
    std::string name = collapse_white_space(cell(row, Field::name));
    Field at = Field::name;
    if (name.empty()) {
      at = m_ground.read.columns.contains(Field::name) ? Field::name : Field::last_name;
      name = collapse_white_space(std::string(cell(row, Field::first_name)) + ' ' + std::string(cell(row, Field::last_name)));
    }
    if (const auto bad = what_is_wrong_with_name(name)) {
      wrong("name", row, at, fmt::format("The name of this person cannot be used: {}.", *bad), "Write the name as the person writes it.");
      throw Passed{};
    }
    const std::string reference(cell(row, Field::reference));
    const std::string number(cell(row, Field::employee_number));
    std::string email(cell(row, Field::email));
    if (!email.empty() && !is_email(email)) {
      wrong("email", row, Field::email, fmt::format("“{}” is no e-mail address.", email.substr(0, 80)), "Write it as name@example.org, or leave the cell empty.");
      throw Passed{};
    }
    if (reference.empty() && number.empty() && email.empty()) {
      wrong("nobody", row, Field::reference, fmt::format("Nothing says who {} is: there is no key, no employee number and no e-mail address.", name),
            "Give one of them, so that they are found again at the next import.");
      throw Passed{};
    }
    find_known(person, reference, number, email);
    if (person.known) person.details = m_ground.organisation.person(*person.known).details;
    person.details.name = std::move(name);
    if (!number.empty()) person.details.employee_number = number;
    if (!email.empty() && !(person.details.email && email_key(*person.details.email) == email_key(email))) person.details.email = std::move(email);
    if (!reference.empty()) {
      auto& references = person.details.references;
      const auto mine = std::find_if(references.begin(), references.end(), [](const Reference& each) { return each.source == hr_source; });
      if (mine == references.end()) {
        references.push_back({std::string(hr_source), reference});
      } else {
        mine->id = reference;
      }
    }
  }

  /// By the key; who has none of ours yet, or came without one, by number and then by address.
  void find_known(ImportedPerson& person, const std::string& reference, const std::string& number, const std::string& email) {
    const Organisation& organisation = m_ground.organisation;
    if (!reference.empty()) person.known = organisation.find_by_reference({std::string(hr_source), reference});
    // A number or an address that another key holds is somebody else, or a mistake that is told later.
    const auto is_free = [&](const std::optional<PersonIndex>& found) {
      if (!found || reference.empty()) return found.has_value();
      const auto& references = organisation.person(*found).details.references;
      return std::none_of(references.begin(), references.end(), [](const Reference& each) { return each.source == hr_source; });
    };
    if (!person.known && !number.empty()) {
      if (const auto found = organisation.find_by_number(number); is_free(found)) person.known = found;
    }
    if (!person.known && !email.empty()) {
      if (const auto found = organisation.find_by_email(email); is_free(found)) person.known = found;
    }
    if (person.known) person.id = organisation.person(*person.known).id;
  }

  bool is_second_row(const ImportedPerson& person) {
    const auto first_row = [&]() -> std::pair<std::optional<std::uint32_t>, Field> {
      const auto in = [](const auto& map, const std::string& key) -> std::optional<std::uint32_t> {
        const auto found = map.find(key);
        return found == map.end() ? std::nullopt : std::optional(found->second);
      };
      const std::string reference(cell(person.row, Field::reference));
      if (!reference.empty()) {
        if (const auto found = in(m_by_reference, reference)) return {found, Field::reference};
      }
      if (person.details.employee_number) {
        if (const auto found = in(m_by_number, *person.details.employee_number)) return {found, Field::employee_number};
      }
      if (person.details.email) {
        if (const auto found = in(m_by_email, email_key(*person.details.email))) return {found, Field::email};
      }
      if (person.known) {
        if (const auto found = m_by_known.find(*person.known); found != m_by_known.end()) return {found->second, Field::reference};
      }
      return {};
    };
    const auto [index, field] = first_row();
    if (!index) return false;
    const ImportedPerson& first = m_people[*index];
    const std::size_t line = m_ground.table.line(first.row);
    std::vector<std::string> differ;
    bool differs_in_manager = false;
    for (const auto& [each, column] : m_ground.read.columns) {
      if (m_ground.table.cell(first.row, column) == m_ground.table.cell(person.row, column)) continue;
      differ.emplace_back(row_of(each).label);
      differs_in_manager = differs_in_manager || each == Field::manager || each == Field::manager_email;
    }
    if (differ.empty()) {
      m_heap.add("twice", Severity::warning, place(person.row, field), fmt::format("{} stands in line {} already, with the same words.", person.details.name, line), "Take one of the rows out.");
    } else if (field == Field::email && folded(first.details.name) != folded(person.details.name)) {
      wrong("email-twice", person.row, field, fmt::format("{} and {} (line {}) have the same e-mail address.", person.details.name, first.details.name, line),
            "Correct one of the two, or leave it empty.");
    } else if (differ.size() == 1 && differs_in_manager) {
      wrong("two-managers", person.row, Field::manager, fmt::format("{} has two managers: another one stands in line {}.", person.details.name, line),
            "Keep the row with the manager they report to; the other one can be a dotted line.");
    } else {
      wrong("twice", person.row, field, fmt::format("{} stands in line {} already, with another {}.", person.details.name, line, in_words(differ)),
            "Keep the row that holds; an import is the picture of one day.");
    }
    return true;
  }

  std::optional<Date> day(std::size_t row, Field field) {
    const std::string_view text = cell(row, field);
    if (text.empty()) return std::nullopt;
    ReadDay read = read_day(text, m_ground.read.mapping.days.value_or(DayFormat::iso));
    if (read.day && (*read.day < first_day || *read.day > m_ground.as_of + farthest_ahead)) {
      read = {std::nullopt, fmt::format("{} lies before 1900 or more than ten years ahead.", to_iso(*read.day))};
    }
    if (read.day) return read.day;
    wrong("day", row, field, std::move(read.problem), fmt::format("Write it as {}, or say in a mapping how days are written.", name_of(m_ground.read.mapping.days.value_or(DayFormat::iso))));
    throw Passed{};
  }

  void read_employment(ImportedPerson& person) {
    const std::size_t row = person.row;
    person.start = day(row, Field::start_date);
    person.end = day(row, Field::end_date);
    person.level_since = day(row, Field::level_since);
    if (person.end && m_ground.read.mapping.end_date == EndDate::last_day) *person.end += std::chrono::days{1};
    if (person.start && person.end && *person.end <= *person.start) {
      wrong("end-before-start", row, Field::end_date, fmt::format("{} would leave before they begin on {}.", person.details.name, to_iso(*person.start)), "Correct one of the two days.");
      throw Passed{};
    }
    if (const std::string_view word = cell(row, Field::status); !word.empty()) {
      const auto known = m_statuses.find(folded(word));
      if (known == m_statuses.end()) {
        wrong("status", row, Field::status, fmt::format("“{}” says neither that somebody works here nor that they do not.", word.substr(0, 60)),
              fmt::format("Write `\"{}\": active` under statuses: in the mapping, or away, left, planned.", word.substr(0, 60)));
        throw Passed{};
      }
      person.status = known->second;
    }
    if (person.status == Status::planned && !person.start) {
      wrong("day", row, Field::start_date, fmt::format("{} is to come, and no day says when.", person.details.name), "Give their first day of work.");
      throw Passed{};
    }
    const bool is_here = person.status == Status::active || person.status == Status::away;
    if (is_here && person.end && *person.end <= m_ground.as_of) {
      m_heap.add("status-and-day", Severity::warning, place(row, Field::status),
                 fmt::format("{} has a status of working here and a last day that has passed. The day was believed.", person.details.name), "Correct the status or the day.");
    }
  }

  void read_level(ImportedPerson& person) {
    const std::size_t row = person.row;
    person.title = collapse_white_space(cell(row, Field::title));
    if (const std::string_view word = cell(row, Field::level); !word.empty()) {
      const auto mapped = m_levels.find(folded(word));
      const std::string meant = mapped == m_levels.end() ? std::string(word) : mapped->second;
      if (meant == unknown_level) return;
      const auto level = m_ground.levels.named(meant);
      if (!level) {
        const auto near = m_ground.levels.near(meant);
        wrong("unknown-level", row, Field::level, fmt::format("“{}” is no level of the pathway{}", meant.substr(0, 60), near ? fmt::format("; did you mean {}?", *near) : "."),
              fmt::format("Write `\"{}\": {}` under levels: in the mapping, or unknown.", word.substr(0, 60), near.value_or("LEVEL")));
        throw Passed{};
      }
      person.level = *level;
      person.is_level_said = true;
      return;
    }
    const auto mapped = m_titles.find(folded(person.title));
    if (person.title.empty() || mapped == m_titles.end() || mapped->second == unknown_level || m_ground.read.mapping.levels_from_titles == LevelsFromTitles::never) return;
    const auto level = m_ground.levels.named(mapped->second);
    if (!level) {
      wrong("unknown-level", row, Field::title, fmt::format("The mapping makes {} of “{}”, and the pathway has no such level.", mapped->second, person.title.substr(0, 60)),
            "Write the id of a level, or unknown.");
      throw Passed{};
    }
    person.level = *level;
  }

  void read_words(ImportedPerson& person) {
    const std::size_t row = person.row;
    person.archetype = collapse_white_space(cell(row, Field::archetype));
    person.pathway = collapse_white_space(cell(row, Field::pathway));
    if (const std::string_view text = cell(row, Field::working_time); !text.empty()) {
      person.working_time = working_time(text);
      if (!person.working_time) {
        wrong("working-time", row, Field::working_time, fmt::format("“{}” is no working time.", text.substr(0, 40)), "Write per cent of the full time, as 80, 80 % or 0.8.");
        throw Passed{};
      }
    }
    if (const std::string_view text = cell(row, Field::country); !text.empty()) {
      const auto mapped = m_countries.find(folded(text));
      const auto code = country_code(mapped == m_countries.end() ? text : mapped->second);
      if (!code) {
        wrong("country", row, Field::country, fmt::format("“{}” is no country that is known by this name.", text.substr(0, 60)),
              fmt::format("Write `\"{}\": XX` under countries: in the mapping, with the two letters of ISO 3166.", text.substr(0, 60)));
        throw Passed{};
      }
      person.country = *code;
    }
    for (const auto& [kind, text, field] : {std::tuple(Kind::title, std::string_view(person.title), Field::title), std::tuple(Kind::archetype, std::string_view(person.archetype), Field::archetype),
                                            std::tuple(Kind::pathway, std::string_view(person.pathway), Field::pathway)}) {
      if (text.empty()) continue;
      if (const auto bad = what_is_wrong(kind, text)) {
        wrong("words", row, field, bad->message, bad->way_out);
        throw Passed{};
      }
    }
  }

  /// "Product > Payments" is a path; of several groups the last one is the narrowest. JSON's brackets and quotes are taken away.
  void read_team(ImportedPerson& person) {
    const std::size_t row = person.row;
    const auto add = [&](std::string_view name, Field field) {
      std::string word = collapse_white_space(name);
      if (word.empty() || (!person.team.empty() && folded(person.team.back()) == folded(word))) return;
      if (const auto bad = what_is_wrong(Kind::team_name, word)) {
        wrong("team", row, field, bad->message, bad->way_out);
        throw Passed{};
      }
      person.team.push_back(std::move(word));
    };
    add(cell(row, Field::department), Field::department);
    std::string groups(cell(row, Field::groups));
    const bool is_path = groups.find('>') != std::string::npos;
    if (!is_path) std::erase_if(groups, [](char c) { return c == '[' || c == ']' || c == '"' || c == '\''; });
    std::vector<std::string_view> names;
    for (const char mark : {'>', ';', '|', ','}) {
      if (groups.find(mark) == std::string::npos) continue;
      names = split(groups, mark);
      break;
    }
    if (names.empty()) names = {groups};
    if (is_path) {
      for (const std::string_view name : names) add(name, Field::groups);
    } else if (cell(row, Field::team).empty()) {
      add(names.back(), Field::groups);
    }
    add(cell(row, Field::team), Field::team);
  }

  void read_lines(ImportedPerson& person) {
    const std::size_t row = person.row;
    person.manager = somebody(person, Field::manager, cell(row, Field::manager));
    if (const auto other = somebody(person, Field::manager_email, cell(row, Field::manager_email))) {
      if (!person.manager) {
        person.manager = other;
      } else if (*person.manager != *other) {
        wrong("two-managers", row, Field::manager_email, fmt::format("{} has two managers: the two columns for managers name different people.", person.details.name), "Correct one of the two cells.");
      }
    }
    std::string dotted(cell(row, Field::dotted_line));
    std::replace(dotted.begin(), dotted.end(), '|', ';');
    for (const std::string_view each : split(dotted, ';')) {
      if (const auto found = somebody(person, Field::dotted_line, trim(each)); found && std::find(person.dotted.begin(), person.dotted.end(), *found) == person.dotted.end()) person.dotted.push_back(*found);
    }
  }

  /// In the table, else in the organisation.
  std::optional<PersonId> somebody(const ImportedPerson& person, Field field, std::string_view text) {
    if (text.empty()) return std::nullopt;
    const std::string word(text);
    const auto id = find_somebody(word);
    if (!id && m_passed.contains(folded(word))) return std::nullopt;
    if (!id && m_is_ambiguous) {
      wrong("unknown-manager", person.row, field, fmt::format("Several people are called {}.", word.substr(0, 80)), "Name the manager by key, employee number or e-mail address.");
    } else if (!id) {
      m_heap.add("unknown-manager", m_ground.allows_unknown_managers ? Severity::warning : Severity::error, place(person.row, field),
                 fmt::format("“{}”, whom {} would report to, is neither in the table nor known.", word.substr(0, 80), person.details.name),
                 m_ground.allows_unknown_managers ? "They come without a manager." : "Add the manager's row, correct the cell, or let such people come without a manager (--allow unknown-managers).");
    } else if (*id == person.id) {
      wrong("reports-to-self", person.row, field, fmt::format("{} would report to themselves.", person.details.name), "Leave the cell empty for whoever reports to nobody.");
      return std::nullopt;
    }
    return id;
  }

  std::optional<PersonId> find_somebody(const std::string& word) {
    m_is_ambiguous = false;
    const Organisation& organisation = m_ground.organisation;
    const bool has_at = word.find('@') != std::string::npos;
    const std::string address = has_at ? email_key(word) : std::string();
    const auto in_table = [&](const auto& map, const std::string& key) -> std::optional<PersonId> {
      const auto found = map.find(key);
      if (found == map.end() || found->second == UINT32_MAX) return std::nullopt;
      return m_people[found->second].id;
    };
    if (const auto found = in_table(m_by_reference, word)) return found;
    if (const auto found = in_table(m_by_number, word)) return found;
    if (has_at) {
      if (const auto found = in_table(m_by_email, address)) return found;
    }
    auto known = organisation.find_by_reference({std::string(hr_source), word});
    if (!known) known = organisation.find_by_number(word);
    if (!known && has_at) known = organisation.find_by_email(word);
    if (known) return organisation.person(*known).id;
    const auto named = m_by_name.find(folded(word));
    if (named == m_by_name.end()) return std::nullopt;
    m_is_ambiguous = named->second == UINT32_MAX;
    return in_table(m_by_name, folded(word));
  }

  const ImportGround& m_ground;
  FindingHeap m_heap;
  std::vector<ImportedPerson> m_people;
  std::unordered_map<std::string, std::string> m_titles, m_levels, m_countries;
  std::unordered_map<std::string, Status> m_statuses;
  std::unordered_map<std::string, std::uint32_t> m_by_reference, m_by_number, m_by_email, m_by_name;
  std::map<PersonIndex, std::uint32_t> m_by_known;
  std::unordered_set<std::string> m_passed;
  bool m_is_ambiguous = false;
};

}  // namespace

ImportedPeople read_people(const ImportGround& ground) { return People(ground).read(); }

}  // namespace waymark::org
