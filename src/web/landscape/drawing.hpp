/// The landscape as a drawing: where places, routes, words and the ground under them lie. Pure geometry from plain values; how it looks is in the style
/// sheet. The same input gives the same drawing, to the last digit.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "web/landscape/geometry.hpp"

namespace waymark::web::landscape {

enum class Orientation {
  across,  ///< scope widens to the right
  down,    ///< scope widens downwards, for narrow screens
};

struct Place {
  std::string id;        ///< written above the title; empty: not
  std::string title;
  std::string shift;
  std::size_t track = 0;
  double position = 0;   ///< on the axis of scope; 1 is its first word
  bool dormant = false;
};

struct Route {
  std::size_t from = 0;  ///< indices of places
  std::size_t to = 0;
  bool is_return = false;
};

/// What is drawn. Places in the order of their tracks.
struct Ground {
  std::vector<Place> places;
  std::vector<Route> routes;
  std::vector<std::string> axis;
  std::vector<std::string> tracks;
  std::optional<std::size_t> fork;  ///< index of the place where the tracks part
};

enum class TextAnchor { start, middle, end };

struct TextLine {
  enum class Kind { id, name, shift, dormant };
  Kind kind = Kind::name;
  Point at;  ///< of the base line
  TextAnchor anchor = TextAnchor::middle;
  std::string text;
};

struct DrawnPlace {
  Point at;
  double radius = 0;
  bool on_axis = false;          ///< before the tracks part
  Box label;
  std::vector<TextLine> lines;
  std::string leader;            ///< path from mark to a label that had to stand apart; empty when it stands beside
};

struct DrawnRoute {
  Curve curve;
  std::string path;
  std::string arrow;  ///< a chevron on the path that shows the direction
};

struct Tick {
  Point at;
  TextAnchor anchor = TextAnchor::middle;
  std::string word;
  std::string path;  ///< the small stroke
};

struct TrackLabel {
  std::size_t track = 0;
  Point at;
  TextAnchor anchor = TextAnchor::start;
  std::string text;
  Box box;
};

struct Drawing {
  double width = 0;
  double height = 0;
  std::vector<DrawnPlace> places;  ///< as in Ground
  std::vector<DrawnRoute> routes;  ///< as in Ground
  std::vector<Tick> ticks;
  std::vector<TrackLabel> tracks;
  std::vector<std::string> contours;  ///< paths, lowest first
};

[[nodiscard]] Drawing draw(const Ground& ground, Orientation orientation);

/// The outline of a track's mark around the origin: a circle, a diamond, a square, …; the first six tracks differ.
[[nodiscard]] std::string mark_path(std::size_t track, double radius);

}  // namespace waymark::web::landscape
