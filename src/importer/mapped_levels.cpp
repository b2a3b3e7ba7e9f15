#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "importer/ids.hpp"
#include "importer/levels.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

tl::unexpected<Error> wrong(const Mapping& mapping, std::size_t line, const std::string& what, const std::string& way_out) {
  return fail(Error::Kind::bad_input, fmt::format("{}:{}: {}", mapping.file, std::max<std::size_t>(1, line), what), way_out);
}

/// By title first; by the id that the import gave, where the mapping has nothing better.
std::optional<std::size_t> named(const FoundLevels& found, const Mapping::Level& level) {
  for (std::size_t i = 0; i < found.levels.size(); ++i) {
    if (title_key(found.levels[i].title) == title_key(level.title)) return i;
  }
  for (std::size_t i = 0; i < found.levels.size(); ++i) {
    for (const LevelPart& told : found.levels[i].parts) {
      if (title_key(told.part->title) == title_key(level.title)) return i;
    }
  }
  return std::nullopt;
}

}  // namespace

Result<void> apply_mapping(FoundLevels& found, const Mapping& mapping) {
  std::map<std::size_t, std::string> ids;
  std::set<std::size_t> placed;
  std::vector<FoundTrack> tracks;
  for (const Mapping::Track& track : mapping.tracks) {
    FoundTrack made{track.id, track.title, {}, "by the mapping", {}, {}};
    for (const Mapping::Level& level : track.levels) {
      const std::optional<std::size_t> at = named(found, level);
      if (!at && mapping.is_older) continue;
      if (!at) {
        return wrong(mapping, level.line, fmt::format("The source has no level called “{}”.", level.title),
                     "Write the title of a heading or page as it stands in the source, or delete the line.");
      }
      if (!placed.insert(*at).second)
        return wrong(mapping, level.line, fmt::format("“{}” stands here a second time.", level.title), "Delete one of them.");
      made.levels.push_back(*at);
      if (!level.id.empty()) ids[*at] = level.id;
    }
    // What the mapping says as it was guessed keeps the reason of the guess.
    const auto guess = std::find_if(found.tracks.begin(), found.tracks.end(),
                                    [&](const FoundTrack& guessed) { return guessed.id == made.id && guessed.levels == made.levels; });
    if (guess != found.tracks.end()) {
      made.order_reason = guess->order_reason;
      made.comes_from = guess->comes_from;
      made.fork_reason = guess->fork_reason;
    }
    if (!made.levels.empty()) tracks.push_back(std::move(made));
  }
  const std::vector<FoundTrack> guesses = found.tracks;
  for (FoundTrack guessed : guesses) {
    std::erase_if(guessed.levels, [&](std::size_t level) { return placed.contains(level); });
    if (guessed.levels.empty()) continue;
    const auto same = std::find_if(tracks.begin(), tracks.end(), [&](const FoundTrack& track) { return track.id == guessed.id; });
    if (same == tracks.end()) {
      tracks.push_back(guessed);
    } else {
      same->levels.insert(same->levels.end(), guessed.levels.begin(), guessed.levels.end());
    }
    if (!mapping.tracks.empty()) {
      const FoundLevel& first = found.levels[guessed.levels.front()];
      found.questions.push_back(
          fmt::format("{}: The mapping does not say where “{}” stands. Is the guess right?", to_string(first.place()), first.title));
    }
  }
  std::map<std::size_t, std::string> by_place;
  std::size_t place = 0;
  for (const FoundTrack& track : tracks) {
    for (const std::size_t level : track.levels) by_place[place++] = ids.contains(level) ? ids[level] : std::string();
  }
  arrange(found, std::move(tracks));
  found.index();
  give_ids(found);
  std::set<std::string> taken;
  for (const auto& [index, id] : by_place) {
    if (!id.empty()) taken.insert(id);
  }
  TakenIds free;
  free.reserve(taken);
  for (const auto& [index, id] : by_place) {
    FoundLevel& level = found.levels[index];
    level.id = id.empty() ? free.take_with_letters(level.id) : id;
  }
  return {};
}

Result<void> apply_fork(FoundLevels& found, const Mapping& mapping) {
  if (!mapping.fork) return {};
  const auto with_id = [&](const std::string& id) -> std::optional<std::size_t> {
    const auto at =
        std::find_if(found.levels.begin(), found.levels.end(), [&](const FoundLevel& level) { return level.id == id || level.title == id; });
    return at == found.levels.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - found.levels.begin()));
  };
  const std::optional<std::size_t> at = with_id(mapping.fork->at);
  if (!at)
    return wrong(mapping, mapping.fork->line, fmt::format("The fork is at “{}”, which is no level.", mapping.fork->at), "Use the id of a level.");
  for (const std::string& branch : mapping.fork->branches) {
    const std::optional<std::size_t> to = with_id(branch);
    if (!to && mapping.is_older) continue;
    if (!to) return wrong(mapping, mapping.fork->line, fmt::format("A branch leads to “{}”, which is no level.", branch), "Use the id of a level.");
    for (FoundTrack& track : found.tracks) {
      const bool leads_away = track.levels.front() == *to && &found.track_of(*at) != &track;
      if (!leads_away) continue;
      if (track.comes_from == at) continue;
      track.comes_from = at;
      track.fork_reason = "by the mapping";
    }
  }
  return {};
}

Mapping mapping_of(const FoundLevels& found, const std::string& name, const std::vector<std::string>& not_levels) {
  Mapping mapping;
  mapping.name = name;
  mapping.not_levels = not_levels;
  for (const FoundTrack& track : found.tracks) {
    Mapping::Track made{track.id, track.title, {}};
    for (const std::size_t level : track.levels) made.levels.push_back({found.levels[level].id, found.levels[level].title, 0});
    mapping.tracks.push_back(std::move(made));
    if (!track.comes_from || mapping.fork) continue;
    const FoundTrack& own = found.track_of(*track.comes_from);
    const auto at = std::find(own.levels.begin(), own.levels.end(), *track.comes_from);
    Mapping::Fork fork{found.levels[*track.comes_from].id, {}, 0};
    if (at + 1 != own.levels.end()) fork.branches.push_back(found.levels[*(at + 1)].id);
    fork.branches.push_back(found.levels[track.levels.front()].id);
    mapping.fork = std::move(fork);
  }
  return mapping;
}

}  // namespace waymark::importer
