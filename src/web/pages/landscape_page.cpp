#include "web/pages/landscape_page.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace waymark::web::pages {
namespace {

std::size_t index_of(const pathway::Pathway& pathway, const pathway::LevelId& id) { return static_cast<std::size_t>(pathway.level(id) - pathway.levels.data()); }

/// Where a reader of the map walks from place to place: by scope, then by track.
std::vector<std::size_t> walking_order(const pathway::Pathway& pathway) {
  std::vector<std::size_t> order(pathway.levels.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return pathway.levels[a].scope_position < pathway.levels[b].scope_position; });
  return order;
}

bool is_in_reach(const pathway::Pathway& pathway, std::string_view from, const pathway::Level& to) {
  return !from.empty() && !to.dormant && std::any_of(pathway.routes.begin(), pathway.routes.end(), [&](const pathway::Route& route) {
    return route.from.value == from && route.to == to.id;
  });
}

LandscapePage::Map make_map(const Site& site, const Links& links, landscape::Orientation orientation, const MapMarks& marks) {
  const pathway::Pathway& pathway = site.pathway();
  const landscape::Ground& ground = site.landscape().ground;
  const landscape::Drawing& drawing = orientation == landscape::Orientation::across ? site.landscape().across : site.landscape().down;
  LandscapePage::Map map{orientation, drawing.width, drawing.height, drawing.contours, drawing.ticks, drawing.tracks, {}};
  for (const std::size_t i : walking_order(pathway)) {
    const pathway::Level& level = pathway.levels[i];
    LandscapePage::Spot spot;
    spot.place = make_place(site, links, level);
    const pathway::Track* const track = pathway.track(level.track);
    // Begins with the words that are seen, in their order, so that who speaks to the page can name what stands there.
    spot.label = (ground.places[i].id.empty() ? std::string() : level.id.value + " ") + level.title + ". " + level.shift +
                 (level.dormant ? ". Not in use here" : "") + ". Scope: " + level.scope +
                 ". Track: " + (track == nullptr ? level.track.value : track->title) + ".";
    spot.is_here = !marks.here.empty() && level.id.value == marks.here;
    spot.in_reach = is_in_reach(pathway, marks.here, level);
    if (spot.is_here) spot.label += " You are here.";
    if (spot.in_reach) spot.label += " In reach of where you are.";
    if (const auto found = marks.people.find(level.id.value); found != marks.people.end()) {
      spot.people = found->second;
      spot.label += " " + counted(found->second, "of your people is here.", "of your people are here.");
    }
    spot.on_axis = drawing.places[i].on_axis;
    spot.is_fork = ground.fork == i;
    spot.drawn = drawing.places[i];
    spot.mark = landscape::mark_path(ground.places[i].track, drawing.places[i].radius);
    std::vector<std::string> neighbours;
    for (std::size_t route = 0; route < pathway.routes.size(); ++route) {
      const pathway::Route& each = pathway.routes[route];
      if (each.from != level.id) continue;
      const std::size_t to = index_of(pathway, each.to);
      const bool is_return = each.kind == pathway::Route::Kind::return_;
      neighbours.push_back((is_return ? "return:" : "onward:") + each.to.value);
      const bool common = drawing.places[i].on_axis && drawing.places[to].on_axis;
      spot.ways.push_back({drawing.routes[route].path, drawing.routes[route].arrow, common ? "is-common" : track_look(ground.places[to].track), each.to.value, is_return,
                           level.dormant || pathway.levels[to].dormant});
    }
    spot.neighbours = join(neighbours, " ");
    map.spots.push_back(std::move(spot));
  }
  return map;
}

LandscapePage::Entry make_entry(const Site& site, const Links& links, const pathway::Level& level) {
  const pathway::Pathway& pathway = site.pathway();
  LandscapePage::Entry entry{make_place(site, links, level), level.scope, {}, level.dormant ? level.when : std::string(), links.to(address::reach(level.id)), {}};
  std::vector<std::string> equals;
  for (const pathway::Level* const equal : pathway.equals(level.id)) equals.push_back(equal->title);
  entry.equals = in_words(equals);
  for (const pathway::Route* const route : pathway.routes_from(level.id)) {
    const pathway::Level& to = *pathway.level(route->to);
    entry.ways.push_back({make_place(site, links, to), links.to(address::difference(level.id, to.id)), route->kind == pathway::Route::Kind::return_});
  }
  return entry;
}

std::optional<LandscapePage::Here> make_here(const Site& site, const Links& links, std::string_view id) {
  const pathway::Pathway& pathway = site.pathway();
  const pathway::Level* const level = id.empty() ? nullptr : pathway.level(id);
  if (level == nullptr) return std::nullopt;
  LandscapePage::Here here{.place = make_place(site, links, *level), .side_by_side = links.to(address::reach(level->id))};
  for (const pathway::Route* const route : pathway.routes_from(level->id)) {
    const pathway::Level& to = *pathway.level(route->to);
    if (to.dormant) continue;
    const bool is_return = route->kind == pathway::Route::Kind::return_;
    (is_return ? here.returns : here.onward).push_back({make_place(site, links, to), links.to(address::difference(level->id, to.id)), is_return});
  }
  return here;
}

void fill_here(Values values, const LandscapePage::Here& here) {
  values.set("HERE_TITLE", here.place.title);
  values.set("HERE_HREF", here.title_page.empty() ? here.place.href : here.title_page);
  values.show_text("HERE_SINCE", "SINCE", here.since);
  // Where several ways lead on, none is nearer to the hand than another.
  values.show_text("SEVERAL", "SIDE_BY_SIDE", here.onward.size() > 1 ? here.side_by_side : std::string());
  for (const LandscapePage::Way& way : here.onward) {
    const Values row = values.add("ONWARD");
    row.set("ONWARD_TITLE", way.to.title);
    row.set("ONWARD_HREF", way.to.href);
    row.set("ONWARD_DIFFERENCE", way.href);
    row.show_if(here.onward.size() == 1, "ONLY");
  }
  values.show_if(here.has_people, "HAS_PEOPLE");
  if (here.returns.empty()) return;
  const Values back = values.add("BACK");
  for (const LandscapePage::Way& way : here.returns) {
    const Values row = back.add("RETURN_WAY");
    row.set("RETURN_TITLE", way.to.title);
    row.set("RETURN_HREF", way.href);
  }
}

void fill_entry(Values values, const LandscapePage::Entry& entry) {
  fill(values.include("PLACE", "place.html"), entry.place);
  values.set("SHIFT", entry.place.shift);
  values.set("SCOPE", entry.scope);
  values.show_text("EQUAL", "EQUALS", entry.equals);
  values.show_text("WHEN", "REASON", entry.when);
  if (entry.ways.empty()) return;
  const Values ways = values.add("WAYS");
  ways.set("REACH", entry.reach);
  ways.set("FROM_ID", entry.place.id);
  for (const LandscapePage::Way& way : entry.ways) {
    const Values row = ways.add("WAY");
    row.set("TO_TITLE", way.to.title);
    row.set("WAY_HREF", way.href);
    row.show_if(way.is_return, "RETURN");
  }
}

}  // namespace

landscape::Ground make_ground(const pathway::Pathway& pathway) {
  landscape::Ground ground;
  ground.axis = pathway.scope_axis;
  for (const pathway::Track& track : pathway.tracks) ground.tracks.push_back(track.title);
  for (const pathway::Level& level : pathway.levels) {
    const auto track = std::find_if(pathway.tracks.begin(), pathway.tracks.end(), [&](const pathway::Track& each) { return each.id == level.track; });
    // An id that only repeats the title would be written twice.
    const std::string id = slug(level.title) == to_lower_ascii(level.id.value) ? std::string() : level.id.value;
    ground.places.push_back({id, level.title, level.shift, static_cast<std::size_t>(track - pathway.tracks.begin()), level.scope_position, level.dormant});
  }
  for (const pathway::Route& route : pathway.routes) {
    ground.routes.push_back({index_of(pathway, route.from), index_of(pathway, route.to), route.kind == pathway::Route::Kind::return_});
  }
  if (pathway.fork && pathway.level(pathway.fork->at) != nullptr) ground.fork = index_of(pathway, pathway.fork->at);
  return ground;
}

std::vector<LandscapePage::Map> make_maps(const Site& site, const Links& links, const MapMarks& marks) {
  return {make_map(site, links, landscape::Orientation::across, marks), make_map(site, links, landscape::Orientation::down, marks)};
}

LandscapePage make_landscape_page(const Site& site, const Links& links, const MapMarks& marks) {
  const pathway::Pathway& pathway = site.pathway();
  const landscape::Ground& ground = site.landscape().ground;
  LandscapePage page;
  page.name = pathway.name;
  page.here = make_here(site, links, marks.here);
  if (!pathway.levels.empty()) {
    const pathway::Level& first = pathway.levels[walking_order(pathway).front()];
    page.begin_at = first.title;
    page.begin_href = links.to(address::level(first.id));
  }
  if (ground.fork) {
    page.fork_place = pathway.levels[*ground.fork].title;
    page.fork_href = links.to("/fork");
  }
  page.has_returns = std::any_of(pathway.routes.begin(), pathway.routes.end(), [](const pathway::Route& route) { return route.kind == pathway::Route::Kind::return_; });
  page.has_dormant = std::any_of(pathway.levels.begin(), pathway.levels.end(), [](const pathway::Level& level) { return level.dormant; });
  page.maps = make_maps(site, links, marks);
  for (std::size_t i = 0; i < pathway.tracks.size(); ++i) {
    LandscapePage::Track track{pathway.tracks[i].title, pathway.tracks[i].summary, track_look(i), {}};
    for (const pathway::Level& level : pathway.levels) {
      if (level.track == pathway.tracks[i].id) track.entries.push_back(make_entry(site, links, level));
    }
    page.tracks.push_back(std::move(track));
  }
  return page;
}

void fill(Values values, const LandscapePage& page) {
  values.set("NAME", page.name);
  if (page.here) fill_here(values.add("HERE"), *page.here);
  values.show_if(!page.here, "NOWHERE");
  if (!page.here && !page.begin_at.empty()) {
    const Values begin = values.add("BEGIN");
    begin.set("BEGIN_TITLE", page.begin_at);
    begin.set("BEGIN_HREF", page.begin_href);
  }
  if (!page.fork_place.empty()) {
    const Values fork = values.add("FORK");
    fork.set("FORK_PLACE", page.fork_place);
    fork.set("FORK_HREF", page.fork_href);
  }
  for (const LandscapePage::Map& map : page.maps) fill(values.include("MAP", "map.html"), map);
  values.show_if(page.has_returns, "RETURNS");
  values.show_if(page.has_dormant, "DORMANT");
  for (const LandscapePage::Track& track : page.tracks) {
    const Values row = values.add("TRACK");
    row.set("TRACK_TITLE", track.title);
    row.set("TRACK_SUMMARY", track.summary);
    row.set("TRACK_LOOK", track.look);
    for (const LandscapePage::Entry& entry : track.entries) fill_entry(row.add("ENTRY"), entry);
  }
}

}  // namespace waymark::web::pages
