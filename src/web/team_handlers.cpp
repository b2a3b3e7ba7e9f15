#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "web/org_handlers.hpp"
#include "web/org_words.hpp"
#include "web/pathways.hpp"
#include "web/sheets.hpp"
#include "web/standpoint.hpp"

namespace waymark::web::handlers {
namespace {

using access::Action;
using http::Response;
using org::Kind;
using pages::Sheet;

// Up to here the whole tree is one page; of a larger one, the upper parts, and the rest on their pages.
constexpr std::size_t small_tree = 200;

/// Rows of the tree of parts, each behind what it belongs to.
class Tree {
 public:
  explicit Tree(const org::OrganisationOn& on) : m_on(on), m_depths(on.organisation().teams(), 0), m_people(on.organisation().teams(), 0) {
    for (const org::TeamIndex team : on.teams()) m_parts[on.parent(team)].push_back(team);
    walk(std::nullopt, 0);
    std::vector<std::size_t> at_depth;
    for (const org::TeamIndex team : on.teams()) {
      const std::size_t depth = m_depths[static_cast<std::size_t>(team)];
      if (at_depth.size() <= depth) at_depth.resize(depth + 1, 0);
      ++at_depth[depth];
    }
    std::size_t shown = 0;
    for (m_shown_depth = 0; m_shown_depth < at_depth.size() && (m_shown_depth == 0 || shown + at_depth[m_shown_depth] <= small_tree); ++m_shown_depth) {
      shown += at_depth[m_shown_depth];
    }
    add(std::nullopt, 0);
  }

  [[nodiscard]] bool is_whole() const { return m_shown.size() == m_on.teams().size(); }
  [[nodiscard]] std::size_t size() const { return m_shown.size(); }

  [[nodiscard]] std::vector<Sheet::Row> rows(const ListPart& part) const {
    std::vector<Sheet::Row> rows;
    for (std::size_t i = part.begin; i < part.end; ++i) {
      const org::TeamIndex team = m_shown[i];
      const auto at = static_cast<std::size_t>(team);
      std::vector<std::string> leads;
      for (const org::PersonIndex lead : m_on.leads(team)) leads.push_back(m_on.name(lead));
      std::string indent;
      for (std::size_t depth = 0; depth < m_depths[at]; ++depth) indent += "– ";
      const std::size_t people = is_whole() ? m_on.members(team).size() : m_people[at];
      rows.push_back({.cells = {{indent + std::string(m_on.team_name(team)), page_of(m_on.organisation(), team)},
                                {in_words(leads)},
                                {people == 0 ? "" : counted(people, "person", "people")}}});
    }
    return rows;
  }

 private:
  std::size_t walk(std::optional<org::TeamIndex> above, std::size_t depth) {
    std::size_t people = 0;
    const auto found = m_parts.find(above);
    if (found == m_parts.end()) return people;
    for (const org::TeamIndex team : found->second) {
      const auto at = static_cast<std::size_t>(team);
      m_depths[at] = static_cast<std::uint32_t>(depth);
      m_people[at] = m_on.members(team).size() + walk(team, depth + 1);
      people += m_people[at];
    }
    return people;
  }

  void add(std::optional<org::TeamIndex> above, std::size_t depth) {
    const auto found = m_parts.find(above);
    if (found == m_parts.end() || depth >= m_shown_depth) return;
    for (const org::TeamIndex team : found->second) {
      m_shown.push_back(team);
      add(team, depth + 1);
    }
  }

  const org::OrganisationOn& m_on;
  std::map<std::optional<org::TeamIndex>, std::vector<org::TeamIndex>> m_parts;
  std::vector<std::uint32_t> m_depths;
  std::vector<std::size_t> m_people;  // with everything that belongs to it
  std::size_t m_shown_depth = 0;
  std::vector<org::TeamIndex> m_shown;
};

/// How many are at each place: of those whose places the viewer may read one by one.
std::optional<Sheet::Table> places_table(const Visit& visit, const Standpoint& standpoint, const org::OrganisationOn& on) {
  const bool sees_all = access::may(visit.viewer.actor, Action::read_place, {}).allowed;
  // Counted by the numbers of the words first: those of a hundred thousand people are not compared one by one.
  struct Counted {
    std::size_t people = 0;
    org::PersonIndex one;
  };
  std::unordered_map<std::uint64_t, Counted> of_words;
  const auto count_all = [&](const auto& people) {
    for (const org::PersonIndex person : people) {
      const org::Standing& standing = on.standing(person);
      const std::uint64_t words = std::uint64_t{standing.pathway.value_or(org::Point::nothing)} << 32U | standing.level.value_or(org::Point::nothing);
      Counted& counted = of_words[words];
      ++counted.people;
      counted.one = person;
    }
  };
  if (sees_all) {
    count_all(on.people());
  } else if (standpoint.me) {
    count_all(on.below(*standpoint.me));
  }
  if (of_words.empty()) return std::nullopt;
  std::map<const OtherPathway*, std::map<std::string_view, std::size_t>> counts;  // nullptr: of the main pathway
  for (const auto& [words, counted] : of_words) counts[other_pathway_of(visit, on, counted.one)][on.level(counted.one)] += counted.people;
  Sheet::Table table{.caption = "People at each place", .columns = {"Place", "People"}, .rows = {}};
  const auto add = [&](const pathway::Pathway& pathway, const Links& links, std::map<std::string_view, std::size_t>& at, const std::string& of) {
    for (const pathway::Level& level : pathway.levels) {
      const auto found = at.find(level.id.value);
      if (found == at.end()) continue;
      table.rows.push_back({.cells = {{level.title, links.to(address::level(level.id)), of}, {std::to_string(found->second)}}});
      at.erase(found);
    }
    for (const auto& [level, people] : at) {
      table.rows.push_back({.cells = {{level.empty() ? "not levelled yet" : fmt::format("{} (not in this pathway)", level), "", of}, {std::to_string(people)}}});
    }
  };
  add(main_pathway_of(visit), visit.links, counts[nullptr], {});
  for (const auto& other : visit.pathways->others()) add(other->pathway(), other->links(), counts[other.get()], other->pathway().name);
  return table;
}

}  // namespace

Response organisation(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  std::string problem;
  const auto day = asked_day(visit, standpoint.today->day(), problem);
  const auto on = !day || *day == standpoint.today->day() ? standpoint.today : visit.installation->organisation.on(*day);
  Sheet sheet{.title = "The organisation", .lead = on == standpoint.today ? "Its parts and teams today." : fmt::format("Its parts and teams on {}.", in_words(on->day()))};
  if (!problem.empty()) tell_problem(sheet, {Error::Kind::bad_input, problem, "Write it as 2026-03-01."});
  Sheet::Section teams;
  const Tree tree(*on);
  if (tree.size() == 0) {
    teams.words.emplace_back("No team is recorded on that day. A part is a team that others belong to.");
  } else {
    const ListPart part = tree.size() <= small_tree ? ListPart{0, tree.size()} : asked_part(visit, tree.size());
    if (!tree.is_whole()) {
      teams.words.push_back(fmt::format("The upper {} of {} parts and teams, with everybody in them. What a part is made of stands on its page.", tree.size(), on->teams().size()));
    }
    teams.table = Sheet::Table{.caption = "Parts and teams", .columns = {"Team", "Led by", "People"}, .rows = tree.rows(part)};
    if (tree.size() > small_tree) {
      link_other_parts(teams, tree.size(), part, on == standpoint.today ? "/organisation" : fmt::format("/organisation?on={}", to_iso(on->day())));
    }
  }
  if (access::may(visit.viewer.actor, Action::correct_team, {})) teams.links.push_back({"Add a team", "/teams/new"});
  teams.links.push_back({"Find a colleague", "/people"});
  sheet.sections.push_back(std::move(teams));
  if (auto places = places_table(visit, standpoint, *on)) {
    const bool sees_all = access::may(visit.viewer.actor, Action::read_place, {}).allowed;
    sheet.sections.push_back({.id = "places", .heading = sees_all ? "Where people are" : "Where the people of your line are", .table = std::move(places)});
  }
  sheet.sections.push_back({.id = "on-another-day",
                            .heading = "On another day",
                            .form = pages::Form{.action = "/organisation", .button = "Look", .fields = {day_field("on", "Day", to_iso(on->day()))}, .gets = true}});
  return show(visit, std::move(sheet), problem.empty() ? 200 : 422);
}

Response team(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const org::OrganisationOn& on = *standpoint.today;
  const org::Organisation& organisation = on.organisation();
  const auto found = team_of(visit, organisation);
  if (!found) return no_such_team(visit);
  Sheet sheet{.title = last_name(organisation, *found), .lead = {}};
  Sheet::Section section;
  if (!on.exists(*found)) {
    const auto names = organisation.history(*found, Kind::team_name);
    const bool is_to_come = !names.empty() && names.back().from > on.day();
    sheet.lead = is_to_come              ? fmt::format("Begins on {}.", in_words(names.back().from))
                 : names.empty()         ? std::string("This team was never there.")
                 : names.back().to       ? fmt::format("Was there until {}.", in_words(*names.back().to))
                                         : std::string();
  } else {
    std::vector<std::string> above;
    for (const org::TeamIndex part : on.parts_above(*found)) above.emplace_back(on.team_name(part));
    if (above.size() > 1) sheet.lead = "Part of " + join({above.begin() + 1, above.end()}, ", in ") + '.';
    Sheet::Table table{.caption = "People of the team", .columns = {"Name", "Place", "Reports to"}, .rows = {}};
    const auto leads = on.leads(*found);
    const auto members = on.members(*found);
    const ListPart shown = asked_part(visit, members.size());
    for (const org::PersonIndex person : members.subspan(shown.begin, shown.end - shown.begin)) {
      const bool leads_it = std::find(leads.begin(), leads.end(), person) != leads.end();
      const auto manager = on.standing(person).manager;
      // A member knows who else is in the team; where each is, only who works with that.
      const bool reads = standpoint.may(visit, Action::read_place, person);
      table.rows.push_back({.cells = {{on.name(person), reads ? page_of(organisation, person) : "", leads_it ? "leads the team" : ""},
                                      {reads ? place_in_words(pathway_of(visit, on, person), on, person) : ""},
                                      {manager && reads ? on.name(*manager) : ""}}});
    }
    for (const org::PersonIndex lead : leads) {
      if (on.standing(lead).team != *found) section.words.push_back(fmt::format("Led by {}, who belongs to another team.", on.name(lead)));
    }
    if (table.rows.empty()) {
      section.words.emplace_back("Nobody is in this team itself.");
    } else {
      section.table = std::move(table);
    }
    link_other_parts(section, members.size(), shown, page_of(organisation, *found));
    const std::vector<org::TeamIndex> parts = on.parts(*found);
    const ListPart some = asked_part(visit, parts.size(), "parts");
    for (std::size_t i = some.begin; i < some.end; ++i) section.links.push_back({std::string(on.team_name(parts[i])), page_of(organisation, parts[i])});
    link_other_parts(section, parts.size(), some, page_of(organisation, *found), "parts");
  }
  section.links.push_back({"The organisation", "/organisation"});
  sheet.sections.push_back(std::move(section));
  if (standpoint.may(visit, Action::correct_team, *found)) {
    const std::string page = page_of(organisation, *found) + "/change?what=";
    sheet.sections.push_back({.id = "change",
                              .heading = "Change",
                              .links = {{"Name", page + "team_name"}, {"What it belongs to", page + "parent_team"}, {"Who leads it", page + "team_lead"}, {"Close it", page + "closing"}}});
  }
  return show(visit, std::move(sheet));
}

}  // namespace waymark::web::handlers
