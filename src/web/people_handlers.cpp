#include <algorithm>

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
using pages::FormField;
using pages::Sheet;

constexpr std::size_t found_at_once = 25;

Sheet::Section reach_section(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex person) {
  Sheet::Section section{.id = "reach", .heading = "In reach"};
  const pathway::Pathway& pathway = pathway_of(visit, on, person);
  const Links links = links_of(visit, on, person);
  const std::string_view level = on.level(person);
  const pathway::Level* const here = level.empty() ? nullptr : pathway.level(level);
  if (here == nullptr) return section;
  for (const pathway::Route* const route : pathway.routes_from(here->id)) {
    const pathway::Level& to = *pathway.level(route->to);
    if (to.dormant) continue;
    section.links.push_back({fmt::format("{}: what would change{}", to.title, route->kind == pathway::Route::Kind::return_ ? " on the way back" : ""),
                             links.to(address::difference(here->id, to.id))});
  }
  section.links.push_back({fmt::format("{}: the page of this place", here->title), links.to(address::level(here->id))});
  return section;
}

Sheet::Section reports_section(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex manager, bool is_today) {
  Sheet::Section section{.id = "reports", .heading = "Reports to them"};
  Sheet::Table table{.caption = "People who report to them", .columns = {"Name", "Place", "Since", "Team"}, .rows = {}};
  for (const org::PersonIndex person : on.reports(manager)) {
    if (table.rows.size() == rows_at_once) break;
    const org::Standing& standing = on.standing(person);
    table.rows.push_back({.cells = {{on.name(person), page_of(on.organisation(), person), standing.is_away ? "on leave" : ""},
                                    {place_in_words(pathway_of(visit, on, person), on, person)},
                                    {standing.level_since ? in_words(*standing.level_since) : ""},
                                    {standing.team ? std::string(on.team_name(*standing.team)) : ""}}});
  }
  const std::size_t reports = on.reports(manager).size(), below = on.below(manager).size();
  if (reports > rows_at_once) section.words.push_back(fmt::format("The first {} of {}.", rows_at_once, reports));
  if (!table.rows.empty()) section.table = std::move(table);
  if (below > std::min(reports, rows_at_once)) {
    section.links.push_back({fmt::format("Everybody along the line: {}", counted(below, "person", "people")),
                             fmt::format("{}/below{}", page_of(on.organisation(), manager), is_today ? std::string() : "?on=" + to_iso(on.day()))});
  }
  return section;
}

/// Where they are, as one reads it.
std::vector<std::string> standing_words(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex person) {
  const org::Standing& standing = on.standing(person);
  std::vector<std::string> words;
  if (!standing.is_employed) {
    const auto employed = on.organisation().history(person, Kind::employed);
    if (employed.empty()) return {"Has never worked here."};
    const org::Spell& last = employed.back();
    if (last.from > on.day()) return {fmt::format("Begins on {}.", in_words(last.from))};
    return {fmt::format("Worked here until {}.", in_words(*last.to - std::chrono::days{1}))};
  }
  const pathway::Pathway& pathway = pathway_of(visit, on, person);
  std::string place = place_in_words(pathway, on, person);
  if (standing.level_since) place += fmt::format(" since {}, {}", in_words(*standing.level_since), time_in_words(*standing.level_since, on.day()));
  if (standing.archetype) place += ", " + value_in_words(pathway, on.organisation(), Kind::archetype, *standing.archetype);
  if (!place.empty() && place.front() >= 'a' && place.front() <= 'z') place.front() = static_cast<char>(place.front() - 'a' + 'A');
  words.push_back(place + '.');
  std::vector<std::string> more;
  if (&pathway != &main_pathway_of(visit)) more.push_back(fmt::format("Pathway: {}", pathway.name));
  if (standing.title) more.push_back(fmt::format("Title: {}", on.word(standing.title)));
  if (standing.working_time != 100) more.push_back(fmt::format("Works {} % of the full time", standing.working_time));
  if (standing.is_away) more.emplace_back("On leave at present");
  if (!more.empty()) words.push_back(join(more, ". ") + '.');
  if (const std::vector<org::PersonIndex> line = on.line(person); line.size() > 1) {
    std::vector<std::string> names;
    for (const org::PersonIndex manager : line) names.push_back(on.name(manager));
    words.push_back(fmt::format("Line to the top: {}.", join(names, ", then ")));
  }
  if (standing.manager_left) words.emplace_back("Their manager has left, and nobody was named since.");
  return words;
}

Sheet::Section where_section(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex person) {
  Sheet::Section section{.words = standing_words(visit, on, person)};
  const org::Standing& standing = on.standing(person);
  const org::Organisation& organisation = on.organisation();
  if (standing.team) section.links.push_back({fmt::format("Team: {}", on.team_name(*standing.team)), page_of(organisation, *standing.team)});
  if (standing.manager) section.links.push_back({fmt::format("Reports to {}", on.name(*standing.manager)), page_of(organisation, *standing.manager)});
  for (const org::PersonIndex manager : on.dotted_managers(person)) {
    section.links.push_back({fmt::format("Dotted line to {}", on.name(manager)), page_of(organisation, manager)});
  }
  return section;
}

/// What held when; whoever keeps it right can take a change back that never was.
Sheet::Section history_section(const pathway::Pathway& pathway, const org::Organisation& organisation, org::PersonIndex person, bool corrects) {
  Sheet::Section section{.id = "over-time", .heading = "Over time"};
  Sheet::Table table{.caption = "Over time", .columns = {"What", "Which", "From", "Until"}, .rows = {}, .with_buttons = corrects};
  for (const Kind kind : {Kind::level, Kind::archetype, Kind::title, Kind::team, Kind::manager, Kind::dotted_line, Kind::working_time, Kind::away, Kind::country,
                          Kind::pathway, Kind::employed}) {
    std::vector<org::Spell> spells = organisation.history(person, kind);
    std::reverse(spells.begin(), spells.end());
    for (const org::Spell& spell : spells) {
      Sheet::Row row{.cells = {{std::string(kind_title(kind))},
                               {value_in_words(pathway, organisation, kind, spell.value)},
                               {in_words(spell.from)},
                               {spell.to ? in_words(*spell.to) : "further notice"}}};
      if (corrects) {
        row.buttons.push_back({.action = page_of(organisation, person) + "/take-back",
                               .label = "This never was",
                               .hidden = {{"what", std::string(to_string(kind))},
                                          {"from", to_iso(spell.from)},
                                          {"value", std::string(organisation.text_of(kind, spell.value))}},
                               .about = fmt::format("{} from {}", kind_title(kind), in_words(spell.from))});
      }
      table.rows.push_back(std::move(row));
    }
  }
  if (!table.rows.empty()) section.table = std::move(table);
  return section;
}

Sheet::Section trace_section(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex person) {
  Sheet::Section section{.id = "trace", .heading = "What was recorded, and when"};
  Sheet::Table table{.caption = "What was recorded, and when", .columns = {"Recorded", "What", "From", "Why", "Believed"}, .rows = {}};
  const auto entries = visit.installation->organisation.history(person);
  for (auto entry = entries.rbegin(); entry != entries.rend() && table.rows.size() < 200; ++entry) {
    const std::string value = entry->value.empty() ? "ends" : entry->kind == Kind::level ? level_title(pathway_of(visit, on, person), entry->value) : entry->value;
    table.rows.push_back({.cells = {{moment_in_words(entry->recorded_at), "", entry->source},
                                    {fmt::format("{}: {}", kind_title(entry->kind), value)},
                                    {in_words(entry->from)},
                                    {entry->why},
                                    {entry->replaced_at ? fmt::format("until {}", moment_in_words(*entry->replaced_at)) : "still", "", entry->replaced_why}}});
  }
  if (!table.rows.empty()) section.table = std::move(table);
  return section;
}

Sheet::Section change_section(const Visit& visit, const org::Organisation& organisation, org::PersonIndex person, bool works_here) {
  const std::string page = page_of(organisation, person) + "/change?what=";
  Sheet::Section section{.id = "change", .heading = "Change"};
  if (works_here) {
    section.links = {{"Level or archetype", page + "level"}, {"Team", page + "team"},         {"Manager", page + "manager"},     {"A dotted line", page + "dotted_line"},
                     {"Title", page + "title"},              {"Country", page + "country"},   {"Working time", page + "working_time"}, {"Leave", page + "away"},
                     {"Last day of work", page + "leaving"}};
    if (!visit.pathways->others().empty()) section.links.insert(section.links.begin() + 1, {"Pathway", page + "pathway"});
  } else {
    section.links = {{"They come back", page + "return"}};
  }
  section.links.push_back({"Name, address and number", page + "details"});
  return section;
}

}  // namespace

Response people(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const org::OrganisationOn& on = *standpoint.today;
  const std::string sought = typed(visit, "name");
  Sheet sheet{.title = "People", .lead = "Find a colleague by name. Where somebody is in the landscape is seen by those who work with it."};
  Sheet::Section search{.form = pages::Form{.action = "/people",
                                            .button = "Find",
                                            .fields = {{.name = "name", .label = "Name", .value = sought, .hint = "The beginning of any part of it will do.", .focused = true}},
                                            .gets = true}};
  if (!sought.empty()) {
    const auto found = visit.installation->organisation.names()->find(sought, found_at_once + 1);
    Sheet::Table table{.caption = "Who was found", .columns = {"Name", "Place", "Team"}, .rows = {}};
    for (const org::PersonIndex person : found) {
      if (table.rows.size() == found_at_once) break;
      if (standpoint.may(visit, Action::read_place, person)) {
        const org::Standing& standing = on.standing(person);
        table.rows.push_back({.cells = {{on.name(person), page_of(on.organisation(), person)},
                                        {place_in_words(pathway_of(visit, on, person), on, person)},
                                        {standing.team ? std::string(on.team_name(*standing.team)) : ""}}});
      } else {
        table.rows.push_back({.cells = {{on.name(person)}, {""}, {""}}});
      }
    }
    if (found.empty()) search.words.push_back(fmt::format("Nobody who works here today has a name like `{}`.", sought.substr(0, 80)));
    if (found.size() > found_at_once) search.words.push_back(fmt::format("These are the first {}. More of the name finds fewer.", found_at_once));
    if (!table.rows.empty()) search.table = std::move(table);
  }
  sheet.sections.push_back(std::move(search));
  Sheet::Section ways{.links = {{"Teams and parts", "/organisation"}}};
  if (standpoint.me) ways.links.insert(ways.links.begin(), {"Yourself", page_of(on.organisation(), *standpoint.me)});
  if (standpoint.me && !on.reports(*standpoint.me).empty()) ways.links.push_back({"Your people on the landscape", "/my-people"});
  if (access::may(visit.viewer.actor, Action::correct_place, {})) ways.links.push_back({"Add somebody", "/people/new"});
  if (access::may(visit.viewer.actor, Action::import_people, {})) ways.links.push_back({"Bring people in from a file", "/people/import"});
  if (on.people().empty()) {
    sheet.sections.front().words.insert(sheet.sections.front().words.begin(),
                                        "Nobody is recorded yet. People can be added by hand, imported from a file, or sent by a directory.");
  }
  sheet.sections.push_back(std::move(ways));
  return show(visit, std::move(sheet));
}

Response person(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const org::Organisation& organisation = standpoint.today->organisation();
  const auto found = person_of(visit, organisation);
  if (!found || organisation.person(*found).is_erased) return no_such_person(visit);
  std::string problem;
  const auto day = asked_day(visit, standpoint.today->day(), problem);
  const bool is_today = !day || *day == standpoint.today->day();
  const auto on = is_today ? standpoint.today : visit.installation->organisation.on(*day);
  const bool is_me = standpoint.me == *found;
  const bool corrects = standpoint.may(visit, Action::correct_place, *found);

  Sheet sheet{.title = organisation.person(*found).details.name, .lead = {}};
  if (!is_today) sheet.lead = fmt::format("As it was on {}.", in_words(*day));
  if (!problem.empty()) tell_problem(sheet, {Error::Kind::bad_input, problem, "Write it as 2026-03-01."});
  sheet.sections.push_back(where_section(visit, *on, *found));
  if (auto reach = reach_section(visit, *on, *found); !reach.links.empty()) sheet.sections.push_back(std::move(reach));
  if (auto reports = reports_section(visit, *on, *found, is_today); reports.table) {
    if (is_me) reports.heading = "Reports to you";
    if (is_me && is_today) reports.links.push_back({"On the landscape", "/my-people"});
    sheet.sections.push_back(std::move(reports));
  }
  if (corrects) sheet.sections.push_back(change_section(visit, organisation, *found, standpoint.today->standing(*found).is_employed));
  if (auto history = history_section(pathway_of(visit, *on, *found), organisation, *found, corrects); history.table) sheet.sections.push_back(std::move(history));
  if (corrects || is_me) {
    if (auto trace = trace_section(visit, *on, *found); trace.table) sheet.sections.push_back(std::move(trace));
  }
  sheet.sections.push_back({.id = "on-another-day",
                            .heading = "On another day",
                            .form = pages::Form{.action = page_of(organisation, *found), .button = "Look", .fields = {day_field("on", "Day", to_iso(on->day()))}, .gets = true}});
  return show(visit, std::move(sheet), problem.empty() ? 200 : 422);
}

}  // namespace waymark::web::handlers
