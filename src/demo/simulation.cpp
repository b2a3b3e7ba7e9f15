#include "demo/simulation.hpp"

#include <algorithm>

#include "base/random.hpp"

namespace waymark::demo {
namespace {

using org::Kind;

// The days of a month on which things happen, so that one follows from the other: who leaves, moving on, then from the top whoever takes a vacant seat.
constexpr int leaves_until = 9, moves_on = 10, changes = 11, heads_begin = 12, managers_begin = 14, leads_begin = 16, engineers_begin = 18, last = 28;

class Simulation : public Workplace {
 public:
  using Workplace::Workplace;

  History run() {
    begin();
    for (m_month = 1; m_month < plan().months; ++m_month) {
      m_first_day = first_day_of(m_month, plan().months, m_history.until);
      live_a_month();
    }
    // Ids of teams come last, so that they depend on nothing that is told of them.
    for (std::size_t i = 0; i < plan().parts.size(); ++i) {
      std::string bytes;
      for (int half = 0; half < 2; ++half) {
        const std::uint64_t bits = m_draws.bits();
        for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<char>((bits >> shift) & 0xFF));
      }
      m_history.part_ids.push_back(base32_text(bytes));
    }
    std::stable_sort(m_history.events.begin(), m_history.events.end(), [](const Event& a, const Event& b) { return a.who < b.who; });
    return std::move(m_history);
  }

 private:
  // When what is planted comes about.
  [[nodiscard]] int stalled_month() { return std::max(0, plan().months - 30); }
  [[nodiscard]] int led_early_month() { return std::max(1, plan().months - 14); }
  [[nodiscard]] int not_levelled_month() { return plan().months - 1; }
  [[nodiscard]] bool is_replaced_now(std::uint32_t where) {
    return (where == plan().stalled && m_month == stalled_month()) || (where == plan().led_early && m_month == led_early_month()) ||
           (where == plan().not_levelled && m_month == not_levelled_month());
  }

  void begin() {
    for (std::uint32_t i = 0; i < plan().seats.size(); ++i) m_by_opening.push_back(i);
    std::stable_sort(m_by_opening.begin(), m_by_opening.end(), [&](std::uint32_t a, std::uint32_t b) { return seat(a).opens < seat(b).opens; });
    found_parts();
    for (; m_opened < m_by_opening.size() && seat(m_by_opening[m_opened]).opens == 0; ++m_opened) {
      const std::uint32_t where = m_by_opening[m_opened];
      if (where == plan().stalled && stalled_month() == 0) {
        plant_graduate(where);
      } else {
        hire(where, level_for(seat(where), first_levels), m_first_day);
      }
    }
  }

  void found_parts() {
    for (std::uint32_t i = 0; i < plan().parts.size(); ++i) {
      const Part& part = plan().parts[i];
      if (part.founded != m_month) continue;
      tell(i, Kind::team_name, m_first_day, 0);
      if (part.parent != none) tell(i, Kind::parent_team, m_first_day, part.parent);
    }
  }

  Level level_for(const Seat& place, const std::array<int, 5>& mix) {
    switch (place.role) {
      case Role::head: return Level::hoe;
      case Role::manager: return Level::em;
      case Role::team_lead: return Level::ttl;
      case Role::senior: return place.junior ? Level::jse : Level::lse;
      case Role::engineer: break;
    }
    int drawn = static_cast<int>(m_draws.below(100));
    std::size_t level = 0;
    while (drawn >= mix[level]) drawn -= mix[level++];
    return static_cast<Level>(level);
  }

  void live_a_month() {
    found_parts();
    for (std::uint32_t where = 0; where < plan().seats.size(); ++where) {
      const std::uint32_t who = occupant(where);
      if (who == none) continue;
      if (is_replaced_now(where)) {
        leave(who, day(heads_begin));
      } else if (may_change(who) && person(who).seat_day < m_first_day) {
        if (m_draws.happens(leaving[static_cast<std::size_t>(person(who).level)])) {
          leave(who, day(m_draws.between(1, leaves_until)));
        } else {
          live(who, where);
        }
      }
    }
    for (; m_opened < m_by_opening.size() && seat(m_by_opening[m_opened]).opens <= m_month; ++m_opened) vacate(m_by_opening[m_opened]);
    fill_heads();
    fill_managers();
    fill_leads();
    fill_engineers();
  }

  /// Somebody's month on their seat.
  void live(std::uint32_t who, std::uint32_t where) {
    Somebody& living = person(who);
    if (m_draws.happens(goes_on_leave) && living.away_until < m_month) {
      const int months = m_draws.between(2, 9);
      tell(who, Kind::away, day(moves_on), 0);
      living.away_until = m_month + months;
      if (living.away_until < plan().months) tell(who, Kind::away, first_day_of(living.away_until, plan().months, m_history.until), 0, true);
    }
    if (m_draws.happens(changes_working_time)) {
      living.working_time = living.working_time == 100 ? static_cast<std::uint8_t>(60 + 10 * m_draws.below(3)) : std::uint8_t{100};
      tell(who, Kind::working_time, day(changes), living.working_time);
    }
    switch (seat(where).role) {
      case Role::engineer: return move_on(who, where);
      case Role::team_lead: return leave_lead(who, where);
      case Role::manager: return move_manager(who, where);
      default: return;
    }
  }

  void move_on(std::uint32_t who, std::uint32_t where) {
    const Level level = person(who).level;
    if (level >= Level::lse) return;
    const int months = months_at_level(who);
    bool goes = false;
    if (promotes_by_tenure(where)) {
      goes = months >= tenure_months[static_cast<std::size_t>(level)];
    } else {
      const Chance chance = moving_on(level, months);
      goes = m_draws.happens(level == Level::ise && person(who).in_later_group ? slower(chance, later_hazard_ratio) : chance);
    }
    if (!goes) return;
    set_level(who, static_cast<Level>(static_cast<int>(level) + 1), day(moves_on));
    if (level == Level::sse && m_draws.happens(has_dotted_line)) {
      const std::uint32_t head = m_draws.below(heads());
      if (occupant(head) != none) tell(who, Kind::dotted_line, day(moves_on), occupant(head));
    }
  }

  /// A team lead goes back to engineering, and a senior engineer of the team takes over.
  void leave_lead(std::uint32_t who, std::uint32_t where) {
    if (!m_draws.happens(back_to_engineering) || m_month - person(who).seat_month < 6) return;
    const auto successor = one_below(seat(where).reports_to, seat(where).part, Level::sse, 6);
    if (successor == none) return;
    const std::uint32_t other = person(successor).seat;
    get_up(who, day(changes));
    get_up(successor, day(changes));
    set_level(who, Level::sse, day(changes));
    set_level(successor, Level::ttl, day(changes));
    sit(successor, where, day(changes));
    sit(who, other, day(changes));
  }

  void move_manager(std::uint32_t who, std::uint32_t where) {
    if (m_draws.happens(is_reorganised)) reorganise(where);
    if (!m_draws.happens(back_to_engineering) || m_vacant[3].empty() || m_month - person(who).seat_month < 12) return;
    const std::size_t at = m_draws.below(m_vacant[3].size());
    const std::uint32_t free = m_vacant[3][at];
    if (seat(free).role != Role::engineer || seat(free).reports_to == where || is_replaced_now(free)) return;
    m_vacant[3][at] = m_vacant[3].back();
    m_vacant[3].pop_back();
    get_up(who, day(changes));
    vacate(where);
    set_level(who, Level::lse, day(changes));
    sit(who, free, day(changes));
  }

  [[nodiscard]] bool may_be_moved(std::uint32_t manager) {
    const Seat& place = seat(manager);
    return place.role == Role::manager && !place.is_kept && place.opens < m_month && manager != plan().led_early &&
           seat(plan().stalled).reports_to != manager && place.part != plan().tenure_part;
  }

  void reorganise(std::uint32_t manager) {
    std::uint32_t other = m_draws.below(plan().seats.size());
    if (seat(other).role == Role::engineer) other = seat(other).reports_to;
    if (other == manager || !may_be_moved(manager) || !may_be_moved(other) || seat(other).reports_to == seat(manager).reports_to) return;
    exchange_departments(manager, other, day(changes));
  }

  [[nodiscard]] std::uint32_t heads() {
    if (m_heads == 0) {
      while (seat(m_heads).role == Role::head) ++m_heads;
    }
    return m_heads;
  }

  /// Somebody below the seat at the level for so many months, of the part where one is named; `none` where there is nobody.
  std::uint32_t one_below(std::uint32_t where, std::uint32_t part, Level level, int months) {
    std::vector<std::uint32_t> fit;
    for (const std::uint32_t each : below(where)) {
      const std::uint32_t who = occupant(each);
      if (who == none || (part != none && seat(each).part != part) || seat(each).role == Role::senior) continue;
      if (person(who).level == level && may_change(who) && person(who).is_levelled && months_at_level(who) >= months) fit.push_back(who);
    }
    return fit.empty() ? none : m_draws.one_of(fit);
  }

  /// `who` takes the seat, and leaves their own to be filled.
  void take(std::uint32_t who, std::uint32_t where, Level level, std::int32_t on) {
    vacate(person(who).seat);
    get_up(who, on);
    set_level(who, level, on);
    sit(who, where, on);
  }

  void fill_heads() {
    // From the top, because who goes on leaves a seat farther below.
    auto& vacant = m_vacant[0];
    while (!vacant.empty()) {
      const auto top = std::max_element(vacant.begin(), vacant.end(), [&](std::uint32_t a, std::uint32_t b) { return seat(a).layer < seat(b).layer; });
      const std::uint32_t where = *top;
      vacant.erase(top);
      const Level from = seat(where).layer > 0 ? Level::hoe : Level::em;
      const std::uint32_t who = m_draws.happens(promoted_within) ? one_below(where, none, from, 18) : none;
      if (who == none || who == occupant(plan().led_early)) {
        hire(where, Level::hoe, day(heads_begin));
      } else {
        take(who, where, Level::hoe, day(heads_begin));
      }
    }
  }

  void fill_managers() {
    auto& vacant = m_vacant[1];
    for (std::size_t i = 0; i < vacant.size(); ++i) {
      const std::uint32_t where = vacant[i];
      if (where == plan().led_early && m_month == led_early_month()) {
        plant_early_lead(where);
        continue;
      }
      std::uint32_t who = m_draws.happens(promoted_within) ? one_below(where, none, Level::ttl, 12) : none;
      if (who == none && m_draws.happens(promoted_within)) {
        const std::uint32_t peer = m_draws.one_of(below(seat(where).reports_to));
        if (seat(peer).role == Role::manager) who = one_below(peer, none, Level::ttl, 12);
      }
      if (who == none) {
        hire(where, Level::em, day(managers_begin));
      } else {
        take(who, where, Level::em, day(managers_begin));
      }
    }
    vacant.clear();
  }

  void fill_leads() {
    auto& vacant = m_vacant[2];
    for (std::size_t i = 0; i < vacant.size(); ++i) {
      const std::uint32_t where = vacant[i];
      std::uint32_t who = one_below(seat(where).reports_to, seat(where).part, Level::sse, 6);
      if (who == none) who = one_below(seat(where).reports_to, none, Level::sse, 6);
      if (who == none || !m_draws.happens(promoted_within)) {
        hire(where, Level::ttl, day(leads_begin));
      } else {
        take(who, where, Level::ttl, day(leads_begin));
      }
    }
    vacant.clear();
  }

  void fill_engineers() {
    std::vector<std::uint32_t> wait;
    auto& vacant = m_vacant[3];
    const bool is_last = m_month + 1 == plan().months;
    for (std::size_t i = 0; i < vacant.size(); ++i) {
      const std::uint32_t where = vacant[i];
      const std::int32_t on = day(m_draws.between(engineers_begin, last));
      if (is_replaced_now(where)) {
        where == plan().stalled ? plant_graduate(where) : static_cast<void>(hire(where, Level::jse, on, false));
      } else if (!is_last && m_draws.happens(waits_a_month)) {
        wait.push_back(where);
      } else if (seat(where).role == Role::senior || !m_draws.happens(internal_move) || !move_within(where, on)) {
        if (seat(where).role == Role::senior || !m_draws.happens(comes_back) || come_back(where, on) == none) {
          hire(where, level_for(seat(where), hired_levels), on);
        }
      }
    }
    vacant = std::move(wait);
  }

  /// Somebody from another team, who has been there for a year.
  bool move_within(std::uint32_t where, std::int32_t on) {
    for (int tries = 0; tries < 4; ++tries) {
      const std::uint32_t other = m_draws.below(plan().seats.size());
      const std::uint32_t who = occupant(other);
      if (who == none || seat(other).role != Role::engineer || seat(other).part == seat(where).part || !may_change(who)) continue;
      if (m_month - person(who).seat_month < 12 || person(who).level == Level::ge || other == plan().not_levelled) continue;
      vacate(other);
      get_up(who, on);
      sit(who, where, on);
      return true;
    }
    return false;
  }

  void plant_graduate(std::uint32_t where) {
    const std::int32_t on = m_month == 0 ? m_first_day : day(engineers_begin);
    const std::uint32_t who = hire(where, Level::ge, on);
    person(who).stays = true;
    if (m_month != 0) return;
    // Fewer years than it takes: they came before the beginning.
    const std::int32_t since = first_day_of(plan().months - 30, plan().months, m_history.until);
    for (Event& event : m_history.events) {
      if (event.who != who || event.kind == Kind::team || event.kind == Kind::manager) continue;
      event.day = since;
    }
    person(who).level_day = since;
    person(who).level_month = plan().months - 30;
  }

  void plant_early_lead(std::uint32_t where) {
    std::uint32_t who = one_below(where, none, Level::ise, 0);
    if (who == none) who = one_below(where, none, Level::jse, 0);
    if (who == none) {
      who = hire(where, Level::ise, day(heads_begin));
      set_level(who, Level::em, day(last));
    } else {
      take(who, where, Level::em, day(managers_begin));
    }
    person(who).stays = true;
  }

  std::vector<std::uint32_t> m_by_opening;
  std::size_t m_opened = 0;
  std::uint32_t m_heads = 0;
};

}  // namespace

History live_through(Plan plan, Date until, std::uint64_t seed) { return Simulation(std::move(plan), until, seed).run(); }

}  // namespace waymark::demo
