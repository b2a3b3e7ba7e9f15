#include <fmt/format.h>

#include "base/text.hpp"
#include "org/attributes.hpp"
#include "web/org_handlers.hpp"
#include "web/sheets.hpp"
#include "web/standpoint.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using org::Attribute;
using pages::Form;
using pages::FormField;
using pages::Sheet;

const std::string own_page = "/account/attributes";

/// Why there is nothing to declare; nothing where there is.
std::optional<std::string> nothing_to_declare(const Visit& visit, const Standpoint& standpoint, const std::vector<Attribute>& asked) {
  if (!visit.installation->attributes || asked.empty()) return "Your organisation asks nothing of this kind.";
  if (!standpoint.me) return "Your account belongs to nobody in the organisation yet; whoever keeps it can add you.";
  return std::nullopt;
}

std::vector<Attribute> asked_of(const Visit& visit) {
  return visit.installation->attributes ? visit.installation->attributes->asked() : std::vector<Attribute>{};
}

FormField answer_field(const Attribute& attribute, const org::Answers& answers) {
  const auto held = answers.find(attribute.id.text());
  FormField field{.name = attribute.id.text(), .label = attribute.question, .kind = FormField::Kind::select, .hint = attribute.purpose, .required = false};
  field.options.push_back({"", "I leave this open", held == answers.end()});
  for (const std::string& option : attribute.options) field.options.push_back({option, option, held != answers.end() && held->second == option});
  return field;
}

Sheet own_sheet(const Visit& visit, const Standpoint& standpoint, const std::vector<Attribute>& asked) {
  Sheet sheet{.title = "What you declare of yourself",
              .lead = "Free to leave open, to change and to withdraw. It is counted to see whether things are fair, and never shown about you to anybody."};
  if (const auto reason = nothing_to_declare(visit, standpoint, asked)) {
    sheet.sections.push_back({.words = {*reason}, .links = {{"Your account", "/account"}}});
    return sheet;
  }
  const auto mine = visit.installation->attributes->mine(*standpoint.me);
  if (!mine) {
    tell_problem(sheet, mine.error());
    sheet.sections.push_back({.words = {"What you declared cannot be opened here. You can withdraw it, and declare it anew."}});
  }
  const org::Answers answers = mine ? *mine : org::Answers{};
  Form form{.action = own_page, .button = "Keep it"};
  for (const Attribute& attribute : asked) form.fields.push_back(answer_field(attribute, answers));
  Sheet::Section section{.words = {"It is sealed with a key of its own, apart from everything else. Groups that are too small are not counted. Nobody can look up your "
                                   "answer, neither your manager nor who runs this site from its pages."},
                         .form = std::move(form)};
  if (!answers.empty() || !mine) section.buttons.push_back({.action = own_page + "/withdraw", .label = "Withdraw everything"});
  section.links.push_back({"Your account", "/account"});
  sheet.sections.push_back(std::move(section));
  return sheet;
}

Sheet questions_sheet(const Visit& visit, const std::vector<Attribute>& asked) {
  Sheet sheet{.title = "What people may declare of themselves",
              .lead = "Questions for the analysis of fairness. Ask only what you would act on, and settle it with the works council first."};
  if (!visit.installation->attributes) {
    sheet.sections.push_back({.words = {"There is no key for it: the setting attribute-keys-file names its file."}});
    return sheet;
  }
  Sheet::Section list{.id = "asked", .heading = "Asked now"};
  if (asked.empty()) list.words.emplace_back("Nothing is asked. Where many progress and some do not, only what people declare can show whether that is fair.");
  Sheet::Table table{.caption = "Asked now", .columns = {"Question", "Why it is asked", "Answers"}, .rows = {}, .with_buttons = true};
  for (const Attribute& attribute : asked) {
    table.rows.push_back({.cells = {{attribute.question}, {attribute.purpose}, {join(attribute.options, ", ")}},
                          .buttons = {{.action = "/attributes/" + attribute.id.text() + "/end", .label = "Stop asking, forget the answers", .is_final = true, .about = attribute.question}}});
  }
  if (!table.rows.empty()) list.table = std::move(table);
  sheet.sections.push_back(std::move(list));
  sheet.sections.push_back({.id = "ask",
                            .heading = "Ask something",
                            .form = Form{.action = "/attributes",
                                         .button = "Ask it",
                                         .fields = {{.name = "question", .label = "Question", .value = typed(visit, "question"), .hint = "A word or two, such as Gender."},
                                                    {.name = "purpose", .label = "Why it is asked", .value = typed(visit, "purpose"), .hint = "Whoever is asked reads this sentence, and decides by it."},
                                                    {.name = "options",
                                                     .label = "Answers",
                                                     .kind = FormField::Kind::lines,
                                                     .value = typed(visit, "options"),
                                                     .hint = "One a line, two to twenty. Leaving it open is always possible and needs no line."}}}});
  return sheet;
}

}  // namespace

Response attributes(const Visit& visit) { return show(visit, own_sheet(visit, standpoint_of(visit), asked_of(visit))); }

Response declare_attributes(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const std::vector<Attribute> asked = asked_of(visit);
  if (nothing_to_declare(visit, standpoint, asked)) return Response::see_other(own_page);
  org::Answers answers;
  for (const Attribute& attribute : asked) {
    if (std::string answer = typed(visit, attribute.id.text()); !answer.empty()) answers.emplace(attribute.id.text(), std::move(answer));
  }
  if (const auto kept = visit.installation->attributes->declare(*standpoint.me, answers); !kept) {
    Sheet sheet = own_sheet(visit, standpoint, asked);
    tell_problem(sheet, kept.error());
    return show(visit, std::move(sheet), 422);
  }
  return done(own_page, answers.empty() ? "undeclared" : "declared");
}

Response withdraw_attributes(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  if (standpoint.me && visit.installation->attributes) static_cast<void>(visit.installation->attributes->withdraw(*standpoint.me));
  return done(own_page, "undeclared");
}

Response asked_attributes(const Visit& visit) { return show(visit, questions_sheet(visit, asked_of(visit))); }

Response ask_attribute(const Visit& visit) {
  if (!visit.installation->attributes) return Response::see_other("/attributes");
  org::NewAttribute attribute{typed(visit, "question"), typed(visit, "purpose"), {}};
  const std::string options = replace_all(typed(visit, "options"), "\r", "");
  for (const std::string_view line : split(options, '\n')) {
    if (!trim(line).empty()) attribute.options.emplace_back(trim(line));
  }
  if (const auto made = visit.installation->attributes->ask(attribute, visit.viewer.doing()); !made) {
    Sheet sheet = questions_sheet(visit, asked_of(visit));
    tell_problem(sheet, made.error(), attribute.question.empty() ? "question" : attribute.purpose.empty() ? "purpose" : "options");
    return show(visit, std::move(sheet), made.error().kind == Error::Kind::conflict ? 409 : 422);
  }
  return done("/attributes", "asked");
}

Response end_attribute(const Visit& visit) {
  const auto id = org::AttributeId::from(visit.ids.at(0));
  const auto ended = id && visit.installation->attributes ? visit.installation->attributes->stop_asking(*id, visit.viewer.doing())
                                                          : Result<void>(fail(Error::Kind::not_found, "That is not asked.", "Look at the list."));
  if (!ended) {
    Sheet sheet = questions_sheet(visit, asked_of(visit));
    tell_problem(sheet, ended.error());
    return show(visit, std::move(sheet), 404);
  }
  return done("/attributes", "not-asked");
}

}  // namespace waymark::web::handlers
