#include <algorithm>

#include <fmt/format.h>

#include "base/date.hpp"
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
using pages::Form;
using pages::FormField;
using pages::Sheet;

/// What is asked for, and about whom.
struct Asked {
  Standpoint standpoint;
  org::PersonIndex person{};
  std::string what;

  [[nodiscard]] const org::OrganisationOn& on() const { return *standpoint.today; }
  [[nodiscard]] const org::Organisation& organisation() const { return standpoint.today->organisation(); }
  [[nodiscard]] const org::Person& record() const { return organisation().person(person); }
};

std::optional<Asked> asked_of(const Visit& visit) {
  Asked asked{.standpoint = standpoint_of(visit), .what = typed(visit, "what")};
  const auto found = person_of(visit, asked.organisation());
  if (!found || asked.record().is_erased) return std::nullopt;
  asked.person = *found;
  return asked;
}

std::string or_typed(const Visit& visit, std::string_view field, std::string_view otherwise) {
  return visit.form.find(field) != nullptr ? typed(visit, field) : std::string(otherwise);
}

FormField from_field(const Visit& visit, const Asked& asked, std::string label = "From") {
  return day_field("from", std::move(label), or_typed(visit, "from", to_iso(asked.on().day())), "It holds until the next change that is recorded.");
}

std::string_view held(const Asked& asked, Kind kind) {
  const auto spell = asked.organisation().at(asked.person, kind, asked.on().day());
  return spell ? asked.organisation().text_of(kind, spell->value) : std::string_view();
}

/// The fields for what is asked; none for what cannot be asked.
std::vector<FormField> fields_for(const Visit& visit, const Asked& asked, std::string& title, std::string& lead) {
  const pathway::Pathway& pathway = pathway_of(visit, asked.on(), asked.person);
  if (asked.what == "level") {
    title = "Level or archetype";
    lead = "A level that was agreed elsewhere, or at the start. What is agreed here arrives by itself.";
    std::vector<FormField> fields{level_field(pathway, or_typed(visit, "level", held(asked, Kind::level)))};
    if (!pathway.archetypes.empty()) fields.push_back(archetype_field(pathway, or_typed(visit, "archetype", held(asked, Kind::archetype))));
    fields.push_back(from_field(visit, asked));
    return fields;
  }
  if (asked.what == "pathway" && !visit.pathways->others().empty()) {
    title = "Pathway";
    lead = "Levels have their meaning within a pathway: on another one they have none until it is said.";
    return {pathway_field(visit, or_typed(visit, "pathway", held(asked, Kind::pathway))), from_field(visit, asked)};
  }
  if (asked.what == "team") {
    title = "Team";
    return {team_field(asked.on(), "Team", or_typed(visit, "team", held(asked, Kind::team))), from_field(visit, asked)};
  }
  if (asked.what == "manager") {
    title = "Manager";
    lead = "The solid line: what a manager sees and does here follows from it.";
    return {person_field(asked.on(), "Reports to", or_typed(visit, "person", held(asked, Kind::manager))), from_field(visit, asked)};
  }
  if (asked.what == "dotted_line") {
    title = "A dotted line";
    lead = "For others to know. It opens nothing.";
    return {person_field(asked.on(), "Also reports to", typed(visit, "person")), from_field(visit, asked),
            day_field("to", "Until", typed(visit, "to"), "Empty: until further notice.")};
  }
  if (asked.what == "title") {
    title = "Title";
    return {{.name = "value", .label = "Title", .value = or_typed(visit, "value", held(asked, Kind::title)), .hint = "Empty: none.", .required = false}, from_field(visit, asked)};
  }
  if (asked.what == "country") {
    title = "Country";
    return {{.name = "value", .label = "Country", .value = or_typed(visit, "value", held(asked, Kind::country)), .hint = "Two letters, as in IE.", .required = false},
            from_field(visit, asked)};
  }
  if (asked.what == "working_time") {
    title = "Working time";
    return {{.name = "value",
             .label = "Per cent of the full time",
             .kind = FormField::Kind::number,
             .value = or_typed(visit, "value", held(asked, Kind::working_time)),
             .hint = "Empty: full time.",
             .required = false},
            from_field(visit, asked)};
  }
  if (asked.what == "away") {
    title = "Leave";
    lead = "Why is nobody’s business here, and is not asked.";
    return {from_field(visit, asked, "First day"), day_field("to", "Last day", typed(visit, "to"), "Empty: not known yet.")};
  }
  if (asked.what == "leaving") {
    title = "Last day of work";
    lead = "From the day after, they are in nobody’s team and line. What was recorded stays for the figures.";
    return {day_field("to", "Last day", or_typed(visit, "to", to_iso(asked.on().day())))};
  }
  if (asked.what == "return") {
    title = "They come back";
    lead = "Team, manager and level hold as they were recorded last; change what is different.";
    return {from_field(visit, asked, "First day")};
  }
  if (asked.what == "details") {
    title = "Name, address and number";
    const org::PersonDetails& details = asked.record().details;
    return {{.name = "name", .label = "Name", .value = or_typed(visit, "name", details.name), .hint = "The former name is not kept where others see it."},
            {.name = "email", .label = "E-mail address at work", .kind = FormField::Kind::email, .value = or_typed(visit, "email", details.email.value_or("")), .required = false},
            {.name = "number", .label = "Employee number", .value = or_typed(visit, "number", details.employee_number.value_or("")), .required = false}};
  }
  return {};
}

std::optional<Sheet> change_sheet(const Visit& visit, const Asked& asked) {
  std::string title, lead;
  std::vector<FormField> fields = fields_for(visit, asked, title, lead);
  if (fields.empty()) return std::nullopt;
  for (FormField& field : fields) {
    if (field.name == "to" && asked.what != "leaving") field.required = false;
  }
  fields.front().focused = true;
  if (asked.what != "details") {
    fields.push_back({.name = "why", .label = "Why", .value = typed(visit, "why"), .hint = "For the person and those who keep this right. Nothing private.", .required = false});
  }
  Sheet sheet{.title = fmt::format("{}: {}", asked.record().details.name, title), .lead = lead};
  sheet.sections.push_back({.form = Form{.action = page_of(asked.organisation(), asked.person) + "/change",
                                         .button = "Record it",
                                         .fields = std::move(fields),
                                         .hidden = {{"what", asked.what}}},
                            .links = {{asked.record().details.name, page_of(asked.organisation(), asked.person)}}});
  return sheet;
}

Response nothing_asked(const Visit& visit, const Asked& asked) {
  Sheet sheet{.title = asked.record().details.name, .lead = "That cannot be changed here."};
  sheet.sections.push_back({.links = {{"What can be changed", page_of(asked.organisation(), asked.person) + "#change"}}});
  return show(visit, std::move(sheet), 422);
}

/// The change that the form describes.
Result<org::Changes> changes_of(const Visit& visit, const Asked& asked) {
  const std::string subject = asked.record().id.text();
  const auto failed = [](const auto& result) { return tl::unexpected<Error>(result.error()); };
  org::Changes changes;
  if (asked.what == "details") {
    org::PersonDetails details = asked.record().details;
    details.name = typed(visit, "name");
    const std::string email = typed(visit, "email");
    const std::string number = typed(visit, "number");
    details.email = email.empty() ? std::nullopt : std::optional(email);
    details.employee_number = number.empty() ? std::nullopt : std::optional(number);
    changes.people.push_back({asked.record().id, std::move(details)});
    return changes;
  }
  if (asked.what == "leaving") {
    const auto last = typed_day(visit, "to", "The last day");
    if (!last) return failed(last);
    changes.facts.push_back({subject, Kind::employed, *last + std::chrono::days{1}});
    return changes;
  }
  const auto from = typed_day(visit, "from", asked.what == "away" || asked.what == "return" ? "The first day" : "The day from which it holds");
  if (!from) return failed(from);
  std::optional<Date> end;
  if (!typed(visit, "to").empty()) {
    const auto last = typed_day(visit, "to", "The last day");
    if (!last) return failed(last);
    if (*last < *from) return fail(Error::Kind::bad_input, "It would end before it begins.", "Correct one of the two days.", "to");
    end = *last + std::chrono::days{1};
  }
  const auto set = [&](Kind kind, const std::string& value) {
    changes.facts.push_back({subject, kind, *from, value.empty() ? std::nullopt : std::optional(value)});
  };
  if (asked.what == "level") {
    for (const auto& [field, kind] : {std::pair{"level", Kind::level}, {"archetype", Kind::archetype}}) {
      if (visit.form.find(field) == nullptr) continue;
      const auto value = typed_value(visit, pathway_of(visit, asked.on(), asked.person), field, kind, held(asked, kind));
      if (!value) return failed(value);
      if (*value != held(asked, kind)) set(kind, *value);
    }
  } else if (asked.what == "pathway") {
    const std::string word = typed(visit, "pathway");
    const OtherPathway* const other = visit.pathways->of_word(word);
    if (!word.empty() && other == nullptr) return fail(Error::Kind::bad_input, fmt::format("There is no pathway called `{}`.", word.substr(0, 80)), "Choose one of the list.", "pathway");
    if (other == visit.pathways->of_word(held(asked, Kind::pathway))) return changes;
    set(Kind::pathway, word);
    for (const Kind kind : {Kind::level, Kind::archetype}) {
      if (!held(asked, kind).empty()) set(kind, {});
    }
  } else if (asked.what == "team") {
    const auto team = typed_team(visit, asked.on());
    if (!team) return failed(team);
    set(Kind::team, *team);
  } else if (asked.what == "manager") {
    const auto manager = typed_person(visit, asked.on());
    if (!manager) return failed(manager);
    set(Kind::manager, *manager);
  } else if (asked.what == "dotted_line") {
    const auto other = typed_person(visit, asked.on());
    if (!other) return failed(other);
    if (other->empty()) return fail(Error::Kind::bad_input, "Say to whom.", "Name a colleague.", "person");
    set(Kind::dotted_line, *other);
    if (end) changes.facts.push_back({subject, Kind::dotted_line, *end, *other, true});
  } else if (asked.what == "away") {
    set(Kind::away, std::string(org::yes));
    if (end) changes.facts.push_back({subject, Kind::away, *end});
  } else if (asked.what == "return") {
    set(Kind::employed, std::string(org::yes));
  } else if (const auto kind = org::kind_of(asked.what); kind && (*kind == Kind::title || *kind == Kind::country || *kind == Kind::working_time)) {
    const auto value = typed_value(visit, main_pathway_of(visit), "value", *kind);
    if (!value) return failed(value);
    set(*kind, *value);
  }
  return changes;
}

org::Reason reason_of(const Visit& visit, const Asked& asked) {
  return {.source = "form", .why = typed(visit, "why"), .by = visit.viewer.doing(), .subject = asked.record().id.text()};
}

}  // namespace

Response person_change_form(const Visit& visit) {
  const auto asked = asked_of(visit);
  if (!asked) return no_such_person(visit);
  auto sheet = change_sheet(visit, *asked);
  return sheet ? show(visit, std::move(*sheet)) : nothing_asked(visit, *asked);
}

Response change_person(const Visit& visit) {
  const auto asked = asked_of(visit);
  if (!asked) return no_such_person(visit);
  auto sheet = change_sheet(visit, *asked);
  if (!sheet) return nothing_asked(visit, *asked);
  const auto changes = changes_of(visit, *asked);
  if (!changes) {
    tell_problem(*sheet, changes.error());
    return show(visit, std::move(*sheet), 422);
  }
  const org::Changed changed = visit.installation->organisation.change(*changes, reason_of(visit, *asked));
  if (!changed.problems.empty()) {
    tell_problems(*sheet, changed.problems, sheet->sections.front().form->fields.front().name);
    return show(visit, std::move(*sheet), 422);
  }
  return done(page_of(asked->organisation(), asked->person), changed.is_new ? "recorded" : "as-before");
}

Response take_back_person_change(const Visit& visit) {
  const auto asked = asked_of(visit);
  if (!asked) return no_such_person(visit);
  const auto kind = org::kind_of(asked->what);
  const auto from = parse_date(typed(visit, "from"));
  if (!kind || is_of_team(*kind) || !from) return nothing_asked(visit, *asked);
  org::Changes changes;
  changes.facts.push_back({asked->record().id.text(), *kind, *from, may_hold_several(*kind) ? std::optional(typed(visit, "value")) : std::nullopt, false, true});
  const org::Changed changed = visit.installation->organisation.change(changes, reason_of(visit, *asked));
  if (!changed.problems.empty()) {
    Sheet sheet{.title = asked->record().details.name, .lead = "It cannot be taken back while other things rest on it."};
    tell_problems(sheet, changed.problems);
    sheet.sections.push_back({.links = {{asked->record().details.name, page_of(asked->organisation(), asked->person)}}});
    return show(visit, std::move(sheet), 409);
  }
  return done(page_of(asked->organisation(), asked->person), changed.is_new ? "taken-back" : "as-before");
}

}  // namespace waymark::web::handlers
