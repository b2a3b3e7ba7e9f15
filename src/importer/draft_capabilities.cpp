#include <algorithm>

#include <fmt/core.h>

#include "importer/draft.hpp"

namespace waymark::importer {
namespace {

class CapabilityWriter {
 public:
  CapabilityWriter(Draft& draft, CapabilityDraft& capability)
      : m_draft(draft), m_capability(capability), m_page(fmt::format("capabilities/{}.md", capability.id), draft.ledger, draft.links) {}

  [[nodiscard]] DraftPage write() {
    m_page.raw(fmt::format("---\nid: {}\ntitle: {}\n---\n\n", m_capability.id, yaml_value(m_capability.title)));
    for (const Part* part : m_capability.headings) write_origin("from: {}, where it is called: {}", *part, "title");
    for (const Part* part : m_capability.part_of) {
      if (!m_draft.ledger.is_decided(part->sentences)) write_origin("from: {}, where it stands under: {}", *part, "the heading above it");
    }
    m_page.raw("\n");
    if (m_capability.intro.empty()) {
      m_page.gap("what good looks like");
      m_page.raw("\n");
    } else {
      for (const Statement* statement : m_capability.intro) m_page.add_as_prose(*statement, "opening");
    }
    m_page.heading(2, "How it deepens", "how-it-deepens");
    std::sort(m_capability.levels.begin(), m_capability.levels.end(), [](const auto& a, const auto& b) { return a.level < b.level; });
    for (const CapabilityDraft::AtLevel& entry : m_capability.levels) write_level(entry);
    return std::move(m_page);
  }

 private:
  void write_origin(fmt::string_view form, const Part& part, std::string_view where) {
    m_page.comment(fmt::vformat(form, fmt::make_format_args(to_string(part.place), part.title)));
    m_page.keep(part.sentences, where);
  }

  void write_level(const CapabilityDraft::AtLevel& entry) {
    if (entry.criteria.empty() && entry.prose.empty()) return;
    const FoundLevel& level = m_draft.found.levels[entry.level];
    m_page.heading(3, level.title, level.id);
    m_page.add(entry.prose, fmt::format("at {}", level.id));
    for (const auto& [heading, id] : entry.criteria) m_page.item(fmt::format("[{}](../levels/{}.md#{})", escape_markdown(heading), level.id, id));
    if (!entry.criteria.empty()) m_page.end_list();
  }

  Draft& m_draft;
  CapabilityDraft& m_capability;
  DraftPage m_page;
};

}  // namespace

void write_capabilities(Draft& draft) {
  for (auto& [key, capability] : draft.capabilities) draft.pages.push_back(CapabilityWriter(draft, capability).write());
}

}  // namespace waymark::importer
