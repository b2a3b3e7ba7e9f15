#include <algorithm>
#include <map>
#include <numeric>

#include "web/landscape/layout.hpp"

namespace waymark::web::landscape {
namespace {

constexpr double minimum_gap = 46;  // between marks of one lane, where scope runs across

bool on_axis(const Ground& ground, std::size_t place) {
  const auto track_of = [&](std::size_t index) { return ground.places[index].track; };
  if (!ground.fork) return ground.tracks.size() <= 1;
  return track_of(place) == track_of(*ground.fork) && place <= *ground.fork;
}

std::pair<double, double> range_of(const Ground& ground) {
  double least = 1;
  double most = 2;
  bool first = true;
  for (const Place& place : ground.places) {
    least = first ? place.position : std::min(least, place.position);
    most = first ? place.position : std::max(most, place.position);
    first = false;
  }
  return {least, std::max(most, least + 1)};
}

}  // namespace

Measures measures_for(Orientation orientation) {
  if (orientation == Orientation::down) {
    return {.orientation = orientation, .extent = 0, .breadth = 376, .margin_begin = 40, .margin_end = 56, .unit = 104, .lane = 62, .lane_step = 18,
            .radius = 8, .name_size = 14.5, .shift_size = 12.5, .id_size = 11, .label_width = 107, .axis_label_width = 160};
  }
  return {.orientation = orientation, .extent = 1200, .breadth = 0, .margin_begin = 92, .margin_end = 104, .unit = 0, .lane = 150, .lane_step = 170,
          .radius = 9, .name_size = 17, .shift_size = 13, .id_size = 11.5, .label_width = 148, .axis_label_width = 148};
}

std::vector<int> lanes(const Ground& ground) {
  std::vector<std::size_t> order(ground.tracks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (ground.fork) {
    const std::size_t own = ground.places[*ground.fork].track;
    std::stable_partition(order.begin(), order.end(), [own](std::size_t track) { return track == own; });
  }
  std::vector<int> lane_of_track(ground.tracks.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const int distance = static_cast<int>(rank / 2) + 1;
    lane_of_track[order[rank]] = rank % 2 == 0 ? -distance : distance;
  }
  std::vector<int> found;
  for (std::size_t i = 0; i < ground.places.size(); ++i) found.push_back(on_axis(ground, i) ? 0 : lane_of_track[ground.places[i].track]);
  return found;
}

Marks set_marks(const Ground& ground, const Measures& measures, const std::vector<double>& label_heights) {
  const bool across = measures.orientation == Orientation::across;
  const std::size_t count = ground.places.size();
  Marks marks{std::vector<Point>(count), lanes(ground), 0, {}};
  const auto [least, most] = range_of(ground);
  const double available = measures.extent - measures.margin_begin - measures.margin_end;
  const double unit = across ? available / (most - least) : measures.unit;

  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double left = ground.places[a].position;
    const double right = ground.places[b].position;
    return left != right ? left < right : (marks.lane[a] == 0) > (marks.lane[b] == 0);
  });

  // The map from scope to the axis is one for all lanes and never runs backwards; it stretches where a lane is crowded.
  std::map<double, double> knots;
  std::map<int, std::size_t> last_in_lane;
  std::vector<double> along(count);
  double at = 0;
  double before = least;
  for (const std::size_t i : order) {
    const double position = ground.places[i].position;
    at = std::max(at, knots.empty() ? 0 : knots.rbegin()->second + (position - before) * unit);
    double wanted = position == before && !knots.empty() ? knots.rbegin()->second : at;
    const auto gap_to = [&](std::size_t j) { return across ? minimum_gap : (label_heights[i] + label_heights[j]) / 2 + 16; };
    // Downwards, lanes on one side share the room for words beside them.
    const int row = across ? marks.lane[i] : (marks.lane[i] > 0) - (marks.lane[i] < 0);
    if (const auto last = last_in_lane.find(row); last != last_in_lane.end()) wanted = std::max(wanted, along[last->second] + gap_to(last->second));
    // Out of the fork the way takes a step, also where the scope stays the same.
    if (ground.fork && marks.lane[i] != 0 && position == ground.places[*ground.fork].position && last_in_lane.contains(0)) {
      wanted = std::max(wanted, along[*ground.fork] + (across ? 40 : 58));
    }
    along[i] = wanted;
    last_in_lane[row] = i;
    if (!knots.contains(position)) knots[position] = wanted;
    before = position;
  }
  const double longest = count == 0 ? 0 : *std::max_element(along.begin(), along.end());
  const double shrink = across && longest > available ? available / longest : 1;

  // The fork gives its position its place on the axis, not what stands beside it.
  if (ground.fork) knots[ground.places[*ground.fork].position] = along[*ground.fork];
  const double begin = measures.margin_begin;
  marks.along = [knots, unit, begin, shrink](double position) {
    if (knots.empty()) return begin;
    const auto next = knots.lower_bound(position);
    if (next == knots.begin()) return begin + (next->second - (next->first - position) * unit) * shrink;
    const auto previous = std::prev(next);
    if (next == knots.end()) return begin + (previous->second + (position - previous->first) * unit) * shrink;
    const double share = (position - previous->first) / (next->first - previous->first);
    return begin + (previous->second + share * (next->second - previous->second)) * shrink;
  };

  std::map<int, int> rank;
  for (const std::size_t i : order) {
    const int lane = marks.lane[i];
    const double side = lane < 0 ? -1 : 1;
    const double wave = across ? 15 * std::sin(1.9 * rank[lane] + 0.4) : 0;
    const double off = lane == 0 ? 0 : side * (measures.lane + (std::abs(lane) - 1) * measures.lane_step + wave);
    const double axis = begin + along[i] * shrink;
    marks.at[i] = across ? Point{axis, off} : Point{measures.breadth / 2 + off, axis};
    ++rank[lane];
  }
  marks.end = begin + longest * shrink + measures.margin_end;
  return marks;
}

}  // namespace waymark::web::landscape
