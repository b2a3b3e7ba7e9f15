#include <algorithm>

#include "base/random.hpp"
#include "demo/simulation.hpp"

namespace waymark::demo {

using org::Kind;

std::int32_t first_day_of(int month, int months, Date until) {
  // 487 / 16 days are a month on the average of the calendar.
  return static_cast<std::int32_t>(until.time_since_epoch().count() - static_cast<std::int64_t>(months - month) * 487 / 16);
}

Date History::day_of(int month) const { return Date{std::chrono::days{first_day_of(month, plan.months, until)}}; }

Workplace::Workplace(Plan plan, Date until, std::uint64_t seed) : m_draws(seed) {
  m_history.plan = std::move(plan);
  m_history.until = until;
  const std::size_t seats = m_history.plan.seats.size();
  m_history.occupants.assign(seats, none);
  m_history.first_day.assign(seats, 0);
  m_below.resize(seats);
  for (std::uint32_t i = 0; i < seats; ++i) {
    if (const std::uint32_t boss = seat(i).reports_to; boss != none) m_below[boss].push_back(i);
  }
  m_first_day = first_day_of(0, m_history.plan.months, until);
}

bool Workplace::promotes_by_tenure(std::uint32_t index) {
  const std::uint32_t tenure = plan().tenure_part;
  if (tenure == none) return false;
  const std::uint32_t part = seat(index).part;
  return part == tenure || plan().parts[part].parent == tenure;
}

void Workplace::tell(std::uint32_t who, Kind kind, std::int32_t day, std::uint32_t value, bool ends) {
  (org::is_of_team(kind) ? m_history.part_events : m_history.events).push_back({who, kind, ends, day, value});
}

std::uint32_t Workplace::arrive(std::uint32_t where, Level level) {
  const Part& part = plan().parts[seat(where).part];
  Somebody newcomer;
  newcomer.country = m_draws.below(5) == 0 ? static_cast<std::uint8_t>(m_draws.below(country_codes.size())) : part.country;
  newcomer.name = Names::all().draw(m_draws, country_codes[newcomer.country]);
  newcomer.namesakes = m_namesakes[Names::all().mailbox(newcomer.name)]++;
  newcomer.archetype = m_draws.below(5) == 0 ? static_cast<std::uint8_t>(m_draws.below(archetype_ids.size())) : part.archetype;
  newcomer.in_later_group = plan().has_later_group && m_draws.happens(in_later_group);
  newcomer.level = level;
  if (m_draws.happens(part_time_at_first)) newcomer.working_time = m_draws.below(2) == 0 ? 60 : 80;
  m_history.people.push_back(newcomer);
  const std::string high_and_low = [&] {
    std::string bytes;
    for (int half = 0; half < 2; ++half) {
      const std::uint64_t bits = m_draws.bits();
      for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<char>((bits >> shift) & 0xFF));
    }
    return bytes;
  }();
  m_history.person_ids.push_back(base32_text(high_and_low));
  return static_cast<std::uint32_t>(m_history.people.size() - 1);
}

void Workplace::employ(std::uint32_t who, std::int32_t day, std::int32_t level_day, int level_month) {
  Somebody& newcomer = person(who);
  newcomer.level_day = level_day;
  newcomer.level_month = level_month;
  tell(who, Kind::employed, day, 0);
  if (newcomer.is_levelled) tell(who, Kind::level, level_day, static_cast<std::uint32_t>(newcomer.level));
  tell(who, Kind::archetype, day, newcomer.archetype);
  tell(who, Kind::country, day, newcomer.country);
  if (newcomer.working_time != 100) tell(who, Kind::working_time, day, newcomer.working_time);
}

std::uint32_t Workplace::hire(std::uint32_t where, Level level, std::int32_t day, bool is_levelled) {
  const std::uint32_t who = arrive(where, level);
  person(who).is_levelled = is_levelled;
  if (m_month == 0) {
    // Who was there at the beginning came before it, and has been at their level for a while.
    const int most = level == Level::ge ? 18 : level == Level::jse ? 26 : 60;
    const int months = static_cast<int>(m_draws.below(static_cast<std::size_t>(most)));
    const std::int32_t since = day - months * 487 / 16;
    employ(who, level == Level::ge ? since : since - static_cast<std::int32_t>(m_draws.below(1500)), since, -months);
  } else {
    employ(who, day, day, m_month);
  }
  sit(who, where, day);
  return who;
}

std::uint32_t Workplace::come_back(std::uint32_t where, std::int32_t day) {
  if (m_gone.empty()) return none;
  const std::size_t at = m_draws.below(m_gone.size());
  const std::uint32_t who = m_gone[at];
  Somebody& returning = person(who);
  if (m_month - returning.left_month < 12 || returning.level == Level::ge || !is_engineer(returning.level)) return none;
  m_gone[at] = m_gone.back();
  m_gone.pop_back();
  tell(who, Kind::employed, day, 0);
  returning.part = returning.manager = none;
  sit(who, where, day);
  return who;
}

void Workplace::sit(std::uint32_t who, std::uint32_t where, std::int32_t day) {
  Somebody& sitting = person(who);
  const Seat& place = seat(where);
  m_history.occupants[where] = who;
  if (m_history.first_day[where] == 0) m_history.first_day[where] = day;
  sitting.seat = where;
  sitting.seat_month = m_month;
  sitting.seat_day = day;
  if (sitting.part != place.part) tell(who, Kind::team, day, place.part);
  sitting.part = place.part;
  const std::uint32_t boss = place.reports_to == none ? none : occupant(place.reports_to);
  if (boss != none || place.reports_to == none) set_manager(who, boss, day);
  for (const std::uint32_t below : m_below[where]) {
    if (occupant(below) != none) set_manager(occupant(below), who, day);
  }
  if (place.role == Role::team_lead) tell(place.part, Kind::team_lead, day, who);
}

void Workplace::get_up(std::uint32_t who, std::int32_t day) {
  const std::uint32_t where = person(who).seat;
  if (seat(where).role == Role::team_lead) tell(seat(where).part, Kind::team_lead, day, who, true);
  m_history.occupants[where] = none;
  person(who).seat = none;
}

void Workplace::leave(std::uint32_t who, std::int32_t day) {
  vacate(person(who).seat);
  get_up(who, day);
  person(who).left_month = m_month;
  tell(who, Kind::employed, day, 0, true);
  m_gone.push_back(who);
}

void Workplace::set_level(std::uint32_t who, Level level, std::int32_t day) {
  Somebody& changing = person(who);
  if (changing.level == level) return;
  changing.level = level;
  changing.level_month = m_month;
  changing.level_day = day;
  tell(who, Kind::level, day, static_cast<std::uint32_t>(level));
}

void Workplace::set_manager(std::uint32_t who, std::uint32_t manager, std::int32_t day) {
  if (person(who).manager == manager) return;
  person(who).manager = manager;
  tell(who, Kind::manager, day, manager, manager == none);
}

void Workplace::exchange_departments(std::uint32_t one, std::uint32_t other, std::int32_t day) {
  const auto move = [&](std::uint32_t manager, std::uint32_t head, std::uint32_t department) {
    Seat& moving = seat(manager);
    std::erase(m_below[moving.reports_to], manager);
    m_below[head].push_back(manager);
    moving.reports_to = head;
    moving.part = department;
    for (const std::uint32_t below : m_below[manager]) {
      Part& team = plan().parts[seat(below).part];
      if (team.parent == department) continue;
      team.parent = department;
      tell(seat(below).part, Kind::parent_team, day, department);
    }
    const std::uint32_t who = occupant(manager);
    if (who == none) return;
    person(who).part = department;
    person(who).seat_day = day;  // whoever changed in this month does not leave in it before
    tell(who, Kind::team, day, department);
    if (occupant(head) != none) set_manager(who, occupant(head), day);
  };
  const std::uint32_t head = seat(one).reports_to;
  const std::uint32_t department = seat(one).part;
  move(one, seat(other).reports_to, seat(other).part);
  move(other, head, department);
}

}  // namespace waymark::demo
