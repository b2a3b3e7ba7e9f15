#include "web/org_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "org/import/values_of_cells.hpp"
#include "org/name_search.hpp"
#include "org/values.hpp"
#include "web/pathways.hpp"
#include "web/sheets.hpp"

namespace waymark::web {
namespace {

using org::Kind;
using pages::FormField;

/// A list that is longer is no help any more.
constexpr std::size_t longest_list = 100;

std::string months_in_words(int months) {
  const int years = months / 12;
  const int rest = months % 12;
  if (months < 1) return "less than a month";
  const std::string in_months = counted(static_cast<std::size_t>(rest), "month");
  if (years == 0) return in_months;
  return rest == 0 ? counted(static_cast<std::size_t>(years), "year") : counted(static_cast<std::size_t>(years), "year") + " and " + in_months;
}

Error nobody_or_several(std::string_view typed, std::size_t count, std::string_view one, std::string way_out) {
  if (count == 0) return {Error::Kind::bad_input, fmt::format("There is no {} called `{}`.", one, typed), std::move(way_out)};
  return {Error::Kind::bad_input, fmt::format("{} are called `{}`.", count == 2 ? "Two" : "Several", typed), std::move(way_out)};
}

}  // namespace

std::string page_of(const org::Organisation& organisation, org::PersonIndex person) { return "/people/" + organisation.person(person).id.text(); }
std::string page_of(const org::Organisation& organisation, org::TeamIndex team) { return "/teams/" + organisation.team(team).id.text(); }

std::string level_title(const pathway::Pathway& pathway, std::string_view level) {
  const pathway::Level* const found = level.empty() ? nullptr : pathway.level(level);
  return found == nullptr ? std::string(level) : found->title;
}

std::string place_in_words(const pathway::Pathway& pathway, const org::OrganisationOn& on, org::PersonIndex person) {
  const std::string_view level = on.level(person);
  return level.empty() ? "not levelled yet" : level_title(pathway, level);
}

std::string time_in_words(Date from, Date to) { return months_in_words(months_between(from, to)); }

std::string_view kind_title(Kind kind) {
  switch (kind) {
    case Kind::employed: return "Works here";
    case Kind::pathway: return "Pathway";
    case Kind::level: return "Level";
    case Kind::archetype: return "Archetype";
    case Kind::title: return "Title";
    case Kind::working_time: return "Working time";
    case Kind::away: return "On leave";
    case Kind::country: return "Country";
    case Kind::team: return "Team";
    case Kind::manager: return "Reports to";
    case Kind::dotted_line: return "Dotted line to";
    case Kind::team_name: return "Name";
    case Kind::parent_team: return "Part of";
    case Kind::team_lead: return "Led by";
  }
  return {};
}

std::string last_name(const org::Organisation& organisation, org::TeamIndex team) {
  const std::vector<org::Spell> names = organisation.history(team, Kind::team_name);
  return names.empty() ? std::string() : organisation.words()[names.back().value];
}

std::string value_in_words(const pathway::Pathway& pathway, const org::Organisation& organisation, Kind kind, std::uint32_t value) {
  switch (org::holds(kind)) {
    case org::Holds::nothing: return "yes";
    case org::Holds::a_person: {
      const org::Person& person = organisation.person(static_cast<org::PersonIndex>(value));
      return person.is_erased ? "somebody who was erased" : person.details.name;
    }
    case org::Holds::a_team: return last_name(organisation, static_cast<org::TeamIndex>(value));
    case org::Holds::words: break;
  }
  const std::string& word = organisation.words()[value];
  if (kind == Kind::level) return level_title(pathway, word);
  if (kind == Kind::working_time) return word + " %";
  if (kind == Kind::archetype) {
    const auto found = std::find_if(pathway.archetypes.begin(), pathway.archetypes.end(), [&](const auto& each) { return each.id.value == word; });
    return found == pathway.archetypes.end() ? word : found->title;
  }
  return word;
}

std::optional<Date> asked_day(const Visit& visit, Date today, std::string& problem) {
  const std::string asked = typed(visit, "on");
  if (asked.empty()) return today;
  const auto day = parse_date(asked);
  if (day && *day >= org::first_day && *day <= today + org::farthest_ahead) return day;
  problem = '`' + asked.substr(0, 40) + "` is no day that can be looked at.";
  return std::nullopt;
}

FormField level_field(const pathway::Pathway& pathway, std::string_view chosen) {
  FormField field{.name = "level", .label = "Level", .kind = FormField::Kind::select, .required = false};
  field.options.push_back({"", "not levelled yet", chosen.empty()});
  bool is_known = chosen.empty();
  for (const pathway::Level& level : pathway.levels) {
    if (level.dormant && level.id.value != chosen) continue;
    field.options.push_back({level.id.value, fmt::format("{} ({})", level.title, level.id.value), level.id.value == chosen});
    is_known = is_known || level.id.value == chosen;
  }
  if (!is_known) field.options.push_back({std::string(chosen), fmt::format("{} (not in this pathway)", chosen), true});
  return field;
}

FormField archetype_field(const pathway::Pathway& pathway, std::string_view chosen) {
  FormField field{.name = "archetype", .label = "Archetype", .kind = FormField::Kind::select, .required = false};
  field.options.push_back({"", "none", chosen.empty()});
  for (const pathway::Archetype& archetype : pathway.archetypes) field.options.push_back({archetype.id.value, archetype.title, archetype.id.value == chosen});
  return field;
}

FormField pathway_field(const Visit& visit, std::string_view chosen) {
  FormField field{.name = "pathway", .label = "Pathway", .kind = FormField::Kind::select, .required = false};
  const OtherPathway* const other = visit.pathways->of_word(chosen);
  field.options.push_back({"", main_pathway_of(visit).name, other == nullptr});
  for (const auto& each : visit.pathways->others()) field.options.push_back({each->pathway().name, each->pathway().name, each.get() == other});
  return field;
}

FormField team_field(const org::OrganisationOn& on, std::string label, std::string_view chosen) {
  FormField field{.name = "team", .label = std::move(label), .value = std::string(chosen), .required = false};
  if (on.teams().size() > longest_list) {
    field.hint = "Its name.";
    return field;
  }
  field.kind = FormField::Kind::select;
  field.options.push_back({"", "none", chosen.empty()});
  for (const org::TeamIndex team : on.teams()) {
    const std::string& id = on.organisation().team(team).id.text();
    field.options.push_back({id, std::string(on.team_name(team)), id == chosen || on.team_name(team) == chosen});
  }
  return field;
}

FormField person_field(const org::OrganisationOn& on, std::string label, std::string_view chosen) {
  FormField field{.name = "person", .label = std::move(label), .value = std::string(chosen), .required = false};
  const org::Organisation& organisation = on.organisation();
  if (on.people().size() > longest_list) {
    if (const auto id = org::PersonId::from(chosen)) {
      if (const auto person = organisation.find(*id)) field.value = organisation.person(*person).details.email.value_or(on.name(*person));
    }
    field.hint = "Their name, e-mail address or employee number.";
    return field;
  }
  field.kind = FormField::Kind::select;
  field.options.push_back({"", "nobody", chosen.empty()});
  std::vector<org::PersonIndex> people = on.people();
  std::sort(people.begin(), people.end(), [&](auto a, auto b) { return on.name(a) < on.name(b); });
  for (const org::PersonIndex person : people) {
    const std::string& id = organisation.person(person).id.text();
    field.options.push_back({id, on.name(person), id == chosen || on.name(person) == chosen});
  }
  return field;
}

FormField day_field(std::string name, std::string label, std::string value, std::string hint) {
  return {.name = std::move(name), .label = std::move(label), .kind = FormField::Kind::date, .value = std::move(value), .hint = std::move(hint)};
}

Result<org::PersonIndex> named_person(const org::OrganisationOn& on, std::string_view typed) {
  const org::Organisation& organisation = on.organisation();
  if (const auto id = org::PersonId::from(typed)) {
    if (const auto person = organisation.find(*id)) return *person;
  }
  if (const auto person = organisation.find_by_email(typed)) return *person;
  if (const auto person = organisation.find_by_number(typed)) return *person;
  std::vector<org::PersonIndex> found;
  const std::string key = org::name_key(typed);
  for (const org::PersonIndex person : on.people()) {
    if (organisation.person(person).name_key == key) found.push_back(person);
  }
  if (found.size() == 1) return found.front();
  return tl::unexpected<Error>(nobody_or_several(typed, found.size(), "colleague", "Write their e-mail address, or the whole name."));
}

Result<org::TeamIndex> named_team(const org::OrganisationOn& on, std::string_view typed) {
  if (const auto id = org::TeamId::from(typed)) {
    if (const auto team = on.organisation().find(*id); team && on.exists(*team)) return *team;
  }
  std::vector<org::TeamIndex> found;
  std::vector<std::string> names;
  for (const org::TeamIndex team : on.teams()) {
    names.emplace_back(on.team_name(team));
    if (org::name_key(on.team_name(team)) == org::name_key(typed)) found.push_back(team);
  }
  if (found.size() == 1) return found.front();
  const auto near = nearest(typed, names);
  return tl::unexpected<Error>(nobody_or_several(
      typed, found.size(), "team", near && found.empty() ? fmt::format("Did you mean {}?", *near) : std::string("Choose it on the page of the organisation.")));
}

Result<Date> typed_day(const Visit& visit, std::string_view name, std::string_view what) {
  const std::string text = typed(visit, name);
  if (const auto day = parse_date(text)) return *day;
  if (text.empty()) return fail(Error::Kind::bad_input, fmt::format("{} is missing.", what), "Write it as 2026-03-01.", std::string(name));
  return fail(Error::Kind::bad_input, fmt::format("{} is no date: `{}`.", what, text.substr(0, 40)), "Write it as 2026-03-01.", std::string(name));
}

Error at_field(Error error, std::string field) {
  error.field = std::move(field);
  return error;
}

Result<std::string> typed_person(const Visit& visit, const org::OrganisationOn& on) {
  const std::string name = typed(visit, "person");
  if (name.empty()) return name;
  const auto found = named_person(on, name);
  if (!found) return tl::unexpected<Error>(at_field(found.error(), "person"));
  return on.organisation().person(*found).id.text();
}

Result<std::string> typed_team(const Visit& visit, const org::OrganisationOn& on) {
  const std::string name = typed(visit, "team");
  if (name.empty()) return name;
  const auto found = named_team(on, name);
  if (!found) return tl::unexpected<Error>(at_field(found.error(), "team"));
  return on.organisation().team(*found).id.text();
}

Result<std::string> typed_value(const Visit& visit, const pathway::Pathway& pathway, std::string_view field, Kind kind, std::string_view held) {
  std::string value = typed(visit, field);
  if (kind == Kind::working_time && value == "100") value.clear();
  if (kind == Kind::country && !value.empty()) value = org::country_code(value).value_or(value);
  if (kind == Kind::level && !value.empty() && value != held && pathway.level(value) == nullptr) {
    return fail(Error::Kind::bad_input, fmt::format("`{}` is no level of {}.", value, pathway.name), "Choose one of the list.", std::string(field));
  }
  return value;
}

ListPart asked_part(const Visit& visit, std::size_t count, std::string_view parameter) {
  const auto parts = static_cast<std::int64_t>(std::max<std::size_t>(1, (count + rows_at_once - 1) / rows_at_once));
  const auto asked = static_cast<std::size_t>(std::clamp<std::int64_t>(whole_number(visit.request.parameter(parameter).value_or("1")).value_or(1), 1, parts));
  return {(asked - 1) * rows_at_once, std::min(count, asked * rows_at_once)};
}

void link_other_parts(pages::Sheet::Section& section, std::size_t count, const ListPart& part, std::string_view address, std::string_view parameter) {
  if (count <= rows_at_once) return;
  section.words.push_back(fmt::format("{} to {} of {}.", part.begin + 1, part.end, count));
  const std::size_t at = part.begin / rows_at_once + 1;
  const auto link = [&](std::string_view which, std::size_t to) {
    section.links.push_back({fmt::format("{}: {} to {}", which, (to - 1) * rows_at_once + 1, std::min(count, to * rows_at_once)),
                             fmt::format("{}{}{}={}", address, address.find('?') == std::string_view::npos ? '?' : '&', parameter, to)});
  };
  if (part.end < count) link("The next", at + 1);
  if (part.begin > 0) link("The ones before", at - 1);
}

http::Response no_such_person(const Visit& visit) {
  pages::Sheet sheet{.title = "Nobody is here", .lead = "There is nobody at this address."};
  sheet.sections.push_back({.links = {{"Find a colleague", "/people"}}});
  return show(visit, std::move(sheet), 404);
}

http::Response no_such_team(const Visit& visit) {
  pages::Sheet sheet{.title = "No such team", .lead = "There is no team at this address."};
  sheet.sections.push_back({.links = {{"All teams", "/organisation"}}});
  return show(visit, std::move(sheet), 404);
}

void tell_problems(pages::Sheet& sheet, const std::vector<org::Problem>& problems, std::string_view field) {
  for (const org::Problem& problem : problems) tell_problem(sheet, {Error::Kind::bad_input, problem.message, problem.way_out}, field);
}

}  // namespace waymark::web
