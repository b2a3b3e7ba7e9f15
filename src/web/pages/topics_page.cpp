#include "base/text.hpp"
#include "web/pages/topic_page.hpp"

namespace waymark::web::pages {
namespace {

std::string places_of(const std::vector<pathway::AtLevel>& levels) {
  std::vector<std::string> ids;
  for (const pathway::AtLevel& at : levels) ids.push_back(at.level.value);
  return join(ids, ", ");
}

}  // namespace

TopicsPage make_capabilities_page(const Site& site, const Links& links) {
  TopicsPage page{TopicPage::Kind::capability, {}};
  for (const pathway::Capability& each : site.pathway().capabilities) {
    page.entries.push_back({each.title, links.to(address::capability(each.id)), each.summary, places_of(each.levels)});
  }
  return page;
}

TopicsPage make_archetypes_page(const Site& site, const Links& links) {
  TopicsPage page{TopicPage::Kind::archetype, {}};
  for (const pathway::Archetype& each : site.pathway().archetypes) {
    page.entries.push_back({each.title, links.to(address::archetype(each.id)), each.summary, places_of(each.levels)});
  }
  return page;
}

void fill(Values values, const TopicsPage& page) {
  const bool capabilities = page.kind == TopicPage::Kind::capability;
  values.show_if(capabilities, "IS_CAPABILITIES");
  values.show_if(!capabilities, "IS_ARCHETYPES");
  const Values entries = values.add(!page.entries.empty() ? "ENTRIES" : capabilities ? "NO_CAPABILITIES" : "NO_ARCHETYPES");
  for (const TopicsPage::Entry& entry : page.entries) {
    const Values row = entries.add("ENTRY");
    row.set("ENTRY_TITLE", entry.title);
    row.set("ENTRY_HREF", entry.href);
    row.set("ENTRY_SUMMARY", entry.summary);
    row.show_text("AT", "LEVELS", entry.levels);
  }
}

}  // namespace waymark::web::pages
