#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include <fmt/core.h>

#include "importer/ids.hpp"
#include "importer/levels.hpp"
#include "importer/source_links.hpp"

namespace waymark::importer {
namespace {

using Indices = std::vector<std::size_t>;
/// What a level is sorted by, where one knows.
using Keys = std::vector<std::optional<double>>;

bool all_differ(const Keys& keys) {
  std::set<double> seen;
  return std::all_of(keys.begin(), keys.end(), [&](const auto& key) { return key && seen.insert(*key).second; });
}

std::optional<double> file_number(const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  const std::size_t end = name.find_first_not_of("0123456789");
  if (end == 0 || end == std::string::npos || end > 4) return std::nullopt;
  return std::stod(name.substr(0, end));
}

bool is_page(const FoundLevel& level) { return level.parts.front().part == &level.parts.front().document->root; }

class Orderer {
 public:
  Orderer(FoundLevels& found, const SourceOutline& outline) : m_found(found), m_outline(outline), m_links(outline) {}

  /// Sorts one track; says why.
  std::string order(Indices& track) {
    if (track.size() < 2) return {};
    for (const auto& [keys, reason] : candidates(track)) {
      if (!all_differ(keys)) continue;
      sort_by(track, keys);
      return turn_if_upside_down(track, reason);
    }
    const Keys ranks = keys_of(track, [](const FoundLevel& level) { return level.meaning.rank; });
    sort_by(track, ranks);
    ask(track, "The order is a guess from words such as junior and senior, then from the names of the files.");
    return "by words such as junior and senior, then by the names of the files";
  }

 private:
  struct Candidate {
    Keys keys;
    std::string reason;
  };

  [[nodiscard]] std::vector<Candidate> candidates(const Indices& track) const {
    const bool pages = std::all_of(track.begin(), track.end(), [&](std::size_t i) { return is_page(m_found.levels[i]); });
    const Document* first_document = m_found.levels[track.front()].parts.front().document;
    const bool one_document = std::all_of(track.begin(), track.end(), [&](std::size_t i) {
      return m_found.levels[i].parts.front().document == first_document && !is_page(m_found.levels[i]);
    });
    std::vector<Candidate> list;
    list.push_back({inheritance(track), "by what each says it includes"});
    if (pages)
      list.push_back(
          {keys_of(track, [](const FoundLevel& level) { return level.parts.front().document->order; }), "by the order in the front matter"});
    list.push_back({keys_of(track, [](const FoundLevel& level) { return as_number(read_title(level.parts.front().part->title).numbering); }),
                    "by the numbers before the titles"});
    if (pages)
      list.push_back({keys_of(track, [](const FoundLevel& level) { return file_number(level.parts.front().document->path); }),
                      "by the numbers in the names of the files"});
    list.push_back({keys_of(track,
                            [](const FoundLevel& level) {
                              return as_number(level.meaning.is_rank_only || !level.meaning.code.empty() ? level.meaning.number : std::nullopt);
                            }),
                    "by the numbers in the titles"});
    if (pages) list.push_back({link_order(track), "by the order of the links on a page that lists them"});
    if (one_document) {
      list.push_back({keys_of(track, [](const FoundLevel& level) { return std::optional(static_cast<double>(level.place().first_line)); }),
                      "as they stand in the document"});
    }
    list.push_back({keys_of(track, [](const FoundLevel& level) { return level.meaning.rank; }), "by words such as junior and senior in the titles"});
    return list;
  }

  /// How many places lie before it, by what each says it takes over.
  [[nodiscard]] Keys inheritance(const Indices& track) const {
    std::map<std::size_t, double> depth;
    const auto measure = [&](const auto& self, std::size_t level, std::size_t steps) -> double {
      if (const auto known = depth.find(level); known != depth.end()) return known->second;
      if (steps > track.size()) return 0;  // they take over one another
      double most = 0;
      for (const std::size_t before : m_found.levels[level].follows) {
        if (std::find(track.begin(), track.end(), before) != track.end()) most = std::max(most, 1 + self(self, before, steps + 1));
      }
      return depth[level] = most;
    };
    Keys keys;
    for (const std::size_t level : track) keys.emplace_back(measure(measure, level, 0));
    return keys;
  }

  static std::optional<double> as_number(const std::optional<int>& number) { return number ? std::optional<double>(*number) : std::nullopt; }

  template <class Get>
  Keys keys_of(const Indices& track, const Get& get) const {
    Keys keys;
    for (const std::size_t i : track) keys.push_back(get(m_found.levels[i]));
    return keys;
  }

  /// From the page that links the most of them, if it links two thirds; the others follow in the order they have.
  [[nodiscard]] Keys link_order(const Indices& track) const {
    Keys best(track.size());
    std::size_t most = 0;
    for (const Document& page : m_outline.documents) {
      Keys keys(track.size());
      std::size_t count = 0;
      double position = 0;
      for (const std::string& link : page.links) {
        const Document* target = m_links.target(page, link);
        for (std::size_t i = 0; i < track.size(); ++i) {
          if (target == nullptr || target == &page || m_found.levels[track[i]].parts.front().document != target || keys[i]) continue;
          keys[i] = position++;
          ++count;
        }
      }
      if (count > most) {
        most = count;
        best = std::move(keys);
      }
    }
    if (most < 2 || 3 * most < 2 * track.size()) return Keys(track.size());
    for (std::size_t i = 0; i < best.size(); ++i) {
      if (!best[i]) best[i] = 1000.0 + static_cast<double>(i);
    }
    return best;
  }

  static void sort_by(Indices& track, const Keys& keys) {
    std::vector<std::pair<double, std::size_t>> pairs;
    for (std::size_t i = 0; i < track.size(); ++i) pairs.emplace_back(keys[i].value_or(4), track[i]);
    std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < track.size(); ++i) track[i] = pairs[i].second;
  }

  /// Some documents begin at the top.
  std::string turn_if_upside_down(Indices& track, const std::string& reason) {
    std::size_t agree = 0;
    std::size_t differ = 0;
    for (std::size_t i = 0; i < track.size(); ++i) {
      for (std::size_t j = i + 1; j < track.size(); ++j) {
        const auto a = m_found.levels[track[i]].meaning.rank;
        const auto b = m_found.levels[track[j]].meaning.rank;
        if (a && b && *a < *b) ++agree;
        if (a && b && *a > *b) ++differ;
      }
    }
    if (differ > agree) {
      std::reverse(track.begin(), track.end());
      ask(track, fmt::format("The order {} was turned round, because the titles say that it begins at the far end.", reason));
      return reason + ", turned round";
    }
    if (differ > 0) ask(track, fmt::format("The order {} is not the one that the words of the titles suggest.", reason));
    return reason;
  }

  void ask(const Indices& track, const std::string& what) {
    std::string titles;
    for (const std::size_t i : track) titles += (titles.empty() ? "" : ", ") + m_found.levels[i].title;
    m_found.questions.push_back(fmt::format("{}: {} Is it right? {}.", to_string(m_found.levels[track.front()].place()), what, titles));
  }

  FoundLevels& m_found;
  const SourceOutline& m_outline;
  SourceLinks m_links;
};

FoundTrack track_of(const FoundLevel& level, bool family_has_both) {
  if (level.family.empty()) {
    return level.leads_people ? FoundTrack{"leadership", "Leadership", {}, {}, {}, {}} : FoundTrack{"ic", "Individual Contributor", {}, {}, {}, {}};
  }
  const std::string title = family_has_both && level.leads_people ? level.family + ", leadership" : level.family;
  return {id_from(title, "track"), title, {}, {}, {}, {}};
}

}  // namespace

const std::vector<std::string>& scope_axis() {
  static const std::vector<std::string> axis{"task", "feature", "component", "system", "domain", "organisation", "industry"};
  return axis;
}

void put_in_order(FoundLevels& found, const SourceOutline& outline) {
  std::vector<FoundTrack> tracks;
  std::map<std::string, std::set<bool>> kinds;
  for (const FoundLevel& level : found.levels) kinds[level.family].insert(level.leads_people);
  TakenIds ids;
  for (const bool leads_people : {false, true}) {
    std::map<std::string, std::size_t> by_family;
    for (std::size_t i = 0; i < found.levels.size(); ++i) {
      const FoundLevel& level = found.levels[i];
      if (level.leads_people != leads_people) continue;
      const auto [at, fresh] = by_family.emplace(level.family, tracks.size());
      if (fresh) {
        tracks.push_back(track_of(level, kinds[level.family].size() > 1));
        tracks.back().id = ids.take_with_letters(tracks.back().id);
      }
      tracks[at->second].levels.push_back(i);
    }
  }
  Orderer orderer(found, outline);
  for (FoundTrack& track : tracks) track.order_reason = orderer.order(track.levels);
  arrange(found, std::move(tracks));
}

void arrange(FoundLevels& found, std::vector<FoundTrack> tracks) {
  std::vector<FoundLevel> in_order;
  std::map<std::size_t, std::size_t> moved;
  for (FoundTrack& track : tracks) {
    for (std::size_t& index : track.levels) {
      moved[index] = in_order.size();
      in_order.push_back(std::move(found.levels[index]));
      index = in_order.size() - 1;
    }
  }
  for (FoundLevel& level : in_order) {
    for (std::size_t& before : level.follows) before = moved.at(before);
  }
  for (auto& [statement, level] : found.inheriting) level = moved.at(level);
  for (FoundTrack& track : tracks) {
    if (track.comes_from) track.comes_from = moved.at(*track.comes_from);
  }
  found.levels = std::move(in_order);
  found.tracks = std::move(tracks);
}

/// From the seniority in the title where it says one, and always wider than at the place before.
void guess_scopes(FoundLevels& found) {
  const auto widest = static_cast<double>(scope_axis().size());
  for (const FoundTrack& track : found.tracks) {
    double before = 0;
    for (std::size_t i = 0; i < track.levels.size(); ++i) {
      FoundLevel& level = found.levels[track.levels[i]];
      const double count = static_cast<double>(track.levels.size());
      const double step = std::min(1.5, 5 / std::max(1.0, count - 1));
      const double by_order = level.leads_people ? 4 + 3 * static_cast<double>(i) / count : 1 + step * static_cast<double>(i);
      const std::optional<double>& rank = level.meaning.rank;
      const bool by_title = rank && !level.leads_people && !level.meaning.is_rank_only && *rank >= 1;
      double position = by_order;
      if (by_title) position = *rank < 4 ? 1 : *rank < 6 ? 2 : *rank < 7 ? 4 : *rank < 9.5 ? 5 : *rank < 12 ? 6 : 7;
      if (position <= before) position = before + 0.5;
      position = std::min(position, widest);
      level.scope_position = static_cast<double>(static_cast<int>(position * 2 + 0.5)) / 2;
      level.scope_reason = by_title ? "a guess from the title" : "a guess from its place in the order";
      before = level.scope_position;
    }
    std::string guesses;
    for (const std::size_t i : track.levels) {
      const FoundLevel& level = found.levels[i];
      guesses += fmt::format("{}{} {}", guesses.empty() ? "" : ", ", level.id, scope_axis()[static_cast<std::size_t>(level.scope_position) - 1]);
    }
    found.questions.push_back(
        fmt::format("{}: How wide is each place? The scopes are guesses: {}.", to_string(found.levels[track.levels.front()].place()), guesses));
  }
}

}  // namespace waymark::importer
