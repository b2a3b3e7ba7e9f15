/// What the title of a page or a heading says about a place: the words of the trade, in English. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace waymark::importer {

struct TitleMeaning {
  std::string plain;             ///< without numbering, symbols and marks at either end: "2. Engineer:" → "Engineer"
  bool names_level = false;      ///< "Senior Engineer", "Level 3", "IC4", "Staff"; not "Engineering", "Roles", "Lead by example"
  bool is_about_else = false;    ///< names something that is certainly no level: "FAQ", "Our framework", a question
  bool is_rank_only = false;     ///< no profession in it: "Level 3", "Senior"
  bool leads_people = false;     ///< "Engineering Manager", "Director", "Head of Data"
  bool unsure_whom = false;      ///< a lead of whom or what? "Engineering Lead"
  std::optional<double> rank;    ///< how senior the words are, comparable among titles that agree about leads_people
  std::optional<int> numbering;  ///< in front: "2. Engineer"
  std::optional<int> number;     ///< part of the name: "Level 3", "Engineer II", "IC4"
  std::string code;              ///< upper case: "IC4", "L3"; where the title begins or ends with one, or with "Level 3"
};

[[nodiscard]] TitleMeaning read_title(std::string_view title);

/// The same for titles that a reader takes for the same: "1. Delivery & Results:" and "Delivery and results".
[[nodiscard]] std::string title_key(std::string_view title);

/// A title without its rank and number: "Senior Data Engineer II" → "data engineer"; empty when nothing is left.
[[nodiscard]] std::string profession_of(std::string_view title);

/// Says that what stands under it is about leading people: "Engineering management", "managers", "leadership-track".
[[nodiscard]] bool speaks_of_management(std::string_view title);

}  // namespace waymark::importer
