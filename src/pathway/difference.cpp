#include "pathway/difference.hpp"

#include <algorithm>

namespace waymark::pathway {
namespace {

template <class Thing>
bool contains(const std::vector<const Thing*>& things, const Thing* thing) {
  return std::find(things.begin(), things.end(), thing) != things.end();
}

// From the start to `level` itself.
std::vector<const Level*> way_to(const Pathway& pathway, const Level& level) {
  std::vector<const Level*> way;
  // A level that comes round again can only stand in a folder that was not checked; what came before it the first time is enough.
  for (const Level* at = &level; at != nullptr && !contains(way, at); at = pathway.place_before(*at)) way.push_back(at);
  std::reverse(way.begin(), way.end());
  return way;
}

std::vector<const Criterion*> count_along(const std::vector<const Level*>& way) {
  std::vector<const Criterion*> counting;
  for (const Level* level : way) {
    const auto stops_here = [&](const Criterion* criterion) {
      return std::any_of(level->stops.begin(), level->stops.end(),
                         [&](const StopsCounting& stops) { return stops.criterion == criterion->citation(); });
    };
    counting.erase(std::remove_if(counting.begin(), counting.end(), stops_here), counting.end());
    for (const Criterion& criterion : level->criteria) counting.push_back(&criterion);
  }
  return counting;
}

// The last place on the way has the last word.
const StopsCounting* reason_along(const std::vector<const Level*>& way, const Criterion& criterion) {
  const Citation citation = criterion.citation();
  for (auto level = way.rbegin(); level != way.rend(); ++level) {
    for (const StopsCounting& stops : (*level)->stops) {
      if (stops.criterion == citation) return &stops;
    }
  }
  return nullptr;
}

// `to` itself first, then the places on the way there in walking order, then what was already met on the way to `from`.
std::vector<const Criterion*> in_reading_order(std::vector<const Criterion*> starts, const Level& to, const std::vector<const Level*>& way_from) {
  const auto met_before = [&](const Criterion* criterion) {
    return std::any_of(way_from.begin(), way_from.end(), [&](const Level* level) { return level->id == criterion->level; });
  };
  const auto again = std::stable_partition(starts.begin(), starts.end(), [&](const Criterion* criterion) { return !met_before(criterion); });
  std::stable_partition(starts.begin(), again, [&](const Criterion* criterion) { return criterion->level == to.id; });
  return starts;
}

}  // namespace

std::vector<const Criterion*> what_counts(const Pathway& pathway, const Level& level) { return count_along(way_to(pathway, level)); }

Difference what_would_change(const Pathway& pathway, const Level& from, const Level& to) {
  const std::vector<const Level*> way_from = way_to(pathway, from);
  const std::vector<const Level*> way_there = way_to(pathway, to);
  const std::vector<const Criterion*> counts_from = count_along(way_from);
  const std::vector<const Criterion*> counts_to = count_along(way_there);

  Difference difference;
  difference.from = &from;
  difference.to = &to;
  const auto route =
      std::find_if(pathway.routes.begin(), pathway.routes.end(), [&](const Route& each) { return each.from == from.id && each.to == to.id; });
  if (route != pathway.routes.end()) difference.route = &*route;
  for (const Criterion* criterion : counts_to) (contains(counts_from, criterion) ? difference.keeps : difference.starts).push_back(criterion);
  difference.starts = in_reading_order(std::move(difference.starts), to, way_from);
  for (const Criterion* criterion : counts_from) {
    if (!contains(counts_to, criterion)) difference.stops.push_back({criterion, reason_along(way_there, *criterion)});
  }
  difference.not_yet = to.section(SectionKind::not_expected_yet);
  return difference;
}

}  // namespace waymark::pathway
