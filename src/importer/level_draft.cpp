#include "importer/level_draft.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/ids.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

/// Titles of headings that at least two levels have: the groupings of the source.
std::set<std::string> shared_titles(const FoundLevels& found) {
  std::map<std::string, std::set<const FoundLevel*>> by_title;
  const auto visit = [&](const auto& self, const Part& part, const FoundLevel& level) -> void {
    for (const Part& child : part.parts) {
      by_title[title_key(child.title)].insert(&level);
      self(self, child, level);
    }
  };
  for (const FoundLevel& level : found.levels) {
    for (const LevelPart& told : level.parts) visit(visit, *told.part, level);
  }
  std::set<std::string> shared;
  for (const auto& [title, levels] : by_title) {
    if (levels.size() >= 2 || found.levels.size() < 2) shared.insert(title);
  }
  return shared;
}

/// A description without the words of the level's title: the same on two pages, it says nothing about either.
std::string without_title(const Statement& description, const FoundLevel& level) {
  std::string text = " " + title_key(description.text) + " ";
  const std::string title = title_key(level.title);
  for (const std::string_view word : split(title, ' ')) text = replace_all(std::move(text), fmt::format(" {} ", word), " ");
  return text;
}

/// Titles that stand under several groupings of one level, as "Meets" and "Exceeds" do: they say something about the criteria, and group nothing.
std::set<std::string> qualifying_titles(const FoundLevels& found) {
  std::set<std::string> titles;
  for (const FoundLevel& level : found.levels) {
    std::map<std::string, std::set<std::string>> under;
    const auto visit = [&](const auto& self, const Part& part) -> void {
      for (const Part& child : part.parts) {
        for (const Part& below : child.parts) under[title_key(below.title)].insert(title_key(child.title));
        self(self, child);
      }
    };
    for (const LevelPart& told : level.parts) visit(visit, *told.part);
    for (const auto& [title, parents] : under) {
      if (parents.size() >= 2 && !title.empty()) titles.insert(title);
    }
  }
  return titles;
}

std::set<std::string> empty_descriptions(const FoundLevels& found) {
  std::map<std::string, int> count;
  for (const FoundLevel& level : found.levels) {
    for (const Statement& statement : level.parts.front().part->statements) {
      if (statement.is_description) ++count[without_title(statement, level)];
    }
  }
  std::set<std::string> empty;
  for (const auto& [text, times] : count) {
    if (times >= 2 || trim(text).empty()) empty.insert(text);
  }
  return empty;
}

class LevelSorter {
 public:
  LevelSorter(Draft& draft, std::size_t index, const LevelHabits& habits)
      : m_draft(draft), m_index(index), m_level(draft.found.levels[index]), m_habits(habits) {
    m_result.ids.reserve({"scope-of-impact", "autonomy", "what-changes-here", "what-stops-counting", "not-expected-yet", "what-it-looks-like",
                          "watch-for", "summary", "about-this-place"});
  }

  LevelDraft sort() {
    for (const LevelPart& told : m_level.parts) read_level_part(told);
    return std::move(m_result);
  }

 private:
  void read_level_part(const LevelPart& told) {
    // Told in several places: the heading above each is what groups its criteria.
    const Part* group = m_level.parts.size() > 1 && !told.above.empty() ? told.above.back() : nullptr;
    if (group != nullptr && read_title(group->title).names_level) group = nullptr;
    if (group != nullptr) open_group(*group, {});
    read_statements(*told.part, group != nullptr ? group->title : std::string(), Prose::about_the_level);
    for (const Part& part : told.part->parts) read_part(part, {});
  }

  enum class Prose { about_the_level, about_the_group };

  void read_statements(const Part& part, const std::string& group, Prose prose) {
    for (const Statement& statement : part.statements) {
      if (set_aside(statement, part.title)) continue;
      if (statement.is_item()) {
        add_criterion(statement, group);
      } else if (prose == Prose::about_the_level && group.empty()) {
        m_result.about.push_back(&statement);
      } else {
        m_draft.capability(group).at(m_index).prose.push_back(&statement);
      }
    }
  }

  [[nodiscard]] bool set_aside(const Statement& statement, const std::string& under) {
    if (const auto before = m_draft.found.inheriting.find(&statement); before != m_draft.found.inheriting.end()) {
      m_draft.ledger.set_aside(statement.sentences, fmt::format("says that what counts at “{}” counts here too, which the pathway says by its routes",
                                                                m_draft.found.levels[before->second].title));
      return statement.children.empty();
    }
    if (!statement.is_description || !m_habits.empty_descriptions.contains(without_title(statement, m_level)))
      return set_figure_aside(m_draft, statement, under);
    m_draft.ledger.set_aside(statement.sentences, "a description that says the same of other levels");
    return true;
  }

  void add_criterion(const Statement& statement, const std::string& group) {
    const CriterionName name = name_criterion(statement, m_result.ids);
    m_result.criteria.push_back({name.heading, name.id, {&statement}, nullptr, group, nullptr});
    if (!group.empty()) m_draft.capability(group).at(m_index).criteria.emplace_back(name.heading, name.id);
  }

  void open_group(const Part& part, const std::vector<const Part*>& parents) {
    CapabilityDraft& capability = m_draft.capability(part.title);
    if (m_draft.capability_headings.insert(&part).second) capability.headings.push_back(&part);
    capability.part_of.insert(capability.part_of.end(), parents.begin(), parents.end());
    (void)capability.at(m_index);
  }

  void read_part(const Part& part, std::vector<const Part*> parents) {
    if (const Subject subject = subject_of(part.title); subject != Subject::unknown) {
      read_section(part, subject);
      return;
    }
    const bool has_items =
        std::any_of(part.statements.begin(), part.statements.end(), [](const Statement& statement) { return statement.is_item(); });
    const bool is_shared = m_habits.shared_titles.contains(title_key(part.title));
    const bool qualifies = !parents.empty() && part.parts.empty() && m_habits.qualifying_titles.contains(title_key(part.title));
    if (part.statements.empty() && part.parts.empty()) {
      m_draft.ledger.set_aside(part.sentences, "a heading with nothing under it");
    } else if (qualifies && !part.statements.empty()) {
      read_qualified(part, parents);
    } else if (holds_figures(part)) {
      m_result.other.push_back(&part);
    } else if (part.title.empty() || part.statements.empty()) {
      // Only opens what stands below it; an empty title is a nameless column.
      const std::string group = parents.empty() ? std::string() : parents.back()->title;
      read_statements(part, group, Prose::about_the_level);
      if (!part.title.empty()) parents.push_back(&part);
      for (const Part& child : part.parts) read_part(child, parents);
    } else if (part.parts.empty() && !is_shared && (!has_items || !parents.empty())) {
      add_titled_criterion(part, parents);
    } else {
      open_group(part, parents);
      const bool prose_is_criteria = !has_items && part.parts.empty();
      if (prose_is_criteria) {
        for (const Statement& statement : part.statements) {
          if (!set_aside(statement, part.title)) add_criterion(statement, part.title);
        }
      } else {
        read_statements(part, part.title, Prose::about_the_group);
      }
      parents.push_back(&part);
      for (const Part& child : part.parts) read_part(child, parents);
    }
  }

  /// "Meets", "Exceeds": the criteria belong to the grouping above, and each set of them says what it is.
  void read_qualified(const Part& part, const std::vector<const Part*>& parents) {
    const Part& group = *parents.back();
    open_group(group, {parents.begin(), parents.end() - 1});
    const std::size_t first = m_result.criteria.size();
    read_statements(part, group.title, Prose::about_the_group);
    for (std::size_t i = first; i < m_result.criteria.size(); ++i) m_result.criteria[i].qualified_by = &part;
    if (m_result.criteria.size() == first) m_draft.ledger.set_aside(part.sentences, "a heading whose text went elsewhere");
  }

  /// A heading of its own with its text: the criterion is already named.
  void add_titled_criterion(const Part& part, const std::vector<const Part*>& parents) {
    const std::string group = parents.empty() ? std::string() : parents.back()->title;
    if (!group.empty()) open_group(*parents.back(), {parents.begin(), parents.end() - 1});
    CriterionDraft criterion{read_title(part.title).plain, criterion_id(part.title, m_result.ids), {}, &part, group, nullptr};
    for (const Statement& statement : part.statements) {
      if (!set_aside(statement, part.title)) criterion.narrative.push_back(&statement);
    }
    if (criterion.heading.empty()) criterion.heading = part.title;
    if (!group.empty()) m_draft.capability(group).at(m_index).criteria.emplace_back(criterion.heading, criterion.id);
    m_result.criteria.push_back(std::move(criterion));
  }

  void read_section(const Part& part, Subject subject) {
    if (subject == Subject::criteria) {
      m_draft.ledger.keep(part.sentences, fmt::format("levels/{}.md, section what-changes-here", m_level.id));
      read_statements(part, {}, Prose::about_the_level);
      for (const Part& child : part.parts) read_part(child, {});
      return;
    }
    if (subject != Subject::about) {
      m_result.sections[subject].push_back(&part);
      return;
    }
    m_draft.ledger.set_aside(part.sentences, "a heading whose text opens the page");
    for (const Statement& statement : part.statements) {
      if (!set_aside(statement, part.title)) m_result.about.push_back(&statement);
    }
    for (const Part& child : part.parts) m_result.other.push_back(&child);
  }

  Draft& m_draft;
  std::size_t m_index;
  const FoundLevel& m_level;
  const LevelHabits& m_habits;
  LevelDraft m_result;
};

}  // namespace

LevelHabits find_habits(const FoundLevels& found) { return {shared_titles(found), qualifying_titles(found), empty_descriptions(found)}; }

LevelDraft sort_level(Draft& draft, std::size_t level, const LevelHabits& habits) { return LevelSorter(draft, level, habits).sort(); }

bool set_figure_aside(Draft& draft, const Statement& statement, const std::string& under) {
  const bool only_figures_below = std::all_of(statement.children.begin(), statement.children.end(), [&](const Statement& child) {
    return child.children.empty() && reason_it_is_a_figure(child.text, under).has_value();
  });
  const std::optional<std::string> reason = only_figures_below ? reason_it_is_a_figure(statement.text, under) : std::nullopt;
  if (!reason) return false;
  draft.ledger.set_aside(statement.sentences, *reason);
  for (const Statement& child : statement.children) draft.ledger.set_aside(child.sentences, *reason);
  return true;
}

}  // namespace waymark::importer
