#include "web/pages/difference_page.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include "pathway/difference.hpp"

namespace waymark::web::pages {
namespace {

/// The fewest routes from one place to another; the places between. Dormant places are no way through. Absent when no way leads there.
std::optional<std::vector<const pathway::Level*>> way_between(const pathway::Pathway& pathway, const pathway::Level& from, const pathway::Level& to) {
  std::map<pathway::LevelId, pathway::LevelId> before;
  std::deque<pathway::LevelId> open{from.id};
  while (!open.empty()) {
    const pathway::LevelId at = open.front();
    open.pop_front();
    for (const pathway::Route* const route : pathway.routes_from(at)) {
      const pathway::Level* const next = pathway.level(route->to);
      if (next == nullptr || next->id == from.id || before.contains(next->id) || (next->dormant && next != &to)) continue;
      before[next->id] = at;
      open.push_back(next->id);
    }
  }
  if (!before.contains(to.id)) return std::nullopt;
  std::vector<const pathway::Level*> between;
  for (pathway::LevelId at = before[to.id]; at != from.id; at = before[at]) between.push_back(pathway.level(at));
  std::reverse(between.begin(), between.end());
  return between;
}

std::string track_title(const pathway::Pathway& pathway, const pathway::Level& level) {
  const pathway::Track* const track = pathway.track(level.track);
  return track == nullptr ? level.track.value : track->title;
}

}  // namespace

DifferencePage make_difference_page(const Site& site, const Links& links, const pathway::Level& from, const pathway::Level& to) {
  const pathway::Pathway& pathway = site.pathway();
  const pathway::Difference difference = what_would_change(pathway, from, to);
  DifferencePage page;
  page.from = make_place(site, links, from);
  page.to = make_place(site, links, to);
  page.from_track = track_title(pathway, from);
  page.to_track = track_title(pathway, to);
  page.from_scope = from.scope;
  page.to_scope = to.scope;
  if (difference.route != nullptr) {
    page.has_route = true;
    page.note = difference.route->note;
    page.is_return = difference.route->kind == pathway::Route::Kind::return_;
  } else if (const auto between = way_between(pathway, from, to)) {
    for (const pathway::Level* const level : *between) page.by_way_of.push_back(make_place(site, links, *level));
  } else {
    page.unreachable = true;
  }
  if (site.has_difference(to, from)) page.other_way = links.to(address::difference(to.id, from.id));
  page.keeps = group_by_place(site, links, difference.keeps);
  page.keeps_count = difference.keeps.size();
  std::vector<const pathway::Criterion*> again;
  for (const pathway::Criterion* const criterion : difference.starts) {
    if (criterion->level != to.id) {
      again.push_back(criterion);
      continue;
    }
    page.starts.push_back({to_string(criterion->citation()), criterion->title, links.to(address::level(to.id), criterion->anchor),
                           make_passages(links, criterion->passages, to.id.value)});
  }
  page.again = group_by_place(site, links, again);
  for (const pathway::Stops& stop : difference.stops) {
    page.stops.push_back({stop.criterion->title, links.to(address::level(stop.criterion->level), stop.criterion->anchor), to_string(stop.criterion->citation()),
                          stop.because == nullptr ? Prose() : make_prose(links, stop.because->because.block)});
  }
  if (difference.not_yet != nullptr) page.not_yet = make_passages(links, difference.not_yet->passages, to.id.value);
  page.reach = links.to(address::reach(from.id));
  return page;
}

void fill(Values values, const DifferencePage& page) {
  values.set("FROM_TITLE", page.from.title);
  values.set("TO_TITLE", page.to.title);
  values.set("FROM_ID", page.from.id);
  values.set("TO_ID", page.to.id);
  fill(values.include("FROM_PLACE", "place.html"), page.from);
  fill(values.include("TO_PLACE", "place.html"), page.to);
  values.set("FROM_SHIFT", page.from.shift);
  values.set("TO_SHIFT", page.to.shift);
  values.set("FROM_TRACK", page.from_track);
  values.set("TO_TRACK", page.to_track);
  values.set("FROM_SCOPE", page.from_scope);
  values.set("TO_SCOPE", page.to_scope);
  if (page.has_route) {
    const Values route = values.add("ROUTE");
    route.show_if(page.is_return, "RETURN");
    route.set("NOTE", page.note);
  } else if (!page.by_way_of.empty()) {
    const Values way = values.add("BY_WAY_OF");
    for (const PlaceView& place : page.by_way_of) fill(way.add("BETWEEN").include("BETWEEN_PLACE", "place.html"), place);
  }
  values.show_if(page.unreachable, "UNREACHABLE");
  values.show_text("OTHER_WAY", "OTHER_WAY_HREF", page.other_way);
  values.set("REACH_HREF", page.reach);

  const Values keeps = values.add(page.keeps.empty() ? "KEEPS_NOTHING" : "KEEPS");
  if (!page.keeps.empty()) {
    keeps.set("KEEPS_COUNT", page.keeps_count);
    keeps.show_if(page.keeps_count != 1, "KEEPS_MANY");
    keeps.show_if(page.keeps_count == 1, "KEEPS_ONE");
    include_groups(keeps, "KEEPS_GROUPS", page.keeps);
  }
  if (page.starts.empty() && page.again.empty()) (void)values.add("STARTS_NOTHING");
  for (const DifferencePage::Start& start : page.starts) {
    const Values row = values.add("START");
    row.set("START_CITATION", start.citation);
    row.set("START_TITLE", start.title);
    row.set("START_HREF", start.href);
    for (const PassageView& passage : start.passages) row.add("START_PASSAGE").set("START_BODY", passage.body);
  }
  if (!page.again.empty()) include_groups(values.add("AGAIN"), "AGAIN_GROUPS", page.again);
  const Values stops = values.add(page.stops.empty() ? "STOPS_NOTHING" : "STOPS");
  for (const DifferencePage::Stop& stop : page.stops) {
    const Values row = stops.add("STOP");
    row.set("STOP_CITATION", stop.citation);
    row.show_if(!stop.because.empty(), "BECAUSE");
    row.set("STOP_BODY", stop.because);
    row.show_if(stop.because.empty(), "UNSAID");
    row.set("STOP_TITLE", stop.title);
    row.set("STOP_HREF", stop.href);
  }
  if (page.not_yet.empty()) (void)values.add("NOT_YET_UNSAID");
  for (const PassageView& passage : page.not_yet) values.add("NOT_YET").set("NOT_YET_BODY", passage.body);
}

}  // namespace waymark::web::pages
