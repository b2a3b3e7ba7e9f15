#include "insight/signals/signals.hpp"

#include <algorithm>

#include "base/date.hpp"
namespace waymark::insight {
namespace {

using org::Kind;
using org::PersonIndex;
using org::TeamIndex;
using pathway::Level;
using pathway::Threshold;

bool is_outside(const Threshold& threshold, std::size_t observed) {
  const auto value = static_cast<double>(observed);
  return (threshold.from && value < *threshold.from) || (threshold.to && value > *threshold.to);
}

/// The day on which one more than the limit had come, of those who are still there.
std::optional<Date> when_too_many(const Threshold& threshold, std::vector<Date> came) {
  if (!threshold.to || static_cast<double>(came.size()) <= *threshold.to) return std::nullopt;
  std::sort(came.begin(), came.end());
  return came[static_cast<std::size_t>(*threshold.to)];
}

/// The same day of the month, so many months later; the last of the month where it has no such day.
Date months_later(Date day, int months) {
  const std::chrono::year_month_day date{day};
  const auto month = std::chrono::year_month{date.year(), date.month()} + std::chrono::months{months};
  const std::chrono::year_month_day same{month.year(), month.month(), date.day()};
  return same.ok() ? Date{same} : Date{std::chrono::year_month_day_last{month.year(), std::chrono::month_day_last{month.month()}}};
}

}  // namespace

std::string_view to_string(SignalKind kind) {
  switch (kind) {
    case SignalKind::graduate_months: return "graduate-months";
    case SignalKind::team_lead_engineers: return "team-lead-engineers";
    case SignalKind::manager_direct_reports: return "manager-direct-reports";
    case SignalKind::manager_span: return "manager-span";
    case SignalKind::head_individual_reports: return "head-individual-reports";
    case SignalKind::led_before_fork: return "led-before-fork";
    case SignalKind::place_unknown: return "place-unknown";
  }
  return {};
}

Signals::Signals(const org::OrganisationOn& on, const pathway::Pathway& pathway, const IsOnIt& is_on_it) : m_on(on), m_pathway(pathway) {
  const org::Organisation& organisation = on.organisation();
  for (const Level& level : pathway.levels) {
    if (const auto word = organisation.find_word(level.id.value)) m_levels.emplace(*word, &level);
  }
  for (const Threshold& each : pathway.thresholds) {
    for (int kind = 0; kind < signal_kind_count; ++kind) {
      if (each.level && each.id == to_string(static_cast<SignalKind>(kind))) m_thresholds[static_cast<std::size_t>(kind)] = &each;
    }
  }
  m_is_on_it = is_on_it;
  if (!m_is_on_it) m_is_on_it = [&pathway](std::string_view word) { return word.empty() || word == pathway.name; };
  m_is_on_it_without = m_is_on_it({});
  m_has_levels = std::any_of(on.people().begin(), on.people().end(), [&](PersonIndex person) { return level_of(person) != nullptr; });
}

bool Signals::is_here(Person person) const {
  const auto& word = m_on.standing(person).pathway;
  return word ? m_is_on_it(m_on.word(word)) : m_is_on_it_without;
}

const Level* Signals::level_of(Person person) const {
  const auto& word = m_on.standing(person).level;
  return word && is_here(person) ? level_of_word(*word) : nullptr;
}

bool Signals::is_about(SignalKind kind, const Level& level) const { return threshold(kind) != nullptr && threshold(kind)->level == level.id; }

/// On the track that begins at the fork; there is no leadership without one.
bool Signals::leads_people(const Level& level) const {
  if (!m_pathway.fork) return false;
  const Level* fork = m_pathway.level(m_pathway.fork->at);
  if (fork == nullptr || level.track == fork->track) return false;
  const auto& branches = m_pathway.fork->branches;
  return std::any_of(branches.begin(), branches.end(), [&](const pathway::LevelId& id) {
    const Level* branch = m_pathway.level(id);
    return branch != nullptr && branch->track == level.track;
  });
}

bool Signals::is_senior_engineer(const Level& level) const {
  const Level* fork = m_pathway.fork ? m_pathway.level(m_pathway.fork->at) : nullptr;
  return fork != nullptr && level.track == fork->track && level.scope_position >= fork->scope_position;
}

std::vector<Signal> Signals::all() const {
  std::vector<Signal> found;
  std::vector<PersonIndex> unknown;
  for (const PersonIndex person : m_on.people()) {
    if (level_of(person) != nullptr) {
      look_at(person, found);
    } else if (m_has_levels && is_here(person)) {
      unknown.push_back(person);
    }
  }
  std::stable_sort(unknown.begin(), unknown.end(), [&](PersonIndex a, PersonIndex b) { return m_on.standing(a).manager < m_on.standing(b).manager; });
  for (auto from = unknown.begin(); from != unknown.end();) {
    const auto manager = m_on.standing(*from).manager;
    const auto to = std::find_if(from, unknown.end(), [&](PersonIndex each) { return m_on.standing(each).manager != manager; });
    look_at_unknown(manager, {from, to}, found);
    from = to;
  }
  std::stable_sort(found.begin(), found.end(), [](const Signal& a, const Signal& b) { return a.goes_to < b.goes_to; });
  return found;
}

std::vector<Signal> Signals::for_person(Person person) const {
  std::vector<Signal> found;
  std::vector<PersonIndex> unknown;
  for (const PersonIndex report : m_on.reports(person)) {
    if (level_of(report) != nullptr) {
      look_at(report, found);
    } else if (m_has_levels && is_here(report)) {
      unknown.push_back(report);
    }
  }
  if (!unknown.empty()) look_at_unknown(person, std::move(unknown), found);
  return found;
}

void Signals::look_at(Person person, std::vector<Signal>& found) const {
  const Level& level = *level_of(person);
  if (is_about(SignalKind::graduate_months, level)) look_at_months(person, found);
  if (is_about(SignalKind::team_lead_engineers, level)) look_at_team(person, found);
  if (is_about(SignalKind::manager_direct_reports, level)) look_at_reports(person, found);
  if (is_about(SignalKind::manager_span, level)) look_at_span(person, level, found);
  if (is_about(SignalKind::head_individual_reports, level)) look_at_head(person, level, found);
  if (leads_people(level)) look_at_beginning(person, level, found);
}

void Signals::look_at_months(Person person, std::vector<Signal>& found) const {
  const Threshold& limit = *threshold(SignalKind::graduate_months);
  const auto since = m_on.standing(person).level_since;
  if (!since || !limit.to) return;
  const Date until = months_later(*since, static_cast<int>(*limit.to));
  if (m_on.day() <= until) return;
  found.push_back({.kind = SignalKind::graduate_months,
                   .about = {person},
                   .goes_to = m_on.standing(person).manager,
                   .since = until,
                   .observed = static_cast<std::size_t>(months_between(*since, m_on.day())),
                   .threshold = &limit});
}

void Signals::look_at_team(Person person, std::vector<Signal>& found) const {
  if (m_on.led_by(person).empty()) return;  // which team it is has not been recorded
  std::vector<Date> came;
  for (const TeamIndex team : m_on.led_by(person)) {
    for (const PersonIndex member : m_on.members(team)) {
      const Level* level = level_of(member);
      if (member == person || (level != nullptr && leads_people(*level))) continue;
      const auto spell = m_on.organisation().at(member, Kind::team, m_on.day());
      came.push_back(spell ? spell->from : m_on.day());
    }
  }
  const Threshold& limit = *threshold(SignalKind::team_lead_engineers);
  if (!is_outside(limit, came.size())) return;
  found.push_back({.kind = SignalKind::team_lead_engineers,
                   .about = {person},
                   .goes_to = m_on.standing(person).manager,
                   .since = when_too_many(limit, came),
                   .observed = came.size(),
                   .threshold = &limit});
}

void Signals::look_at_reports(Person person, std::vector<Signal>& found) const {
  const Threshold& limit = *threshold(SignalKind::manager_direct_reports);
  const auto reports = m_on.reports(person);
  if (!is_outside(limit, reports.size())) return;
  std::vector<Date> came;
  for (const PersonIndex report : reports) came.push_back(m_on.organisation().at(report, Kind::manager, m_on.day())->from);
  found.push_back({.kind = SignalKind::manager_direct_reports,
                   .about = {person},
                   .goes_to = m_on.standing(person).manager,
                   .since = when_too_many(limit, came),
                   .observed = reports.size(),
                   .threshold = &limit});
}

void Signals::look_at_span(Person person, const Level& manager, std::vector<Signal>& found) const {
  const Threshold& limit = *threshold(SignalKind::manager_span);
  std::optional<TeamIndex> first;
  bool are_several = false;
  std::size_t engineers = 0;
  for (const PersonIndex each : m_on.below(person)) {
    const Level* level = level_of(each);
    if (level != nullptr && level->track == manager.track && level->scope_position >= manager.scope_position) continue;
    ++engineers;
    const auto team = m_on.standing(each).team;
    if (team && !first) first = team;
    are_several = are_several || (team && team != first);
  }
  if (!are_several || !is_outside(limit, engineers)) return;
  found.push_back({.kind = SignalKind::manager_span,
                   .about = {person},
                   .goes_to = m_on.standing(person).manager,
                   .observed = engineers,
                   .threshold = &limit});
}

void Signals::look_at_head(Person person, const Level& head, std::vector<Signal>& found) const {
  const Threshold& limit = *threshold(SignalKind::head_individual_reports);
  const Level* manager = m_pathway.place_before(head);
  std::vector<Date> seniors, juniors;
  for (const PersonIndex report : m_on.reports(person)) {
    const Level* level = level_of(report);
    if (level == nullptr) continue;  // unknown, and said so elsewhere
    if (level->track == head.track && manager != nullptr && level->scope_position >= manager->scope_position) continue;
    const Date came = m_on.organisation().at(report, Kind::manager, m_on.day())->from;
    (is_senior_engineer(*level) ? seniors : juniors).push_back(came);
  }
  if (juniors.empty() && !is_outside(limit, seniors.size())) return;
  std::optional<Date> since = when_too_many(limit, seniors);
  if (!juniors.empty()) {
    const Date first = *std::min_element(juniors.begin(), juniors.end());
    since = since ? std::min(*since, first) : first;
  }
  found.push_back({.kind = SignalKind::head_individual_reports,
                   .about = {person},
                   .goes_to = m_on.standing(person).manager,
                   .since = since,
                   .observed = seniors.size() + juniors.size(),
                   .juniors = juniors.size(),
                   .threshold = &limit});
}

/// Only where it is known what came before: whoever was hired as a manager has a history elsewhere.
void Signals::look_at_beginning(Person person, const Level& level, std::vector<Signal>& found) const {
  std::optional<Date> began;
  bool was_an_engineer = false;
  for (const org::Spell& spell : m_on.organisation().history(person, Kind::level)) {
    if (spell.from > m_on.day()) break;
    const Level* place = level_of_word(spell.value);
    if (place == nullptr) continue;
    if (is_senior_engineer(*place)) return;
    if (place->track == level.track) {
      if (!began && was_an_engineer) began = spell.from;
      if (!was_an_engineer) return;
    } else {
      was_an_engineer = true;
    }
  }
  if (!began) return;
  found.push_back({.kind = SignalKind::led_before_fork, .about = {person}, .goes_to = m_on.standing(person).manager, .since = began});
}

void Signals::look_at_unknown(std::optional<Person> manager, std::vector<Person> people, std::vector<Signal>& found) const {
  const std::size_t count = people.size();
  found.push_back({.kind = SignalKind::place_unknown, .about = std::move(people), .goes_to = manager, .observed = count});
}

}  // namespace waymark::insight
