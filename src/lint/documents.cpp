#include "lint/documents.hpp"

#include "base/text.hpp"
#include "lint/place_in_source.hpp"

namespace waymark::lint {
namespace {

using markup::Block;
using pathway::Passage;
using pathway::SectionKind;

Role role_of(SectionKind kind) {
  switch (kind) {
    case SectionKind::scope_of_impact: return Role::scope;
    case SectionKind::autonomy: return Role::autonomy;
    case SectionKind::what_changes_here: return Role::changes;
    case SectionKind::what_stops_counting: return Role::stops;
    case SectionKind::not_expected_yet: return Role::ceiling;
    case SectionKind::what_it_looks_like: return Role::example;
    case SectionKind::watch_for: return Role::watch_for;
    case SectionKind::other: return Role::other_section;
  }
  return Role::other_section;
}

/// A heading made of the first words of the narrative, as the importer makes it, says nothing of its own.
bool repeats_narrative(const pathway::Criterion& criterion) {
  if (criterion.passages.empty()) return false;
  std::string title = criterion.title;
  if (title.ends_with("\xE2\x80\xA6")) title.resize(title.size() - 3);
  const std::string narrative = to_lower_ascii(criterion.passages.front().block.text);
  for (const std::string_view opening : {"", "you ", "you are ", "i ", "i am "}) {
    if (narrative.starts_with(opening) && std::string_view(narrative).substr(opening.size()).starts_with(to_lower_ascii(title))) return true;
  }
  return criterion.title.size() != title.size();
}

bool is_list(const Block& block) { return block.kind == Block::Kind::bullet_list || block.kind == Block::Kind::ordered_list; }

}  // namespace

Documents::Documents(const Folder& folder, const pathway::Pathway& pathway, std::set<std::string, std::less<>> left_out)
    : m_folder(folder), m_left_out(std::move(left_out)) {
  for (const pathway::Level& level : pathway.levels) m_pages.insert(level.place.file);
  for (const pathway::Capability& capability : pathway.capabilities) m_pages.insert(capability.place.file);
  for (const pathway::Archetype& archetype : pathway.archetypes) m_pages.insert(archetype.place.file);
  if (pathway.fork) m_pages.insert(pathway.fork->page);
  for (const pathway::Level& level : pathway.levels) add_level(level);
  for (const pathway::Capability& capability : pathway.capabilities) {
    const Owner owner{capability.place.file, nullptr, nullptr};
    add(Role::capability, owner, capability.intro);
    add_parts(pathway, Role::capability, owner.file, capability.levels);
    for (const pathway::Section& section : capability.sections) add(Role::capability, owner, section.passages);
  }
  for (const pathway::Archetype& archetype : pathway.archetypes) {
    const Owner owner{archetype.place.file, nullptr, nullptr};
    add(Role::archetype, owner, archetype.intro);
    add_parts(pathway, Role::archetype, owner.file, archetype.levels);
    for (const pathway::Section& section : archetype.sections) add(Role::archetype, owner, section.passages);
  }
  if (!pathway.fork) return;
  const Owner owner{pathway.fork->page, nullptr, nullptr};
  add(Role::fork, owner, pathway.fork->intro);
  for (const pathway::Branch& way : pathway.fork->ways) {
    add(Role::fork, owner, way.intro);
    for (const pathway::Branch::Aspect& aspect : way.aspects) add(Role::fork, owner, aspect.passages);
  }
  for (const pathway::Section& section : pathway.fork->sections) add(Role::fork, owner, section.passages);
}

void Documents::add(Role role, const Owner& owner, const Block& block) {
  if (m_left_out.contains(owner.file)) return;
  switch (block.kind) {
    case Block::Kind::code_block:
    case Block::Kind::raw_html:
    case Block::Kind::thematic_break: return;
    case Block::Kind::heading:
    case Block::Kind::paragraph:
    case Block::Kind::table_cell:
      if (!block.text.empty()) m_prose.push_back({role, owner.file, &block, owner.level, owner.criterion, words_of(block.text)});
      return;
    case Block::Kind::bullet_list:
    case Block::Kind::ordered_list:
    case Block::Kind::list_item:
    case Block::Kind::block_quote:
    case Block::Kind::table:
    case Block::Kind::table_row:
      for (const Block& child : block.children) add(role, owner, child);
      return;
  }
}

void Documents::add(Role role, const Owner& owner, const std::vector<Passage>& passages) {
  for (const Passage& passage : passages) add(role, owner, passage.block);
}

void Documents::add_level(const pathway::Level& level) {
  const Owner page{level.place.file, &level, nullptr};
  add(Role::summary, page, level.summary);
  for (const pathway::Section& section : level.sections) {
    for (const Passage& passage : section.passages) {
      // What stands beside the list of examples introduces it.
      const bool introduces = section.kind == SectionKind::what_it_looks_like && !is_list(passage.block);
      add(introduces ? Role::other_section : role_of(section.kind), page, passage.block);
    }
    if (section.kind != SectionKind::what_changes_here) continue;
    for (const pathway::Criterion& criterion : level.criteria) {
      const Owner owner{page.file, &level, &criterion};
      const std::size_t begin = m_prose.size();
      m_titles.push_back(std::make_unique<Block>());
      Block& title = *m_titles.back();
      title.kind = Block::Kind::heading;
      title.level = 3;
      title.text = criterion.title;
      title.span = criterion.place.span;
      if (!repeats_narrative(criterion)) add(Role::criterion_title, owner, title);
      add(Role::criterion, owner, criterion.passages);
      m_of_criterion[&criterion] = {begin, m_prose.size()};
    }
  }
}

void Documents::add_parts(const pathway::Pathway& pathway, Role role, std::string_view file, const std::vector<pathway::AtLevel>& parts) {
  for (const pathway::AtLevel& part : parts) {
    const Owner owner{file, pathway.level(part.level), nullptr};
    for (const Passage& passage : part.passages) {
      const bool examples = role == Role::archetype && is_list(passage.block);
      add(examples ? Role::archetype_example : role, owner, passage.block);
    }
  }
}

std::vector<const Prose*> Documents::of(const pathway::Criterion& criterion) const {
  std::vector<const Prose*> found;
  const auto range = m_of_criterion.find(&criterion);
  if (range == m_of_criterion.end()) return found;
  for (std::size_t i = range->second.first; i < range->second.second; ++i) found.push_back(&m_prose[i]);
  return found;
}

const SourceText* Documents::source(std::string_view file) const {
  const std::lock_guard lock(*m_making_sources);
  const auto known = m_sources.find(file);
  if (known != m_sources.end()) return known->second.get();
  const FolderFile* const found = m_folder.find(file);
  return m_sources.emplace(file, found == nullptr ? nullptr : std::make_unique<SourceText>(found->path, found->bytes)).first->second.get();
}

Span Documents::locate(const Prose& prose, std::size_t begin, std::size_t end) const {
  const SourceText* const text = source(prose.file);
  return text == nullptr ? prose.block->span : place_in_source(*text, prose.block->span, prose.text(), begin, end);
}

}  // namespace waymark::lint
