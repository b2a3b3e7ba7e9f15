/// What a table of people means: which column is what, how days are written, which title is which level. A YAML file that the first import writes out filled in
/// with guesses; doc/people-import.md describes it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "org/import/day_format.hpp"
#include "org/import/field.hpp"

namespace waymark::org {

/// What a level is called of which nobody knows yet which it is: a state, not a mistake.
inline constexpr std::string_view unknown_level = "unknown";

enum class Status { active, away, left, planned };
[[nodiscard]] std::string_view to_string(Status status);
[[nodiscard]] std::optional<Status> status_of(std::string_view name);
/// What the usual words for it mean: "Active", "On leave", "INACTIVE", "beendet", ….
[[nodiscard]] std::optional<Status> usual_status(std::string_view word);

enum class EndDate { last_day, first_day_away };
enum class LevelsFromTitles {
  when_new,  ///< of people without a level, and of those whose title has changed
  always,
  never,
};

struct PeopleMapping {
  std::string file = "the mapping";  ///< for messages
  char separator = 0;                ///< 0: as the file has it
  std::optional<DayFormat> days = {};
  EndDate end_date = EndDate::last_day;
  LevelsFromTitles levels_from_titles = LevelsFromTitles::when_new;
  bool is_complete = false;          ///< whoever is not in the table has left
  std::map<Field, std::string> columns = {};              ///< headers
  std::map<Field, std::size_t> lines = {};                ///< of the columns, in the mapping's file
  std::map<std::string, std::string> titles = {};         ///< → id of a level, or unknown_level
  std::map<std::string, std::string> levels = {};         ///< the same for words of the column of levels
  std::map<std::string, Status> statuses = {};
  std::map<std::string, std::string> countries = {};      ///< → two letters
  bool operator==(const PeopleMapping&) const = default;
};

/// Says less than everything: columns are guessed where none are named, and so is the rest. Fails with bad_input and the line.
[[nodiscard]] Result<PeopleMapping> parse_people_mapping(const std::string& name, std::string_view bytes);

/// With comments that say what to change; `notes` stand behind titles ("12 people").
[[nodiscard]] std::string to_yaml(const PeopleMapping& mapping, const std::map<std::string, std::string>& notes = {});

}  // namespace waymark::org
