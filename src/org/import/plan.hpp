/// What an import would do: a plan for people to read, everything that is wrong with its place, and the organisation as it would be.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "org/change.hpp"
#include "org/import/imported_people.hpp"

namespace waymark::org {

struct ImportAllowances {
  bool unknown_managers = false;  ///< people whose manager is nobody come without one
  bool many_leavers = false;      ///< more than a fifth may leave because they are not in a complete table
};

struct ImportRequest {
  PeopleMapping mapping = {};        ///< what it leaves open is guessed
  Date as_of;                        ///< the day whose picture the table is
  Date today;
  std::vector<KnownLevel> levels = {};
  ImportAllowances allows = {};
  /// Whoever imports, where that is a person of the organisation: nobody changes their own place, and so their row changes nothing.
  std::optional<PersonIndex> importer = {};
};

/// A line of the plan: what happens to one person or team.
struct PlanLine {
  enum class Kind { joins, returns, leaves, moves, manager, level, name, other, team };
  Kind kind;
  std::string who;
  std::string what;      ///< a clause: "joins on 1 March 2027, in Payments, reporting to Ada Park"
  std::size_t line = 0;  ///< of the table; 0 where nothing there says it
  bool operator==(const PlanLine&) const = default;
};
inline constexpr int plan_kind_count = 9;
/// "Joining", "Leaving", …: a heading.
[[nodiscard]] std::string_view heading_of(PlanLine::Kind kind);
/// snake_case, for scripts.
[[nodiscard]] std::string_view to_string(PlanLine::Kind kind);

struct ImportPlan {
  GuessedMapping read;
  Date as_of;
  std::vector<PlanLine> lines;   ///< by kind, then by name, whatever the order of the rows
  Findings findings;             ///< errors: nothing can be done as long as there are any; warnings: what was decided in doubt; by place
  Revised revised = {};          ///< the organisation as it would be; as it is where there are errors
  std::shared_ptr<const Organisation> before = {};  ///< which it was made against
  std::size_t rows = 0;          ///< of the table
  std::size_t unchanged = 0;     ///< people in it of whom nothing changes
  std::size_t without_level = 0; ///< people who would work here on the day and have no level yet: a state, and no mistake

  [[nodiscard]] bool has_errors() const { return waymark::has_errors(findings); }
  [[nodiscard]] std::size_t count(PlanLine::Kind kind) const;
  /// Of everything that would happen: two plans with the same one do the same.
  [[nodiscard]] std::string digest() const;
};

/// Pure; in time linear in the table and the organisation, but for sorting.
[[nodiscard]] ImportPlan plan_import(const std::shared_ptr<const Organisation>& organisation, const Table& table, const ImportRequest& request);

}  // namespace waymark::org
