#include "web/pages/people_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"

namespace waymark::web::pages {
namespace {

PeoplePage::Somebody make_somebody(const org::OrganisationOn& on, org::PersonIndex person) {
  const org::Standing& standing = on.standing(person);
  PeoplePage::Somebody somebody{on.name(person), "/people/" + on.organisation().person(person).id.text(), {}, {}};
  if (standing.level_since) somebody.since = "since " + in_words(*standing.level_since);
  std::vector<std::string> more;
  if (standing.team) more.emplace_back(on.team_name(*standing.team));
  if (standing.is_away) more.emplace_back("on leave");
  const std::size_t reports = on.reports(person).size();
  if (reports > 0) more.push_back(counted(reports, "person reports to them", "people report to them"));
  somebody.more = join(more, ", ");
  return somebody;
}

}  // namespace

PeoplePage make_people_page(const Site& site, const Links& links, const org::OrganisationOn& on, org::PersonIndex manager) {
  const pathway::Pathway& pathway = site.pathway();
  PeoplePage page;
  std::map<std::string, std::vector<org::PersonIndex>> at;
  MapMarks marks;
  for (const org::PersonIndex person : on.reports(manager)) {
    const pathway::Level* const level = on.level(person).empty() ? nullptr : pathway.level(on.level(person));
    at[level == nullptr ? std::string() : level->id.value].push_back(person);
    if (level != nullptr) ++marks.people[level->id.value];
  }
  page.maps = make_landscape_page(site, links, marks).maps;
  std::vector<const pathway::Level*> order;
  for (const pathway::Level& level : pathway.levels) order.push_back(&level);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->scope_position < b->scope_position; });
  for (const pathway::Level* const level : order) {
    const auto found = at.find(level->id.value);
    if (found == at.end()) continue;
    PeoplePage::Group group{make_place(site, links, *level), level->title, {}};
    for (const org::PersonIndex person : found->second) group.people.push_back(make_somebody(on, person));
    page.groups.push_back(std::move(group));
  }
  if (const auto found = at.find(""); found != at.end()) {
    PeoplePage::Group group{{}, "Not levelled yet", {}};
    for (const org::PersonIndex person : found->second) group.people.push_back(make_somebody(on, person));
    page.groups.push_back(std::move(group));
  }
  const std::size_t further = on.below(manager).size() - on.reports(manager).size();
  if (further > 0) page.below = counted(further, "more person works", "more people work") + " further along your line.";
  return page;
}

void fill(Values values, const PeoplePage& page) {
  for (const LandscapePage::Map& map : page.maps) fill(values.include("MAP", "map.html"), map);
  for (const PeoplePage::Group& group : page.groups) {
    const Values row = values.add("GROUP");
    if (group.place.id.empty()) {
      row.add("UNPLACED").set("GROUP_TITLE", group.title);
    } else {
      fill(row.add("PLACED").include("PLACE", "place.html"), group.place);
    }
    for (const PeoplePage::Somebody& somebody : group.people) {
      const Values person = row.add("SOMEBODY");
      person.set("SOMEBODY_NAME", somebody.name);
      person.set("SOMEBODY_HREF", somebody.href);
      person.show_text("SINCE_WHEN", "SINCE", somebody.since);
      person.show_text("MORE", "MORE_WORDS", somebody.more);
    }
  }
  values.show_text("FURTHER", "BELOW", page.below);
  values.show_if(page.shows_signals, "SIGNALS");
}

}  // namespace waymark::web::pages
