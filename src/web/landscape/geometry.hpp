/// Points, boxes and curves on the map, in its own pixels: x to the right, y downwards.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace waymark::web::landscape {

struct Point {
  double x = 0;
  double y = 0;
  friend Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend Point operator*(Point a, double by) { return {a.x * by, a.y * by}; }
  bool operator==(const Point&) const = default;
};
[[nodiscard]] inline double squared(Point a) { return a.x * a.x + a.y * a.y; }
[[nodiscard]] inline double length(Point a) { return std::sqrt(squared(a)); }

struct Box {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  [[nodiscard]] bool overlaps(const Box& other, double margin = 0) const {
    return left < other.right + margin && other.left < right + margin && top < other.bottom + margin && other.top < bottom + margin;
  }
  [[nodiscard]] bool contains(Point point, double margin = 0) const {
    return point.x > left - margin && point.x < right + margin && point.y > top - margin && point.y < bottom + margin;
  }
};

/// A cubic Bézier curve.
struct Curve {
  std::array<Point, 4> points;

  [[nodiscard]] Point at(double t) const {
    const double s = 1 - t;
    return points[0] * (s * s * s) + points[1] * (3 * s * s * t) + points[2] * (3 * s * t * t) + points[3] * (t * t * t);
  }
  [[nodiscard]] Point direction(double t) const {
    const double s = 1 - t;
    const Point along = (points[1] - points[0]) * (s * s) + (points[2] - points[1]) * (2 * s * t) + (points[3] - points[2]) * (t * t);
    const double size = length(along);
    return size > 0 ? along * (1 / size) : Point{1, 0};
  }
  /// Points at even steps of t, both ends included.
  [[nodiscard]] std::vector<Point> samples(int steps) const {
    std::vector<Point> found;
    found.reserve(static_cast<std::size_t>(steps) + 1);
    for (int i = 0; i <= steps; ++i) found.push_back(at(i / static_cast<double>(steps)));
    return found;
  }
  /// The part between t = a and t = b (de Casteljau).
  [[nodiscard]] Curve part(double a, double b) const {
    const auto third = (b - a) / 3;
    const auto tangent = [this](double t) {
      const double s = 1 - t;
      return (points[1] - points[0]) * (3 * s * s) + (points[2] - points[1]) * (6 * s * t) + (points[3] - points[2]) * (3 * t * t);
    };
    const Point begin = at(a);
    const Point end = at(b);
    return {{begin, begin + tangent(a) * third, end - tangent(b) * third, end}};
  }
};

}  // namespace waymark::web::landscape
