#include "web/landscape/layout.hpp"
#include "web/pages/landscape_page.hpp"

namespace waymark::web::pages {
namespace {

using landscape::number;
using landscape::TextAnchor;
using landscape::TextLine;

std::string_view anchor_class(TextAnchor anchor) { return anchor == TextAnchor::start ? "at-start" : anchor == TextAnchor::end ? "at-end" : "at-middle"; }

std::string_view kind_class(TextLine::Kind kind) {
  switch (kind) {
    case TextLine::Kind::id: return "map-id";
    case TextLine::Kind::name: return "map-name";
    case TextLine::Kind::shift: return "map-shift";
    case TextLine::Kind::dormant: return "map-dormant";
  }
  return "";
}

void fill_spot(Values values, const LandscapePage::Spot& spot) {
  for (const LandscapePage::Spot::Way& way : spot.ways) {
    const Values row = values.add("WAY");
    row.set("WAY_LOOK", way.look);
    row.set("WAY_KIND", way.is_return ? "is-return" : "is-onward");
    row.show_if(way.dormant, "WAY_DORMANT");
    row.set("PATH", way.path);
    row.set("ARROW", way.arrow);
    row.set("TO", way.to);
  }
  values.set("HREF", spot.place.href);
  values.set("LOOK", spot.place.look);
  values.show_if(spot.on_axis, "ON_AXIS");
  values.show_if(spot.place.dormant, "IS_DORMANT");
  values.show_if(spot.is_here, "IS_HERE");
  values.show_if(spot.is_here, "HERE_RING");
  values.show_if(spot.in_reach, "IN_REACH");
  values.show_text("PEOPLE", "COUNT", spot.people == 0 ? std::string() : std::to_string(spot.people));
  values.set("ID", spot.place.id);
  values.set("NEIGHBOURS", spot.neighbours);
  values.set("LABEL", spot.label);
  values.show_text("LEADER", "LEADER_PATH", spot.drawn.leader);
  values.set("X", number(spot.drawn.at.x));
  values.set("Y", number(spot.drawn.at.y));
  values.set("MARK", spot.mark);
  values.show_if(spot.is_fork, "FORK");
  const landscape::Box& box = spot.drawn.label;
  values.set("BOX_X", number(box.left - 4));
  values.set("BOX_Y", number(box.top - 3));
  values.set("BOX_WIDTH", number(box.right - box.left + 8));
  values.set("BOX_HEIGHT", number(box.bottom - box.top + 6));
  for (const TextLine& line : spot.drawn.lines) {
    const Values row = values.add("LINE");
    row.set("KIND", kind_class(line.kind));
    row.set("ANCHOR", anchor_class(line.anchor));
    row.set("LINE_X", number(line.at.x));
    row.set("LINE_Y", number(line.at.y));
    row.set("TEXT", line.text);
  }
}

}  // namespace

void fill(Values values, const LandscapePage::Map& map) {
  values.set("ORIENTATION", map.orientation == landscape::Orientation::across ? "map-across" : "map-down");
  values.set("VIEW", "0 0 " + number(map.width) + " " + number(map.height));
  for (const std::string& contour : map.contours) values.add("CONTOUR").set("CONTOUR_PATH", contour);
  for (const landscape::Tick& tick : map.ticks) {
    const Values row = values.add("TICK");
    row.set("TICK_PATH", tick.path);
    row.set("TICK_X", number(tick.at.x));
    row.set("TICK_Y", number(tick.at.y));
    row.set("WORD", tick.word);
  }
  for (const landscape::TrackLabel& track : map.tracks) {
    const Values row = values.add("TRACK");
    row.set("TRACK_LOOK", track_look(track.track));
    row.set("TRACK_X", number(track.at.x));
    row.set("TRACK_Y", number(track.at.y));
    row.set("TRACK_TITLE", track.text);
  }
  for (const LandscapePage::Spot& spot : map.spots) fill_spot(values.add("SPOT"), spot);
}

}  // namespace waymark::web::pages
