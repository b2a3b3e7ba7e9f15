/// The organisation as it is believed to have been, to be and to become: everybody with all their change points, in memory.
///
/// Immutable, shared by shared_ptr, safe from any thread. A later revision shares what did not change. What was
/// believed before is in the store alone (registry.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "org/fact.hpp"

namespace waymark::org {

/// What is believed of a person whatever the day. Names are not kept over time: whoever changed their name is not to meet the old one here.
struct PersonDetails {
  std::string name;
  std::optional<std::string> email = {};            ///< at work; unique without regard to case
  std::optional<std::string> employee_number = {};  ///< unique
  std::vector<Reference> references = {};           ///< each unique over the organisation
  /// The parts of the name as a directory sends them, kept so that it gets them back; the name is what is shown. Empty where nobody said.
  std::string given_name = {}, family_name = {};
  bool operator==(const PersonDetails&) const = default;
};

/// A change point as it is kept in memory.
struct Point {
  static constexpr std::uint32_t nothing = UINT32_MAX;
  Kind kind;
  std::uint32_t slot = 0;  ///< of kinds that may hold several: the value of the series; otherwise 0
  Date from;
  std::uint32_t value = nothing;  ///< as Spell::value; `nothing` where the series ends
  bool operator==(const Point&) const = default;
};

/// A person or a team.
struct Record {
  std::vector<Point> points;  ///< by kind, slot and day
};

struct Person : Record {
  PersonId id = PersonId::make();
  PersonDetails details = {};
  std::string name_key = {};  ///< the name as it is compared (name_search.hpp)
  bool is_erased = false;  ///< forgotten on request: no details any more, the facts stay for the figures
};

struct Team : Record {
  TeamId id = TeamId::make();
  std::vector<Reference> references = {};
};

class Organisation {
 public:
  using Words = std::vector<std::string>;

  [[nodiscard]] static std::shared_ptr<const Organisation> empty();

  /// Counts up with every change, from 0 for the empty one.
  [[nodiscard]] std::int64_t revision() const { return m_revision; }

  [[nodiscard]] std::size_t people() const { return m_people.size(); }
  [[nodiscard]] std::size_t teams() const { return m_teams.size(); }
  /// REQUIRES an index of this organisation.
  [[nodiscard]] const Person& person(PersonIndex index) const { return *m_people[static_cast<std::size_t>(index)]; }
  [[nodiscard]] const Team& team(TeamIndex index) const { return *m_teams[static_cast<std::size_t>(index)]; }

  [[nodiscard]] std::optional<PersonIndex> find(const PersonId& id) const;
  [[nodiscard]] std::optional<TeamIndex> find(const TeamId& id) const;
  [[nodiscard]] std::optional<PersonIndex> find_by_email(std::string_view email) const;
  [[nodiscard]] std::optional<PersonIndex> find_by_number(std::string_view employee_number) const;
  [[nodiscard]] std::optional<PersonIndex> find_by_reference(const Reference& reference) const;
  [[nodiscard]] std::optional<TeamIndex> find_team_by_reference(const Reference& reference) const;

  /// In order of time; of kinds that may hold several, in order of value and then time. Spells are as recorded: one of a manager goes on
  /// after the manager left (on.hpp knows better).
  [[nodiscard]] std::vector<Spell> history(PersonIndex person, Kind kind) const;
  [[nodiscard]] std::vector<Spell> history(TeamIndex team, Kind kind) const;
  /// Of kinds that hold one value.
  [[nodiscard]] std::optional<Spell> at(PersonIndex person, Kind kind, Date day) const;
  [[nodiscard]] std::optional<Spell> at(TeamIndex team, Kind kind, Date day) const;
  [[nodiscard]] bool is_employed(PersonIndex person, Date day) const { return at(person, Kind::employed, day).has_value(); }

  /// What Spell::value stands for: a word, the text of an id, or `yes`.
  [[nodiscard]] std::string_view text_of(Kind kind, std::uint32_t value) const;
  /// The words so far; Spell::value of kinds that hold words counts into it.
  [[nodiscard]] const Words& words() const { return *m_words; }
  [[nodiscard]] std::optional<std::uint32_t> find_word(std::string_view word) const;

 private:
  friend class Revising;
  friend class Assembling;

  /// How people and teams are found. Replaced whole when somebody comes or is renamed.
  struct Keys {
    std::unordered_map<std::string, std::uint32_t> people, teams, emails, numbers, references, team_references;
  };

  std::int64_t m_revision = 0;
  std::vector<std::shared_ptr<const Person>> m_people;
  std::vector<std::shared_ptr<const Team>> m_teams;
  std::shared_ptr<const Keys> m_keys;
  std::shared_ptr<const Words> m_words;
  std::shared_ptr<const std::unordered_map<std::string, std::uint32_t>> m_word_numbers;
};

/// How addresses are compared: case folded, compatibility forms alike.
[[nodiscard]] std::string email_key(std::string_view email);

/// The spells of one series; `points` are in order of day and all of one series. Neighbours with the same value are one spell.
[[nodiscard]] std::vector<Spell> spells_of(std::span<const Point> points);

}  // namespace waymark::org
