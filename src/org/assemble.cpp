#include "org/assemble.hpp"

#include <algorithm>
#include <tuple>

#include "db/stored.hpp"
#include "org/name_search.hpp"
#include "org/points.hpp"

namespace waymark::org {

class Assembling {
 public:
  Assembling(const std::shared_ptr<const Organisation>& before, std::int64_t revision)
      : m_after(std::make_shared<Organisation>(*before)),
        m_keys(std::make_shared<Organisation::Keys>(*before->m_keys)),
        m_words(std::make_shared<Organisation::Words>(*before->m_words)),
        m_numbers(std::make_shared<std::unordered_map<std::string, std::uint32_t>>(*before->m_word_numbers)) {
    m_after->m_revision = revision;
  }

  void take_people(std::vector<StoredPerson>& people) {
    for (const StoredPerson& row : people) {
      if (row.index >= m_after->m_people.size()) continue;
      const PersonDetails& old = m_after->m_people[row.index]->details;
      if (old.email) m_keys->emails.erase(email_key(*old.email));
      if (old.employee_number) m_keys->numbers.erase(*old.employee_number);
      for (const Reference& reference : old.references) m_keys->references.erase(reference_key(reference));
    }
    for (StoredPerson& row : people) {
      auto person = std::make_shared<Person>();
      person->id = row.id;
      person->details = std::move(row.details);
      person->name_key = name_key(person->details.name);
      person->is_erased = row.is_erased;
      m_keys->people.insert_or_assign(row.id.text(), row.index);
      if (person->details.email) m_keys->emails.insert_or_assign(email_key(*person->details.email), row.index);
      if (person->details.employee_number) m_keys->numbers.insert_or_assign(*person->details.employee_number, row.index);
      for (const Reference& reference : person->details.references) m_keys->references.insert_or_assign(reference_key(reference), row.index);
      put(m_after->m_people, m_people, row.index, std::move(person));
    }
  }

  void take_teams(std::vector<StoredTeam>& teams) {
    for (const StoredTeam& row : teams) {
      if (row.index >= m_after->m_teams.size()) continue;
      for (const Reference& reference : m_after->m_teams[row.index]->references) m_keys->team_references.erase(reference_key(reference));
    }
    for (StoredTeam& row : teams) {
      auto team = std::make_shared<Team>();
      team->id = row.id;
      team->references = std::move(row.references);
      m_keys->teams.insert_or_assign(row.id.text(), row.index);
      for (const Reference& reference : team->references) m_keys->team_references.insert_or_assign(reference_key(reference), row.index);
      put(m_after->m_teams, m_teams, row.index, std::move(team));
    }
  }

  void take_points(const std::vector<StoredPoint>& points) {
    for (const StoredPoint& row : points) {
      Record* const record = is_of_team(row.kind) ? record_at(m_teams, row.subject) : record_at(m_people, row.subject);
      if (record == nullptr) throw db::Unreadable{"a change point is about nobody"};
      std::uint32_t value = Point::nothing;
      if (row.word) {
        value = word(*row.word);
      } else if (row.other) {
        value = *row.other;
        const std::size_t known = holds(row.kind) == Holds::a_person ? m_after->m_people.size() : m_after->m_teams.size();
        if (holds(row.kind) != Holds::nothing && value >= known) throw db::Unreadable{"a change point names nobody"};
      }
      record->points.push_back({row.kind, row.slot, row.from, value});
    }
  }

  std::shared_ptr<const Organisation> make() {
    const auto by_series = [](const Point& a, const Point& b) { return std::tie(a.kind, a.slot, a.from) < std::tie(b.kind, b.slot, b.from); };
    const auto finish = [&](Record* record) {
      if (record == nullptr) return;
      std::sort(record->points.begin(), record->points.end(), by_series);
      record->points.shrink_to_fit();
    };
    for (Person* person : m_people) finish(person);
    for (Team* team : m_teams) finish(team);
    m_after->m_keys = std::move(m_keys);
    m_after->m_words = std::move(m_words);
    m_after->m_word_numbers = std::move(m_numbers);
    return m_after;
  }

 private:
  template <class T>
  static void put(std::vector<std::shared_ptr<const T>>& all, std::vector<T*>& mine, std::uint32_t index, std::shared_ptr<T> record) {
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
  static Record* record_at(const std::vector<T*>& mine, std::uint32_t index) {
    return index < mine.size() ? mine[index] : nullptr;
  }

  std::uint32_t word(const std::string& text) {
    const auto [place, is_new] = m_numbers->emplace(text, static_cast<std::uint32_t>(m_words->size()));
    if (is_new) m_words->push_back(text);
    return place->second;
  }

  std::shared_ptr<Organisation> m_after;
  std::shared_ptr<Organisation::Keys> m_keys;
  std::shared_ptr<Organisation::Words> m_words;
  std::shared_ptr<std::unordered_map<std::string, std::uint32_t>> m_numbers;
  std::vector<Person*> m_people;  // those that are made anew
  std::vector<Team*> m_teams;
};

std::shared_ptr<const Organisation> assemble(const std::shared_ptr<const Organisation>& before, std::int64_t revision, std::vector<StoredPerson> people,
                                             std::vector<StoredTeam> teams, const std::vector<StoredPoint>& points) {
  Assembling assembling(before, revision);
  assembling.take_people(people);
  assembling.take_teams(teams);
  assembling.take_points(points);
  return assembling.make();
}

}  // namespace waymark::org
