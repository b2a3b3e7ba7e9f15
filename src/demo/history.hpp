/// Who sat where and when: the demo organisation lived through, month by month.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "demo/model.hpp"
#include "demo/names.hpp"
#include "demo/plan.hpp"
#include "org/fact.hpp"

namespace waymark::demo {

/// A change point of a person or, where the kind is a team's, of a part. Values are levels, per cent, people or parts, as the kind says.
struct Event {
  std::uint32_t who = 0;
  org::Kind kind{};
  bool ends = false;
  std::int32_t day = 0;  ///< of Date
  std::uint32_t value = 0;
};

struct Somebody {
  NameDrawn name;
  std::uint32_t namesakes = 0;  ///< how many with the same mailbox came before
  std::uint8_t country = 0, archetype = 0;
  bool in_later_group = false;
  bool stays = false;       ///< planted: neither leaves nor moves on
  bool is_levelled = true;
  Level level = Level::ge;
  int level_month = 0;      ///< when they came to it; before the beginning it is negative
  std::int32_t level_day = 0;
  std::uint32_t seat = none;
  int seat_month = 0;
  std::int32_t seat_day = 0;
  std::uint32_t part = none, manager = none;
  int away_until = 0, left_month = 0;
  std::uint8_t working_time = 100;
};

struct History {
  Plan plan;
  std::vector<Somebody> people;         ///< as they are at the end, in the order of arrival
  std::vector<Event> events;            ///< of people, by person and then as they happened
  std::vector<Event> part_events;       ///< as they happened
  std::vector<std::uint32_t> occupants;  ///< by seat, at the end; nobody's seat is empty then
  std::vector<std::int32_t> first_day;  ///< by seat: when somebody sat on it first
  std::vector<std::string> person_ids, part_ids;
  Date until{};

  [[nodiscard]] Date day_of(int month) const;
};

/// A pure function of its arguments.
[[nodiscard]] History live_through(Plan plan, Date until, std::uint64_t seed);

/// The day with which the month begins, of `months` that end with `until`.
[[nodiscard]] std::int32_t first_day_of(int month, int months, Date until);

}  // namespace waymark::demo
