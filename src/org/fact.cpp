#include "org/fact.hpp"

#include <algorithm>

namespace waymark::org {
namespace {

struct KindRow {
  Kind kind;
  std::string_view name;
  Holds holds;
};

constexpr std::array<KindRow, kind_count> kinds{{
    {Kind::employed, "employed", Holds::nothing},
    {Kind::pathway, "pathway", Holds::words},
    {Kind::level, "level", Holds::words},
    {Kind::archetype, "archetype", Holds::words},
    {Kind::title, "title", Holds::words},
    {Kind::working_time, "working_time", Holds::words},
    {Kind::away, "away", Holds::nothing},
    {Kind::country, "country", Holds::words},
    {Kind::team, "team", Holds::a_team},
    {Kind::manager, "manager", Holds::a_person},
    {Kind::dotted_line, "dotted_line", Holds::a_person},
    {Kind::team_name, "team_name", Holds::words},
    {Kind::parent_team, "parent_team", Holds::a_team},
    {Kind::team_lead, "team_lead", Holds::a_person},
}};

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (static_cast<std::size_t>(kinds[i].kind) != i) return false;
  }
  return true;
}
static_assert(are_in_order());

}  // namespace

Holds holds(Kind kind) { return kinds[static_cast<std::size_t>(kind)].holds; }

std::string_view to_string(Kind kind) { return kinds[static_cast<std::size_t>(kind)].name; }

std::optional<Kind> kind_of(std::string_view name) {
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const KindRow& row) { return row.name == name; });
  return found == kinds.end() ? std::nullopt : std::optional(found->kind);
}

}  // namespace waymark::org
