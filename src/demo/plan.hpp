/// The shape of a demo organisation: its parts and its seats, and from when on each is there. Who sits where and when is its history (history.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "demo/draws.hpp"
#include "demo/truth.hpp"

namespace waymark::demo {

inline constexpr std::uint32_t none = UINT32_MAX;

enum class Role : std::uint8_t { head, manager, team_lead, engineer, senior };  ///< a senior is an engineer who reports to a head

struct Part {
  std::string name;
  std::uint32_t parent = none;
  std::uint32_t lead_seat = none;  ///< of a team with a team lead
  int founded = 0;                 ///< the month, from 0
  std::uint8_t archetype = 0, country = 0;
};

struct Seat {
  Role role = Role::engineer;
  bool is_kept = false;    ///< what is planted here stays: nobody leaves it, moves on or is moved
  bool junior = false;     ///< below a head, and at JSE
  std::uint8_t layer = 0;  ///< of heads: 0 leads a department, 1 leads those, and so on
  std::uint32_t part = none;
  std::uint32_t reports_to = none;
  int opens = 0;           ///< the month
};

struct Plan {
  int months = 0;
  std::vector<Part> parts;  ///< parents first
  std::vector<Seat> seats;  ///< those that others report to first
  std::vector<NotPlanted> not_planted;

  // Where something is planted; `none` where it is not.
  std::uint32_t few_reports = none, many_reports = none, large_team = none;  ///< seats of managers, and of a team lead
  std::uint32_t head_with_juniors = none;                                    ///< the seat of a head
  std::uint32_t led_early = none, stalled = none, not_levelled = none;       ///< seats
  std::uint32_t tenure_part = none;                                          ///< a department
  bool has_later_group = false;
};

/// REQUIRES at least `fewest_people` and a year.
[[nodiscard]] Plan make_plan(std::size_t people, int years, Draws& draws);

}  // namespace waymark::demo
