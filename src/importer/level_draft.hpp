/// What one level says, sorted by where it belongs on its page.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "importer/draft.hpp"
#include "importer/ids.hpp"
#include "importer/subjects.hpp"

namespace waymark::importer {

struct CriterionDraft {
  std::string heading;
  std::string id;
  std::vector<const Statement*> narrative;
  const Part* titled_by = nullptr;     ///< where the heading stands in the source; nullptr when it was made from the words
  std::string group;                   ///< the heading it is grouped under; may be empty
  const Part* qualified_by = nullptr;  ///< the heading inside the group that says how it counts; may be nullptr
};

struct LevelDraft {
  std::vector<const Statement*> about;
  std::map<Subject, std::vector<const Part*>> sections;  ///< headings that mean a section of the format
  std::vector<CriterionDraft> criteria;
  std::vector<const Part*> other;  ///< sections the format does not know
  TakenIds ids;                    ///< of the page
};

/// What holds for all levels together.
struct LevelHabits {
  std::set<std::string> shared_titles;       ///< headings that at least two levels have: the groupings of the source
  std::set<std::string> qualifying_titles;   ///< headings that come again in several groupings of a level: "Meets", "Exceeds"
  std::set<std::string> empty_descriptions;  ///< descriptions that say the same of two levels, the titles apart
};
[[nodiscard]] LevelHabits find_habits(const FoundLevels& found);

/// Also fills the capabilities of `draft`, and sets figures aside.
[[nodiscard]] LevelDraft sort_level(Draft& draft, std::size_t level, const LevelHabits& habits);

/// True, and entered in the ledger, when the statement with all below it is a figure.
[[nodiscard]] bool set_figure_aside(Draft& draft, const Statement& statement, const std::string& under);

}  // namespace waymark::importer
