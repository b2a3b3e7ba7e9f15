/// A place as it is named everywhere: its mark, its id, its title, a link to its page.
#pragma once

#include <string>

#include "web/pages/values.hpp"
#include "web/site.hpp"

namespace waymark::web::pages {

struct PlaceView {
  std::string id;
  std::string title;
  std::string shift;
  std::string href;
  std::string mark;        ///< outline of the track's mark
  std::string look;        ///< "track-0": hue of the track
  bool dormant = false;
  bool id_says_more = true;  ///< than the title: SSE does, senior-engineer beside Senior Engineer does not
};

[[nodiscard]] PlaceView make_place(const Site& site, const Links& links, const pathway::Level& level);
/// place.html
void fill(Values values, const PlaceView& place);

/// "track-0" to "track-5".
[[nodiscard]] std::string track_look(std::size_t track);

}  // namespace waymark::web::pages
