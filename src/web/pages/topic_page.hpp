/// Capabilities and archetypes: prose with parts about levels. And the two lists of them.
#pragma once

#include <string>
#include <vector>

#include "web/pages/level_page.hpp"

namespace waymark::web::pages {

struct TopicPage {
  enum class Kind { capability, archetype };
  struct Part {
    PlaceView place;
    std::string anchor, title, page;         ///< address of the level (in this archetype)
    std::vector<PassageView> passages;
    std::vector<LevelPage::CriterionView> criteria;  ///< of this level that a capability supports
  };
  struct SectionView {
    std::string anchor, title;
    std::vector<PassageView> passages;
  };
  Kind kind = Kind::capability;
  std::string title, summary, all;           ///< all: address of the list
  std::vector<PassageView> intro;
  std::vector<Part> parts;
  std::vector<SectionView> sections;
  std::vector<Reference> others;
};
[[nodiscard]] TopicPage make_capability_page(const Site& site, const Links& links, const pathway::Capability& capability);
[[nodiscard]] TopicPage make_archetype_page(const Site& site, const Links& links, const pathway::Archetype& archetype);
/// topic_page.html
void fill(Values values, const TopicPage& page);

struct TopicsPage {
  struct Entry {
    std::string title, href, summary, levels;
  };
  TopicPage::Kind kind = TopicPage::Kind::capability;
  std::vector<Entry> entries;
};
[[nodiscard]] TopicsPage make_capabilities_page(const Site& site, const Links& links);
[[nodiscard]] TopicsPage make_archetypes_page(const Site& site, const Links& links);
/// topics_page.html
void fill(Values values, const TopicsPage& page);

}  // namespace waymark::web::pages
