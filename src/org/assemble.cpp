#include "org/assemble.hpp"

#include <algorithm>
#include <tuple>

#include "db/stored.hpp"
#include "org/name_search.hpp"
#include "org/points.hpp"

namespace waymark::org {

namespace {

bool is_in_order(const Point& a, const Point& b) { return std::tie(a.kind, a.slot, a.from) < std::tie(b.kind, b.slot, b.from); }

template <class T>
void put(std::vector<std::shared_ptr<const T>>& all, std::vector<T*>& mine, std::uint32_t index, std::shared_ptr<T> record) {
  if (index > all.size()) throw db::Unreadable{"a number is missing among the people or teams"};
  if (mine.size() <= index) mine.resize(index + 1, nullptr);
  mine[index] = record.get();
  if (index == all.size()) {
    all.push_back(std::move(record));
  } else {
    all[index] = std::move(record);
  }
}

template <class T>
Record* record_at(const std::vector<T*>& mine, std::uint32_t index) {
  return index < mine.size() ? mine[index] : nullptr;
}

}  // namespace

Assembling::Assembling(const std::shared_ptr<const Organisation>& before, std::int64_t revision) : m_after(std::make_shared<Organisation>(*before)) {
  m_after->m_revision = revision;
}

Organisation::Keys& Assembling::keys() {
  if (!m_keys) {
    m_keys = std::make_shared<Organisation::Keys>(*m_after->m_keys);
    m_after->m_keys = m_keys;
  }
  return *m_keys;
}

std::uint32_t Assembling::word(const std::string& text) {
  if (const auto known = m_after->m_word_numbers->find(text); known != m_after->m_word_numbers->end()) return known->second;
  if (!m_words) {
    m_words = std::make_shared<Organisation::Words>(*m_after->m_words);
    m_numbers = std::make_shared<Numbers>(*m_after->m_word_numbers);
    m_after->m_words = m_words;
    m_after->m_word_numbers = m_numbers;
  }
  const auto number = static_cast<std::uint32_t>(m_words->size());
  m_words->push_back(text);
  m_numbers->emplace(text, number);
  return number;
}

void Assembling::take_people(std::vector<StoredPerson> people) {
  std::vector<bool> is_found_as_before(people.size(), false);
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (people[i].index >= m_after->m_people.size()) continue;
    const PersonDetails& old = m_after->m_people[people[i].index]->details;
    is_found_as_before[i] = old == people[i].details;
    if (is_found_as_before[i]) continue;
    if (old.email) keys().emails.erase(email_key(*old.email));
    if (old.employee_number) keys().numbers.erase(*old.employee_number);
    for (const Reference& reference : old.references) keys().references.erase(reference_key(reference));
  }
  for (std::size_t i = 0; i < people.size(); ++i) {
    StoredPerson& row = people[i];
    auto person = std::make_shared<Person>();
    person->id = std::move(row.id);
    person->details = std::move(row.details);
    person->name_key = name_key(person->details.name);
    person->is_erased = row.is_erased;
    if (!is_found_as_before[i]) {
      keys().people.insert_or_assign(person->id.text(), row.index);
      if (person->details.email) keys().emails.insert_or_assign(email_key(*person->details.email), row.index);
      if (person->details.employee_number) keys().numbers.insert_or_assign(*person->details.employee_number, row.index);
      for (const Reference& reference : person->details.references) keys().references.insert_or_assign(reference_key(reference), row.index);
    }
    put(m_after->m_people, m_people, row.index, std::move(person));
  }
}

void Assembling::take_teams(std::vector<StoredTeam> teams) {
  for (const StoredTeam& row : teams) {
    if (row.index >= m_after->m_teams.size()) continue;
    for (const Reference& reference : m_after->m_teams[row.index]->references) keys().team_references.erase(reference_key(reference));
  }
  for (StoredTeam& row : teams) {
    auto team = std::make_shared<Team>();
    team->id = std::move(row.id);
    team->references = std::move(row.references);
    keys().teams.insert_or_assign(team->id.text(), row.index);
    for (const Reference& reference : team->references) keys().team_references.insert_or_assign(reference_key(reference), row.index);
    put(m_after->m_teams, m_teams, row.index, std::move(team));
  }
}

void Assembling::take_point(const StoredPoint& row) {
  Record* const record = is_of_team(row.kind) ? record_at(m_teams, row.subject) : record_at(m_people, row.subject);
  if (record == nullptr) throw db::Unreadable{"a change point is about nobody"};
  if (record != m_record) finish_record();
  m_record = record;
  std::uint32_t value = Point::nothing;
  if (row.word) {
    value = word(*row.word);
  } else if (row.other) {
    value = *row.other;
    const std::size_t known = holds(row.kind) == Holds::a_person ? m_after->m_people.size() : m_after->m_teams.size();
    if (holds(row.kind) != Holds::nothing && value >= known) throw db::Unreadable{"a change point names nobody"};
  }
  m_points.push_back({row.kind, row.slot, row.from, value});
}

void Assembling::finish_record() {
  if (m_record == nullptr) return;
  std::vector<Point>& points = m_record->points;
  points.reserve(points.size() + m_points.size());
  points.insert(points.end(), m_points.begin(), m_points.end());
  if (!std::is_sorted(points.begin(), points.end(), is_in_order)) std::sort(points.begin(), points.end(), is_in_order);
  m_points.clear();
}

std::shared_ptr<const Organisation> Assembling::make() {
  finish_record();
  return m_after;
}

}  // namespace waymark::org
