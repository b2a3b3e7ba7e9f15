/// Teams that a table names, as teams of the organisation: found by name and by what they are a part of, made where there are none.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "org/change.hpp"
#include "org/import/imported_people.hpp"

namespace waymark::org {

class TeamPaths {
 public:
  TeamPaths(const Organisation& organisation, Date as_of);

  /// Everything the table names; `since`: the first day a team is needed. All calls before the first of find().
  void add(const std::vector<std::string>& path, Date since, Position place);
  /// Settles every path, in the order of their names.
  void settle(FindingHeap& findings);

  /// The id of the team, and how it is called. REQUIRES that it was added and could be settled.
  [[nodiscard]] const TeamId* find(const std::vector<std::string>& path) const;

  struct New {
    std::string name, within;
  };
  Changes changes;
  std::vector<New> made;               ///< new teams
  std::vector<New> moved;              ///< which become parts of something else

 private:
  struct Named {
    std::string name;
    Date since;
    Position place;
    std::optional<TeamId> id = {};
  };
  using Key = std::vector<std::string>;  ///< folded
  [[nodiscard]] std::vector<TeamIndex> called(const std::string& folded_name) const;
  /// The day of the table, or the first day of a team that is not there yet.
  [[nodiscard]] Date day_of(TeamIndex team) const;
  [[nodiscard]] std::optional<TeamIndex> choose(const Key& key, const Named& named, FindingHeap& findings, bool& is_doubtful) const;

  const Organisation& m_organisation;
  Date m_as_of;
  std::unordered_map<std::string, std::vector<TeamIndex>> m_known;
  std::map<Key, Named> m_paths;  ///< a path stands behind what it is a part of
  std::map<std::string, std::size_t> m_names;
};

}  // namespace waymark::org
