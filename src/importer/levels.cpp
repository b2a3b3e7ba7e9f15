#include "importer/levels.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/families.hpp"

namespace waymark::importer {
namespace {

using Above = std::vector<const Part*>;

Above with(Above above, const Part& part) {
  above.push_back(&part);
  return above;
}

/// Pages or headings beside one another.
struct Siblings {
  struct One {
    const Part* part;
    const Document* document;
    Above above;
  };
  std::vector<One> ones;
};

std::set<std::string> child_titles(const Part& part) {
  std::set<std::string> titles;
  for (const Part& child : part.parts) {
    if (child.has_words()) titles.insert(title_key(child.title));
  }
  return titles;
}

std::size_t count_shared(const std::set<std::string>& titles, const std::map<std::string, int>& all) {
  return static_cast<std::size_t>(std::count_if(titles.begin(), titles.end(), [&](const std::string& title) { return all.at(title) >= 2; }));
}

/// Siblings that are told under the same headings: most likely the places, whatever they are called.
std::vector<Siblings::One> alike(const Siblings& siblings) {
  std::map<std::string, int> all;
  for (const auto& one : siblings.ones) {
    for (const std::string& title : child_titles(*one.part)) ++all[title];
  }
  std::vector<Siblings::One> result;
  for (const auto& one : siblings.ones) {
    const std::set<std::string> titles = child_titles(*one.part);
    const std::size_t shared = count_shared(titles, all);
    if (shared > 0 && 2 * shared >= titles.size() && (shared >= 2 || titles.size() == 1)) result.push_back(one);
  }
  return result.size() >= 2 ? result : std::vector<Siblings::One>();
}

void collect_siblings(const Part& part, const Document& document, const Above& above, std::vector<Siblings>& groups) {
  Siblings group;
  for (const Part& child : part.parts) {
    if (child.has_words()) group.ones.push_back({&child, &document, with(above, part)});
    collect_siblings(child, document, with(above, part), groups);
  }
  if (group.ones.size() >= 2) groups.push_back(std::move(group));
}

std::vector<Siblings> all_siblings(const SourceOutline& outline) {
  std::map<std::string, Siblings> folders;
  std::vector<Siblings> groups;
  for (const Document& document : outline.documents) {
    if (document.is_catalogue) continue;
    if (document.root.has_words())
      folders[std::filesystem::path(document.path).parent_path().string()].ones.push_back({&document.root, &document, {}});
    collect_siblings(document.root, document, {}, groups);
  }
  for (auto& [path, group] : folders) groups.push_back(std::move(group));
  return groups;
}

class Finder {
 public:
  Finder(const SourceOutline& outline, const Mapping& mapping) : m_outline(outline) {
    for (const Mapping::Track& track : mapping.tracks) {
      for (const Mapping::Level& level : track.levels) m_said.insert(title_key(level.title));
    }
    for (const std::string& title : mapping.not_levels) m_denied.insert(title_key(title));
  }

  FoundLevels find() {
    for (const Document& document : m_outline.documents) {
      if (!document.is_catalogue) visit(document.root, document, {});
    }
    find_families(m_candidates);
    find_told_twice();
    for (LevelCandidate& candidate : m_candidates) add(std::move(candidate));
    tell_managers_by_code();
    m_found.index();
    add_siblings();
    ask_about_stubs();
    ask_about_documents();
    return std::move(m_found);
  }

 private:
  /// Inside a part that could be a level itself, only parts of its own name or of a mere rank are levels: "Engineer" → "Senior Engineer", "Level 2".
  static bool is_level_inside(const Part& child, const Part& parent, const TitleMeaning& parent_meaning) {
    const TitleMeaning meaning = read_title(child.title);
    if (!meaning.names_level || !child.has_words()) return false;
    return !parent_meaning.names_level || meaning.is_rank_only || title_key(child.title).find(title_key(parent.title)) != std::string::npos;
  }

  static bool holds_declared(const Part& part) {
    return std::any_of(part.parts.begin(), part.parts.end(),
                       [](const Part& child) { return (child.is_level && child.has_words()) || holds_declared(child); });
  }

  void visit(const Part& part, const Document& document, const Above& above) {
    const TitleMeaning meaning = read_title(part.title);
    const bool holds = holds_declared(part);
    const std::string key = title_key(meaning.plain.empty() ? part.title : meaning.plain);
    if (m_denied.contains(key)) {
      for (const Part& child : part.parts) visit(child, document, with(above, part));
      return;
    }
    const bool is_said = m_said.contains(key) && part.has_words();
    if (is_said || (part.is_level && !holds)) {
      if (part.has_words()) {
        m_candidates.push_back({{&part, &document, above}, meaning, {}, nullptr});
      } else {
        m_stubs.push_back(&part);
      }
      return;
    }
    std::set<std::string> inside;
    for (const Part& child : part.parts) {
      if (is_level_inside(child, part, meaning)) inside.insert(title_key(child.title));
    }
    if (meaning.names_level && inside.size() < 2 && !holds) {
      if (part.has_words()) {
        m_candidates.push_back({{&part, &document, above}, meaning, {}, nullptr});
      } else {
        m_stubs.push_back(&part);
      }
      return;
    }
    for (const Part& child : part.parts) visit(child, document, with(above, part));
  }

  /// "M3", "EM2": managers, where others have codes with other letters.
  void tell_managers_by_code() {
    const auto letters = [](const FoundLevel& level) { return level.meaning.code.substr(0, level.meaning.code.find_first_of("0123456789")); };
    const auto of_managers = [&](const FoundLevel& level) { return letters(level) == "M" || letters(level) == "EM"; };
    const bool both = std::any_of(m_found.levels.begin(), m_found.levels.end(), of_managers) &&
                      std::any_of(m_found.levels.begin(), m_found.levels.end(),
                                  [&](const FoundLevel& level) { return !letters(level).empty() && !of_managers(level); });
    if (!both) return;
    for (FoundLevel& level : m_found.levels) {
      if (of_managers(level) && level.meaning.is_rank_only) level.leads_people = true;
    }
  }

  static std::string title_of(const LevelCandidate& candidate) {
    return candidate.meaning.plain.empty() ? candidate.part.part->title : candidate.meaning.plain;
  }

  /// Titles that levels of several families have.
  void find_told_twice() {
    std::map<std::string, std::set<std::string>> families;
    std::map<std::string, std::set<bool>> managing;
    for (const LevelCandidate& candidate : m_candidates) {
      const std::string key = title_key(title_of(candidate));
      families[key].insert(candidate.family);
      if (candidate.family.empty() && candidate.meaning.is_rank_only) managing[key].insert(track_heading(candidate) != nullptr);
    }
    for (const auto& [key, names] : families) {
      if (names.size() > 1) m_told_twice.insert(key);
    }
    for (const auto& [key, kinds] : managing) {
      if (kinds.size() > 1) m_in_both_tracks.insert(key);
    }
  }

  /// The heading above it that speaks of management.
  static const Part* track_heading(const LevelCandidate& candidate) {
    const auto& above = candidate.part.above;
    const auto at = std::find_if(above.rbegin(), above.rend(), [](const Part* part) { return speaks_of_management(part->title); });
    return at == above.rend() ? nullptr : *at;
  }

  void add(LevelCandidate candidate) {
    std::string title = title_of(candidate);
    if (candidate.family.empty() && m_in_both_tracks.contains(title_key(title))) {
      // "Level 1" of both tracks.
      const Part* heading = track_heading(candidate);
      if (heading != nullptr) title = fmt::format("{} ({})", title, read_title(heading->title).plain);
    }
    if (!candidate.family.empty()) {
      // "Level 1" of two professions is two places.
      if (candidate.meaning.is_rank_only) {
        title = fmt::format("{} ({})", candidate.family, title);
      } else if (m_told_twice.contains(title_key(title))) {
        const bool has_brackets = title.find('(') != std::string::npos || candidate.family.find('(') != std::string::npos;
        title = has_brackets ? fmt::format("{}, {}", title, candidate.family) : fmt::format("{} ({})", title, candidate.family);
      }
    }
    const auto [known, fresh] = m_by_key.try_emplace(title_key(title), m_found.levels.size());
    if (!fresh) {
      m_found.levels[known->second].parts.push_back(std::move(candidate.part));
      return;
    }
    FoundLevel level;
    level.title = std::move(title);
    level.meaning = candidate.meaning;
    if (level.meaning.plain.empty()) level.meaning.plain = level.title;
    const bool family_leads = candidate.titled_by != nullptr && candidate.meaning.is_rank_only && read_title(candidate.titled_by->title).leads_people;
    level.leads_people = leads_people(candidate.part, candidate.meaning) || family_leads;
    level.family = std::move(candidate.family);
    level.parts.push_back(std::move(candidate.part));
    m_found.levels.push_back(std::move(level));
  }

  bool leads_people(const LevelPart& part, const TitleMeaning& meaning) {
    if (meaning.leads_people) {
      if (meaning.unsure_whom) ask_about_lead(part, "Leadership");
      return true;
    }
    const bool under_management =
        std::any_of(part.above.begin(), part.above.end(), [](const Part* above) { return speaks_of_management(above->title); }) ||
        speaks_of_management(std::filesystem::path(part.document->path).parent_path().filename().string());
    if (meaning.is_rank_only || !meaning.names_level) return under_management;
    if (meaning.unsure_whom) ask_about_lead(part, "Individual Contributor");
    return false;
  }

  void ask_about_lead(const LevelPart& part, std::string_view track) {
    m_found.questions.push_back(
        fmt::format("{}: Does a “{}” lead people or technology? The track {} is a guess.", to_string(part.part->place), part.part->title, track));
  }

  [[nodiscard]] bool is_told(const Part& part) const { return m_found.told_in(part) != nullptr; }

  /// What stands beside levels and is told under the same headings is a level too, whatever it is called. With no level at all, the likeness alone decides.
  void add_siblings() {
    const bool found_by_title = m_found.levels.size() >= 2;
    std::vector<Siblings::One> best;
    for (const Siblings& group : all_siblings(m_outline)) {
      const std::vector<Siblings::One> same = alike(group);
      const bool has_level = std::any_of(same.begin(), same.end(), [&](const Siblings::One& one) { return is_told(*one.part); });
      if (found_by_title) {
        if (has_level) add_untitled(same);
      } else if (same.size() > best.size() && same.size() > m_found.levels.size()) {
        best = same;
      }
    }
    if (!found_by_title) add_untitled(best);
  }

  void add_untitled(const std::vector<Siblings::One>& ones) {
    for (const Siblings::One& one : ones) {
      const TitleMeaning meaning = read_title(one.part->title);
      const bool is_denied = m_denied.contains(title_key(meaning.plain.empty() ? one.part->title : meaning.plain));
      if (is_told(*one.part) || holds_level(*one.part) || meaning.is_about_else || is_denied) continue;
      add({{one.part, one.document, one.above}, meaning, {}, nullptr});
      m_found.questions.push_back(fmt::format("{}: Is “{}” a place? Its title does not say so; it is told under the same headings as its neighbours.",
                                              to_string(one.part->place), one.part->title));
    }
    m_found.index();
  }

  [[nodiscard]] bool holds_level(const Part& part) const {
    return std::any_of(part.parts.begin(), part.parts.end(), [&](const Part& child) { return is_told(child) || holds_level(child); });
  }

  void ask_about_stubs() {
    for (const Part* stub : m_stubs) {
      if (m_by_key.contains(title_key(read_title(stub->title).plain))) continue;
      m_found.questions.push_back(fmt::format("{}: “{}” has the title of a place and says nothing. It was left out; should it be written?",
                                              to_string(stub->place), stub->title));
    }
  }

  void ask_about_documents() {
    for (const FoundLevel& level : m_found.levels) {
      std::set<std::string> places;
      for (const LevelPart& told : level.parts) {
        if (told.document != level.parts.front().document) places.insert(to_string(told.part->place));
      }
      if (places.empty()) continue;
      const std::string others = join({places.begin(), places.end()}, ", ");
      m_found.questions.push_back(
          fmt::format("{}: “{}” is also told in {}. Is it one place? It was made one.", to_string(level.place()), level.title, others));
    }
  }

  const SourceOutline& m_outline;
  FoundLevels m_found;
  std::set<std::string> m_said;
  std::set<std::string> m_denied;
  std::vector<LevelCandidate> m_candidates;
  std::set<std::string> m_told_twice;
  std::set<std::string> m_in_both_tracks;
  std::map<std::string, std::size_t> m_by_key;
  std::vector<const Part*> m_stubs;
};

}  // namespace

const FoundLevel* FoundLevels::told_in(const Part& part) const {
  const auto at = m_by_part.find(&part);
  return at == m_by_part.end() ? nullptr : &levels[at->second];
}

void FoundLevels::index() {
  m_by_part.clear();
  for (std::size_t i = 0; i < levels.size(); ++i) {
    for (const LevelPart& told : levels[i].parts) m_by_part.emplace(told.part, i);
  }
}

const FoundTrack& FoundLevels::track_of(std::size_t level) const {
  return *std::find_if(tracks.begin(), tracks.end(),
                       [&](const FoundTrack& track) { return std::find(track.levels.begin(), track.levels.end(), level) != track.levels.end(); });
}

Result<FoundLevels> find_levels(const SourceOutline& outline, const Mapping& mapping) {
  FoundLevels found = Finder(outline, mapping).find();
  if (found.levels.empty()) return found;
  find_inheritance(found);
  put_in_order(found, outline);
  found.index();
  give_ids(found);
  find_forks(found);
  if (!mapping.tracks.empty()) {
    if (const auto applied = apply_mapping(found, mapping); !applied) return tl::unexpected(applied.error());
  }
  if (const auto applied = apply_fork(found, mapping); !applied) return tl::unexpected(applied.error());
  find_nameless_inheritance(found);
  guess_scopes(found);
  return found;
}

}  // namespace waymark::importer
