/// Professions told beside one another, each with levels of its own: "Data" with Junior and Senior beside "Web" with Junior and Senior.
#pragma once

#include <string>
#include <vector>

#include "importer/levels.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {

/// A part that tells a level, before it is known which of them are the same.
struct LevelCandidate {
  LevelPart part;
  TitleMeaning meaning;
  std::string family;               ///< empty: of no family
  const Part* titled_by = nullptr;  ///< whose title the family has; nullptr when it is a folder's, or the levels' own
};

/// Gives the candidates their families: headings, documents or folders that each have a level of the same rank, and titles of different professions among
/// places of the same rank. One profession is none.
void find_families(std::vector<LevelCandidate>& candidates);

}  // namespace waymark::importer
