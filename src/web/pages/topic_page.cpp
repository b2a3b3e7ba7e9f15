#include "web/pages/topic_page.hpp"

namespace waymark::web::pages {
namespace {

// More of them are a list of their own, one link away.
constexpr std::size_t others_shown = 24;

std::vector<TopicPage::SectionView> make_sections(const Links& links, const std::vector<pathway::Section>& sections) {
  std::vector<TopicPage::SectionView> found;
  for (const pathway::Section& section : sections) found.push_back({section.anchor, section.title, make_passages(links, section.passages)});
  return found;
}

}  // namespace

TopicPage make_capability_page(const Site& site, const Links& links, const pathway::Capability& capability) {
  const pathway::Pathway& pathway = site.pathway();
  TopicPage page{TopicPage::Kind::capability, capability.title, capability.summary, links.to("/capabilities"), make_passages(links, capability.intro), {},
                 make_sections(links, capability.sections), {}};
  for (const pathway::AtLevel& at : capability.levels) {
    const pathway::Level* const level = pathway.level(at.level);
    if (level == nullptr) continue;
    TopicPage::Part part{make_place(site, links, *level), at.level.value, at.title, links.to(address::level(at.level)), make_passages(links, at.passages), {}};
    for (const pathway::Citation& citation : capability.criteria) {
      const pathway::Criterion* const criterion = pathway.criterion(citation);
      if (criterion == nullptr || citation.level != at.level) continue;
      part.criteria.push_back({links.to(address::level(citation.level), citation.anchor), to_string(citation), criterion->title, {}, {}, {}, {}});
    }
    page.parts.push_back(std::move(part));
  }
  for (const pathway::Capability& other : pathway.capabilities) {
    if (pathway.capabilities.size() > others_shown) break;
    if (other.id != capability.id) page.others.push_back({other.title, links.to(address::capability(other.id))});
  }
  return page;
}

TopicPage make_archetype_page(const Site& site, const Links& links, const pathway::Archetype& archetype) {
  const pathway::Pathway& pathway = site.pathway();
  TopicPage page{TopicPage::Kind::archetype, archetype.title, archetype.summary, links.to("/archetypes"), make_passages(links, archetype.intro), {},
                 make_sections(links, archetype.sections), {}};
  for (const pathway::AtLevel& at : archetype.levels) {
    const pathway::Level* const level = pathway.level(at.level);
    if (level == nullptr) continue;
    page.parts.push_back({make_place(site, links, *level), at.level.value, at.title, links.to(address::level_in(archetype.id, at.level)), make_passages(links, at.passages), {}});
  }
  for (const pathway::Archetype& other : pathway.archetypes) {
    if (pathway.archetypes.size() > others_shown) break;
    if (other.id != archetype.id) page.others.push_back({other.title, links.to(address::archetype(other.id))});
  }
  return page;
}

void fill(Values values, const TopicPage& page) {
  const bool capability = page.kind == TopicPage::Kind::capability;
  values.show_if(capability, "IS_CAPABILITY");
  values.show_if(!capability, "IS_ARCHETYPE");
  values.set("ALL_HREF", page.all);
  values.set("TITLE", page.title);
  values.set("SUMMARY", page.summary);
  include_passages(values, "INTRO", page.intro);
  if (!page.parts.empty()) {
    const Values parts = values.add("PARTS");
    parts.show_if(capability, "DEEPENS");
    parts.show_if(!capability, "AT_EVERY_PLACE");
    for (const TopicPage::Part& part : page.parts) {
      const Values row = parts.add("PART");
      row.set("PART_ANCHOR", part.anchor);
      row.set("PART_TITLE", part.title);
      fill(row.include("PART_PLACE", "place.html"), part.place);
      row.set("PART_HREF", part.page);
      row.set("PART_ID", part.place.id);
      row.show_if(!capability, "PART_READ");
      include_passages(row, "PART_PASSAGES", part.passages, HeadingLevel::four);
      if (part.criteria.empty()) continue;
      const Values criteria = row.add("CRITERIA");
      for (const LevelPage::CriterionView& criterion : part.criteria) {
        const Values item = criteria.add("CRITERION");
        item.set("CRITERION_HREF", criterion.anchor);
        item.set("CITATION", criterion.citation);
        item.set("CRITERION_TITLE", criterion.title);
      }
    }
  }
  for (const TopicPage::SectionView& section : page.sections) {
    const Values row = values.add("SECTION");
    row.set("SECTION_ANCHOR", section.anchor);
    row.set("SECTION_TITLE", section.title);
    include_passages(row, "SECTION_PASSAGES", section.passages);
  }
  show_each(values, "OTHERS", {"OTHER", "OTHER_TITLE", "OTHER_HREF"}, page.others);
}

}  // namespace waymark::web::pages
