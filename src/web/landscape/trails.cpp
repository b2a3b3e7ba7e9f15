#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "web/landscape/layout.hpp"

namespace waymark::web::landscape {
namespace {

constexpr int steps = 24;

/// From `from` to `to`, bent by `bend` of its length to the left of the way one walks, so that the way back lies on the other side.
Curve bent(Point from, Point to, double bend) {
  const Point way = to - from;
  const Point left{way.y * bend * 4 / 3, -way.x * bend * 4 / 3};
  // The bend comes a little late: a path leaves a place in its direction and turns on the way.
  return {{from, from + way * 0.30 + left * 0.94, from + way * 0.68 + left * 1.06, to}};
}

/// The part of the curve outside the two marks.
Curve between_marks(const Curve& curve, double from_radius, double to_radius) {
  const std::vector<Point> points = curve.samples(120);
  std::size_t begin = 0;
  while (begin + 1 < points.size() && length(points[begin] - points.front()) < from_radius) ++begin;
  std::size_t end = points.size() - 1;
  while (end > begin + 1 && length(points[end] - points.back()) < to_radius) --end;
  return curve.part(static_cast<double>(begin) / 120, static_cast<double>(end) / 120);
}

Box box_of(const std::vector<Point>& points) {
  Box box{points.front().x, points.front().y, points.front().x, points.front().y};
  for (const Point point : points) {
    box = {std::min(box.left, point.x), std::min(box.top, point.y), std::max(box.right, point.x), std::max(box.bottom, point.y)};
  }
  return box;
}

class TrailLayer {
 public:
  TrailLayer(const Ground& ground, const Measures& measures, const Marks& marks, const std::vector<Box>& labels)
      : m_ground(ground), m_measures(measures), m_marks(marks), m_labels(labels), m_curves(ground.routes.size()), m_samples(ground.routes.size()), m_boxes(ground.routes.size()) {}

  std::vector<Curve> lay() {
    // Short ones first: they have least room to give way. Then everyone once more, knowing all others.
    std::vector<std::size_t> order(m_ground.routes.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) { return chord(a) < chord(b); });
    const int rounds = m_ground.routes.size() > 200 ? 1 : 2;
    for (int round = 0; round < rounds; ++round) {
      for (const std::size_t route : order) choose(route);
    }
    return m_curves;
  }

 private:
  [[nodiscard]] Point from(std::size_t route) const { return m_marks.at[m_ground.routes[route].from]; }
  [[nodiscard]] Point to(std::size_t route) const { return m_marks.at[m_ground.routes[route].to]; }
  [[nodiscard]] double chord(std::size_t route) const { return length(to(route) - from(route)); }
  [[nodiscard]] bool has_way_back(std::size_t route) const {
    return std::any_of(m_ground.routes.begin(), m_ground.routes.end(), [&](const Route& other) {
      return other.from == m_ground.routes[route].to && other.to == m_ground.routes[route].from;
    });
  }

  void choose(std::size_t route) {
    const double distance = std::max(chord(route), 1.0);
    // Bends in pixels, so that neighbouring pairs look alike whatever their length.
    const bool across = m_measures.orientation == Orientation::across;
    const double usual = has_way_back(route) ? std::clamp(distance * 0.13, across ? 11.0 : 9.0, across ? 24.0 : 14.0) : std::clamp(distance * 0.08, 4.0, 16.0);
    double best = std::numeric_limits<double>::infinity();
    for (const double factor : {1.0, 0.6, 1.5, 2.1, 3.0, 4.2, 6.0, -0.6, -1.0, -1.5, -2.1, -3.0, -4.2}) {
      if (factor < 0 && has_way_back(route)) continue;
      const Curve whole = bent(from(route), to(route), usual * factor / distance);
      const Curve curve = between_marks(whole, m_measures.radius + 6, m_measures.radius + 6);
      const std::vector<Point> samples = curve.samples(steps);
      const double cost = std::abs(factor - 1.0) * 1.2 + ((factor < 0) == across ? 0.3 : 0.0) + trouble(route, samples);
      if (cost < best) {
        best = cost;
        m_curves[route] = curve;
        m_samples[route] = samples;
        m_boxes[route] = box_of(samples);
      }
    }
  }

  [[nodiscard]] double trouble(std::size_t route, const std::vector<Point>& samples) const {
    double cost = 0;
    for (const Point point : samples) {
      for (std::size_t i = 0; i < m_marks.at.size(); ++i) {
        if (i == m_ground.routes[route].from || i == m_ground.routes[route].to) continue;
        const double near = length(point - m_marks.at[i]);
        if (near < m_measures.radius + 12) cost += near < m_measures.radius + 4 ? 60 : 12;
      }
      for (const Box& label : m_labels) cost += label.contains(point, 3) ? 7 : 0;
      if (m_measures.orientation == Orientation::down && (point.x < 4 || point.x > m_measures.breadth - 4)) cost += 50;
    }
    if (m_samples.size() > 200) return cost;
    const Box box = box_of(samples);
    for (std::size_t other = 0; other < m_samples.size(); ++other) {
      if (other == route) continue;
      if (!m_boxes[other].overlaps(box, 7)) continue;
      int near = 0;
      for (std::size_t i = 2; i + 2 < samples.size(); ++i) {
        for (const Point point : m_samples[other]) {
          if (squared(point - samples[i]) < 49) ++near;
        }
      }
      cost += std::min(near, 8) * 0.7;
    }
    return cost;
  }

  const Ground& m_ground;
  const Measures& m_measures;
  const Marks& m_marks;
  const std::vector<Box>& m_labels;
  std::vector<Curve> m_curves;
  std::vector<std::vector<Point>> m_samples;
  std::vector<Box> m_boxes;   ///< around the samples
};

}  // namespace

std::vector<Curve> lay_trails(const Ground& ground, const Measures& measures, const Marks& marks, const std::vector<Box>& labels) {
  return TrailLayer(ground, measures, marks, labels).lay();
}

std::string number(double value) {
  const double rounded = std::round(value * 10) / 10;
  return fmt::format("{}", rounded == 0 ? 0 : rounded);
}

std::string curve_path(const Curve& curve) {
  const auto& p = curve.points;
  return fmt::format("M{} {}C{} {} {} {} {} {}", number(p[0].x), number(p[0].y), number(p[1].x), number(p[1].y), number(p[2].x), number(p[2].y), number(p[3].x),
                     number(p[3].y));
}

std::string chevron_path(const Curve& curve, double t, double size) {
  const Point tip = curve.at(t);
  const Point along = curve.direction(t);
  const Point aside{-along.y, along.x};
  const Point back = tip - along * size;
  const Point left = back + aside * (size * 0.72);
  const Point right = back - aside * (size * 0.72);
  return fmt::format("M{} {}L{} {}L{} {}", number(left.x), number(left.y), number(tip.x), number(tip.y), number(right.x), number(right.y));
}

}  // namespace waymark::web::landscape
