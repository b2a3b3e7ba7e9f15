/// Signals: what the structure of an organisation alone gives reason to ask about. Each goes to the one person who can act, the solid-line manager of
/// whom it is about; what it says, and what else it may mean, is in words.hpp.
///
/// None of them says anything about a person by itself, and staying at a place is never one: the months of a graduate are about the work they are
/// given. Limits are the pathway's (`thresholds` in pathway.yaml, known by their ids); one that the pathway does not have is not looked at.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "org/on.hpp"
#include "pathway/pathway.hpp"

namespace waymark::insight {

enum class SignalKind {
  graduate_months,          ///< at the threshold's level for longer than its `to`
  team_lead_engineers,      ///< leads teams with fewer or more engineers
  manager_direct_reports,   ///< fewer or more people report to them
  manager_span,             ///< with several teams: fewer or more engineers below
  head_individual_reports,  ///< others than managers report to them, beyond a few senior engineers
  led_before_fork,          ///< on the leadership track without having been at the fork, or beyond, first
  place_unknown,            ///< people without a level, in an organisation that has levels
};
inline constexpr int signal_kind_count = 7;

/// "graduate-months": the id of the threshold, and of the two kinds without one a name like it. Stable.
[[nodiscard]] std::string_view to_string(SignalKind kind);

struct Signal {
  SignalKind kind = SignalKind::graduate_months;
  std::vector<org::PersonIndex> about;              ///< one person; of place_unknown, all who report to the same manager
  std::optional<org::PersonIndex> goes_to = {};     ///< none where nobody is above
  std::optional<Date> since = {};                   ///< for certain, and maybe for longer; none where it cannot be told from who is here today
  std::size_t observed = 0;                         ///< months or people, as the threshold measures
  std::size_t juniors = 0;                          ///< of head_individual_reports: those that no number allows
  const pathway::Threshold* threshold = nullptr;    ///< of the pathway, which must outlive this; nullptr for the two kinds without
};

/// Reads the pathway once, and nobody but whom it is asked about. Immutable; safe from any thread. Both must outlive it.
class Signals {
 public:
  /// `is_on_it` says whether a word that people are said to be on, empty for those without one, means this pathway; without it, its name does, and no word.
  using IsOnIt = std::function<bool(std::string_view)>;
  Signals(const org::OrganisationOn& on, const pathway::Pathway& pathway, const IsOnIt& is_on_it = {});

  /// Of the whole organisation, by whom they go to. One pass over the people.
  [[nodiscard]] std::vector<Signal> all() const;
  /// Those that go to this person: about their direct reports. In proportion to these and, of managers among them, to who is below.
  [[nodiscard]] std::vector<Signal> for_person(org::PersonIndex person) const;

 private:
  using Person = org::PersonIndex;

  [[nodiscard]] const pathway::Level* level_of(Person person) const;
  [[nodiscard]] const pathway::Level* level_of_word(std::uint32_t word) const {
    const auto found = m_levels.find(word);
    return found == m_levels.end() ? nullptr : found->second;
  }
  /// On this pathway, whether with a level or not.
  [[nodiscard]] bool is_here(Person person) const;
  [[nodiscard]] const pathway::Threshold* threshold(SignalKind kind) const { return m_thresholds[static_cast<std::size_t>(kind)]; }
  /// The kind is looked at, and somebody at this level is whom it is about.
  [[nodiscard]] bool is_about(SignalKind kind, const pathway::Level& level) const;
  [[nodiscard]] bool leads_people(const pathway::Level& level) const;
  [[nodiscard]] bool is_senior_engineer(const pathway::Level& level) const;

  void look_at(Person person, std::vector<Signal>& found) const;
  void look_at_months(Person person, std::vector<Signal>& found) const;
  void look_at_team(Person person, std::vector<Signal>& found) const;
  void look_at_reports(Person person, std::vector<Signal>& found) const;
  void look_at_span(Person person, const pathway::Level& level, std::vector<Signal>& found) const;
  void look_at_head(Person person, const pathway::Level& level, std::vector<Signal>& found) const;
  void look_at_beginning(Person person, const pathway::Level& level, std::vector<Signal>& found) const;
  void look_at_unknown(std::optional<Person> manager, std::vector<Person> people, std::vector<Signal>& found) const;

  const org::OrganisationOn& m_on;
  const pathway::Pathway& m_pathway;
  std::unordered_map<std::uint32_t, const pathway::Level*> m_levels;  ///< by word of the organisation
  std::array<const pathway::Threshold*, signal_kind_count> m_thresholds{};
  IsOnIt m_is_on_it;
  bool m_is_on_it_without = true;
  bool m_has_levels = false;
};

}  // namespace waymark::insight
