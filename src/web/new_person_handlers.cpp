#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "org/registry.hpp"
#include "web/org_handlers.hpp"
#include "web/org_words.hpp"
#include "web/pathways.hpp"
#include "web/sheets.hpp"
#include "web/standpoint.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using org::Kind;
using pages::FormField;
using pages::Sheet;

Sheet new_person_sheet(const Visit& visit, const org::OrganisationOn& on) {
  const bool has_others = !visit.pathways->others().empty();
  const std::string from = typed(visit, "from");
  Sheet sheet{.title = "Add somebody", .lead = "Only the name and the first day are needed; the rest can follow. What is not known yet stays unknown."};
  pages::Form form{.action = "/people/new", .button = "Add them"};
  form.fields.push_back({.name = "name", .label = "Name", .value = typed(visit, "name"), .hint = "As they write it themselves.", .focused = true});
  form.fields.push_back({.name = "email",
                         .label = "E-mail address at work",
                         .kind = FormField::Kind::email,
                         .value = typed(visit, "email"),
                         .hint = "Whoever signs in with it is this person.",
                         .required = false});
  form.fields.push_back({.name = "number", .label = "Employee number", .value = typed(visit, "number"), .hint = "A file from the HR system finds them by it.", .required = false});
  form.fields.push_back(day_field("from", "First day of work", from.empty() ? to_iso(on.day()) : from));
  if (has_others) {
    form.fields.push_back(pathway_field(visit, typed(visit, "pathway")));
    FormField level = level_field(main_pathway_of(visit), {});
    // An id can be in more than one of them, so that the level goes with its pathway.
    for (FormField::Option& option : level.options) option.chosen = option.value == typed(visit, "level");
    for (const auto& other : visit.pathways->others()) {
      for (const pathway::Level& each : other->pathway().levels) {
        const bool is_listed = std::any_of(level.options.begin(), level.options.end(), [&](const FormField::Option& option) { return option.value == each.id.value; });
        if (!is_listed) level.options.push_back({each.id.value, fmt::format("{} ({})", each.title, other->pathway().name), typed(visit, "level") == each.id.value});
      }
    }
    level.hint = "One of the pathway above.";
    form.fields.push_back(std::move(level));
  } else {
    const pathway::Pathway& pathway = main_pathway_of(visit);
    form.fields.push_back(level_field(pathway, typed(visit, "level")));
    if (!pathway.archetypes.empty()) form.fields.push_back(archetype_field(pathway, typed(visit, "archetype")));
  }
  form.fields.push_back(team_field(on, "Team", typed(visit, "team")));
  form.fields.push_back(person_field(on, "Reports to", typed(visit, "person")));
  form.fields.push_back({.name = "title", .label = "Title", .value = typed(visit, "title"), .hint = "What the contract calls them.", .required = false});
  form.fields.push_back({.name = "country", .label = "Country", .value = typed(visit, "country"), .hint = "Two letters, as in IE.", .required = false});
  form.fields.push_back({.name = "working_time",
                         .label = "Working time, in per cent of the full time",
                         .kind = FormField::Kind::number,
                         .value = typed(visit, "working_time"),
                         .hint = "Empty: full time.",
                         .required = false});
  sheet.sections.push_back({.form = std::move(form), .links = {{"People", "/people"}}});
  return sheet;
}

}  // namespace

Response new_person_form(const Visit& visit) { return show(visit, new_person_sheet(visit, *standpoint_of(visit).today)); }

Response new_person(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const org::OrganisationOn& on = *standpoint.today;
  const auto refuse = [&](const Error& error) {
    Sheet sheet = new_person_sheet(visit, on);
    tell_problem(sheet, error);
    return show(visit, std::move(sheet), 422);
  };
  const std::string name = typed(visit, "name");
  if (name.empty()) return refuse({Error::Kind::bad_input, "The name is missing.", "Write it as they write it themselves.", "name"});
  const auto from = typed_day(visit, "from", "The first day of work");
  if (!from) return refuse(from.error());

  const org::PersonId id = org::PersonId::make();
  org::Changes changes;
  const auto set = [&](Kind kind, std::string value) { changes.facts.push_back({id.text(), kind, *from, std::move(value)}); };
  org::PersonDetails details{.name = name};
  if (const std::string email = typed(visit, "email"); !email.empty()) details.email = email;
  if (const std::string number = typed(visit, "number"); !number.empty()) details.employee_number = number;
  changes.people.push_back({id, details});
  set(Kind::employed, std::string(org::yes));
  const auto team = typed_team(visit, on);
  if (!team) return refuse(team.error());
  if (!team->empty()) set(Kind::team, *team);
  const auto manager = typed_person(visit, on);
  if (!manager) return refuse(manager.error());
  if (!manager->empty()) set(Kind::manager, *manager);
  const std::string word = typed(visit, "pathway");
  if (!word.empty() && visit.pathways->of_word(word) == nullptr) {
    return refuse({Error::Kind::bad_input, fmt::format("There is no pathway called `{}`.", word.substr(0, 80)), "Choose one of the list.", "pathway"});
  }
  if (!word.empty()) set(Kind::pathway, word);
  const pathway::Pathway& pathway = pathway_of(visit, word);
  for (const auto& [field, kind] : {std::pair{"level", Kind::level}, {"archetype", Kind::archetype}, {"title", Kind::title}, {"country", Kind::country},
                                    {"working_time", Kind::working_time}}) {
    const auto value = typed_value(visit, pathway, field, kind);
    if (!value) return refuse(value.error());
    if (!value->empty()) set(kind, *value);
  }
  const org::Changed changed = visit.installation->organisation.change(
      changes, {.source = "form", .why = typed(visit, "why"), .by = visit.viewer.doing(), .subject = id.text()});
  if (!changed.problems.empty()) {
    Sheet sheet = new_person_sheet(visit, on);
    const org::Problem::What what = changed.problems.front().what;
    tell_problems(sheet, changed.problems, what == org::Problem::What::email_taken ? "email" : what == org::Problem::What::number_taken ? "number" : "");
    return show(visit, std::move(sheet), what == org::Problem::What::email_taken || what == org::Problem::What::number_taken ? 409 : 422);
  }
  return done("/people/" + id.text(), "person-added");
}

}  // namespace waymark::web::handlers
