#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "web/org_handlers.hpp"
#include "web/org_words.hpp"
#include "web/pathways.hpp"
#include "web/sheets.hpp"
#include "web/standpoint.hpp"

namespace waymark::web::handlers {

http::Response people_below(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const org::Organisation& organisation = standpoint.today->organisation();
  const auto found = person_of(visit, organisation);
  if (!found || organisation.person(*found).is_erased) return no_such_person(visit);
  std::string problem;
  const auto day = asked_day(visit, standpoint.today->day(), problem);
  const bool is_today = !day || *day == standpoint.today->day();
  const auto on = is_today ? standpoint.today : visit.installation->organisation.on(*day);
  const auto below = on->below(*found);

  pages::Sheet sheet{.title = fmt::format("The line of {}", on->name(*found)), .lead = {}};
  const std::string when = is_today ? std::string("today") : fmt::format("on {}", in_words(on->day()));
  sheet.lead = below.empty() ? fmt::format("Nobody reports to them {}.", when)
                             : fmt::format("{} {}, each after whom they report to.", counted(below.size(), "person", "people"), when);
  if (!problem.empty()) tell_problem(sheet, {Error::Kind::bad_input, problem, "Write it as 2026-03-01."});
  const ListPart part = asked_part(visit, below.size());
  pages::Sheet::Section section;
  pages::Sheet::Table table{.caption = "People along the line", .columns = {"Name", "Place", "Reports to", "Team"}, .rows = {}};
  for (const org::PersonIndex person : below.subspan(part.begin, part.end - part.begin)) {
    const org::Standing& standing = on->standing(person);
    if (!standpoint.may(visit, access::Action::read_place, person)) {
      table.rows.push_back({.cells = {{on->name(person)}, {""}, {""}, {""}}});
      continue;
    }
    table.rows.push_back({.cells = {{on->name(person), page_of(organisation, person), standing.is_away ? "on leave" : ""},
                                    {place_in_words(pathway_of(visit, *on, person), *on, person)},
                                    {standing.manager ? on->name(*standing.manager) : ""},
                                    {standing.team ? std::string(on->team_name(*standing.team)) : ""}}});
  }
  if (!table.rows.empty()) section.table = std::move(table);
  const std::string page = page_of(organisation, *found);
  link_other_parts(section, below.size(), part, is_today ? page + "/below" : fmt::format("{}/below?on={}", page, to_iso(on->day())));
  section.links.push_back({on->name(*found), page});
  sheet.sections.push_back(std::move(section));
  return show(visit, std::move(sheet), problem.empty() ? 200 : 422);
}

}  // namespace waymark::web::handlers
