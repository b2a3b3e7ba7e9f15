/// What is known of people and teams over time, and the words the room is made of.
///
/// A fact is a change point: from a day on, a value holds, until the next change point of the same series. A series is a kind of fact of one person
/// or team; kinds that may hold several values at once (dotted lines, team leads) have a series a value. So spells are half-open by
/// construction and cannot overlap, the same change points give the same organisation in whatever order they arrived, and "until"
/// is written as a change point without a value.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/public_id.hpp"

namespace waymark::org {

using PersonId = PublicId<struct PersonTag>;
using TeamId = PublicId<struct TeamTag>;

/// Where somebody stands in an Organisation: counted from 0 in the order of arrival, never given anew, the same in every later revision and on
/// every node.
enum class PersonIndex : std::uint32_t {};
enum class TeamIndex : std::uint32_t {};

enum class Kind : std::uint8_t {
  // of a person
  employed,      ///< works here
  pathway,       ///< the name of the pathway they are on; without one, the only one
  level,         ///< the id of a level of that pathway; without one, not levelled yet, which is a state and no error
  archetype,     ///< the id of an archetype
  title,         ///< what the contract or the HR system calls them
  working_time,  ///< per cent of the full time, 1 to 100; without one, full time
  away,          ///< on leave; why is not kept
  country,       ///< ISO 3166-1, two capital letters
  team,          ///< the team they work in
  manager,       ///< the solid reporting line
  dotted_line,   ///< reports there as well; may hold several
  // of a team
  team_name,    ///< a team is there for as long as it has a name
  parent_team,  ///< the part of the organisation it belongs to
  team_lead,    ///< may hold several
};
inline constexpr int kind_count = 14;

/// What a kind's values are.
enum class Holds { nothing, words, a_person, a_team };
[[nodiscard]] Holds holds(Kind kind);
[[nodiscard]] inline bool is_of_team(Kind kind) { return kind >= Kind::team_name; }
[[nodiscard]] inline bool may_hold_several(Kind kind) { return kind == Kind::dotted_line || kind == Kind::team_lead; }

/// snake_case, as the enumerator is written; stable, used in the store and in exports.
[[nodiscard]] std::string_view to_string(Kind kind);
[[nodiscard]] std::optional<Kind> kind_of(std::string_view name);

/// The value of kinds that hold nothing.
inline constexpr std::string_view yes = "yes";

/// One record of somebody in another system: the HR system's key, a directory's externalId.
struct Reference {
  std::string source;  ///< "hr", or the name of a directory
  std::string id;      ///< opaque, compared as it is written
  auto operator<=>(const Reference&) const = default;
};

/// A value and the days for which it holds: [from, to), open where `to` is absent.
struct Spell {
  Date from;
  std::optional<Date> to = {};
  std::uint32_t value = 0;  ///< a PersonIndex, a TeamIndex, or a word of the Organisation

  [[nodiscard]] bool covers(Date day) const { return from <= day && (!to || day < *to); }
  bool operator==(const Spell&) const = default;
};

}  // namespace waymark::org
