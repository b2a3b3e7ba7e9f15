#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/levels.hpp"

namespace waymark::importer {
namespace {

constexpr std::size_t longest_inheritance = 20;  ///< words

/// How a sentence begins, or what is in it, that says only which other level counts here too.
bool says_it_includes(const std::string& key) {
  static constexpr std::array<std::string_view, 16> openings{
      "everything ", "all of ", "all the ",          "same as ",      "the same as ", "in addition to ",      "builds on ",         "meets all ",
      "as for ",     "as ",     "all expectations ", "all criteria ", "all skills ",  "what is expected of ", "what we expect of ", "includes "};
  return std::any_of(openings.begin(), openings.end(), [&](std::string_view opening) { return key.starts_with(opening); });
}

/// Nothing but that: "all of the above", "everything expected at the previous levels, plus".
bool speaks_of_those_before(const std::string& key) {
  static constexpr std::array<std::string_view, 7> before{"above", "previous", "preceding", "prior", "earlier", "lower", "former"};
  static constexpr std::array<std::string_view, 36> small{
      "everything", "all",      "of",           "the",    "same",   "as",           "in",
      "addition",   "to",       "builds",       "on",     "meets",  "for",          "includes",
      "plus",       "and",      "also",         "from",   "at",     "expected",     "is",
      "what",       "we",       "expect",       "level",  "levels", "role",         "roles",
      "listed",     "criteria", "expectations", "skills", "points", "requirements", "responsibilities",
      "well"};
  bool names_before = false;
  for (const std::string_view word : split(key, ' ')) {
    if (std::find(before.begin(), before.end(), word) != before.end()) {
      names_before = true;
    } else if (std::find(small.begin(), small.end(), word) == small.end()) {
      return false;
    }
  }
  return names_before;
}

class Inheritance {
 public:
  explicit Inheritance(FoundLevels& found) : m_found(found) {
    for (std::size_t i = 0; i < found.levels.size(); ++i) {
      const FoundLevel& level = found.levels[i];
      for (const std::string& name : {level.title, level.meaning.plain, level.meaning.code}) {
        if (!name.empty()) m_names.emplace_back(title_key(name), i);
      }
      for (const LevelPart& told : level.parts) {
        if (!told.part->source_id.empty()) m_names.emplace_back(title_key(told.part->source_id), i);
        m_names.emplace_back(title_key(told.part->title), i);
      }
    }
    std::stable_sort(m_names.begin(), m_names.end(), [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  }

  /// "All of the above, plus": of the place before, whatever it is called. REQUIRES that the levels are in order.
  void find_nameless() {
    for (const FoundTrack& track : m_found.tracks) {
      for (std::size_t i = 1; i < track.levels.size(); ++i) {
        for (const LevelPart& told : m_found.levels[track.levels[i]].parts) read_nameless(*told.part, track.levels[i], track.levels[i - 1]);
      }
    }
  }

  void find() {
    for (std::size_t i = 0; i < m_found.levels.size(); ++i) {
      for (const LevelPart& told : m_found.levels[i].parts) {
        for (const std::string& name : told.part->follows) {
          if (const auto before = named(title_key(name), i, true)) follow(i, *before);
        }
        read(*told.part, i);
      }
    }
  }

 private:
  void read_nameless(const Part& part, std::size_t level, std::size_t before) {
    for (const Statement& statement : part.statements) {
      const std::string key = title_key(statement.text);
      if (statement.sentences.size() != 1 || !says_it_includes(key) || !speaks_of_those_before(key)) continue;
      m_found.inheriting.emplace(&statement, before);
      follow(level, before);
    }
    for (const Part& child : part.parts) read_nameless(child, level, before);
  }

  void read(const Part& part, std::size_t level) {
    for (const Statement& statement : part.statements) read(statement, level);
    for (const Part& child : part.parts) read(child, level);
  }

  void read(const Statement& statement, std::size_t level) {
    const std::string key = title_key(statement.text);
    const bool may_be = statement.sentences.size() == 1 && says_it_includes(key) &&
                        static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')) < longest_inheritance;
    if (!may_be) return;
    const auto before = named(key, level, false);
    if (!before || is_more(key, level, *before)) return;
    m_found.inheriting[&statement] = *before;
    follow(level, *before);
  }

  /// Anything beyond "everything in X, plus" is a criterion of its own.
  [[nodiscard]] bool is_more(const std::string& key, std::size_t from, std::size_t before) const {
    static constexpr std::array<std::string_view, 49> small{
        "everything", "all",          "of",   "the",      "same",      "as",   "in",     "addition", "to",           "builds",
        "on",         "meets",        "for",  "includes", "plus",      "and",  "also",   "from",     "at",           "expected",
        "is",         "what",         "we",   "expect",   "a",         "an",   "level",  "criteria", "skills",       "above",
        "previous",   "expectations", "well", "with",     "following", "role", "listed", "under",    "requirements", "responsibilities",
        "engineer",   "engineers",    "you",  "should",   "will",      "must", "also",   "has",      "have"};
    std::string rest = " " + key + " ";
    std::string longest;
    for (const auto& [name, level] : m_names) {
      if (level == before && name.size() > longest.size() && rest.find(" " + name + " ") != std::string::npos) longest = name;
    }
    rest = replace_all(std::move(rest), " " + longest + " ", " ");
    for (const auto& [name, level] : m_names) {
      if (level == from && !name.empty()) rest = replace_all(std::move(rest), " " + name + " ", " ");
    }
    for (const std::string_view word : split(rest, ' ')) {
      if (!word.empty() && std::find(small.begin(), small.end(), word) == small.end()) return true;
    }
    return false;
  }

  /// The level whose name stands in these words, the longest first; of several with that name, one of the same family.
  [[nodiscard]] std::optional<std::size_t> named(const std::string& key, std::size_t from, bool whole) const {
    const std::string words = " " + key + " ";
    std::optional<std::size_t> found;
    std::size_t length = 0;
    for (const auto& [name, level] : m_names) {
      if (name.empty() || level == from || (found && name.size() < length)) continue;
      const bool fits = whole ? key == name : words.find(" " + name + " ") != std::string::npos;
      if (!fits) continue;
      const bool better = !found || m_found.levels[level].family == m_found.levels[from].family;
      if (better) found = level;
      length = name.size();
    }
    return found;
  }

  void follow(std::size_t level, std::size_t before) {
    auto& follows = m_found.levels[level].follows;
    if (std::find(follows.begin(), follows.end(), before) == follows.end()) follows.push_back(before);
  }

  FoundLevels& m_found;
  std::vector<std::pair<std::string, std::size_t>> m_names;
};

/// "Senior Engineer 2 (People Manager)" → "senior engineer 2".
std::string without_brackets(const std::string& title) {
  const std::size_t open = title.find('(');
  return open == std::string::npos || open == 0 ? std::string() : title_key(title.substr(0, open));
}

}  // namespace

void find_inheritance(FoundLevels& found) { Inheritance(found).find(); }

void find_nameless_inheritance(FoundLevels& found) { Inheritance(found).find_nameless(); }

void find_forks(FoundLevels& found) {
  for (FoundTrack& track : found.tracks) {
    const FoundLevel& first = found.levels[track.levels.front()];
    if (!first.leads_people) continue;
    for (const std::size_t before : first.follows) {
      if (&found.track_of(before) == &track) continue;
      track.comes_from = before;
      track.fork_reason = "the source says that what counts there counts here too";
    }
    if (track.comes_from) continue;
    const std::string name = without_brackets(first.meaning.plain);
    for (const FoundTrack& other : found.tracks) {
      if (&other == &track || name.empty()) continue;
      for (std::size_t i = 1; i < other.levels.size(); ++i) {
        const FoundLevel& same = found.levels[other.levels[i]];
        if (same.family != first.family || same.leads_people || without_brackets(same.meaning.plain) != name) continue;
        track.comes_from = other.levels[i - 1];
        track.fork_reason = "both tracks have a place of that name";
      }
    }
  }
}

}  // namespace waymark::importer
