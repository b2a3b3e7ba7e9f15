#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "org/registry.hpp"
#include "web/org_handlers.hpp"
#include "web/org_words.hpp"
#include "web/sheets.hpp"
#include "web/standpoint.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using org::Kind;
using pages::Form;
using pages::FormField;
using pages::Sheet;

Sheet new_team_sheet(const Visit& visit, const org::OrganisationOn& on) {
  const std::string from = typed(visit, "from");
  Sheet sheet{.title = "Add a team", .lead = "A part of the organisation is a team that other teams belong to."};
  sheet.sections.push_back({.form = Form{.action = "/teams/new",
                                         .button = "Add it",
                                         .fields = {{.name = "name", .label = "Name", .value = typed(visit, "name"), .focused = true},
                                                    day_field("from", "From", from.empty() ? to_iso(on.day()) : from),
                                                    team_field(on, "Part of", typed(visit, "team")),
                                                    person_field(on, "Led by", typed(visit, "person"))}},
                            .links = {{"The organisation", "/organisation"}}});
  return sheet;
}

std::optional<Sheet> change_sheet(const Visit& visit, const org::OrganisationOn& on, org::TeamIndex team) {
  const org::Organisation& organisation = on.organisation();
  const std::string what = typed(visit, "what");
  const auto given = [&](std::string_view field, std::string_view otherwise) {
    return visit.form.find(field) != nullptr ? typed(visit, field) : std::string(otherwise);
  };
  Sheet sheet{.title = last_name(organisation, team), .lead = {}};
  Form form{.action = page_of(organisation, team) + "/change", .button = "Record it", .hidden = {{"what", what}}};
  if (what == "team_name") {
    form.fields.push_back({.name = "value", .label = "Name", .value = given("value", on.team_name(team)), .focused = true});
    form.fields.push_back(day_field("from", "From", given("from", to_iso(on.day()))));
  } else if (what == "parent_team") {
    const auto parent = on.exists(team) ? on.parent(team) : std::nullopt;
    form.fields.push_back(team_field(on, "Part of", given("team", parent ? organisation.team(*parent).id.text() : std::string())));
    form.fields.push_back(day_field("from", "From", given("from", to_iso(on.day()))));
  } else if (what == "team_lead") {
    sheet.lead = "Whoever leads the team sees its people’s places. Several may lead it.";
    form.fields.push_back(person_field(on, "Led by", given("person", "")));
    form.fields.push_back(day_field("from", "From", given("from", to_iso(on.day()))));
    FormField end = day_field("to", "Last day", typed(visit, "to"), "Empty: until further notice. For somebody who leads it already: when that ends.");
    end.required = false;
    form.fields.push_back(std::move(end));
  } else if (what == "closing") {
    sheet.lead = "From the day after, nobody is in it. Name another team for its people first, or they have none.";
    form.fields.push_back(day_field("to", "Last day", given("to", to_iso(on.day()))));
  } else {
    return std::nullopt;
  }
  sheet.sections.push_back({.form = std::move(form), .links = {{last_name(organisation, team), page_of(organisation, team)}}});
  return sheet;
}

Result<org::Changes> changes_of(const Visit& visit, const org::OrganisationOn& on, org::TeamIndex team) {
  const org::Organisation& organisation = on.organisation();
  const std::string subject = organisation.team(team).id.text();
  const std::string what = typed(visit, "what");
  org::Changes changes;
  if (what == "closing") {
    const auto last = typed_day(visit, "to", "The last day");
    if (!last) return tl::unexpected<Error>(last.error());
    changes.facts.push_back({subject, Kind::team_name, *last + std::chrono::days{1}});
    return changes;
  }
  const auto from = typed_day(visit, "from", "The day from which it holds");
  if (!from) return tl::unexpected<Error>(from.error());
  if (what == "team_name") {
    const std::string name = typed(visit, "value");
    if (name.empty()) return fail(Error::Kind::bad_input, "The name is missing.", "A team is there for as long as it has a name.", "value");
    changes.facts.push_back({subject, Kind::team_name, *from, name});
  } else if (what == "parent_team") {
    const auto parent = typed_team(visit, on);
    if (!parent) return tl::unexpected<Error>(parent.error());
    changes.facts.push_back({subject, Kind::parent_team, *from, parent->empty() ? std::nullopt : std::optional(*parent)});
  } else if (what == "team_lead") {
    const auto found = named_person(on, typed(visit, "person"));
    if (!found) return tl::unexpected<Error>(at_field(found.error(), "person"));
    const std::string id = organisation.person(*found).id.text();
    const auto leads = on.leads(team);
    const bool leads_already = std::find(leads.begin(), leads.end(), *found) != leads.end();
    if (typed(visit, "to").empty()) {
      changes.facts.push_back({subject, Kind::team_lead, *from, id});
      return changes;
    }
    const auto last = typed_day(visit, "to", "The last day");
    if (!last) return tl::unexpected<Error>(last.error());
    if (!leads_already) {
      if (*last < *from) return fail(Error::Kind::bad_input, "It would end before it begins.", "Correct one of the two days.", "to");
      changes.facts.push_back({subject, Kind::team_lead, *from, id});
    }
    changes.facts.push_back({subject, Kind::team_lead, *last + std::chrono::days{1}, id, true});
  }
  return changes;
}

}  // namespace

Response new_team_form(const Visit& visit) { return show(visit, new_team_sheet(visit, *standpoint_of(visit).today)); }

Response new_team(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const org::OrganisationOn& on = *standpoint.today;
  const auto refuse = [&](const Error& error) {
    Sheet sheet = new_team_sheet(visit, on);
    tell_problem(sheet, error);
    return show(visit, std::move(sheet), 422);
  };
  const std::string name = typed(visit, "name");
  if (name.empty()) return refuse({Error::Kind::bad_input, "The name is missing.", "A team is there for as long as it has a name.", "name"});
  const auto from = typed_day(visit, "from", "The first day");
  if (!from) return refuse(from.error());
  const org::TeamId id = org::TeamId::make();
  org::Changes changes{{}, {{id}}, {{id.text(), Kind::team_name, *from, name}}};
  const auto parent = typed_team(visit, on);
  if (!parent) return refuse(parent.error());
  if (!parent->empty()) changes.facts.push_back({id.text(), Kind::parent_team, *from, *parent});
  const auto lead = typed_person(visit, on);
  if (!lead) return refuse(lead.error());
  if (!lead->empty()) changes.facts.push_back({id.text(), Kind::team_lead, *from, *lead});
  const org::Changed changed = visit.installation->organisation.change(changes, {.source = "form", .by = visit.viewer.doing()});
  if (!changed.problems.empty()) {
    Sheet sheet = new_team_sheet(visit, on);
    tell_problems(sheet, changed.problems);
    return show(visit, std::move(sheet), 422);
  }
  return done("/teams/" + id.text(), "team-added");
}

Response team_change_form(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const auto team = team_of(visit, standpoint.today->organisation());
  if (!team) return no_such_team(visit);
  auto sheet = change_sheet(visit, *standpoint.today, *team);
  return sheet ? show(visit, std::move(*sheet)) : Response::see_other(page_of(standpoint.today->organisation(), *team) + "#change");
}

Response change_team(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const org::OrganisationOn& on = *standpoint.today;
  const auto team = team_of(visit, on.organisation());
  if (!team) return no_such_team(visit);
  auto sheet = change_sheet(visit, on, *team);
  if (!sheet) return Response::see_other(page_of(on.organisation(), *team) + "#change");
  const auto changes = changes_of(visit, on, *team);
  if (!changes) {
    tell_problem(*sheet, changes.error());
    return show(visit, std::move(*sheet), 422);
  }
  const org::Changed changed = visit.installation->organisation.change(*changes, {.source = "form", .by = visit.viewer.doing()});
  if (!changed.problems.empty()) {
    tell_problems(*sheet, changed.problems, sheet->sections.front().form->fields.front().name);
    return show(visit, std::move(*sheet), 422);
  }
  return done(page_of(on.organisation(), *team), changed.is_new ? "recorded" : "as-before");
}

}  // namespace waymark::web::handlers
