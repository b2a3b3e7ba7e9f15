#include "web/pages/difference_page.hpp"

namespace waymark::web::pages {

std::vector<LevelPage::Carried> group_by_place(const Site& site, const Links& links, const std::vector<const pathway::Criterion*>& criteria) {
  std::vector<LevelPage::Carried> groups;
  for (const pathway::Criterion* const criterion : criteria) {
    if (groups.empty() || groups.back().from.id != criterion->level.value) {
      groups.push_back({make_place(site, links, *site.pathway().level(criterion->level)), {}});
    }
    groups.back().criteria.push_back({criterion->title, links.to(address::level(criterion->level), criterion->anchor)});
  }
  return groups;
}

void include_groups(Values values, std::string_view marker, const std::vector<LevelPage::Carried>& groups) {
  for (const LevelPage::Carried& group : groups) {
    const Values row = values.include(marker, "carried.html");
    fill(row.include("PLACE", "place.html"), group.from);
    add_each(row, {"CRITERION", "CRITERION_TITLE", "CRITERION_HREF"}, group.criteria);
  }
}

}  // namespace waymark::web::pages
