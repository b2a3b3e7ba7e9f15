/// The landscape: places and routes as a map, and the same as a list.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "web/landscape/drawing.hpp"
#include "web/pages/place.hpp"

namespace waymark::web::pages {

/// What somebody sees on it beside the places themselves.
struct MapMarks {
  std::string here = {};                         ///< the id of the level they are at; empty: none
  std::map<std::string, std::size_t> people = {};  ///< how many of their people are at each level, by id
};

struct LandscapePage {
  /// A place, what is written at it, and the routes that leave it: one group, so that looking at the place lights its routes.
  struct Spot {
    PlaceView place;
    std::string label;       ///< the accessible name: title, shift, scope, track
    std::string neighbours;  ///< ids of the places in reach, for the arrow keys: "onward:LSE onward:TTL"
    bool on_axis = false;
    bool is_fork = false;
    bool is_here = false;
    bool in_reach = false;   ///< one route away from here
    std::size_t people = 0;
    landscape::DrawnPlace drawn;
    std::string mark;
    struct Way {
      std::string path, arrow, look, to;
      bool is_return = false;
      bool dormant = false;    ///< it begins or ends at a dormant place
    };
    std::vector<Way> ways;
  };
  struct Map {
    landscape::Orientation orientation = landscape::Orientation::across;
    double width = 0;
    double height = 0;
    std::vector<std::string> contours;
    std::vector<landscape::Tick> ticks;
    std::vector<landscape::TrackLabel> tracks;
    std::vector<Spot> spots;
  };

  struct Way {
    PlaceView to;
    std::string href;        ///< of the difference
    bool is_return = false;
  };
  struct Entry {
    PlaceView place;
    std::string scope;
    std::string equals;      ///< "Technical Team Lead"; may be empty
    std::string when;        ///< of a dormant place
    std::string reach;
    std::vector<Way> ways;
  };
  struct Track {
    std::string title;
    std::string summary;
    std::string look;
    std::vector<Entry> entries;
  };

  /// Where the reader is.
  struct Here {
    PlaceView place;
    std::string side_by_side = {};  ///< address of all that is in reach
    std::string since = {};         ///< "3 March 2024, 8 months"; empty where nobody knows
    std::string title_page = {};    ///< the place in the reader's archetype; empty: the general page
    std::vector<Way> onward = {};
    std::vector<Way> returns = {};
    bool has_people = false;        ///< somebody reports to them
  };

  std::string name;
  std::optional<Here> here;
  std::string begin_at, begin_href;  ///< the first place
  std::string fork_place, fork_href; ///< empty without a fork
  bool has_returns = false;
  bool has_dormant = false;
  std::vector<Map> maps;
  std::vector<Track> tracks;
};

/// The landscape alone, for wide and for narrow screens.
[[nodiscard]] std::vector<LandscapePage::Map> make_maps(const Site& site, const Links& links, const MapMarks& marks);
/// With `marks.here` the page says so, and `here` is filled but for `since`.
[[nodiscard]] LandscapePage make_landscape_page(const Site& site, const Links& links, const MapMarks& marks = {});
/// landscape_page.html
void fill(Values values, const LandscapePage& page);
/// map.html
void fill(Values values, const LandscapePage::Map& map);

/// What is drawn for a pathway; places as in Pathway::levels, routes as in Pathway::routes.
[[nodiscard]] landscape::Ground make_ground(const pathway::Pathway& pathway);

}  // namespace waymark::web::pages
