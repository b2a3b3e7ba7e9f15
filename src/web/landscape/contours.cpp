#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "web/landscape/layout.hpp"

namespace waymark::web::landscape {
namespace {

constexpr double cell = 18;

/// A number in [0, 1) that only depends on the place of a lattice point (a finaliser of splitmix64).
double lattice(int x, int y) {
  auto bits = static_cast<std::uint64_t>(x + 4096) * 0x9e3779b97f4a7c15ULL + static_cast<std::uint64_t>(y + 4096) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<double>((bits ^ (bits >> 31)) >> 11) / 9007199254740992.0;
}

/// Value noise with smooth steps between lattice points.
double noise(double x, double y) {
  const double left = std::floor(x);
  const double top = std::floor(y);
  const auto smooth = [](double t) { return t * t * (3 - 2 * t); };
  const double u = smooth(x - left);
  const double v = smooth(y - top);
  const auto column = static_cast<int>(left);
  const auto row = static_cast<int>(top);
  const double above = lattice(column, row) * (1 - u) + lattice(column + 1, row) * u;
  const double below = lattice(column, row + 1) * (1 - u) + lattice(column + 1, row + 1) * u;
  return above * (1 - v) + below * v;
}

/// Heights on a grid: low along the trails, rising to rolling hills between and beside them.
class Heights {
 public:
  Heights(double width, double height, const std::vector<Point>& low) : m_columns(static_cast<int>(width / cell) + 4), m_rows(static_cast<int>(height / cell) + 4) {
    m_values.reserve(static_cast<std::size_t>(m_columns * m_rows));
    for (int row = 0; row < m_rows; ++row) {
      for (int column = 0; column < m_columns; ++column) {
        const Point at = position(column, row);
        double nearest = 220 * 220;
        for (const Point point : low) nearest = std::min(nearest, squared(point - at));
        const double rise = std::sqrt(nearest) / 220;
        const double hills = 0.62 * noise(at.x / 210, at.y / 210) + 0.26 * noise(at.x / 95 + 31, at.y / 95 + 17) + 0.12 * noise(at.x / 47 + 7, at.y / 47 + 71);
        m_values.push_back(0.58 * rise * (2 - rise) + 0.82 * hills);
      }
    }
  }
  [[nodiscard]] int columns() const { return m_columns; }
  [[nodiscard]] int rows() const { return m_rows; }
  [[nodiscard]] double at(int column, int row) const { return m_values[static_cast<std::size_t>(row * m_columns + column)]; }
  [[nodiscard]] static Point position(int column, int row) { return {(column - 1) * cell, (row - 1) * cell}; }

 private:
  int m_columns;
  int m_rows;
  std::vector<double> m_values;
};

/// An edge of the grid, by its first point and whether it runs to the right.
struct Edge {
  int column = 0;
  int row = 0;
  bool rightwards = false;
  auto operator<=>(const Edge&) const = default;
};

/// Marching squares: the segments of one level, joined into lines.
class Tracer {
 public:
  Tracer(const Heights& heights, double level) : m_heights(heights), m_level(level) {
    for (int row = 0; row + 1 < heights.rows(); ++row) {
      for (int column = 0; column + 1 < heights.columns(); ++column) visit(column, row);
    }
  }

  std::vector<std::vector<Point>> lines() {
    std::vector<std::vector<Point>> found;
    // Open lines first, from an end; what is left are rings.
    for (const bool open : {true, false}) {
      for (auto& [edge, neighbours] : m_links) {
        if (neighbours.empty() || (open && neighbours.size() != 1)) continue;
        found.push_back(follow(edge));
      }
    }
    return found;
  }

 private:
  void visit(int column, int row) {
    const bool a = m_heights.at(column, row) > m_level;
    const bool b = m_heights.at(column + 1, row) > m_level;
    const bool c = m_heights.at(column + 1, row + 1) > m_level;
    const bool d = m_heights.at(column, row + 1) > m_level;
    const Edge top{column, row, true};
    const Edge right{column + 1, row, false};
    const Edge bottom{column, row + 1, true};
    const Edge left{column, row, false};
    const int shape = (a ? 8 : 0) | (b ? 4 : 0) | (c ? 2 : 0) | (d ? 1 : 0);
    switch (shape) {
      case 1: case 14: link(left, bottom); break;
      case 2: case 13: link(bottom, right); break;
      case 3: case 12: link(left, right); break;
      case 4: case 11: link(top, right); break;
      case 6: case 9: link(top, bottom); break;
      case 7: case 8: link(left, top); break;
      case 5: link(left, top); link(bottom, right); break;
      case 10: link(top, right); link(left, bottom); break;
      default: break;
    }
  }

  void link(const Edge& from, const Edge& to) {
    m_links[from].push_back(to);
    m_links[to].push_back(from);
  }

  std::vector<Point> follow(Edge edge) {
    std::vector<Point> line{crossing(edge)};
    while (!m_links[edge].empty()) {
      const Edge next = m_links[edge].back();
      m_links[edge].pop_back();
      std::erase(m_links[next], edge);
      line.push_back(crossing(next));
      edge = next;
    }
    return line;
  }

  [[nodiscard]] Point crossing(const Edge& edge) const {
    const int column = edge.column + (edge.rightwards ? 1 : 0);
    const int row = edge.row + (edge.rightwards ? 0 : 1);
    const double first = m_heights.at(edge.column, edge.row);
    const double second = m_heights.at(column, row);
    const double share = first == second ? 0.5 : (m_level - first) / (second - first);
    const Point begin = Heights::position(edge.column, edge.row);
    return begin + (Heights::position(column, row) - begin) * share;
  }

  const Heights& m_heights;
  double m_level;
  std::map<Edge, std::vector<Edge>> m_links;
};

/// Points at even distances along a line: what the grid left uneven would show as corners.
std::vector<Point> resampled(const std::vector<Point>& line, double step) {
  std::vector<Point> points{line.front()};
  double to_next = step;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Point stretch = line[i] - line[i - 1];
    const double size = length(stretch);
    double walked = 0;
    while (size - walked >= to_next) {
      walked += to_next;
      points.push_back(line[i - 1] + stretch * (walked / size));
      to_next = step;
    }
    to_next -= size - walked;
  }
  // The end is a point too, in place of one that stands almost there.
  if (points.size() > 1 && length(points.back() - line.back()) < step / 2) points.pop_back();
  points.push_back(line.back());
  return points;
}

std::vector<Point> softened(std::vector<Point> points, bool ring) {
  for (int round = 0; round < 2 && points.size() > 3; ++round) {
    std::vector<Point> next = points;
    const std::size_t last = points.size() - 1;
    for (std::size_t i = 1; i < last; ++i) next[i] = (points[i - 1] + points[i] * 2 + points[i + 1]) * 0.25;
    if (ring) next[0] = next[last] = (points[last - 1] + points[0] * 2 + points[1]) * 0.25;
    points = std::move(next);
  }
  return points;
}

/// Curves through the middles between points, in whole pixels: round, and few bytes.
std::string smooth_path(const std::vector<Point>& line) {
  const bool ring = length(line.front() - line.back()) < 1;
  const std::vector<Point> points = softened(resampled(line, 24), ring);
  if (points.size() < 4) return {};
  const auto whole = [](double value) { return static_cast<int>(std::lround(value)); };
  const auto on_grid = [&](Point at) { return Point{static_cast<double>(whole(at.x)), static_cast<double>(whole(at.y))}; };
  // A ring begins and ends in a middle, so that it has no corner anywhere.
  Point pen = on_grid(ring ? (points[0] + points[1]) * 0.5 : points[0]);
  std::string path = fmt::format("M{} {}q", whole(pen.x), whole(pen.y));
  const std::size_t last = points.size() - 1;
  for (std::size_t i = 1; i <= last; ++i) {
    const Point next = i < last ? points[i + 1] : points[1];
    const Point end = on_grid(ring || i < last ? (points[i] + next) * 0.5 : points[i]);
    path += fmt::format("{}{} {} {} {}", i == 1 ? "" : " ", whole(points[i].x - pen.x), whole(points[i].y - pen.y), whole(end.x - pen.x), whole(end.y - pen.y));
    pen = end;
  }
  return path;
}

}  // namespace

std::vector<std::string> contours(double width, double height, const std::vector<Curve>& trails, const std::vector<Point>& marks) {
  std::vector<Point> low = marks;
  for (const Curve& trail : trails) {
    for (const Point point : trail.samples(6)) low.push_back(point);
  }
  const Heights heights(width, height, low);
  std::vector<std::string> paths;
  for (const double level : {0.42, 0.55, 0.68, 0.81, 0.94, 1.07}) {
    std::string path;
    for (const std::vector<Point>& line : Tracer(heights, level).lines()) {
      if (line.size() >= 9) path += smooth_path(line);
    }
    if (!path.empty()) paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace waymark::web::landscape
