#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/date.hpp"
#include "base/text.hpp"
#include "org/change.hpp"
#include "org/circles.hpp"
#include "org/name_search.hpp"
#include "org/points.hpp"
#include "org/values.hpp"

namespace waymark::org {

/// One revision in the making.
class Revising {
 public:
  /// `consumed`: the same changes, where they are not needed any more afterwards; or nullptr.
  Revising(const std::shared_ptr<const Organisation>& before, const Changes& changes, Changes* consumed, Date today)
      : m_before(before), m_changes(changes), m_consumed(consumed), m_today(today), m_after(std::make_shared<Organisation>(*before)) {}

  Revised make() {
    take_people();
    if (m_consumed != nullptr) m_consumed->people = std::vector<PersonChange>();  // `{}` would keep its memory
    take_teams();
    const std::size_t facts = m_changes.facts.size();
    for (std::size_t i = 0; i < facts; ++i) {
      take_fact(i);
      if (m_consumed != nullptr) const FactChange taken = std::move(m_consumed->facts[i]);
    }
    if (m_consumed != nullptr) m_consumed->facts = std::vector<FactChange>();
    m_revised.points.reserve(facts);
    compare_points();
    if (m_revised.problems.empty()) check_employment();
    if (m_revised.problems.empty()) check_circles();
    if (!m_revised.problems.empty() || m_revised.changes_nothing()) {
      return {m_before, {}, {}, {}, std::move(m_revised.problems)};
    }
    ++m_after->m_revision;
    m_revised.organisation = m_after;
    return std::move(m_revised);
  }

 private:
  using Of = Problem::Of;
  using What = Problem::What;

  void refuse(What what, Of of, std::size_t at, std::string subject, std::optional<Date> day, std::string message, std::string way_out) {
    m_revised.problems.push_back({what, std::move(subject), day, std::move(message), std::move(way_out), of, at});
  }

  Organisation::Keys& keys() {
    if (!m_keys) {
      m_keys = std::make_shared<Organisation::Keys>(*m_after->m_keys);
      m_after->m_keys = m_keys;
    }
    return *m_keys;
  }

  std::uint32_t word(const std::string& text) {
    if (const auto known = m_after->find_word(text)) return *known;
    if (!m_words) {
      m_words = std::make_shared<Organisation::Words>(*m_after->m_words);
      m_word_numbers = std::make_shared<std::unordered_map<std::string, std::uint32_t>>(*m_after->m_word_numbers);
      m_after->m_words = m_words;
      m_after->m_word_numbers = m_word_numbers;
    }
    const auto number = static_cast<std::uint32_t>(m_words->size());
    m_words->push_back(text);
    m_word_numbers->emplace(text, number);
    return number;
  }

  Person& touch(PersonIndex index) {
    Person*& mine = m_touched_people[index];
    if (mine == nullptr) {
      auto copy = std::make_shared<Person>(m_after->person(index));
      mine = copy.get();
      m_after->m_people[static_cast<std::size_t>(index)] = std::move(copy);
    }
    return *mine;
  }

  Team& touch(TeamIndex index) {
    Team*& mine = m_touched_teams[index];
    if (mine == nullptr) {
      auto copy = std::make_shared<Team>(m_after->team(index));
      mine = copy.get();
      m_after->m_teams[static_cast<std::size_t>(index)] = std::move(copy);
    }
    return *mine;
  }

  /// First everybody's old keys go, then the new ones come, so that two people may exchange an address in one change.
  void take_people() {
    std::vector<PersonIndex> indices;
    for (const PersonChange& change : m_changes.people) {
      if (const auto known = m_after->find(change.id)) {
        indices.push_back(*known);
        if (m_after->person(*known).details == change.details) continue;
        forget_keys(m_after->person(*known).details);
      } else {
        auto person = std::make_shared<Person>();
        person->id = change.id;
        const auto index = static_cast<PersonIndex>(m_after->m_people.size());
        m_touched_people[index] = person.get();
        m_after->m_people.push_back(std::move(person));
        keys().people.emplace(change.id.text(), static_cast<std::uint32_t>(index));
        indices.push_back(index);
      }
    }
    for (std::size_t i = 0; i < indices.size(); ++i) {
      const PersonChange& change = m_changes.people[i];
      if (m_after->person(indices[i]).details == change.details) continue;
      if (!are_acceptable(change.details, i, change.id.text())) continue;
      add_keys(change, indices[i], i);
      Person& person = touch(indices[i]);
      person.name_key = name_key(change.details.name);
      if (m_consumed != nullptr) {
        person.details = std::move(m_consumed->people[i].details);
      } else {
        person.details = change.details;
      }
      m_revised.people.push_back(indices[i]);
    }
  }

  bool are_acceptable(const PersonDetails& details, std::size_t at, const std::string& id) {
    if (const auto wrong = what_is_wrong_with_name(details.name)) {
      refuse(What::bad_value, Of::person, at, id, {}, "A name cannot be used: " + *wrong + '.', "Write the name as the person writes it.");
      return false;
    }
    if (details.email && !is_email(*details.email)) {
      refuse(What::bad_value, Of::person, at, id, {}, '`' + *details.email + "` is no e-mail address.", "Write it as name@example.org, or leave it empty.");
      return false;
    }
    return true;
  }

  void forget_keys(const PersonDetails& details) {
    if (details.email) keys().emails.erase(email_key(*details.email));
    if (details.employee_number) keys().numbers.erase(*details.employee_number);
    for (const Reference& reference : details.references) keys().references.erase(reference_key(reference));
  }

  void add_keys(const PersonChange& change, PersonIndex index, std::size_t at) {
    const auto add = [&](std::unordered_map<std::string, std::uint32_t>& map, const std::string& key, What what, const std::string& shown) {
      const auto [place, is_new] = map.emplace(key, static_cast<std::uint32_t>(index));
      if (is_new || place->second == static_cast<std::uint32_t>(index)) return;
      const std::string& other = m_after->person(static_cast<PersonIndex>(place->second)).details.name;
      refuse(what, Of::person, at, change.id.text(), {}, shown + " belongs to " + (other.empty() ? "somebody else in this change" : other) + " already.",
             "Correct one of the two, or, if they are the same person, keep one record.");
    };
    const PersonDetails& details = change.details;
    if (details.email) add(keys().emails, email_key(*details.email), What::email_taken, '`' + *details.email + '`');
    if (details.employee_number) add(keys().numbers, *details.employee_number, What::number_taken, "Employee number " + *details.employee_number);
    for (const Reference& reference : details.references) {
      add(keys().references, reference_key(reference), What::reference_taken, "Record " + reference.id + " of " + reference.source);
    }
  }

  void take_teams() {
    for (std::size_t i = 0; i < m_changes.teams.size(); ++i) {
      const TeamChange& change = m_changes.teams[i];
      auto known = m_after->find(change.id);
      if (known && m_after->team(*known).references == change.references) continue;
      if (!known) {
        auto team = std::make_shared<Team>();
        team->id = change.id;
        known = static_cast<TeamIndex>(m_after->m_teams.size());
        m_touched_teams[*known] = team.get();
        m_after->m_teams.push_back(std::move(team));
        keys().teams.emplace(change.id.text(), static_cast<std::uint32_t>(*known));
      } else {
        for (const Reference& reference : m_after->team(*known).references) keys().team_references.erase(reference_key(reference));
      }
      for (const Reference& reference : change.references) {
        const auto [place, is_new] = keys().team_references.emplace(reference_key(reference), static_cast<std::uint32_t>(*known));
        if (is_new || place->second == static_cast<std::uint32_t>(*known)) continue;
        refuse(What::reference_taken, Of::team, i, change.id.text(), {}, "Record " + reference.id + " of " + reference.source + " is another team's.",
               "Correct one of the two.");
      }
      touch(*known).references = change.references;
      m_revised.teams.push_back(*known);
    }
  }

  /// The value as it is kept; nothing, and a problem, where it is none.
  std::optional<std::uint32_t> value_of(const FactChange& fact, std::size_t at) {
    const std::string& text = *fact.value;
    const auto refused = [&](What what, std::string message, std::string way_out) {
      refuse(what, Of::fact, at, fact.subject, fact.from, std::move(message), std::move(way_out));
      return std::nullopt;
    };
    switch (holds(fact.kind)) {
      case Holds::nothing: return 0;
      case Holds::words:
        if (auto wrong = what_is_wrong(fact.kind, text)) return refused(What::bad_value, std::move(wrong->message), std::move(wrong->way_out));
        return word(text);
      case Holds::a_person: {
        const auto id = PersonId::from(text);
        const auto found = id ? m_after->find(*id) : std::nullopt;
        if (!found) return refused(What::nobody, "Nobody has the id `" + text + "`.", "Name somebody who is in the organisation.");
        return static_cast<std::uint32_t>(*found);
      }
      case Holds::a_team: {
        const auto id = TeamId::from(text);
        const auto found = id ? m_after->find(*id) : std::nullopt;
        if (!found) return refused(What::nobody, "No team has the id `" + text + "`.", "Name a team that is in the organisation.");
        return static_cast<std::uint32_t>(*found);
      }
    }
    return std::nullopt;
  }

  void take_fact(std::size_t at) {
    const FactChange& fact = m_changes.facts[at];
    std::optional<std::uint32_t> subject;
    if (is_of_team(fact.kind)) {
      if (const auto id = TeamId::from(fact.subject)) {
        if (const auto found = m_after->find(*id)) subject = static_cast<std::uint32_t>(*found);
      }
    } else if (const auto id = PersonId::from(fact.subject)) {
      if (const auto found = m_after->find(*id)) subject = static_cast<std::uint32_t>(*found);
    }
    if (!subject) {
      return refuse(What::nobody, Of::fact, at, fact.subject, fact.from, "Nothing has the id `" + fact.subject + "`.", "Name who or what it is about.");
    }
    if (fact.from < first_day || fact.from > m_today + farthest_ahead) {
      return refuse(What::unlikely_date, Of::fact, at, fact.subject, fact.from, to_iso(fact.from) + " is not a day this can begin on.",
                    "Dates lie between 1900 and ten years from now.");
    }
    std::optional<std::uint32_t> value;
    if (fact.value) {
      value = value_of(fact, at);
      if (!value) return;
      if ((fact.kind == Kind::manager || fact.kind == Kind::dotted_line) && *value == *subject) {
        return refuse(What::reports_to_self, Of::fact, at, fact.subject, fact.from, name_of(fact.kind, *subject) + " would report to themselves.",
                      "Name another manager, or none.");
      }
      if (fact.kind == Kind::parent_team && *value == *subject) {
        return refuse(What::circle, Of::fact, at, fact.subject, fact.from, "A team cannot be a part of itself.", "Name another part, or none.");
      }
    }
    Record& record = is_of_team(fact.kind) ? static_cast<Record&>(touch(static_cast<TeamIndex>(*subject)))
                                           : static_cast<Record&>(touch(static_cast<PersonIndex>(*subject)));
    Point point{fact.kind, may_hold_several(fact.kind) ? value.value_or(0) : 0, fact.from, fact.ends ? Point::nothing : value.value_or(Point::nothing)};
    set_point(record, point, fact.is_withdrawn);
    m_cause.emplace(std::pair(is_of_team(fact.kind), *subject), at);
  }

  static bool is_before(const Point& a, const Point& b) { return std::tie(a.kind, a.slot, a.from) < std::tie(b.kind, b.slot, b.from); }

  static void set_point(Record& record, const Point& point, bool withdrawn) {
    const auto place = std::lower_bound(record.points.begin(), record.points.end(), point, is_before);
    const bool is_there = place != record.points.end() && !is_before(point, *place);
    if (withdrawn) {
      if (is_there) record.points.erase(place);
    } else if (is_there) {
      place->value = point.value;
    } else {
      record.points.insert(place, point);
    }
  }

  /// What is different in the end, however many changes it took.
  void compare_points() {
    const auto compare = [&](std::uint32_t subject, const Record* before, const Record& after) {
      static const std::vector<Point> none;
      const std::vector<Point>& old = before == nullptr ? none : before->points;
      auto left = old.begin();
      auto right = after.points.begin();
      while (left != old.end() || right != after.points.end()) {
        if (right == after.points.end() || (left != old.end() && is_before(*left, *right))) {
          m_revised.points.push_back({subject, *left++, true, false});
        } else if (left == old.end() || is_before(*right, *left)) {
          m_revised.points.push_back({subject, *right++, false, true});
        } else {
          if (left->value != right->value) m_revised.points.push_back({subject, *right, true, true});
          ++left, ++right;
        }
      }
    };
    for (const auto& [index, record] : m_touched_people) {
      const auto at = static_cast<std::size_t>(index);
      compare(static_cast<std::uint32_t>(index), at < m_before->people() ? &m_before->person(index) : nullptr, *record);
    }
    for (const auto& [index, record] : m_touched_teams) {
      const auto at = static_cast<std::size_t>(index);
      compare(static_cast<std::uint32_t>(index), at < m_before->teams() ? &m_before->team(index) : nullptr, *record);
    }
  }

  std::size_t cause_of(bool team, std::uint32_t subject) const {
    const auto found = m_cause.find({team, subject});
    return found == m_cause.end() ? 0 : found->second;
  }

  /// Levels, teams and lines begin when somebody works here.
  void check_employment() {
    for (const auto& [index, record] : m_touched_people) {
      const std::vector<Spell> employed = history_of(*record, Kind::employed);
      for (const Point& point : record->points) {
        if (point.kind == Kind::employed || point.value == Point::nothing) continue;
        const bool works = std::any_of(employed.begin(), employed.end(), [&](const Spell& spell) { return spell.covers(point.from); });
        if (works) continue;
        const std::string& name = record->details.name;
        const bool is_early = employed.empty() || point.from < employed.front().from;
        refuse(What::not_employed, Of::fact, cause_of(false, static_cast<std::uint32_t>(index)), record->id.text(), point.from,
               name + (is_early ? " has not begun to work here on " : " does not work here on ") + in_words(point.from) + ", when their " +
                   std::string(in_words_of(point.kind)) + " would begin.",
               is_early ? "Let it begin with the first day of work, or correct that day." : "Let it end with the last day, or record that they came back.");
        break;
      }
    }
  }

  void check_circles() {
    const auto report = [&](bool team, std::uint32_t subject, const Circle& circle) {
      std::vector<std::string> names;
      for (const std::uint32_t member : circle.members) names.push_back(name_of(team ? Kind::team_name : Kind::manager, member));
      refuse(What::circle, Of::fact, cause_of(team, subject), team ? m_after->team(static_cast<TeamIndex>(subject)).id.text()
                                                                    : m_after->person(static_cast<PersonIndex>(subject)).id.text(),
             circle.day,
             (team ? "Parts would belong to each other in a circle from " : "Lines would run in a circle from ") + in_words(circle.day) + ": " +
                 join(names, " → ") + " → " + names.front() + '.',
             team ? "Give one of them another parent, or none." : "Give one of them another manager, or none.");
    };
    std::unordered_set<std::uint32_t> told;
    for (const auto& [index, record] : m_touched_people) {
      const auto subject = static_cast<std::uint32_t>(index);
      if (told.contains(subject)) continue;
      if (const auto circle = circle_through(*m_after, index)) {
        told.insert(circle->members.begin(), circle->members.end());
        report(false, subject, *circle);
      }
    }
    told.clear();
    for (const auto& [index, record] : m_touched_teams) {
      const auto subject = static_cast<std::uint32_t>(index);
      if (told.contains(subject)) continue;
      if (const auto circle = circle_through(*m_after, index)) {
        told.insert(circle->members.begin(), circle->members.end());
        report(true, subject, *circle);
      }
    }
  }

  std::string name_of(Kind kind, std::uint32_t subject) const {
    if (!is_of_team(kind)) return m_after->person(static_cast<PersonIndex>(subject)).details.name;
    const std::vector<Spell> names = m_after->history(static_cast<TeamIndex>(subject), Kind::team_name);
    return names.empty() ? "a team without a name" : m_after->words()[names.back().value];
  }

  const std::shared_ptr<const Organisation>& m_before;
  const Changes& m_changes;
  Changes* const m_consumed;
  const Date m_today;
  std::shared_ptr<Organisation> m_after;
  std::shared_ptr<Organisation::Keys> m_keys;
  std::shared_ptr<Organisation::Words> m_words;
  std::shared_ptr<std::unordered_map<std::string, std::uint32_t>> m_word_numbers;
  std::map<PersonIndex, Person*> m_touched_people;
  std::map<TeamIndex, Team*> m_touched_teams;
  std::map<std::pair<bool, std::uint32_t>, std::size_t> m_cause;
  Revised m_revised;
};

Revised revise(const std::shared_ptr<const Organisation>& before, const Changes& changes, Date today) {
  return Revising(before, changes, nullptr, today).make();
}

Revised revise(const std::shared_ptr<const Organisation>& before, Changes&& changes, Date today) {
  return Revising(before, changes, &changes, today).make();
}

}  // namespace waymark::org
