#include "org/import/plan.hpp"

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <unordered_set>

#include <fmt/core.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "org/import/plan_facts.hpp"
#include "org/import/team_paths.hpp"

namespace waymark::org {
namespace {

constexpr std::size_t no_row = SIZE_MAX;
constexpr std::size_t leavers_share = 5;  // one in so many may leave without being asked about

class Planning {
 public:
  Planning(const std::shared_ptr<const Organisation>& organisation, const Table& table, const ImportRequest& request)
      : m_organisation(organisation), m_table(table), m_request(request), m_levels(request.levels), m_heap(table.name()), m_teams(*organisation, request.as_of) {}

  ImportPlan make() {
    m_plan.as_of = m_request.as_of;
    m_plan.before = m_organisation;
    m_plan.revised.organisation = m_organisation;
    m_plan.rows = m_table.rows();
    m_plan.read = complete_mapping(m_request.mapping, m_table, m_levels);
    if (has_errors(m_plan.read.findings)) {
      for (const Finding& finding : m_plan.read.findings) m_heap.add(finding);
      for (const Finding& finding : m_table.findings()) m_heap.add(finding);
      m_plan.findings = m_heap.take();
      return std::move(m_plan);
    }
    const ImportGround ground{m_table, m_plan.read, m_levels, *m_organisation, m_request.as_of, m_request.allows.unknown_managers};
    ImportedPeople read = read_people(ground);
    m_people.assign(std::make_move_iterator(read.people.begin()), std::make_move_iterator(read.people.end()));
    read.people = std::vector<ImportedPerson>();  // `{}` would keep its memory
    for (Finding& finding : read.findings) m_heap.add(std::move(finding));
    for (const ImportedPerson& person : m_people) m_names.emplace(person.id.text(), is_importer(person) ? m_organisation->person(*person.known).details.name : person.details.name);
    settle_employment(ground);
    m_changes.facts.reserve(8 * m_people.size());  // grown step by step, they would be held twice
    m_fact_rows.reserve(8 * m_people.size());
    // What becomes of a hundred thousand people takes as much memory as they do; each makes room as they become it.
    for (; !m_people.empty(); m_people.pop_front(), m_courses.pop_front()) {
      if (is_importer(m_people.front())) pass_by_importer(m_people.front(), m_courses.front());
      else take(m_people.front(), m_courses.front());
    }
    take_teams();
    if (m_plan.read.mapping.is_complete) let_the_absent_leave();
    check();
    finish();
    return std::move(m_plan);
  }

 private:
  using Line = PlanLine::Kind;
  using Course = Employment::Course;

  void tell(PlanLine::Kind kind, const std::string& who, std::string what, std::size_t row) {
    m_plan.lines.push_back({kind, who, std::move(what), row == no_row ? 0 : m_table.line(row)});
  }
  void add(FactChange fact, std::size_t row) {
    m_changes.facts.push_back(std::move(fact));
    m_fact_rows.push_back(row);
  }
  [[nodiscard]] Position place(std::size_t row, Field field) const {
    if (row == no_row) return m_table.header_place(0);
    const auto column = m_plan.read.columns.find(field);
    return column == m_plan.read.columns.end() ? Position{m_table.line(row), 1} : m_table.place(row, column->second);
  }
  [[nodiscard]] std::string name_of(const std::string& id) const {
    if (const auto found = m_names.find(id); found != m_names.end()) return found->second;
    const auto person = PersonId::from(id);
    const auto index = person ? m_organisation->find(*person) : std::nullopt;
    return index ? m_organisation->person(*index).details.name : std::string();
  }
  [[nodiscard]] std::string team_name(const std::string& id) const {
    if (const auto found = m_team_names.find(id); found != m_team_names.end()) return found->second;
    const auto team = TeamId::from(id);
    const auto index = team ? m_organisation->find(*team) : std::nullopt;
    const auto name = index ? m_organisation->at(*index, Kind::team_name, m_request.as_of) : std::nullopt;
    return name ? m_organisation->words()[name->value] : std::string("a team that is no more");
  }

  /// First, since teams must be there when the first person comes into them.
  void settle_employment(const ImportGround& ground) {
    for (const ImportedPerson& person : m_people) {
      m_courses.push_back(employment_of(*m_organisation, person, ground, [&](Field field, std::string message) {
        m_heap.add("conflict", Severity::warning, place(person.row, field), std::move(message), "Correct the cell, or what is known.");
      }));
      if (m_courses.back().course == Course::passed_over) m_passed_over.insert(person.id.text());
      if (!is_here(m_courses.back())) m_gone.insert(person.id.text());
      if (!is_here(m_courses.back()) || person.team.empty()) continue;
      m_teams.add(person.team, m_courses.back().since, place(person.row, Field::team));
    }
    m_teams.settle(m_heap);
    for (const ImportedPerson& person : m_people) {
      if (const TeamId* id = person.team.empty() ? nullptr : m_teams.find(person.team)) m_team_names.emplace(id->text(), person.team.back());
    }
  }

  /// There is something to believe on the day besides that they have left.
  [[nodiscard]] bool is_here(const Employment& employment) const {
    const bool has_gone = employment.course == Course::leaves && employment.day && *employment.day <= m_request.as_of;
    return !has_gone && employment.course != Course::was_here && employment.course != Course::passed_over;
  }

  void take(ImportedPerson& person, Employment& employment) {
    const std::size_t before = m_plan.lines.size();
    if (person.known) m_seen.insert(*person.known);
    if (employment.course == Course::passed_over) {
      m_heap.add("passed-over", Severity::warning, place(person.row, Field::status), fmt::format("{} had left before, and two days to say when they were here are missing.", person.details.name),
                 "They were passed over; give the first and the last day to keep them for the figures.");
      return;
    }
    // Nobody knows any more whether somebody left who is not believed to have worked here.
    if (!is_here(employment) && employment.facts.empty() && employment.course == Course::stays) {
      ++m_plan.unchanged;
      take_details(person);
      return;
    }
    take_details(person);
    for (FactChange& fact : employment.facts) add(std::move(fact), person.row);
    m_joining.clear();
    if (is_here(employment)) take_facts(person, employment);
    tell_course(person, employment);
    if (m_plan.lines.size() == before) ++m_plan.unchanged;
  }

  [[nodiscard]] bool is_importer(const ImportedPerson& person) const { return person.known && person.known == m_request.importer; }

  void pass_by_importer(ImportedPerson& person, Employment& employment) {
    const std::size_t facts = m_changes.facts.size(), people = m_changes.people.size(), lines = m_plan.lines.size();
    const std::size_t unchanged = m_plan.unchanged;
    take(person, employment);
    if (m_plan.lines.size() == lines) return;
    std::vector<std::string> changes;
    for (std::size_t i = lines; i < m_plan.lines.size(); ++i) changes.push_back(std::move(m_plan.lines[i].what));
    m_changes.facts.resize(facts, {});
    m_changes.people.erase(m_changes.people.begin() + static_cast<std::ptrdiff_t>(people), m_changes.people.end());
    m_fact_rows.resize(facts);
    m_person_rows.resize(people);
    m_plan.lines.resize(lines);
    m_plan.unchanged = unchanged + 1;
    leave_importer_alone(place(person.row, Field::name), join(changes, "; "));
  }

  void leave_importer_alone(Position at, const std::string& changes) {
    m_heap.add("own-row", Severity::warning, at, fmt::format("Your own row would change something: {}. It is left as it was.", changes), "Nobody changes their own place. Ask somebody else to bring it in.");
  }

  void take_details(ImportedPerson& person) {
    if (!person.known) {
      m_changes.people.push_back({person.id, std::move(person.details)});
      m_person_rows.push_back(person.row);
      return;
    }
    const PersonDetails& known = m_organisation->person(*person.known).details;
    if (known == person.details) return;
    m_changes.people.push_back({person.id, person.details});
    m_person_rows.push_back(person.row);
    if (known.name != person.details.name) tell(Line::name, known.name, fmt::format("is called {} now", person.details.name), person.row);
    if (known.email != person.details.email) tell(Line::other, person.details.name, fmt::format("e-mail address {}", person.details.email.value_or("none")), person.row);
    if (known.employee_number != person.details.employee_number) tell(Line::other, person.details.name, fmt::format("employee number {}", person.details.employee_number.value_or("none")), person.row);
    if (known.references != person.details.references) tell(Line::other, person.details.name, "key of the HR system", person.row);
  }

  /// What the row says of one kind, unless it holds already. True where it is a change.
  std::optional<std::string> was(const ImportedPerson& person, const Employment& employment, Kind kind, Date day) const {
    if (!person.known || employment.is_fresh) return std::nullopt;
    return value_on(*m_organisation, *person.known, kind, day);
  }
  bool set(const ImportedPerson& person, const Employment& employment, Kind kind, const std::optional<std::string>& value, Date day) {
    if (was(person, employment, kind, day) == value) return false;
    add({person.id.text(), kind, day, value}, person.row);
    return true;
  }

  void take_facts(const ImportedPerson& person, const Employment& employment) {
    const bool is_new = employment.course == Course::joins || employment.course == Course::returns;
    const Date since = employment.since;
    const std::string& name = m_names.at(person.id.text());
    const auto told = [&](PlanLine::Kind kind, std::string what, std::string joining = {}) {
      if (!is_new) return tell(kind, name, std::move(what), person.row);
      if (!joining.empty()) m_joining.push_back(std::move(joining));
    };
    const auto has = [&](Field field) { return m_plan.read.columns.contains(field); };

    if (has(Field::team) || has(Field::groups) || has(Field::department)) {
      const TeamId* const team = person.team.empty() ? nullptr : m_teams.find(person.team);
      const auto before = was(person, employment, Kind::team, since);
      if ((team != nullptr || person.team.empty()) && set(person, employment, Kind::team, team == nullptr ? std::nullopt : std::optional(team->text()), since)) {
        const std::string to = team == nullptr ? "no team" : person.team.back();
        told(Line::moves, before ? fmt::format("from {} to {}", team_name(*before), to) : fmt::format("to {}", to), team == nullptr ? std::string() : fmt::format("in {}", to));
      }
    }
    take_level(person, employment, told);
    if (has(Field::manager) || has(Field::manager_email)) {
      const auto before = was(person, employment, Kind::manager, since);
      const bool has_manager = person.manager && !m_passed_over.contains(person.manager->text());
      if (set(person, employment, Kind::manager, has_manager ? std::optional(person.manager->text()) : std::nullopt, since)) {
        const std::string to = has_manager ? name_of(person.manager->text()) : std::string("nobody");
        if (has_manager && has_left(*person.manager, since)) {
          m_heap.add("manager-left", Severity::warning, place(person.row, Field::manager), fmt::format("{} reports to {}, who does not work here any more.", name, to),
                     "They have no manager until the table names another one.");
        }
        told(Line::manager, before ? fmt::format("reports to {} instead of {}", to, name_of(*before)) : fmt::format("reports to {}", to), has_manager ? fmt::format("reporting to {}", to) : std::string());
      }
    }
    take_dotted(person, employment, told);
    const auto word = [&](Kind kind, const std::string& value, std::string_view label) {
      if (!value.empty() && set(person, employment, kind, value, since)) told(Line::other, fmt::format("{} {}", label, value));
    };
    word(Kind::title, person.title, "title");
    word(Kind::archetype, person.archetype, "archetype");
    word(Kind::pathway, person.pathway, "pathway");
    word(Kind::country, person.country, "country");
    if (person.working_time) {
      const std::string percent = std::to_string(*person.working_time);
      const bool is_full = *person.working_time == 100 && !was(person, employment, Kind::working_time, since);
      if (!is_full && set(person, employment, Kind::working_time, percent, since)) told(Line::other, fmt::format("working time {} %", percent), fmt::format("at {} %", percent));
    }
    if (person.status == Status::away && set(person, employment, Kind::away, std::string(yes), since)) told(Line::other, "on leave", "on leave");
    if (person.status == Status::active && was(person, employment, Kind::away, since) && set(person, employment, Kind::away, std::nullopt, since)) told(Line::other, "back from leave");
  }

  /// A title that is as it was leaves the level to those who settle levels.
  template <class Told>
  void take_level(const ImportedPerson& person, const Employment& employment, const Told& told) {
    const auto before = was(person, employment, Kind::level, employment.since);
    const bool counts = person.is_level_said || m_plan.read.mapping.levels_from_titles == LevelsFromTitles::always || !before ||
                        was(person, employment, Kind::title, employment.since) != std::optional(person.title);
    if (person.level.empty() || !counts) {
      if (!before) ++m_plan.without_level;
      return;
    }
    Date day = employment.since;
    if (person.level_since) {
      const auto spell = person.known && !employment.is_fresh ? m_organisation->at(*person.known, Kind::level, employment.since) : std::nullopt;
      const Date earliest = spell ? spell->from + std::chrono::days{1} : employed_since(person, employment);
      if (*person.level_since >= earliest) day = *person.level_since;
      if (!spell && *person.level_since < earliest) day = earliest;
    }
    if (before == person.level || !set(person, employment, Kind::level, person.level, day)) return;
    std::string since = day == employment.since ? std::string() : fmt::format(", since {}", in_words(day));
    told(Line::level, before ? fmt::format("{} → {}{}", *before, person.level, since) : fmt::format("{}, where none was known{}", person.level, since), fmt::format("as {}{}", person.level, since));
  }

  [[nodiscard]] Date employed_since(const ImportedPerson& person, const Employment& employment) const {
    if (employment.corrected_start) return *employment.corrected_start;
    const bool is_new = employment.course == Course::joins || employment.course == Course::returns;
    if (is_new && employment.day) return *employment.day;
    const auto spell = person.known ? m_organisation->at(*person.known, Kind::employed, employment.since) : std::nullopt;
    return spell ? spell->from : employment.since;
  }

  [[nodiscard]] bool has_left(const PersonId& manager, Date day) const {
    if (m_gone.contains(manager.text())) return true;
    const auto known = m_names.contains(manager.text()) ? std::nullopt : m_organisation->find(manager);
    return known && !m_organisation->is_employed(*known, day);
  }

  template <class Told>
  void take_dotted(const ImportedPerson& person, const Employment& employment, const Told& told) {
    if (!m_plan.read.columns.contains(Field::dotted_line)) return;
    std::vector<std::string> before, after;
    for (const PersonId& id : person.dotted) {
      if (!m_passed_over.contains(id.text())) after.push_back(id.text());
    }
    if (person.known && !employment.is_fresh) {
      for (const Spell& spell : m_organisation->history(*person.known, Kind::dotted_line)) {
        if (spell.covers(employment.since)) before.emplace_back(m_organisation->text_of(Kind::dotted_line, spell.value));
      }
    }
    const auto has = [](const std::vector<std::string>& ids, const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
    for (const std::string& id : after) {
      if (has(before, id)) continue;
      add({person.id.text(), Kind::dotted_line, employment.since, id}, person.row);
      told(Line::other, fmt::format("dotted line to {}", name_of(id)));
    }
    for (const std::string& id : before) {
      if (has(after, id)) continue;
      add({.subject = person.id.text(), .kind = Kind::dotted_line, .from = employment.since, .value = id, .ends = true}, person.row);
      told(Line::other, fmt::format("no dotted line to {} any more", name_of(id)));
    }
  }

  void tell_course(const ImportedPerson& person, const Employment& employment) {
    const std::string& name = m_names.at(person.id.text());
    std::string what = employment.day ? fmt::format("on {}", in_words(*employment.day)) : std::string();
    switch (employment.course) {
      case Course::joins:
      case Course::returns:
        for (const std::string& word : m_joining) what += ", " + word;
        return tell(employment.course == Course::joins ? Line::joins : Line::returns, name, std::move(what), person.row);
      case Course::was_here: return tell(Line::leaves, name, fmt::format("{}, and was not known before", "left " + what), person.row);
      case Course::leaves: tell(Line::leaves, name, std::move(what), person.row); break;
      case Course::passed_over:
      case Course::stays: break;
    }
    if (employment.corrected_start) tell(Line::other, name, fmt::format("works here since {}", in_words(*employment.corrected_start)), person.row);
    if (employment.is_cancelled) tell(Line::other, name, "does not leave after all", person.row);
  }

  void take_teams() {
    for (TeamChange& team : m_teams.changes.teams) m_changes.teams.push_back(std::move(team));
    for (FactChange& fact : m_teams.changes.facts) add(std::move(fact), no_row);
    for (const TeamPaths::New& team : m_teams.made) tell(Line::team, team.name, team.within.empty() ? "is new" : fmt::format("is new, within {}", team.within), no_row);
    for (const TeamPaths::New& team : m_teams.moved) tell(Line::team, team.name, fmt::format("is a part of {}", team.within), no_row);
  }

  void let_the_absent_leave() {
    std::size_t here = 0;
    for (std::size_t i = 0; i < m_organisation->people(); ++i) {
      const auto person = static_cast<PersonIndex>(i);
      const auto spell = m_organisation->at(person, Kind::employed, m_request.as_of);
      if (!spell) continue;
      ++here;
      if (m_seen.contains(person)) continue;
      if (person == m_request.importer) {
        leave_importer_alone(m_table.header_place(0), "you are not in the table");
        continue;
      }
      std::vector<FactChange> facts;
      take_back_from(*m_organisation, person, m_request.as_of, facts);
      for (FactChange& fact : facts) add(std::move(fact), no_row);
      add({m_organisation->person(person).id.text(), Kind::employed, m_request.as_of, std::nullopt}, no_row);
      tell(Line::leaves, m_organisation->person(person).details.name, fmt::format("on {}: not in the table", in_words(m_request.as_of)), no_row);
    }
    const std::size_t leavers = m_plan.count(Line::leaves);
    if (m_request.allows.many_leavers || leavers * leavers_share <= here) return;
    m_heap.add("many-leavers", Severity::error, m_table.header_place(0), fmt::format("{} of the {} who work here would leave, which is more than a fifth.", leavers, counted(here, "person", "people")),
               "Is the table whole? If it is, say so (--allow many-leavers); if not, write `complete: false` in the mapping.");
  }

  /// What the organisation itself says to the changes, at the cell it comes from.
  void check() {
    m_names = {};
    m_plan.revised = revise(m_organisation, std::move(m_changes), m_request.today);
    for (const Problem& problem : m_plan.revised.problems) {
      const bool is_person = problem.of == Problem::Of::person && problem.at < m_person_rows.size();
      const bool is_fact = problem.of == Problem::Of::fact && problem.at < m_fact_rows.size();
      const std::size_t row = is_person ? m_person_rows[problem.at] : is_fact ? m_fact_rows[problem.at] : no_row;
      Field field = Field::name;
      switch (problem.what) {
        case Problem::What::circle:
        case Problem::What::reports_to_self: field = Field::manager; break;
        case Problem::What::email_taken: field = Field::email; break;
        case Problem::What::number_taken: field = Field::employee_number; break;
        case Problem::What::reference_taken: field = Field::reference; break;
        case Problem::What::not_employed:
        case Problem::What::unlikely_date: field = Field::start_date; break;
        case Problem::What::nobody:
        case Problem::What::bad_value: break;
      }
      m_heap.add("contradiction", Severity::error, place(row, field), problem.message, problem.way_out);
    }
  }

  void finish() {
    m_plan.findings = m_heap.take();
    if (m_plan.has_errors()) {
      m_plan.revised = {};
      m_plan.revised.organisation = m_organisation;
    }
    std::sort(m_plan.lines.begin(), m_plan.lines.end(), [](const PlanLine& a, const PlanLine& b) { return std::tie(a.kind, a.who, a.what, a.line) < std::tie(b.kind, b.who, b.what, b.line); });
  }

  const std::shared_ptr<const Organisation>& m_organisation;
  const Table& m_table;
  const ImportRequest& m_request;
  TitleLevels m_levels;
  FindingHeap m_heap;
  TeamPaths m_teams;
  ImportPlan m_plan;
  Changes m_changes;
  std::deque<ImportedPerson> m_people;
  std::deque<Employment> m_courses;
  std::vector<std::size_t> m_person_rows, m_fact_rows;
  std::vector<std::string> m_joining;
  std::unordered_map<std::string, std::string> m_names, m_team_names;
  std::unordered_set<std::string> m_passed_over, m_gone;
  std::unordered_set<PersonIndex> m_seen;
};

}  // namespace

ImportPlan plan_import(const std::shared_ptr<const Organisation>& organisation, const Table& table, const ImportRequest& request) {
  return Planning(organisation, table, request).make();
}

}  // namespace waymark::org
