#include "importer/families.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "base/text.hpp"
#include "importer/outline_builder.hpp"
#include "importer/subjects.hpp"

namespace waymark::importer {
namespace {

using Candidates = std::vector<LevelCandidate>;
using Indices = std::vector<std::size_t>;

bool is_page(const LevelCandidate& candidate) { return candidate.part.part == &candidate.part.document->root; }

std::string key_of(const LevelCandidate& candidate) {
  return title_key(candidate.meaning.plain.empty() ? candidate.part.part->title : candidate.meaning.plain);
}

/// "Data Engineering Framework" → "Data Engineering".
std::string family_title(std::string_view title) {
  std::string plain = read_title(title).plain;
  static const std::set<std::string> endings{"framework", "ladder",       "competencies", "competences", "levels", "progression",
                                             "matrix",    "pathway",      "path",         "career",      "track",  "ladders",
                                             "roles",     "expectations", "rubric",       "job",         "family"};
  while (true) {
    const std::size_t space = plain.rfind(' ');
    if (space == std::string::npos || !endings.contains(title_key(plain.substr(space + 1)))) return plain;
    plain = std::string(trim(std::string_view(plain).substr(0, space)));
  }
}

bool names_a_track(std::string_view title) {
  const std::string key = " " + title_key(title) + " ";
  const auto says = [&](const char* words) { return key.find(words) != std::string::npos; };
  return speaks_of_management(title) || says(" individual contributor ") || says(" individual contributors ") || says(" ic ") || says(" ics ") ||
         says(" technical track ");
}

class Finder {
 public:
  explicit Finder(Candidates& candidates) : m_candidates(candidates) {}

  void find() {
    by_profession_above();
    by_document();
    by_heading();
    by_words();
  }

 private:
  /// "Web Engineer" with "Junior" and "Senior" below it.
  void by_profession_above() {
    for (LevelCandidate& candidate : m_candidates) {
      const Part* above = nullptr;
      for (const Part* part : candidate.part.above) {
        if (read_title(part->title).names_level) above = part;
      }
      if (!candidate.meaning.is_rank_only || above == nullptr) continue;
      candidate.family = read_title(above->title).plain;
      candidate.titled_by = above;
    }
  }

  /// Documents that tell the same levels under the same headings are not parts of one whole.
  void by_document() {
    std::map<const Document*, std::set<std::string>> levels;
    std::map<const Document*, std::set<std::string>> groups;
    for (const LevelCandidate& candidate : m_candidates) {
      if (!candidate.family.empty() || is_page(candidate)) continue;
      levels[candidate.part.document].insert(key_of(candidate));
      auto& here = groups[candidate.part.document];
      for (const Part* above : candidate.part.above) {
        if (above != &candidate.part.document->root) add_group(*above, here);
      }
      for (const Part& below : candidate.part.part->parts) add_group(below, here);
    }
    std::set<const Document*> apart;
    for (const auto& [one, one_levels] : levels) {
      for (const auto& [other, other_levels] : levels) {
        if (one == other || one_levels.size() < 2 || other_levels.size() < 2) continue;
        if (share(one_levels, other_levels) && share(groups[one], groups[other])) apart.insert(one);
      }
    }
    if (apart.size() < 2) return;
    // Documents of the same make, also those whose headings are their own.
    for (const auto& [document, own] : levels) {
      const bool is_like = std::any_of(apart.begin(), apart.end(), [&, &own = own](const Document* other) { return share(own, levels.at(other)); });
      if (is_like) apart.insert(document);
    }
    for (LevelCandidate& candidate : m_candidates) {
      if (!candidate.family.empty() || is_page(candidate) || !apart.contains(candidate.part.document)) continue;
      candidate.family = family_title(candidate.part.document->root.title);
      candidate.titled_by = &candidate.part.document->root;
    }
  }

  static void add_group(const Part& part, std::set<std::string>& groups) {
    if (!part.title.empty() && subject_of(part.title) == Subject::unknown && !read_title(part.title).names_level)
      groups.insert(title_key(part.title));
  }

  static bool share(const std::set<std::string>& one, const std::set<std::string>& other) {
    return std::any_of(one.begin(), one.end(), [&](const std::string& each) { return other.contains(each); });
  }

  /// Headings, or folders of pages, that each hold a place of the same rank.
  void by_heading() {
    struct Group {
      Indices members;
      std::string title;
      const Part* titled_by = nullptr;
    };
    std::map<std::string, Group> groups;
    for (std::size_t i = 0; i < m_candidates.size(); ++i) {
      const LevelCandidate& candidate = m_candidates[i];
      if (!candidate.family.empty()) continue;
      if (is_page(candidate)) {
        const std::string folder = std::filesystem::path(candidate.part.document->path).parent_path().generic_string();
        groups["folder " + folder].members.push_back(i);
        groups["folder " + folder].title = title_from_path(std::filesystem::path(folder).filename().string());
      } else if (!candidate.part.above.empty()) {
        const Part* above = candidate.part.above.back();
        Group& group = groups["part " + std::to_string(reinterpret_cast<std::uintptr_t>(above))];
        group.members.push_back(i);
        group.title = read_title(above->title).plain;
        group.titled_by = above;
      }
    }
    // The same level under two headings: the headings are subjects.
    std::map<std::string, std::set<const Group*>> told;
    for (const auto& [key, group] : groups) {
      for (const std::size_t i : group.members) {
        if (!is_page(m_candidates[i])) told[key_of(m_candidates[i])].insert(&group);
      }
    }
    std::set<const Group*> subjects;
    for (const auto& [level, where] : told) {
      if (where.size() > 1) subjects.insert(where.begin(), where.end());
    }
    std::vector<Group*> candidates;
    for (auto& [key, group] : groups) {
      if (!subjects.contains(&group) && !group.title.empty() && !names_a_track(group.title)) candidates.push_back(&group);
    }
    bool collides = false;
    for (std::size_t a = 0; a < candidates.size(); ++a) {
      for (std::size_t b = a + 1; b < candidates.size(); ++b) {
        if (candidates[a]->members.size() < 2 || candidates[b]->members.size() < 2) continue;
        collides = collides || shared_ranks(candidates[a]->members, candidates[b]->members) > 0;
      }
    }
    if (!collides) return;
    for (const Group* group : candidates) {
      for (const std::size_t i : group->members) {
        m_candidates[i].family = group->title;
        m_candidates[i].titled_by = group->titled_by;
      }
    }
  }

  [[nodiscard]] std::size_t shared_ranks(const Indices& one, const Indices& other) const {
    std::size_t count = 0;
    for (const std::size_t a : one) {
      for (const std::size_t b : other) {
        const TitleMeaning& first = m_candidates[a].meaning;
        const TitleMeaning& second = m_candidates[b].meaning;
        if (first.rank && second.rank && *first.rank == *second.rank && first.leads_people == second.leads_people && !first.leads_people) ++count;
      }
    }
    return count;
  }

  /// "Software Engineer I" and "Product Designer I": what is left of a title without its rank.
  void by_words() {
    std::map<std::string, Indices> stems;
    for (std::size_t i = 0; i < m_candidates.size(); ++i) {
      const LevelCandidate& candidate = m_candidates[i];
      if (!candidate.family.empty() || candidate.meaning.is_rank_only || candidate.meaning.leads_people) continue;
      const std::string stem = profession_of(candidate.meaning.plain);
      if (!stem.empty()) stems[stem].push_back(i);
    }
    std::set<std::string> apart;
    for (const auto& [one, members] : stems) {
      for (const auto& [other, others] : stems) {
        if (one != other && members.size() >= 2 && others.size() >= 2 && shared_ranks(members, others) >= 2) apart.insert(one);
      }
    }
    for (const std::string& stem : apart) {
      for (const std::size_t i : stems.at(stem)) {
        std::string title = stem;
        title[0] = title[0] >= 'a' && title[0] <= 'z' ? static_cast<char>(title[0] - 32) : title[0];
        m_candidates[i].family = title;
      }
    }
  }

  Candidates& m_candidates;
};

}  // namespace

void find_families(std::vector<LevelCandidate>& candidates) { Finder(candidates).find(); }

}  // namespace waymark::importer
