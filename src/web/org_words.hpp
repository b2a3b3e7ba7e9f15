/// People, teams and their facts in words, and the fields that forms about them share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "org/change.hpp"
#include "org/on.hpp"
#include "web/pages/sheet.hpp"
#include "web/routes.hpp"

namespace waymark::web {

[[nodiscard]] std::string page_of(const org::Organisation& organisation, org::PersonIndex person);  ///< "/people/…"
[[nodiscard]] std::string page_of(const org::Organisation& organisation, org::TeamIndex team);

/// The title of the level, or its id where the pathway has none of that name; empty for an empty id.
[[nodiscard]] std::string level_title(const pathway::Pathway& pathway, std::string_view level);
/// "Senior Software Engineer", "not levelled yet".
[[nodiscard]] std::string place_in_words(const pathway::Pathway& pathway, const org::OrganisationOn& on, org::PersonIndex person);
/// "one year and 8 months", "less than a month".
[[nodiscard]] std::string time_in_words(Date from, Date to);
[[nodiscard]] std::string_view kind_title(org::Kind kind);  ///< "Level", "Reports to"
/// "Part time, 80 %", a title, a name: what a person reads. Links to people and teams are the caller's.
[[nodiscard]] std::string value_in_words(const pathway::Pathway& pathway, const org::Organisation& organisation, org::Kind kind, std::uint32_t value);
/// The name a team had last; empty where it never had one.
[[nodiscard]] std::string last_name(const org::Organisation& organisation, org::TeamIndex team);

/// The `on` of the query, else today; nothing, and a sentence in `problem`, for what is no date.
[[nodiscard]] std::optional<Date> asked_day(const Visit& visit, Date today, std::string& problem);

// Fields. `chosen` is what was typed or what holds.
[[nodiscard]] pages::FormField level_field(const pathway::Pathway& pathway, std::string_view chosen);
[[nodiscard]] pages::FormField archetype_field(const pathway::Pathway& pathway, std::string_view chosen);
/// `pathway`: all there are; the main one has no value.
[[nodiscard]] pages::FormField pathway_field(const Visit& visit, std::string_view chosen);
/// A list while it is short enough to be one, otherwise a name to type.
[[nodiscard]] pages::FormField team_field(const org::OrganisationOn& on, std::string label, std::string_view chosen);
[[nodiscard]] pages::FormField person_field(const org::OrganisationOn& on, std::string label, std::string_view chosen);
[[nodiscard]] pages::FormField day_field(std::string name, std::string label, std::string value, std::string hint = {});

/// Whom or what a field names: an id, a name, for people also an address or an employee number. bad_input where nobody or several answer to it.
[[nodiscard]] Result<org::PersonIndex> named_person(const org::OrganisationOn& on, std::string_view typed);
[[nodiscard]] Result<org::TeamIndex> named_team(const org::OrganisationOn& on, std::string_view typed);
/// bad_input, of that field, where it is none; `what` begins the sentence: "The first day".
[[nodiscard]] Result<Date> typed_day(const Visit& visit, std::string_view name, std::string_view what);

/// The same error, of that field.
[[nodiscard]] Error at_field(Error error, std::string field);
/// The id of the person or team that the field names; empty where it is. An error is of that field.
[[nodiscard]] Result<std::string> typed_person(const Visit& visit, const org::OrganisationOn& on);
[[nodiscard]] Result<std::string> typed_team(const Visit& visit, const org::OrganisationOn& on);
/// The value of a kind that holds words, as it is kept: a country as its two letters, full time as nothing. bad_input for a level that the person's pathway has
/// not, unless it is `held` already.
[[nodiscard]] Result<std::string> typed_value(const Visit& visit, const pathway::Pathway& pathway, std::string_view field, org::Kind kind, std::string_view held = {});

/// A long list is shown in parts.
struct ListPart {
  std::size_t begin = 0, end = 0;  ///< [begin, end) of the list
};
inline constexpr std::size_t rows_at_once = 100;
/// The part of a list of `count` that the parameter asks for, counted from 1: the last one where it asks for too much, the first where for nothing sensible.
[[nodiscard]] ListPart asked_part(const Visit& visit, std::size_t count, std::string_view parameter = "page");
/// Links to the part before and the one behind. `address` is the page with whatever else it is asked.
void link_other_parts(pages::Sheet::Section& section, std::size_t count, const ListPart& part, std::string_view address, std::string_view parameter = "page");

/// 404 for an address of nobody.
[[nodiscard]] http::Response no_such_person(const Visit& visit);
[[nodiscard]] http::Response no_such_team(const Visit& visit);

/// What the registry refused, at the top of the sheet.
void tell_problems(pages::Sheet& sheet, const std::vector<org::Problem>& problems, std::string_view field = {});

}  // namespace waymark::web
