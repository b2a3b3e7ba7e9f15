/// The rows of a table as people: cells become values, rows become somebody who is known or somebody new, managers become people.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "org/import/guess.hpp"
#include "org/organisation.hpp"

namespace waymark::org {

/// References that come out of the HR system's table.
inline constexpr std::string_view hr_source = "hr";

/// A row; all its cells could be read.
struct ImportedPerson {
  std::size_t row = 0;
  PersonId id = PersonId::make();
  std::optional<PersonIndex> known = {};
  PersonDetails details = {};
  std::optional<Date> start = {};
  std::optional<Date> end = {};  ///< the first day on which they do not work here
  std::optional<Date> level_since = {};
  std::optional<Status> status = {};
  std::string title = {}, level = {}, archetype = {}, pathway = {}, country = {};
  std::optional<int> working_time = {};
  std::vector<std::string> team = {};  ///< from the whole to the part
  std::optional<PersonId> manager = {};
  std::vector<PersonId> dotted = {};
  bool is_level_said = false;          ///< in a column of its own, not by the title
};

/// What people are read with.
struct ImportGround {
  const Table& table;
  const GuessedMapping& read;
  const TitleLevels& levels;
  const Organisation& organisation;
  Date as_of;
  bool allows_unknown_managers = false;
};

struct ImportedPeople {
  std::vector<ImportedPerson> people;
  Findings findings;  ///< errors and, as warnings, what was decided in doubt; at most a hundred of each kind, then how many more
};

[[nodiscard]] ImportedPeople read_people(const ImportGround& ground);

/// Findings of many rows: the first of each rule are told, the others counted.
class FindingHeap {
 public:
  explicit FindingHeap(std::string file) : m_file(std::move(file)) {}
  void add(std::string_view rule, Severity severity, Position place, std::string message, std::string way_out);
  void add(Finding finding);
  [[nodiscard]] bool has_errors() const { return m_errors > 0; }
  /// By place.
  [[nodiscard]] Findings take();

 private:
  std::string m_file;
  Findings m_findings;
  std::map<std::string, std::size_t> m_counts;
  std::size_t m_errors = 0;
};

}  // namespace waymark::org
