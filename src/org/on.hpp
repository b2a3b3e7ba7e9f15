/// The organisation on one day: who works here, where, for whom. Made in one pass over the people, then everything but the dotted lines is a look-up.
///
/// Only people who work here on that day are in it. A line to somebody who does not is no line: that person has no manager, and
/// `manager_left` says so. Immutable, shared, safe from any thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "org/organisation.hpp"

namespace waymark::org {

/// Where somebody is. Words count into Organisation::words(); absent is unknown.
struct Standing {
  bool is_employed = false;
  bool is_away = false;
  bool manager_left = false;
  std::uint8_t working_time = 100;  ///< per cent
  std::optional<std::uint32_t> pathway = {}, level = {}, archetype = {}, title = {}, country = {};
  std::optional<TeamIndex> team = {};
  std::optional<PersonIndex> manager = {};
  std::optional<Date> level_since = {};  ///< at this level without a break; as far back as is known
};

class OrganisationOn {
 public:
  /// `near` is another day of it, or the same day of an earlier revision: what is the same there is taken from it, which is several times as fast. It changes
  /// nothing else.
  [[nodiscard]] static std::shared_ptr<const OrganisationOn> make(std::shared_ptr<const Organisation> organisation, Date day,
                                                                  const OrganisationOn* near = nullptr);

  [[nodiscard]] const Organisation& organisation() const { return *m_organisation; }
  [[nodiscard]] Date day() const { return m_day; }

  /// In the order of arrival.
  [[nodiscard]] const std::vector<PersonIndex>& people() const { return m_people; }
  [[nodiscard]] const Standing& standing(PersonIndex person) const { return m_standings[static_cast<std::size_t>(person)]; }
  /// Empty where unknown.
  [[nodiscard]] std::string_view level(PersonIndex person) const;
  [[nodiscard]] std::string_view word(const std::optional<std::uint32_t>& word) const;
  [[nodiscard]] const std::string& name(PersonIndex person) const { return m_organisation->person(person).details.name; }

  /// The solid line, by name.
  [[nodiscard]] std::span<const PersonIndex> reports(PersonIndex manager) const;
  [[nodiscard]] std::vector<PersonIndex> dotted_reports(PersonIndex manager) const;
  [[nodiscard]] std::vector<PersonIndex> dotted_managers(PersonIndex person) const;
  /// Everybody below, each after their manager; without the manager.
  [[nodiscard]] std::span<const PersonIndex> below(PersonIndex manager) const;
  /// The manager first, then theirs, to the top.
  [[nodiscard]] std::vector<PersonIndex> line(PersonIndex person) const;
  [[nodiscard]] bool is_above(PersonIndex manager, PersonIndex person) const;
  /// Without a manager, though there are people below.
  [[nodiscard]] const std::vector<PersonIndex>& tops() const { return m_tops; }

  /// Those that are there on the day, by name.
  [[nodiscard]] const std::vector<TeamIndex>& teams() const { return m_teams; }
  [[nodiscard]] bool exists(TeamIndex team) const;
  [[nodiscard]] std::string_view team_name(TeamIndex team) const;  ///< empty where it is not there
  [[nodiscard]] std::optional<TeamIndex> parent(TeamIndex team) const;
  [[nodiscard]] std::vector<TeamIndex> parts(TeamIndex team) const;       ///< directly below, by name
  [[nodiscard]] std::span<const PersonIndex> members(TeamIndex team) const;  ///< by name
  [[nodiscard]] std::vector<PersonIndex> leads(TeamIndex team) const;
  /// By name.
  [[nodiscard]] std::span<const TeamIndex> led_by(PersonIndex lead) const;
  /// The team first, then what it belongs to, up to the whole.
  [[nodiscard]] std::vector<TeamIndex> parts_above(TeamIndex team) const;
  [[nodiscard]] bool leads_team_of(PersonIndex lead, PersonIndex person) const;

 private:
  OrganisationOn() = default;
  void order_names(const OrganisationOn* near);
  void read_people(const OrganisationOn* near);
  void read_teams();
  void read_leads();
  void order_lines();

  struct TeamStanding {
    std::optional<std::uint32_t> name = {};
    std::optional<TeamIndex> parent = {};
  };

  std::shared_ptr<const Organisation> m_organisation;
  Date m_day{};
  std::shared_ptr<const std::vector<PersonIndex>> m_by_name;  // whether they work here on the day or not
  std::vector<PersonIndex> m_people, m_tops;
  std::vector<Standing> m_standings;
  std::vector<TeamStanding> m_team_standings;
  std::vector<TeamIndex> m_teams;
  std::vector<PersonIndex> m_reports, m_preorder, m_members;       // one run a person or team each
  std::vector<TeamIndex> m_led;
  std::vector<std::uint32_t> m_reports_begin, m_place, m_below, m_members_begin, m_led_begin;
};

}  // namespace waymark::org
