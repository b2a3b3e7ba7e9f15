#include <algorithm>
#include <set>

#include "pathway/cite.hpp"

namespace waymark::pathway {
namespace {

using markup::Block;

// Everything that stands under the citation: a criterion is also cited by a link to one of its paragraphs. A level is cited by a link to its
// page as a whole.
std::set<std::string> anchors_under(const Pathway& pathway, const Citation& citation) {
  std::set<std::string> anchors{citation.anchor};
  const Level* level = pathway.level(citation.level);
  if (level == nullptr) return anchors;
  const auto add = [&](const std::vector<Passage>& passages) {
    for (const Passage& passage : passages) anchors.insert(passage.anchor);
  };
  if (citation.anchor.empty()) add(level->summary);
  if (const Criterion* criterion = level->criterion(citation.anchor)) add(criterion->passages);
  for (const Section& section : level->sections) {
    if (section.anchor == citation.anchor) add(section.passages);
  }
  return anchors;
}

class Collector {
 public:
  Collector(const Pathway& pathway, const Citation& citation) : m_level(citation.level), m_anchors(anchors_under(pathway, citation)) {}

  void open_page(std::string file, Target page, std::string title) {
    m_file = std::move(file);
    m_page = std::move(page);
    m_title = std::move(title);
  }

  void look_through(const std::vector<Passage>& passages) {
    for (const Passage& passage : passages) {
      if (!links_here(passage.block)) continue;
      m_found.push_back({{m_page.kind, m_page.id, passage.anchor}, m_title, smallest_that_links(passage.block).text});
    }
  }

  void look_through(const std::vector<Section>& sections) {
    for (const Section& section : sections) look_through(section.passages);
  }

  void look_through(const std::vector<AtLevel>& levels) {
    for (const AtLevel& level : levels) look_through(level.passages);
  }

  [[nodiscard]] std::vector<Backlink> take() { return std::move(m_found); }

 private:
  [[nodiscard]] bool links_here(const Block& block) const {
    return std::any_of(block.links.begin(), block.links.end(), [&](const markup::Link& link) {
      const std::optional<Target> target = resolve_link(m_file, link.target);
      return target && target->kind == Target::Kind::level && target->id == m_level.value && m_anchors.contains(target->anchor);
    });
  }

  // Of a long list the reader wants the item.
  [[nodiscard]] const Block& smallest_that_links(const Block& block) const {
    const auto child = std::find_if(block.children.begin(), block.children.end(), [&](const Block& each) { return links_here(each); });
    if (child == block.children.end() || child->kind == Block::Kind::table_cell) return block;
    return smallest_that_links(*child);
  }

  LevelId m_level;
  std::set<std::string> m_anchors;
  std::string m_file;
  Target m_page;
  std::string m_title;
  std::vector<Backlink> m_found;
};

}  // namespace

std::vector<Backlink> backlinks(const Pathway& pathway, const Citation& citation) {
  Collector collector(pathway, citation);
  for (const Level& level : pathway.levels) {
    if (level.id == citation.level) continue;
    collector.open_page(level.place.file, {Target::Kind::level, level.id.value, {}}, level.title);
    collector.look_through(level.summary);
    for (const Criterion& criterion : level.criteria) collector.look_through(criterion.passages);
    collector.look_through(level.sections);
  }
  for (const Capability& capability : pathway.capabilities) {
    collector.open_page(capability.place.file, {Target::Kind::capability, capability.id.value, {}}, capability.title);
    collector.look_through(capability.intro);
    collector.look_through(capability.levels);
    collector.look_through(capability.sections);
  }
  for (const Archetype& archetype : pathway.archetypes) {
    collector.open_page(archetype.place.file, {Target::Kind::archetype, archetype.id.value, {}}, archetype.title);
    collector.look_through(archetype.intro);
    collector.look_through(archetype.levels);
    collector.look_through(archetype.sections);
  }
  if (!pathway.fork) return collector.take();
  collector.open_page(pathway.fork->page, {Target::Kind::fork, {}, {}}, pathway.fork->title);
  collector.look_through(pathway.fork->intro);
  for (const Branch& way : pathway.fork->ways) {
    collector.look_through(way.intro);
    for (const Branch::Aspect& aspect : way.aspects) collector.look_through(aspect.passages);
  }
  collector.look_through(pathway.fork->sections);
  return collector.take();
}

}  // namespace waymark::pathway
