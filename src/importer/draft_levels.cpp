#include <algorithm>
#include <array>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/draft.hpp"
#include "importer/ids.hpp"
#include "importer/level_draft.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

using Statements = std::vector<const Statement*>;

constexpr std::size_t longest_summary = 3;  ///< sentences; a longer opening is a section of its own

struct FixedSection {
  Subject subject;
  std::string_view heading;
  bool required;
};
constexpr std::array<FixedSection, 3> sections_after{{{Subject::not_expected_yet, "Not expected yet", true},
                                                      {Subject::what_it_looks_like, "What it looks like", true},
                                                      {Subject::watch_for, "Watch for", false}}};

class LevelWriter {
 public:
  LevelWriter(Draft& draft, std::size_t index, LevelDraft level)
      : m_draft(draft),
        m_level(draft.found.levels[index]),
        m_track(draft.found.track_of(index)),
        m_sorted(std::move(level)),
        m_page(fmt::format("levels/{}.md", m_level.id), draft.ledger, draft.links) {}

  [[nodiscard]] DraftPage write() {
    write_front_matter();
    for (const LevelPart& told : m_level.parts) {
      if (!told.part->sentences.empty()) m_page.from(told.part->place);
      m_page.keep(told.part->sentences, "title");
    }
    write_opening();
    write_fixed(Subject::scope_of_impact, "Scope of impact", true);
    write_fixed(Subject::autonomy, "Autonomy", true);
    write_criteria();
    for (const FixedSection& section : sections_after) write_fixed(section.subject, section.heading, section.required);
    if (!m_rest.empty()) {
      m_page.heading(2, "About this place", "about-this-place");
      m_page.add(m_rest, "section about-this-place");
    }
    for (const Part* part : m_sorted.other) write_part(*part, 2);
    return std::move(m_page);
  }

 private:
  void write_front_matter() {
    const auto position = static_cast<std::size_t>(m_level.scope_position);
    m_page.raw(fmt::format(
        "---\nid: {}\ntitle: {}\ntrack: {}\nscope: {}  # {}; the source does not say\nscope_position: {:g}  # likewise\n"
        "# not in the source: {}, in a few words\nshift: Not in the source\n---\n\n",
        m_level.id, yaml_value(m_level.title), m_track.id, scope_axis()[position - 1], m_level.scope_reason, m_level.scope_position,
        m_level.leads_people ? "span, how many people; or autonomy, how much direction is needed" : "autonomy, how much direction is needed"));
  }

  void write_opening() {
    const bool short_enough = !m_sorted.about.empty() && !m_sorted.about.front()->is_item() && m_sorted.about.front()->children.empty() &&
                              m_sorted.about.front()->kind == Statement::Kind::paragraph &&
                              m_sorted.about.front()->sentences.size() <= longest_summary && !m_sorted.about.front()->text.ends_with(':');
    m_page.raw("\n");
    if (short_enough) {
      m_page.add(*m_sorted.about.front(), "summary");
      m_rest.assign(m_sorted.about.begin() + 1, m_sorted.about.end());
    } else {
      m_page.gap("the one sentence that says what changes at this place");
      m_page.raw("\n");
      m_rest = m_sorted.about;
    }
  }

  void write_fixed(Subject subject, std::string_view heading, bool required) {
    const auto parts = m_sorted.sections.find(subject);
    if (parts == m_sorted.sections.end() && !required) return;
    m_page.heading(2, heading, {});
    if (parts == m_sorted.sections.end()) {
      m_page.gap(heading);
      m_page.raw("\n");
      return;
    }
    for (const Part* part : parts->second) {
      m_page.comment(fmt::format("from: {}, where it is called: {}", to_string(part->place), part->title));
      m_page.raw("\n");
      write_inside(*part, 2, fmt::format("section {}", slug(heading)));
    }
  }

  void write_criteria() {
    m_page.heading(2, "What changes here", {});
    if (m_sorted.criteria.empty()) {
      m_page.gap("What changes here");
      m_page.raw("\n");
    }
    std::string group;
    const Part* qualified_by = nullptr;
    for (const CriterionDraft& criterion : m_sorted.criteria) {
      const bool opens = criterion.group != group || criterion.qualified_by != qualified_by;
      if (opens && !criterion.group.empty()) {
        const std::string how = criterion.qualified_by == nullptr ? std::string() : ", " + criterion.qualified_by->title;
        m_page.comment(fmt::format("grouped in the source under: {}{}", criterion.group, how));
        m_page.raw("\n");
      }
      group = criterion.group;
      qualified_by = criterion.qualified_by;
      if (qualified_by != nullptr) m_page.keep(qualified_by->sentences, "the heading above it");
      m_page.heading(3, criterion.heading, criterion.id);
      const std::string where = fmt::format("criterion {}", criterion.id);
      if (criterion.titled_by != nullptr) {
        m_page.from(criterion.titled_by->place);
        m_page.keep(criterion.titled_by->sentences, where);
        m_page.add(criterion.narrative, where);
      } else {
        for (const Statement* statement : criterion.narrative) m_page.add_as_prose(*statement, where);
      }
    }
  }

  /// A section that the format does not know.
  void write_part(const Part& part, int depth) {
    const std::string title = part.title.empty() ? std::string("Other") : part.title;
    m_page.heading(std::min(depth, 6), title, depth == 2 ? criterion_id(title, m_sorted.ids) : std::string());
    m_page.from(part.place);
    m_page.raw("\n");
    write_inside(part, depth, fmt::format("section {}", slug(title)));
  }

  void write_inside(const Part& part, int depth, const std::string& where) {
    m_page.keep(part.sentences, where);
    Statements left;
    for (const Statement& statement : part.statements) {
      if (!set_figure_aside(m_draft, statement, part.title)) left.push_back(&statement);
    }
    m_page.add(left, where);
    for (const Part& child : part.parts) write_part(child, depth + 1);
  }

  Draft& m_draft;
  const FoundLevel& m_level;
  const FoundTrack& m_track;
  LevelDraft m_sorted;
  DraftPage m_page;
  Statements m_rest;
};

std::vector<std::string> texts_of(const LevelDraft& level) {
  std::vector<std::string> texts;
  for (const CriterionDraft& criterion : level.criteria)
    texts.push_back(criterion.narrative.empty() ? std::string() : criterion.narrative.front()->text);
  return texts;
}

}  // namespace

void write_levels(Draft& draft) {
  const LevelHabits habits = find_habits(draft.found);
  for (const FoundTrack& track : draft.found.tracks) {
    std::set<std::string> before;
    for (const std::size_t index : track.levels) {
      LevelDraft level = sort_level(draft, index, habits);
      std::vector<std::string> texts = texts_of(level);
      for (std::size_t i = 0; i < texts.size(); ++i) {
        const bool again = !texts[i].empty() && before.contains(texts[i]);
        if (again) draft.repeated.push_back(fmt::format("{}.{}", draft.found.levels[index].id, level.criteria[i].id));
      }
      draft.criteria += texts.size();
      draft.most_criteria_at_a_level = std::max(draft.most_criteria_at_a_level, texts.size());
      before = {texts.begin(), texts.end()};
      draft.pages.push_back(LevelWriter(draft, index, std::move(level)).write());
    }
  }
}

}  // namespace waymark::importer
