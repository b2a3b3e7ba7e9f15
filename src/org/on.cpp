#include "org/on.hpp"

#include <algorithm>
#include <numeric>

#include "base/text.hpp"
#include "org/points.hpp"

namespace waymark::org {
namespace {

std::size_t at(PersonIndex person) { return static_cast<std::size_t>(person); }
std::size_t at(TeamIndex team) { return static_cast<std::size_t>(team); }

/// Where the runs of a counting sort begin: `counts` has one more than there are runs.
void to_beginnings(std::vector<std::uint32_t>& counts) {
  std::uint32_t sum = 0;
  for (std::uint32_t& count : counts) sum += std::exchange(count, sum);
}

/// By their text, then by index. The first letters decide nearly always, and stand together in memory, as names do not.
template <class Index, class TextOf>
void sort_by_text(std::vector<Index>& items, const TextOf& text_of) {
  struct Named {
    std::uint64_t beginning;
    Index item;
  };
  std::vector<Named> named;
  named.reserve(items.size());
  for (const Index item : items) {
    const std::string_view text = text_of(item);
    std::uint64_t beginning = 0;
    for (std::size_t i = 0; i < sizeof beginning; ++i) beginning = beginning << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    named.push_back({beginning, item});
  }
  std::sort(named.begin(), named.end(), [&](const Named& a, const Named& b) {
    if (a.beginning != b.beginning) return a.beginning < b.beginning;
    const std::string_view left = text_of(a.item), right = text_of(b.item);
    return std::tie(left, a.item) < std::tie(right, b.item);
  });
  std::transform(named.begin(), named.end(), items.begin(), [](const Named& each) { return each.item; });
}

/// Puts each item into the run that `run_of` names, in the order in which they come; none for those in no run.
template <class Item, class Items, class RunOf>
void sort_into_runs(const Items& items, std::size_t runs, const RunOf& run_of, std::vector<Item>& sorted, std::vector<std::uint32_t>& begin) {
  begin.assign(runs + 1, 0);
  for (const auto& item : items) {
    if (const auto run = run_of(item)) ++begin[*run];
  }
  to_beginnings(begin);
  sorted.resize(begin.back());
  std::vector<std::uint32_t> next = begin;
  for (const auto& item : items) {
    if (const auto run = run_of(item)) sorted[next[*run]++] = item;
  }
}

/// Records lie wherever there was room for them. Waiting for each of a hundred thousand in turn would be most of the work.
void fetch_ahead(const Organisation& organisation, std::size_t i) {
  constexpr std::size_t record = 16, points = 8;
  if (i + record < organisation.people()) __builtin_prefetch(&organisation.person(static_cast<PersonIndex>(i + record)));
  if (i + points < organisation.people()) __builtin_prefetch(organisation.person(static_cast<PersonIndex>(i + points)).points.data());
}

/// What is recorded; of a manager who has left, or a team that is no more, nothing is known here yet.
Standing recorded_standing(const Organisation& organisation, PersonIndex person, Date day) {
  Standing standing;
  const std::vector<Point>& points = organisation.person(person).points;
  // One walk over the points: of each kind the last that has begun. Kinds come in the order of the enumerators, `employed` first.
  for (std::size_t p = 0; p < points.size();) {
    const Kind kind = points[p].kind;
    std::uint32_t value = Point::nothing;
    Date since{};
    for (; p < points.size() && points[p].kind == kind; ++p) {
      if (points[p].from > day) continue;
      if (points[p].value != value) since = points[p].from;
      value = points[p].value;
    }
    if (kind == Kind::employed && value == Point::nothing) return {};
    if (value == Point::nothing || kind == Kind::dotted_line) continue;
    switch (kind) {
      case Kind::employed: standing.is_employed = true; break;
      case Kind::pathway: standing.pathway = value; break;
      case Kind::level: standing.level = value, standing.level_since = since; break;
      case Kind::archetype: standing.archetype = value; break;
      case Kind::title: standing.title = value; break;
      case Kind::working_time: standing.working_time = static_cast<std::uint8_t>(whole_number(organisation.words()[value]).value_or(100)); break;
      case Kind::away: standing.is_away = true; break;
      case Kind::country: standing.country = value; break;
      case Kind::team: standing.team = static_cast<TeamIndex>(value); break;
      case Kind::manager: standing.manager = static_cast<PersonIndex>(value); break;
      default: break;
    }
  }
  return standing.is_employed ? standing : Standing{};
}

}  // namespace

std::shared_ptr<const OrganisationOn> OrganisationOn::make(std::shared_ptr<const Organisation> organisation, Date day, const OrganisationOn* near) {
  std::shared_ptr<OrganisationOn> on(new OrganisationOn);
  on->m_organisation = std::move(organisation);
  on->m_day = day;
  on->order_names(near);
  on->read_people(near);
  on->read_teams();
  on->read_leads();
  on->order_lines();
  return on;
}

void OrganisationOn::order_names(const OrganisationOn* near) {
  const auto by_name = [&](PersonIndex a, PersonIndex b) { return std::tie(name(a), a) < std::tie(name(b), b); };
  const std::size_t count = m_organisation->people();
  std::vector<PersonIndex> renamed;  // or new
  for (std::size_t i = 0; i < count; ++i) {
    const auto person = static_cast<PersonIndex>(i);
    const bool is_known = near != nullptr && i < near->m_organisation->people();
    const Person* const before = is_known ? &near->m_organisation->person(person) : nullptr;
    if (before == nullptr || (before != &m_organisation->person(person) && before->details.name != name(person))) renamed.push_back(person);
  }
  if (renamed.empty() && near != nullptr && near->m_organisation->people() == count) {
    m_by_name = near->m_by_name;
    return;
  }
  std::vector<PersonIndex> order;
  order.reserve(count);
  if (near != nullptr) {
    for (const PersonIndex person : *near->m_by_name) {
      if (at(person) < count && !std::binary_search(renamed.begin(), renamed.end(), person)) order.push_back(person);
    }
  }
  sort_by_text(renamed, [&](PersonIndex person) { return std::string_view(name(person)); });
  const auto kept = static_cast<std::ptrdiff_t>(order.size());
  order.insert(order.end(), renamed.begin(), renamed.end());
  std::inplace_merge(order.begin(), order.begin() + kept, order.end(), by_name);
  m_by_name = std::make_shared<const std::vector<PersonIndex>>(std::move(order));
}

void OrganisationOn::read_people(const OrganisationOn* near) {
  const std::size_t count = m_organisation->people();
  m_standings.resize(count);
  // Who came or left changes what others have for a manager, and a team that came or went what they have for a team; then all are read.
  bool is_alike = near != nullptr && near->m_day == m_day && near->m_organisation->people() <= count && near->m_organisation->teams() <= m_organisation->teams();
  for (std::size_t i = 0; is_alike && i < near->m_organisation->teams(); ++i) {
    const auto team = static_cast<TeamIndex>(i);
    is_alike = &near->m_organisation->team(team) == &m_organisation->team(team);
  }
  if (is_alike) std::copy(near->m_standings.begin(), near->m_standings.end(), m_standings.begin());
  for (std::size_t i = 0; i < count; ++i) {
    const auto person = static_cast<PersonIndex>(i);
    const bool is_known = is_alike && i < near->m_organisation->people();
    if (is_known && &near->m_organisation->person(person) == &m_organisation->person(person)) continue;
    fetch_ahead(*m_organisation, i);
    const bool was_employed = is_known && m_standings[i].is_employed;
    m_standings[i] = recorded_standing(*m_organisation, person, m_day);
    if (is_known && was_employed != m_standings[i].is_employed) return read_people(nullptr);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (m_standings[i].is_employed) m_people.push_back(static_cast<PersonIndex>(i));
  }
  for (const PersonIndex person : m_people) {
    Standing& standing = m_standings[at(person)];
    if (standing.manager && !m_standings[at(*standing.manager)].is_employed) {
      standing.manager.reset();
      standing.manager_left = true;
    }
  }
}

void OrganisationOn::read_teams() {
  const std::size_t count = m_organisation->teams();
  m_team_standings.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto team = static_cast<TeamIndex>(i);
    if (const auto name = m_organisation->at(team, Kind::team_name, m_day)) m_team_standings[i].name = name->value;
    if (const auto parent = m_organisation->at(team, Kind::parent_team, m_day)) m_team_standings[i].parent = static_cast<TeamIndex>(parent->value);
  }
  for (std::size_t i = 0; i < count; ++i) {
    TeamStanding& standing = m_team_standings[i];
    if (!standing.name) continue;
    m_teams.push_back(static_cast<TeamIndex>(i));
    if (standing.parent && !m_team_standings[at(*standing.parent)].name) standing.parent.reset();
  }
  sort_by_text(m_teams, [&](TeamIndex team) { return team_name(team); });

  for (const PersonIndex person : m_people) {
    Standing& standing = m_standings[at(person)];
    if (standing.team && !exists(*standing.team)) standing.team.reset();
  }
  const auto team_of = [&](PersonIndex person) -> std::optional<std::size_t> {
    const auto team = m_standings[at(person)].team;  // none of those who do not work here
    return team ? std::optional(at(*team)) : std::nullopt;
  };
  sort_into_runs(*m_by_name, count, team_of, m_members, m_members_begin);
}

void OrganisationOn::read_leads() {
  std::vector<std::pair<PersonIndex, TeamIndex>> leads_of_teams;
  for (const TeamIndex team : m_teams) {
    for (const PersonIndex lead : leads(team)) leads_of_teams.emplace_back(lead, team);
  }
  std::vector<std::pair<PersonIndex, TeamIndex>> sorted;
  sort_into_runs(leads_of_teams, m_organisation->people(), [](const auto& each) { return std::optional(at(each.first)); }, sorted, m_led_begin);
  for (const auto& [lead, team] : sorted) m_led.push_back(team);
}

void OrganisationOn::order_lines() {
  const std::size_t count = m_organisation->people();
  const auto manager_of = [&](PersonIndex person) -> std::optional<std::size_t> {
    const auto manager = m_standings[at(person)].manager;
    return manager ? std::optional(at(*manager)) : std::nullopt;
  };
  sort_into_runs(*m_by_name, count, manager_of, m_reports, m_reports_begin);

  // Preorder without recursion: everybody below somebody is one run behind them. Circles cannot be (revise); were there one, it would not be reached.
  m_place.assign(count, 0);
  m_below.assign(count, 0);
  m_preorder.reserve(m_people.size());
  std::vector<std::pair<PersonIndex, bool>> stack;
  for (const PersonIndex person : m_people) {
    if (m_standings[at(person)].manager) continue;
    if (!reports(person).empty()) m_tops.push_back(person);
    stack.emplace_back(person, false);
    while (!stack.empty()) {
      const auto [current, is_done] = stack.back();
      stack.pop_back();
      if (is_done) {
        m_below[at(current)] = static_cast<std::uint32_t>(m_preorder.size() - m_place[at(current)] - 1);
        continue;
      }
      m_place[at(current)] = static_cast<std::uint32_t>(m_preorder.size());
      m_preorder.push_back(current);
      stack.emplace_back(current, true);
      const auto below_them = reports(current);
      for (auto each = below_them.rbegin(); each != below_them.rend(); ++each) stack.emplace_back(*each, false);
    }
  }
}

std::string_view OrganisationOn::level(PersonIndex person) const { return word(standing(person).level); }

std::string_view OrganisationOn::word(const std::optional<std::uint32_t>& word) const {
  return word ? std::string_view(m_organisation->words()[*word]) : std::string_view();
}

std::span<const PersonIndex> OrganisationOn::reports(PersonIndex manager) const {
  return std::span(m_reports).subspan(m_reports_begin[at(manager)], m_reports_begin[at(manager) + 1] - m_reports_begin[at(manager)]);
}

std::vector<PersonIndex> OrganisationOn::dotted_managers(PersonIndex person) const {
  std::vector<PersonIndex> found;
  if (!standing(person).is_employed) return found;
  for (const Spell& spell : m_organisation->history(person, Kind::dotted_line)) {
    const auto manager = static_cast<PersonIndex>(spell.value);
    if (spell.covers(m_day) && standing(manager).is_employed) found.push_back(manager);
  }
  return found;
}

std::vector<PersonIndex> OrganisationOn::dotted_reports(PersonIndex manager) const {
  std::vector<PersonIndex> found;
  for (const PersonIndex person : m_people) {
    const std::span<const Point> points = points_of(m_organisation->person(person), Kind::dotted_line);
    if (points.empty()) continue;
    const std::vector<PersonIndex> managers = dotted_managers(person);
    if (std::find(managers.begin(), managers.end(), manager) != managers.end()) found.push_back(person);
  }
  return found;
}

std::span<const PersonIndex> OrganisationOn::below(PersonIndex manager) const {
  if (!standing(manager).is_employed) return {};
  return std::span(m_preorder).subspan(m_place[at(manager)] + 1, m_below[at(manager)]);
}

std::vector<PersonIndex> OrganisationOn::line(PersonIndex person) const {
  std::vector<PersonIndex> line;
  for (auto manager = standing(person).manager; manager && line.size() < m_people.size(); manager = standing(*manager).manager) line.push_back(*manager);
  return line;
}

bool OrganisationOn::is_above(PersonIndex manager, PersonIndex person) const {
  if (!standing(manager).is_employed || !standing(person).is_employed) return false;
  const std::uint32_t place = m_place[at(person)];
  return place > m_place[at(manager)] && place <= m_place[at(manager)] + m_below[at(manager)];
}

bool OrganisationOn::exists(TeamIndex team) const { return m_team_standings[at(team)].name.has_value(); }
std::string_view OrganisationOn::team_name(TeamIndex team) const { return word(m_team_standings[at(team)].name); }
std::optional<TeamIndex> OrganisationOn::parent(TeamIndex team) const { return m_team_standings[at(team)].parent; }

std::vector<TeamIndex> OrganisationOn::parts(TeamIndex team) const {
  std::vector<TeamIndex> found;
  for (const TeamIndex other : m_teams) {
    if (parent(other) == team) found.push_back(other);
  }
  return found;
}

std::span<const PersonIndex> OrganisationOn::members(TeamIndex team) const {
  return std::span(m_members).subspan(m_members_begin[at(team)], m_members_begin[at(team) + 1] - m_members_begin[at(team)]);
}

std::vector<PersonIndex> OrganisationOn::leads(TeamIndex team) const {
  std::vector<PersonIndex> found;
  for (const Spell& spell : m_organisation->history(team, Kind::team_lead)) {
    const auto lead = static_cast<PersonIndex>(spell.value);
    if (spell.covers(m_day) && standing(lead).is_employed) found.push_back(lead);
  }
  return found;
}

std::span<const TeamIndex> OrganisationOn::led_by(PersonIndex lead) const {
  return std::span(m_led).subspan(m_led_begin[at(lead)], m_led_begin[at(lead) + 1] - m_led_begin[at(lead)]);
}

std::vector<TeamIndex> OrganisationOn::parts_above(TeamIndex team) const {
  std::vector<TeamIndex> found;
  for (std::optional<TeamIndex> part = team; part && found.size() <= m_teams.size(); part = parent(*part)) found.push_back(*part);
  return found;
}

bool OrganisationOn::leads_team_of(PersonIndex lead, PersonIndex person) const {
  const auto team = standing(person).team;
  if (!team || lead == person) return false;
  const std::vector<PersonIndex> all = leads(*team);
  return std::find(all.begin(), all.end(), lead) != all.end();
}

}  // namespace waymark::org
