#include "org/organisation.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "org/points.hpp"

namespace waymark::org {
namespace {

template <class Index>
std::optional<Index> look_up(const std::unordered_map<std::string, std::uint32_t>& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(static_cast<Index>(found->second));
}

}  // namespace

std::string reference_key(const Reference& reference) { return reference.source + '\n' + reference.id; }

std::span<const Point> points_of(const Record& record, Kind kind) {
  const auto before = [](const Point& point, Kind other) { return point.kind < other; };
  const auto after = [](Kind other, const Point& point) { return other < point.kind; };
  const auto begin = std::lower_bound(record.points.begin(), record.points.end(), kind, before);
  const auto end = std::upper_bound(begin, record.points.end(), kind, after);
  return {begin, end};
}

std::vector<Spell> spells_of(std::span<const Point> points) {
  std::vector<Spell> spells;
  for (const Point& point : points) {
    if (!spells.empty() && !spells.back().to) {
      if (spells.back().value == point.value) continue;
      spells.back().to = point.from;
    }
    if (point.value != Point::nothing) spells.push_back({point.from, std::nullopt, point.value});
  }
  return spells;
}

std::vector<Spell> history_of(const Record& record, Kind kind) {
  const std::span<const Point> points = points_of(record, kind);
  if (!may_hold_several(kind)) return spells_of(points);
  std::vector<Spell> spells;
  for (std::size_t begin = 0; begin < points.size();) {
    std::size_t end = begin + 1;
    while (end < points.size() && points[end].slot == points[begin].slot) ++end;
    const std::vector<Spell> series = spells_of(points.subspan(begin, end - begin));
    spells.insert(spells.end(), series.begin(), series.end());
    begin = end;
  }
  return spells;
}

std::optional<Spell> spell_at(const Record& record, Kind kind, Date day) {
  const std::span<const Point> points = points_of(record, kind);
  // How many begin by the day; points of one record are few, so that counting beats searching.
  std::size_t begun = 0;
  while (begun < points.size() && points[begun].from <= day) ++begun;
  if (begun == 0 || points[begun - 1].value == Point::nothing) return std::nullopt;
  Spell spell{points[begun - 1].from, std::nullopt, points[begun - 1].value};
  for (std::size_t i = begun - 1; i > 0 && points[i - 1].value == spell.value; --i) spell.from = points[i - 1].from;
  for (std::size_t i = begun; i < points.size(); ++i) {
    if (points[i].value == spell.value) continue;
    spell.to = points[i].from;
    break;
  }
  return spell;
}

std::shared_ptr<const Organisation> Organisation::empty() {
  static const std::shared_ptr<const Organisation> nobody = [] {
    auto organisation = std::make_shared<Organisation>();
    organisation->m_keys = std::make_shared<const Keys>();
    organisation->m_words = std::make_shared<const Words>();
    organisation->m_word_numbers = std::make_shared<const std::unordered_map<std::string, std::uint32_t>>();
    return organisation;
  }();
  return nobody;
}

std::optional<PersonIndex> Organisation::find(const PersonId& id) const { return look_up<PersonIndex>(m_keys->people, id.text()); }
std::optional<TeamIndex> Organisation::find(const TeamId& id) const { return look_up<TeamIndex>(m_keys->teams, id.text()); }

std::optional<PersonIndex> Organisation::find_by_email(std::string_view email) const {
  return look_up<PersonIndex>(m_keys->emails, email_key(email));
}

std::optional<PersonIndex> Organisation::find_by_number(std::string_view employee_number) const {
  return look_up<PersonIndex>(m_keys->numbers, std::string(employee_number));
}

std::optional<PersonIndex> Organisation::find_by_reference(const Reference& reference) const {
  return look_up<PersonIndex>(m_keys->references, reference_key(reference));
}

std::optional<TeamIndex> Organisation::find_team_by_reference(const Reference& reference) const {
  return look_up<TeamIndex>(m_keys->team_references, reference_key(reference));
}

std::vector<Spell> Organisation::history(PersonIndex index, Kind kind) const { return history_of(person(index), kind); }
std::vector<Spell> Organisation::history(TeamIndex index, Kind kind) const { return history_of(team(index), kind); }
std::optional<Spell> Organisation::at(PersonIndex index, Kind kind, Date day) const { return spell_at(person(index), kind, day); }
std::optional<Spell> Organisation::at(TeamIndex index, Kind kind, Date day) const { return spell_at(team(index), kind, day); }

std::string_view Organisation::text_of(Kind kind, std::uint32_t value) const {
  switch (holds(kind)) {
    case Holds::nothing: return yes;
    case Holds::words: return (*m_words)[value];
    case Holds::a_person: return m_people[value]->id.text();
    case Holds::a_team: return m_teams[value]->id.text();
  }
  return {};
}

std::optional<std::uint32_t> Organisation::find_word(std::string_view word) const {
  const auto found = m_word_numbers->find(std::string(word));
  return found == m_word_numbers->end() ? std::nullopt : std::optional(found->second);
}

}  // namespace waymark::org
