/// Inside the room: the organisation while it is lived through.
#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "demo/history.hpp"

namespace waymark::demo {

/// People on seats, and what happens to them; what happens when is said by Simulation.
class Workplace {
 public:
  Workplace(Plan plan, Date until, std::uint64_t seed);

 protected:
  [[nodiscard]] Plan& plan() { return m_history.plan; }
  [[nodiscard]] Seat& seat(std::uint32_t index) { return m_history.plan.seats[index]; }
  [[nodiscard]] Somebody& person(std::uint32_t index) { return m_history.people[index]; }
  [[nodiscard]] std::uint32_t occupant(std::uint32_t seat) const { return m_history.occupants[seat]; }
  [[nodiscard]] const std::vector<std::uint32_t>& below(std::uint32_t seat) const { return m_below[seat]; }
  [[nodiscard]] bool promotes_by_tenure(std::uint32_t seat);
  /// How long they have been at their level.
  [[nodiscard]] int months_at_level(std::uint32_t who) { return m_month - person(who).level_month; }
  [[nodiscard]] bool may_change(std::uint32_t who) { return !person(who).stays && !seat(person(who).seat).is_kept; }
  [[nodiscard]] std::int32_t day(int of_month) const { return m_first_day + of_month; }

  void tell(std::uint32_t who, org::Kind kind, std::int32_t day, std::uint32_t value, bool ends = false);
  std::uint32_t hire(std::uint32_t seat, Level level, std::int32_t day, bool is_levelled = true);
  std::uint32_t come_back(std::uint32_t seat, std::int32_t day);  ///< somebody who left; `none` where nobody would
  void employ(std::uint32_t who, std::int32_t day, std::int32_t level_day, int level_month);
  void leave(std::uint32_t who, std::int32_t day);
  void sit(std::uint32_t who, std::uint32_t seat, std::int32_t day);
  void get_up(std::uint32_t who, std::int32_t day);
  void set_level(std::uint32_t who, Level level, std::int32_t day);
  void set_manager(std::uint32_t who, std::uint32_t manager, std::int32_t day);
  /// Two managers with all their teams change departments.
  void exchange_departments(std::uint32_t one, std::uint32_t other, std::int32_t day);
  void vacate(std::uint32_t seat) { m_vacant[static_cast<std::size_t>(std::min(plan().seats[seat].role, Role::engineer))].push_back(seat); }

  History m_history;
  Draws m_draws;
  int m_month = 0;
  std::int32_t m_first_day = 0;
  std::array<std::vector<std::uint32_t>, 4> m_vacant;  ///< heads, managers, team leads, engineers
  std::vector<std::uint32_t> m_gone;

 private:
  std::uint32_t arrive(std::uint32_t seat, Level level);

  std::vector<std::vector<std::uint32_t>> m_below;
  std::unordered_map<std::string, std::uint32_t> m_namesakes;
};

}  // namespace waymark::demo
