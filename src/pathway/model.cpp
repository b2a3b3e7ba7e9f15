#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "pathway/pathway.hpp"

namespace waymark::pathway {
namespace {

template <class Things, class Matches>
auto* find_in(Things& things, Matches matches) {
  const auto at = std::find_if(things.begin(), things.end(), matches);
  return at == things.end() ? nullptr : &*at;
}

std::string joined_text(const std::vector<Passage>& passages) {
  std::string text;
  for (const Passage& passage : passages) {
    if (!text.empty() && !passage.block.text.empty()) text += ' ';
    text += passage.block.text;
  }
  return text;
}

std::optional<std::size_t> track_index(const Pathway& pathway, const TrackId& id) {
  const Track* track = pathway.track(id);
  if (track == nullptr) return std::nullopt;
  return static_cast<std::size_t>(track - pathway.tracks.data());
}

// The nearest level before `position` that has a page: in a draft some have none yet.
const Level* level_before(const Pathway& pathway, const Track& track, std::size_t position) {
  while (position > 0) {
    if (const Level* level = pathway.level(track.levels[--position])) return level;
  }
  return nullptr;
}

// Where each track comes from. Tracks are settled in the order of the file, and an origin that would lead back to the track
// itself is passed over: a route from a manager to the first engineering place must not make engineers inherit what counts for managers.
class Origins {
 public:
  explicit Origins(const Pathway& pathway) : m_pathway(pathway), m_origin(pathway.tracks.size()) {
    for (std::size_t track = 0; track < m_origin.size(); ++track) m_origin[track] = first_route_into(track, 0);
    for (std::size_t track = 0; track < m_origin.size(); ++track) {
      while (m_origin[track] && leads_back(track)) m_origin[track] = first_route_into(track, *m_origin[track] + 1);
    }
  }

  [[nodiscard]] const Level* of(std::size_t track) const {
    return m_origin[track] ? m_pathway.level(m_pathway.routes[*m_origin[track]].from) : nullptr;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> first_route_into(std::size_t track, std::size_t from_route) const {
    const std::vector<LevelId>& levels = m_pathway.tracks[track].levels;
    const auto first = std::find_if(levels.begin(), levels.end(), [&](const LevelId& id) { return m_pathway.level(id) != nullptr; });
    for (std::size_t i = from_route; first != levels.end() && i < m_pathway.routes.size(); ++i) {
      const Route& route = m_pathway.routes[i];
      const Level* from = m_pathway.level(route.from);
      if (route.to == *first && route.kind == Route::Kind::onward && from != nullptr && track_index(m_pathway, from->track) != track) return i;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool leads_back(std::size_t track) const {
    std::optional<std::size_t> at = track;
    for (std::size_t steps = 0; steps < m_origin.size(); ++steps) {
      const Level* origin = of(*at);
      at = origin == nullptr ? std::nullopt : track_index(m_pathway, origin->track);
      if (!at) return false;
      if (*at == track) return true;
    }
    return false;
  }

  const Pathway& m_pathway;
  std::vector<std::optional<std::size_t>> m_origin;
};

}  // namespace

std::string Criterion::text() const { return joined_text(passages); }

std::string_view section_id(SectionKind kind) {
  switch (kind) {
    case SectionKind::scope_of_impact: return "scope-of-impact";
    case SectionKind::autonomy: return "autonomy";
    case SectionKind::what_changes_here: return "what-changes-here";
    case SectionKind::what_stops_counting: return "what-stops-counting";
    case SectionKind::not_expected_yet: return "not-expected-yet";
    case SectionKind::what_it_looks_like: return "what-it-looks-like";
    case SectionKind::watch_for: return "watch-for";
    case SectionKind::other: return {};
  }
  return {};
}

const Section* Level::section(SectionKind kind) const {
  return find_in(sections, [&](const Section& each) { return each.kind == kind; });
}

const Criterion* Level::criterion(std::string_view anchor) const {
  return find_in(criteria, [&](const Criterion& each) { return each.anchor == anchor; });
}

std::string Threshold::range() const {
  const std::string behind = unit.empty() ? unit : ' ' + unit;
  if (from && to) return *from == *to ? fmt::format("{}{}", *from, behind) : fmt::format("{}–{}{}", *from, *to, behind);
  if (from) return fmt::format("at least {}{}", *from, behind);
  if (to) return fmt::format("at most {}{}", *to, behind);
  return unit;
}

const AtLevel* Archetype::at(const LevelId& level) const {
  return find_in(levels, [&](const AtLevel& each) { return each.level == level; });
}

const Track* Pathway::track(const TrackId& id) const {
  return find_in(tracks, [&](const Track& each) { return each.id == id; });
}

const Level* Pathway::level(const LevelId& id) const {
  return find_in(levels, [&](const Level& each) { return each.id == id; });
}

const Level* Pathway::level(std::string_view id) const {
  if (const Level* exact = find_in(levels, [&](const Level& each) { return each.id.value == id; })) return exact;
  const std::string wanted = to_lower_ascii(id);
  return find_in(levels, [&](const Level& each) { return to_lower_ascii(each.id.value) == wanted; });
}

const Criterion* Pathway::criterion(const Citation& citation) const {
  const Level* at = level(citation.level);
  return at == nullptr ? nullptr : at->criterion(citation.anchor);
}

const Capability* Pathway::capability(std::string_view id) const {
  return find_in(capabilities, [&](const Capability& each) { return each.id.value == id; });
}

const Archetype* Pathway::archetype(std::string_view id) const {
  return find_in(archetypes, [&](const Archetype& each) { return each.id.value == id; });
}

std::vector<const Route*> Pathway::routes_from(const LevelId& level) const {
  std::vector<const Route*> found;
  for (const Route& route : routes) {
    if (route.from == level) found.push_back(&route);
  }
  return found;
}

std::vector<const Route*> Pathway::routes_to(const LevelId& level) const {
  std::vector<const Route*> found;
  for (const Route& route : routes) {
    if (route.to == level) found.push_back(&route);
  }
  return found;
}

const Level* Pathway::place_before(const Level& level) const {
  const std::optional<std::size_t> index = track_index(*this, level.track);
  if (!index) return nullptr;
  const Track& own = tracks[*index];
  const auto listed = std::find(own.levels.begin(), own.levels.end(), level.id);
  if (listed == own.levels.end()) return nullptr;
  const Level* before = level_before(*this, own, static_cast<std::size_t>(listed - own.levels.begin()));
  return before != nullptr ? before : Origins(*this).of(*index);
}

bool Pathway::holds(const Equivalence& equivalence) const {
  const auto active = [&](const LevelId& id) {
    const Level* at = level(id);
    return at != nullptr && !at->dormant;
  };
  if (equivalence.while_dormant && active(*equivalence.while_dormant)) return false;
  return !equivalence.once_active || active(*equivalence.once_active);
}

std::vector<const Level*> Pathway::equals(const LevelId& level) const {
  std::vector<const Level*> found;
  const auto add = [&](const LevelId& id) {
    const Level* other = this->level(id);
    if (other != nullptr && other->id != level && std::find(found.begin(), found.end(), other) == found.end()) found.push_back(other);
  };
  for (const Equivalence& equivalence : equivalences) {
    if (!holds(equivalence)) continue;
    if (equivalence.place == level) std::for_each(equivalence.equals.begin(), equivalence.equals.end(), add);
    if (std::find(equivalence.equals.begin(), equivalence.equals.end(), level) != equivalence.equals.end()) add(equivalence.place);
  }
  return found;
}

}  // namespace waymark::pathway
