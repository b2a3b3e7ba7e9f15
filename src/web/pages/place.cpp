#include "web/pages/place.hpp"

#include "base/text.hpp"
#include "web/landscape/drawing.hpp"

namespace waymark::web::pages {

std::string track_look(std::size_t track) { return "track-" + std::to_string(track % 6); }

PlaceView make_place(const Site& site, const Links& links, const pathway::Level& level) {
  const std::size_t track = site.track_index(level.track);
  return {level.id.value, level.title, level.shift, links.to(address::level(level.id)), landscape::mark_path(track, 6), track_look(track), level.dormant,
          slug(level.title) != to_lower_ascii(level.id.value)};
}

void fill(Values values, const PlaceView& place) {
  values.set("LOOK", place.look);
  values.set("MARK", place.mark);
  values.set("HREF", place.href);
  if (place.id_says_more) values.add("IDENTIFIED").set("ID", place.id);
  values.set("TITLE", place.title);
  values.show_if(place.dormant, "DORMANT");
}

}  // namespace waymark::web::pages
