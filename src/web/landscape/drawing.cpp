#include "web/landscape/drawing.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numbers>

#include <fmt/format.h>

#include "web/landscape/layout.hpp"
#include "web/landscape/text_width.hpp"

namespace waymark::web::landscape {
namespace {

constexpr double track_label_size = 13;
constexpr double tick_size = 12;

std::string leader_to(Point mark, const Box& box, double radius) {
  const Point near{std::clamp(mark.x, box.left, box.right), std::clamp(mark.y, box.top, box.bottom)};
  const Point way = near - mark;
  const double distance = length(way);
  if (distance <= radius + 12) return {};
  const Point begin = mark + way * ((radius + 3) / distance);
  const Point end = mark + way * ((distance - 3) / distance);
  return "M" + number(begin.x) + " " + number(begin.y) + "L" + number(end.x) + " " + number(end.y);
}

std::vector<Box> label_boxes(const std::vector<DrawnPlace>& places) {
  std::vector<Box> boxes;
  for (const DrawnPlace& place : places) boxes.push_back(place.label);
  return boxes;
}

/// The name of a track stands near where its lane begins, where nothing else does.
std::vector<TrackLabel> name_tracks(const Ground& ground, const Measures& measures, const Marks& marks, const std::vector<DrawnPlace>& places,
                                    const std::vector<Curve>& trails) {
  std::vector<TrackLabel> found;
  std::vector<Point> ink;
  for (const Curve& trail : trails) {
    for (const Point point : trail.samples(32)) ink.push_back(point);
  }
  const bool across = measures.orientation == Orientation::across;
  for (std::size_t track = 0; track < ground.tracks.size(); ++track) {
    const auto beside_axis = [&](std::size_t i) { return ground.places[i].track == track && marks.lane[i] != 0; };
    std::size_t first = 0;
    while (first < ground.places.size() && !beside_axis(first)) ++first;
    if (first == ground.places.size()) continue;
    const std::vector<std::string> lines = wrap_text(ground.tracks[track], Face::sans, track_label_size, across ? 260 : 160, 1);
    const std::string text = lines.empty() ? std::string() : lines.front();
    const double w = text_width(text, Face::sans, track_label_size * 1.06);
    const double h = track_label_size * 1.4;
    const Point mark = marks.at[first];
    const double side = marks.lane[first] < 0 ? -1 : 1;
    TrackLabel best;
    double least = std::numeric_limits<double>::infinity();
    const double span = across ? measures.extent : measures.breadth;
    for (double dy = -150; dy <= 150; dy += 9) {
      for (double dx = -240; dx <= 240; dx += 12) {
        const Box box{mark.x + dx - w / 2, mark.y + dy - h / 2, mark.x + dx + w / 2, mark.y + dy + h / 2};
        if (box.left < 4 || box.right > span - 4) continue;
        // Outside the lane rather than between the lanes, and before its first place rather than behind it.
        double cost = std::abs(dx) * 0.5 + std::abs(dy) * 0.7 + (across ? (dy * side < 0 ? 40 : 0) : (dy > 0 ? 30 : 0));
        if (!across && (mark.x + dx - measures.breadth / 2) * side < 0) cost += 400;
        const auto hits = [&](const Box& other) { return box.overlaps(other, 5); };
        for (const DrawnPlace& place : places) cost += hits(place.label) ? 1e6 : 0;
        for (const TrackLabel& other : found) cost += hits(other.box) ? 1e6 : 0;
        for (const Point at : marks.at) cost += box.contains(at, measures.radius + 5) ? 1e6 : 0;
        for (const Point point : ink) cost += box.contains(point, 4) ? 60 : 0;
        if (cost < least) {
          least = cost;
          best = {track, {(box.left + box.right) / 2, box.top + h * 0.74}, TextAnchor::middle, text, box};
        }
      }
    }
    // Not named rather than written over something: the list below names it too.
    if (least < 1e6) found.push_back(best);
  }
  return found;
}

std::vector<Tick> set_ticks(const Ground& ground, const Measures& measures, const Marks& marks, double last, double foot) {
  std::vector<Tick> ticks;
  double before = -1000;
  for (std::size_t i = 0; i < ground.axis.size(); ++i) {
    const double at = marks.along(static_cast<double>(i) + 1);
    if (at < 16 || at > last - 8) continue;
    if (measures.orientation == Orientation::across) {
      const double w = text_width(ground.axis[i], Face::sans, tick_size);
      if (at - w / 2 < before + 10) continue;
      before = at + w / 2;
      ticks.push_back({{at, foot + 22}, TextAnchor::middle, ground.axis[i], fmt::format("M{} {}v6", number(at), number(foot))});
    } else {
      if (at < before + 22) continue;
      before = at;
      ticks.push_back({{at, 0}, TextAnchor::start, ground.axis[i], {}});
    }
  }
  return ticks;
}

void move_down(Drawing& drawing, std::vector<Point>& marks, double by) {
  const auto move_box = [by](Box& box) { box.top += by, box.bottom += by; };
  for (Point& mark : marks) mark.y += by;
  for (DrawnPlace& place : drawing.places) {
    place.at.y += by;
    move_box(place.label);
    for (TextLine& line : place.lines) line.at.y += by;
  }
  for (DrawnRoute& route : drawing.routes) {
    for (Point& point : route.curve.points) point.y += by;
  }
  for (TrackLabel& track : drawing.tracks) track.at.y += by, move_box(track.box);
}

}  // namespace

std::string mark_path(std::size_t track, double radius) {
  const auto polygon = [&](int corners, double turn, double size) {
    std::string path;
    for (int i = 0; i < corners; ++i) {
      const double angle = turn + 2 * std::numbers::pi * i / corners;
      path += fmt::format("{}{} {}", i == 0 ? "M" : "L", number(size * std::cos(angle)), number(size * std::sin(angle)));
    }
    return path + "Z";
  };
  const double right = std::numbers::pi / 2;
  // Sizes give every shape about the area of the circle.
  switch (track % 6) {
    case 0: return fmt::format("M-{0} 0A{0} {0} 0 1 1 {0} 0A{0} {0} 0 1 1-{0} 0Z", number(radius));
    case 1: return polygon(4, 0, radius * 1.25);
    case 2: return polygon(4, right / 2, radius * 1.25);
    case 3: return polygon(3, -right, radius * 1.5);
    case 4: return polygon(6, 0, radius * 1.1);
    default: return polygon(3, right, radius * 1.5);
  }
}

Drawing draw(const Ground& ground, Orientation orientation) {
  const Measures measures = measures_for(orientation);
  const std::vector<Words> words = set_words(ground, measures, lanes(ground));
  std::vector<double> heights;
  for (const Words& each : words) heights.push_back(each.height);
  Marks marks = set_marks(ground, measures, heights);

  std::vector<Curve> trails = lay_trails(ground, measures, marks, {});
  Drawing drawing;
  drawing.places = place_labels(ground, measures, marks, words, trails, {});
  // Once more, each knowing of the other: paths step aside for words, then words for paths.
  trails = lay_trails(ground, measures, marks, label_boxes(drawing.places));
  drawing.places = place_labels(ground, measures, marks, words, trails, {});
  drawing.tracks = name_tracks(ground, measures, marks, drawing.places, trails);
  for (const Curve& trail : trails) drawing.routes.push_back({trail, {}, {}});

  double top = std::numeric_limits<double>::max();
  double bottom = std::numeric_limits<double>::lowest();
  const auto include = [&](double low, double high) { top = std::min(top, low), bottom = std::max(bottom, high); };
  for (const DrawnPlace& place : drawing.places) include(std::min(place.label.top, place.at.y - 20), std::max(place.label.bottom, place.at.y + 20));
  for (const TrackLabel& track : drawing.tracks) include(track.box.top, track.box.bottom);
  for (const Curve& trail : trails) {
    for (const Point point : trail.samples(12)) include(point.y, point.y);
  }
  const bool across = orientation == Orientation::across;
  // Some ground on both sides of the way, also where nothing else lies there.
  if (orientation == Orientation::across || ground.places.empty()) include(-100, 100);
  const double lift = (across ? 28 : 10) - top;
  move_down(drawing, marks.at, lift);
  const double foot = bottom + lift + (across ? 26 : 16);
  drawing.width = across ? measures.extent : measures.breadth;
  drawing.height = across ? foot + 34 : foot;
  drawing.ticks = across ? set_ticks(ground, measures, marks, drawing.width, foot) : std::vector<Tick>{};
  std::vector<Curve> moved;
  for (std::size_t i = 0; i < drawing.routes.size(); ++i) {
    DrawnRoute& route = drawing.routes[i];
    route.path = curve_path(route.curve);
    route.arrow = chevron_path(route.curve, 0.62, across ? 8 : 7);
    moved.push_back(route.curve);
  }
  for (DrawnPlace& place : drawing.places) place.leader = leader_to(place.at, place.label, place.radius);
  drawing.contours = contours(drawing.width, across ? foot - 6 : drawing.height, moved, marks.at);
  return drawing;
}

}  // namespace waymark::web::landscape
