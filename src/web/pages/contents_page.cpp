#include "web/pages/contents_page.hpp"

namespace waymark::web::pages {
ContentsPage make_contents_page(const Site& site, const Links& links) {
  const pathway::Pathway& pathway = site.pathway();
  ContentsPage page;
  for (const pathway::Track& track : pathway.tracks) {
    ContentsPage::Track entry{track.title, {}};
    for (const pathway::Level& level : pathway.levels) {
      if (level.track != track.id) continue;
      ContentsPage::LevelEntry row{make_place(site, links, level), links.to(address::reach(level.id)), {}, {}};
      for (const pathway::Criterion& criterion : level.criteria) {
        row.criteria.push_back({criterion.title, links.to(address::level(level.id), criterion.anchor)});
        row.citations.push_back(to_string(criterion.citation()));
      }
      entry.levels.push_back(std::move(row));
    }
    page.tracks.push_back(std::move(entry));
  }
  if (pathway.fork) page.fork = links.to("/fork");
  for (const pathway::Capability& each : pathway.capabilities) page.capabilities.push_back({each.title, links.to(address::capability(each.id))});
  for (const pathway::Archetype& each : pathway.archetypes) page.archetypes.push_back({each.title, links.to(address::archetype(each.id))});
  page.compare = links.to("/compare");
  page.about = links.to("/about");
  return page;
}

void fill(Values values, const ContentsPage& page) {
  for (const ContentsPage::Track& track : page.tracks) {
    const Values group = values.add("TRACK");
    group.set("TRACK_TITLE", track.title);
    for (const ContentsPage::LevelEntry& level : track.levels) {
      const Values row = group.add("LEVEL");
      fill(row.include("PLACE", "place.html"), level.place);
      row.set("REACH_HREF", level.reach);
      row.set("LEVEL_ID", level.place.id);
      if (level.criteria.empty()) continue;
      const Values criteria = row.add("CRITERIA");
      for (std::size_t i = 0; i < level.criteria.size(); ++i) {
        const Values item = criteria.add("CRITERION");
        item.set("CRITERION_TITLE", level.criteria[i].title);
        item.set("CRITERION_HREF", level.criteria[i].href);
        item.set("CITATION", level.citations[i]);
      }
    }
  }
  values.show_text("FORK", "FORK_HREF", page.fork);
  show_each(values, "CAPABILITIES", {"ITEM", "ITEM_TITLE", "ITEM_HREF"}, page.capabilities);
  show_each(values, "ARCHETYPES", {"ITEM", "ITEM_TITLE", "ITEM_HREF"}, page.archetypes);
  values.set("COMPARE_HREF", page.compare);
  values.set("ABOUT_HREF", page.about);
}

}  // namespace waymark::web::pages
