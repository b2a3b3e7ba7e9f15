#include <algorithm>

#include "pathway/difference.hpp"
#include "web/pages/difference_page.hpp"
#include "web/pages/level_page.hpp"

namespace waymark::web::pages {
namespace {

using pathway::SectionKind;

bool is_list(const pathway::Passage& passage) { return passage.block.kind == markup::Block::Kind::bullet_list || passage.block.kind == markup::Block::Kind::ordered_list; }

LevelPage::CriterionView make_criterion(const Site& site, const Links& links, const pathway::Criterion& criterion) {
  LevelPage::CriterionView view{criterion.anchor, to_string(criterion.citation()), criterion.title, Prose(links.prose(criterion.title_html)),
                                links.to(address::citation(criterion.citation())), make_passages(links, criterion.passages, criterion.level.value), {}};
  for (const pathway::Capability* const capability : site.capabilities_of(criterion.citation())) {
    // Its page has an anchor for a level only where it says something about it.
    const bool told = std::any_of(capability->levels.begin(), capability->levels.end(), [&](const pathway::AtLevel& at) { return at.level == criterion.level; });
    view.capabilities.push_back({capability->title, links.to(address::capability(capability->id), told ? criterion.level.value : std::string())});
  }
  return view;
}

LevelPage::SectionView make_section(const Site& site, const Links& links, const pathway::Level& level, const pathway::Section& section) {
  const std::string_view kind = section_id(section.kind);
  LevelPage::SectionView view{section.anchor, section.title, kind.empty() ? "other" : std::string(kind), {}, {}, {}, {}, section.kind == SectionKind::what_changes_here};
  const bool has_stops = section.kind == SectionKind::what_stops_counting && !level.stops.empty();
  std::vector<pathway::Passage> shown;
  for (const pathway::Passage& passage : section.passages) {
    if (has_stops && is_list(passage) && view.stops_anchor.empty()) {
      view.stops_anchor = passage.anchor;
    } else if (!has_stops || !is_list(passage)) {
      shown.push_back(passage);
    }
  }
  view.passages = make_passages(links, shown, level.id.value);
  if (has_stops) {
    for (const pathway::StopsCounting& stop : level.stops) {
      view.stops.push_back({stop.because.anchor, level.id.value + "." + stop.because.anchor, make_prose(links, stop.because.block)});
    }
  }
  if (view.is_changes) {
    for (const pathway::Criterion& criterion : level.criteria) view.criteria.push_back(make_criterion(site, links, criterion));
  }
  return view;
}

LevelPage::Told make_told(const Links& links, const pathway::Level& level, const pathway::Archetype& archetype, const pathway::AtLevel& at) {
  LevelPage::Told told{archetype.title, links.to(address::archetype(archetype.id)), {}, {}, links.to(address::level(level.id))};
  std::vector<pathway::Passage> words;
  std::vector<pathway::Passage> examples;
  for (const pathway::Passage& passage : at.passages) {
    // These stand on the level's page, whose own anchors come first.
    pathway::Passage moved = passage;
    moved.anchor = "in-" + archetype.id.value + "-" + passage.anchor;
    (is_list(passage) ? examples : words).push_back(std::move(moved));
  }
  told.passages = make_passages(links, words);
  told.examples = make_passages(links, examples);
  return told;
}

void make_ways(LevelPage& page, const Site& site, const Links& links, const pathway::Level& level, const pathway::Archetype* archetype) {
  const pathway::Pathway& pathway = site.pathway();
  // Walking on from a page in one's own kind of work leads to pages in it.
  const auto place = [&](const pathway::Level& other) {
    PlaceView view = make_place(site, links, other);
    if (archetype != nullptr && archetype->at(other.id) != nullptr) view.href = links.to(address::level_in(archetype->id, other.id));
    return view;
  };
  const auto difference = [&](const pathway::Level& from, const pathway::Level& to) {
    return site.has_difference(from, to) ? links.to(address::difference(from.id, to.id)) : std::string();
  };
  for (const pathway::Route* const route : pathway.routes_from(level.id)) {
    const pathway::Level& to = *pathway.level(route->to);
    page.from_here.push_back({place(to), route->note, difference(level, to), route->kind == pathway::Route::Kind::return_});
  }
  for (const pathway::Route* const route : pathway.routes_to(level.id)) {
    const pathway::Level& from = *pathway.level(route->from);
    page.to_here.push_back({place(from), route->note, difference(from, level), route->kind == pathway::Route::Kind::return_});
  }
  for (const pathway::Level* const equal : pathway.equals(level.id)) page.equals.push_back(place(*equal));
}

void make_carried(LevelPage& page, const Site& site, const Links& links, const pathway::Level& level) {
  std::vector<const pathway::Criterion*> carried = what_counts(site.pathway(), level);
  std::erase_if(carried, [&](const pathway::Criterion* criterion) { return criterion->level == level.id; });
  page.carried = group_by_place(site, links, carried);
  page.carried_count = carried.size();
}

}  // namespace

LevelPage make_level_page(const Site& site, const Links& links, const pathway::Level& level, const pathway::Archetype* archetype) {
  const pathway::Pathway& pathway = site.pathway();
  LevelPage page;
  page.place = make_place(site, links, level);
  const pathway::Track* const track = pathway.track(level.track);
  page.track = track == nullptr ? level.track.value : track->title;
  page.scope = level.scope;
  page.autonomy = level.autonomy;
  page.span = level.span;
  page.band = level.band;
  page.when = level.when;
  page.dormant = level.dormant;
  page.file = level.place.file;
  for (const std::string& word : pathway.scope_axis) page.axis.push_back({word, word == level.scope});
  page.summary = make_passages(links, level.summary, level.id.value);
  make_ways(page, site, links, level, archetype);
  page.reach = links.to(address::reach(level.id));
  if (pathway.fork && pathway.fork->at == level.id) page.fork = links.to("/fork");

  const std::vector<const pathway::Archetype*> archetypes = site.archetypes_at(level.id);
  if (!archetypes.empty()) page.archetypes.push_back({"Any engineer", links.to(address::level(level.id)), archetype == nullptr});
  for (const pathway::Archetype* const each : archetypes) {
    page.archetypes.push_back({each->title, links.to(address::level_in(each->id, level.id)), each == archetype});
  }
  if (archetype != nullptr && archetype->at(level.id) != nullptr) page.told.push_back(make_told(links, level, *archetype, *archetype->at(level.id)));

  for (const pathway::Section& section : level.sections) page.sections.push_back(make_section(site, links, level, section));
  make_carried(page, site, links, level);
  return page;
}

}  // namespace waymark::web::pages
