#include "web/people_import_form.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "web/pathways.hpp"
#include "web/sheets.hpp"
#include "web/standpoint.hpp"

namespace waymark::web {
namespace {

using org::Field;
using org::ImportRequest;
using org::PeopleMapping;
using pages::Form;
using pages::FormField;

constexpr std::size_t most_titles = 150;
constexpr std::size_t most_words = 60;
constexpr std::size_t most_asked = 400;  ///< of any word, also when more are sent

std::string column_field(Field field) { return fmt::format("column-{}", org::row_of(field).name); }

std::string capitalised(std::string_view label) {
  std::string made(label);
  if (made[0] >= 'a' && made[0] <= 'z') made[0] = static_cast<char>(made[0] - 'a' + 'A');
  return made;
}

/// "title-7" with "title-word-7" beside it.
void take_words(const Visit& visit, std::string_view kind, const std::function<void(std::string, std::string)>& take) {
  for (std::size_t i = 0; i < most_asked; ++i) {
    const std::string word = typed(visit, fmt::format("{}-word-{}", kind, i));
    if (word.empty()) return;
    if (std::string meaning = typed(visit, fmt::format("{}-{}", kind, i)); !meaning.empty()) take(word, std::move(meaning));
  }
}

std::vector<std::pair<std::string, std::size_t>> by_people(const std::map<std::string, std::size_t>& counts, std::size_t most) {
  std::vector<std::pair<std::string, std::size_t>> words(counts.begin(), counts.end());
  std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (words.size() > most) words.resize(most);
  return words;
}

struct Asked {
  std::string_view kind;
  std::string_view legend;
  std::vector<std::pair<std::string, std::string>> options;  ///< value and label; none where a word is to be typed
};

void ask_words(Form& form, const Asked& asked, const std::map<std::string, std::size_t>& counts, std::size_t most, const std::function<std::string(const std::string&)>& meaning) {
  std::size_t number = 0;
  for (const auto& [word, people] : by_people(counts, most)) {
    FormField field{.name = fmt::format("{}-{}", asked.kind, number), .label = fmt::format("{} “{}”", asked.legend, word), .kind = FormField::Kind::select,
                    .hint = counted(people, "person", "people"), .required = false};
    const std::string chosen = meaning(word);
    if (asked.options.empty()) {
      field.kind = FormField::Kind::text;
      field.value = chosen;
    }
    for (const auto& [value, label] : asked.options) field.options.push_back({value, label, value == chosen});
    form.fields.push_back(std::move(field));
    form.hidden.emplace_back(fmt::format("{}-word-{}", asked.kind, number), word);
    ++number;
  }
}

std::string looked_up(const std::map<std::string, std::string>& words, const std::string& word) {
  const auto found = words.find(word);
  return found == words.end() ? std::string() : found->second;
}

}  // namespace

Result<ImportRequest> import_request(const Visit& visit) {
  ImportRequest request;
  request.today = date_of(visit.installation->clock.now());
  request.as_of = request.today;
  request.importer = standpoint_of(visit).me;
  if (const std::string day = typed(visit, "as_of"); !day.empty()) {
    const auto parsed = parse_date(day);
    if (!parsed) return fail(Error::Kind::bad_input, fmt::format("“{}” is no day.", day.substr(0, 40)), "Choose the day whose picture the table is.");
    request.as_of = *parsed;
  }
  const auto add_levels = [&](const pathway::Pathway& pathway) {
    for (const pathway::Level& level : pathway.levels) {
      const bool is_listed = std::any_of(request.levels.begin(), request.levels.end(), [&](const org::KnownLevel& known) { return known.id == level.id.value; });
      if (!is_listed) request.levels.push_back({level.id.value, level.title});
    }
  };
  add_levels(main_pathway_of(visit));
  for (const auto& other : visit.pathways->others()) add_levels(other->pathway());
  PeopleMapping& mapping = request.mapping;
  for (const org::FieldRow& row : org::fields()) {
    const std::string header = typed(visit, column_field(row.field));
    if (!header.empty() && !org::left_at_the_door(header)) mapping.columns[row.field] = header;
  }
  mapping.days = org::day_format_of(typed(visit, "dates"));
  if (typed(visit, "end_date") == "first_day_away") mapping.end_date = org::EndDate::first_day_away;
  const std::string from_titles = typed(visit, "levels_from_titles");
  if (from_titles == "always") mapping.levels_from_titles = org::LevelsFromTitles::always;
  if (from_titles == "never") mapping.levels_from_titles = org::LevelsFromTitles::never;
  for (const http::FormField& field : visit.form.fields) {
    if (field.name != "allow") continue;
    if (field.value == "complete") mapping.is_complete = true;
    if (field.value == "unknown-managers") request.allows.unknown_managers = true;
    if (field.value == "many-leavers") request.allows.many_leavers = true;
  }
  take_words(visit, "title", [&](std::string word, std::string level) { mapping.titles[std::move(word)] = std::move(level); });
  take_words(visit, "level", [&](std::string word, std::string level) { mapping.levels[std::move(word)] = std::move(level); });
  take_words(visit, "country", [&](std::string word, std::string country) { mapping.countries[std::move(word)] = std::move(country); });
  take_words(visit, "status", [&](std::string word, const std::string& meaning) {
    if (const auto status = org::status_of(meaning)) mapping.statuses[std::move(word)] = *status;
  });
  return request;
}

Form import_mapping_form(const Visit& visit, const org::Table& table, const org::ImportPlan& plan, const ImportRequest& request) {
  const PeopleMapping& mapping = plan.read.mapping;
  Form form{.action = "/people/import/plan", .button = "Look again"};
  form.hidden.emplace_back("upload", typed(visit, "upload"));
  form.fields.push_back({.name = "as_of", .label = "The day whose picture this is", .kind = FormField::Kind::date, .value = to_iso(request.as_of)});
  std::vector<std::string> headers;
  for (const std::string& header : table.headers()) {
    if (!header.empty() && !org::left_at_the_door(header)) headers.push_back(header);
  }
  for (const org::FieldRow& row : org::fields()) {
    FormField field{.name = column_field(row.field), .label = capitalised(row.label), .kind = FormField::Kind::select, .hint = std::string(row.what), .required = false};
    const auto chosen = mapping.columns.find(row.field);
    field.options.push_back({"", "none", chosen == mapping.columns.end()});
    for (const std::string& header : headers) field.options.push_back({header, header, chosen != mapping.columns.end() && chosen->second == header});
    form.fields.push_back(std::move(field));
  }
  FormField days{.name = "dates", .label = "How days are written", .kind = FormField::Kind::select, .required = false};
  days.options.push_back({"", "as most of them read", !mapping.days.has_value()});
  for (const org::DayFormatRow& row : org::day_formats()) days.options.push_back({std::string(row.name), std::string(row.name), mapping.days == row.format});
  form.fields.push_back(std::move(days));
  const bool is_last = mapping.end_date == org::EndDate::last_day;
  form.fields.push_back({.name = "end_date", .label = "What an end date is", .kind = FormField::Kind::select, .required = false,
                         .options = {{"last_day", "the last day of work", is_last}, {"first_day_away", "the first day away", !is_last}}});
  using From = org::LevelsFromTitles;
  form.fields.push_back({.name = "levels_from_titles", .label = "Whom a title gives a level", .kind = FormField::Kind::select, .required = false,
                         .options = {{"when_new", "people without a level, and those whose title changes", mapping.levels_from_titles == From::when_new},
                                     {"always", "everybody", mapping.levels_from_titles == From::always},
                                     {"never", "nobody", mapping.levels_from_titles == From::never}}});
  form.fields.push_back({.name = "allow", .label = "Said of this table", .kind = FormField::Kind::checks, .required = false,
                         .options = {{"complete", "It is complete: whoever is not in it has left.", mapping.is_complete},
                                     {"many-leavers", "More than a fifth may leave.", request.allows.many_leavers},
                                     {"unknown-managers", "People whose manager is not known come without one.", request.allows.unknown_managers}}});
  Asked levels{"title", "Level of the title", {{std::string(org::unknown_level), "not known yet"}}};
  for (const org::KnownLevel& level : request.levels) levels.options.emplace_back(level.id, fmt::format("{} ({})", level.title, level.id));
  ask_words(form, levels, plan.read.titles, most_titles, [&](const std::string& title) { return looked_up(mapping.titles, title); });
  levels.kind = "level";
  levels.legend = "Level that is called";
  const org::TitleLevels known(request.levels);
  std::map<std::string, std::size_t> words;
  for (const auto& [word, people] : plan.read.levels) {
    if (!known.named(word)) words.emplace(word, people);
  }
  levels.options.insert(levels.options.begin(), {"", "choose"});
  ask_words(form, levels, words, most_words, [&](const std::string& word) { return looked_up(mapping.levels, word); });
  const Asked statuses{"status", "The status", {{"", "choose"}, {"active", "works here"}, {"away", "is on leave"}, {"left", "has left"}, {"planned", "will come"}}};
  ask_words(form, statuses, plan.read.statuses, most_words, [&](const std::string& word) {
    const auto status = mapping.statuses.find(word);
    return status == mapping.statuses.end() ? std::string() : std::string(to_string(status->second));
  });
  ask_words(form, {"country", "Two letters of the country", {}}, plan.read.countries, most_words, [&](const std::string& word) { return looked_up(mapping.countries, word); });
  return form;
}

std::vector<std::pair<std::string, std::string>> as_hidden(const Form& form) {
  std::vector<std::pair<std::string, std::string>> hidden = form.hidden;
  for (const FormField& field : form.fields) {
    if (field.options.empty()) hidden.emplace_back(field.name, field.value);
    for (const FormField::Option& option : field.options) {
      if (option.chosen && !option.value.empty()) hidden.emplace_back(field.name, option.value);
    }
  }
  return hidden;
}

}  // namespace waymark::web
