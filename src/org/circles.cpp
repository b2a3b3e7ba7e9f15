#include "org/circles.hpp"

#include <algorithm>

#include "org/points.hpp"

namespace waymark::org {
namespace {

/// Days [from, to); `to` far ahead where it is open.
struct Days {
  Date from, to;
};
constexpr Date for_ever = Date{std::chrono::days{10'000'000}};
constexpr Date always = Date{std::chrono::days{-10'000'000}};

std::optional<Days> both(const Days& days, const Spell& spell) {
  const Days common{std::max(days.from, spell.from), std::min(days.to, spell.to.value_or(for_ever))};
  return common.from < common.to ? std::optional(common) : std::nullopt;
}

/// One step up the line that led here.
struct Step {
  std::uint32_t at;
  Days days;
  std::vector<std::pair<std::uint32_t, Days>> above;  ///< not looked at yet
};

/// `above` gives who stands above somebody, for which days. A walk along every line of every day: spells of one series share no day, so that no two ways up cover the same days.
template <class Above>
std::optional<Circle> circle_through(std::uint32_t start, std::size_t count, Above&& above) {
  std::vector<Step> line;
  const auto step = [&](std::uint32_t at, const Days& days) { line.push_back({at, days, above(at, days)}); };
  step(start, {always, for_ever});
  // A line longer than there are members runs in a circle that `start` only leads to; that one is found from its own members.
  while (!line.empty()) {
    if (line.back().above.empty()) {
      line.pop_back();
      continue;
    }
    const auto [next, days] = line.back().above.back();
    line.back().above.pop_back();
    if (next == start) {
      Circle circle{days.from, {}};
      for (const Step& each : line) circle.members.push_back(each.at);
      return circle;
    }
    const bool is_on_line = std::any_of(line.begin(), line.end(), [next = next](const Step& each) { return each.at == next; });
    if (!is_on_line && line.size() < count) step(next, days);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Circle> circle_through(const Organisation& organisation, PersonIndex person) {
  const auto above = [&](std::uint32_t at, const Days& days) {
    std::vector<std::pair<std::uint32_t, Days>> found;
    const Person& record = organisation.person(static_cast<PersonIndex>(at));
    for (const Spell& line : history_of(record, Kind::manager)) {
      const auto common = both(days, line);
      if (!common) continue;
      // A line counts while both work here.
      for (const Spell& mine : history_of(record, Kind::employed)) {
        const auto while_here = both(*common, mine);
        if (!while_here) continue;
        for (const Spell& theirs : organisation.history(static_cast<PersonIndex>(line.value), Kind::employed)) {
          if (const auto together = both(*while_here, theirs)) found.emplace_back(line.value, *together);
        }
      }
    }
    return found;
  };
  return circle_through(static_cast<std::uint32_t>(person), organisation.people(), above);
}

std::optional<Circle> circle_through(const Organisation& organisation, TeamIndex team) {
  const auto above = [&](std::uint32_t at, const Days& days) {
    std::vector<std::pair<std::uint32_t, Days>> found;
    for (const Spell& part : organisation.history(static_cast<TeamIndex>(at), Kind::parent_team)) {
      if (const auto common = both(days, part)) found.emplace_back(part.value, *common);
    }
    return found;
  };
  return circle_through(static_cast<std::uint32_t>(team), organisation.teams(), above);
}

}  // namespace waymark::org
