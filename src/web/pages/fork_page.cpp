#include "web/pages/fork_page.hpp"

#include <algorithm>

namespace waymark::web::pages {

ForkPage make_fork_page(const Site& site, const Links& links) {
  const pathway::Pathway& pathway = site.pathway();
  const pathway::Fork& fork = *pathway.fork;
  const pathway::Level& at = *pathway.level(fork.at);
  ForkPage page;
  page.title = fork.title.empty() ? "The fork" : fork.title;
  page.at = make_place(site, links, at);
  page.reach = links.to(address::reach(fork.at));
  page.intro = make_passages(links, fork.intro);
  for (const pathway::Branch& branch : fork.ways) {
    ForkPage::Way way{branch.anchor, branch.title, "is-stay", {}, {}, make_passages(links, branch.intro), {}};
    if (branch.to) {
      const pathway::Level& to = *pathway.level(*branch.to);
      way.to.push_back(make_place(site, links, to));
      way.look = way.to.front().look;
      way.difference = links.to(address::difference(at.id, to.id));
    }
    for (const pathway::Branch::Aspect& aspect : branch.aspects) way.aspects.push_back({aspect.anchor, aspect.title, make_passages(links, aspect.passages)});
    page.rows = std::max(page.rows, way.aspects.size() + 1);
    page.ways.push_back(std::move(way));
  }
  // Without a page of its own the fork still has its branches.
  if (page.ways.empty()) {
    for (const pathway::LevelId& branch : fork.branches) {
      const pathway::Level* const to = pathway.level(branch);
      if (to == nullptr) continue;
      const PlaceView place = make_place(site, links, *to);
      page.ways.push_back({branch.value, to->title, place.look, {place}, links.to(address::difference(at.id, to->id)), make_passages(links, to->summary), {}});
    }
    page.rows = 1;
  }
  for (const pathway::Section& section : fork.sections) page.sections.push_back({section.anchor, section.title, make_passages(links, section.passages)});
  return page;
}

void fill(Values values, const ForkPage& page) {
  values.set("TITLE", page.title);
  fill(values.include("AT", "place.html"), page.at);
  values.set("REACH_HREF", page.reach);
  include_passages(values, "INTRO", page.intro);
  values.set("ROWS", std::min<std::size_t>(page.rows, 9));
  for (const ForkPage::Way& way : page.ways) {
    const Values row = values.add("WAY");
    row.set("WAY_ANCHOR", way.anchor);
    row.set("WAY_TITLE", way.title);
    row.set("WAY_LOOK", way.look);
    for (const PlaceView& place : way.to) {
      const Values to = row.add("TO");
      fill(to.include("TO_PLACE", "place.html"), place);
      to.set("TO_SHIFT", place.shift);
      to.set("DIFFERENCE_HREF", way.difference);
      to.set("TO_TITLE", place.title);
    }
    if (way.to.empty()) fill(row.add("STAY").include("STAY_PLACE", "place.html"), page.at);
    include_passages(row, "WAY_INTRO", way.intro);
    for (const ForkPage::Aspect& aspect : way.aspects) {
      const Values part = row.add("ASPECT");
      part.set("ASPECT_ANCHOR", aspect.anchor);
      part.set("ASPECT_TITLE", aspect.title);
      include_passages(part, "ASPECT_PASSAGES", aspect.passages, HeadingLevel::four);
    }
  }
  for (const ForkPage::SectionView& section : page.sections) {
    const Values row = values.add("SECTION");
    row.set("SECTION_ANCHOR", section.anchor);
    row.set("SECTION_TITLE", section.title);
    include_passages(row, "SECTION_PASSAGES", section.passages);
  }
}

}  // namespace waymark::web::pages
