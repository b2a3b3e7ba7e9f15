/// From a table to a whole mapping: what a mapping leaves open is guessed out of headers and cells.
#pragma once

#include <map>
#include <string>

#include "org/import/mapping.hpp"
#include "org/import/table.hpp"
#include "org/import/title_levels.hpp"

namespace waymark::org {

struct GuessedMapping {
  PeopleMapping mapping;                       ///< said and guessed, whole
  std::map<Field, std::size_t> columns;        ///< where they stand in the table
  std::map<std::string, std::size_t> titles;   ///< how many people have each
  std::map<std::string, std::size_t> statuses; ///< the same of the words in the column of the status
  std::map<std::string, std::size_t> levels;   ///< and of the level
  std::map<std::string, std::size_t> countries; ///< and of the country, where the word names none that is known
  std::map<std::string, std::string> at_the_door;  ///< headers that were dropped → what they say: "pay"
  Findings findings;                           ///< columns that are not there, days that could be read in two ways
};

/// Of a table in which every column was kept that `may_be_needed` names, or all that the mapping names.
[[nodiscard]] GuessedMapping complete_mapping(const PeopleMapping& said, const Table& table, const TitleLevels& levels);

/// Which columns an import with this mapping reads. Without columns in it: all that could be meant, but never what is left at the door.
[[nodiscard]] KeepColumn columns_of(const PeopleMapping& said);

/// How titles and other words are compared: white space and the case of ASCII letters mean nothing.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace waymark::org
