#include "web/pages/people_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"

namespace waymark::web::pages {
namespace {

constexpr std::size_t shown_of_a_place = 100;

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

void add_person(PeoplePage::Group& group, const org::OrganisationOn& on, org::PersonIndex person) {
  if (group.people.size() == shown_of_a_place) {
    ++group.further;
  } else {
    group.people.push_back(make_somebody(on, person));
  }
}

/// The map, and a group for each place that somebody is at. Gives who is at none.
std::vector<org::PersonIndex> add_pathway(PeoplePage& page, const PeopleOnPathway& on_it, const org::OrganisationOn& on) {
  const pathway::Pathway& pathway = on_it.site->pathway();
  std::map<std::string, std::vector<org::PersonIndex>> at;
  std::vector<org::PersonIndex> nowhere;
  MapMarks marks;
  for (const org::PersonIndex person : on_it.people) {
    const pathway::Level* const level = on.level(person).empty() ? nullptr : pathway.level(on.level(person));
    if (level == nullptr) {
      nowhere.push_back(person);
      continue;
    }
    at[level->id.value].push_back(person);
    ++marks.people[level->id.value];
  }
  for (LandscapePage::Map& map : make_maps(*on_it.site, on_it.links, marks)) page.maps.push_back(std::move(map));
  std::vector<const pathway::Level*> order;
  for (const pathway::Level& level : pathway.levels) order.push_back(&level);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->scope_position < b->scope_position; });
  for (const pathway::Level* const level : order) {
    const auto found = at.find(level->id.value);
    if (found == at.end()) continue;
    PeoplePage::Group group{make_place(*on_it.site, on_it.links, *level), level->title, {}};
    for (const org::PersonIndex person : found->second) add_person(group, on, person);
    page.groups.push_back(std::move(group));
  }
  return nowhere;
}

}  // namespace

PeoplePage make_people_page(const std::vector<PeopleOnPathway>& pathways, const org::OrganisationOn& on, org::PersonIndex manager) {
  PeoplePage page;
  PeoplePage::Group unplaced{{}, "Not levelled yet", {}};
  for (const PeopleOnPathway& each : pathways) {
    if (each.people.empty()) continue;
    for (const org::PersonIndex person : add_pathway(page, each, on)) add_person(unplaced, on, person);
  }
  if (!unplaced.people.empty()) page.groups.push_back(std::move(unplaced));
  const std::size_t further = on.below(manager).size() - on.reports(manager).size();
  if (further > 0) page.below = counted(further, "more person works", "more people work") + " further along your line.";
  page.below_href = "/people/" + on.organisation().person(manager).id.text() + "/below";
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
    if (group.further > 0) {
      const Values more = row.add("MORE_HERE");
      more.set("HOW_MANY", fmt::format("and {} more", group.further));
      more.set("MORE_HREF", page.below_href);
    }
  }
  values.show_if(page.shows_signals, "SIGNALS");
  if (page.below.empty()) return;
  const Values further = values.add("FURTHER");
  further.set("BELOW", page.below);
  further.set("BELOW_HREF", page.below_href);
}

}  // namespace waymark::web::pages
