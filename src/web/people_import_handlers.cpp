#include <algorithm>

#include <fmt/format.h>

#include "access/secret.hpp"
#include "base/date.hpp"
#include "base/text.hpp"
#include "importer/archive.hpp"
#include "org/import/apply.hpp"
#include "web/org_handlers.hpp"
#include "web/people_import_form.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using org::ImportPlan;
using org::ImportRequest;
using org::PlanLine;
using pages::FormField;
using pages::Sheet;

constexpr std::size_t rows_shown = 20;
constexpr std::size_t problems_shown = 30;

Sheet empty_sheet() {
  return {.title = "Bring people in",
          .lead = "From the table that your HR system exports. You see first what would happen, and nothing changes before you say so."};
}

Sheet::Section upload_section() {
  return {.id = "upload",
          .heading = "Choose a table",
          .words = {"CSV with commas, semicolons, tabs or | between the cells; a larger one as a zip. National ids, bank accounts, birth dates, pay and other private columns are left at the door."},
          .form = pages::Form{.action = "/people/import/upload", .button = "Look at it", .fields = {{.name = "file", .label = "A CSV file, or a zip of one", .kind = FormField::Kind::file}}, .with_files = true}};
}

Response ask_for_file(const Visit& visit, int status, const std::optional<Error>& error) {
  Sheet sheet = empty_sheet();
  sheet.sections.push_back(upload_section());
  if (error) tell_problem(sheet, *error, "file");
  sheet.sections.push_back({.links = {{"People", "/people"}}});
  return show(visit, std::move(sheet), status);
}

/// What has to be done about it on this page, where that is another thing than in a file.
std::string way_out_here(const Finding& finding) {
  if (finding.rule == "ambiguous-days") return "Say below how days are written.";
  if (finding.rule == "missing-column") return "Choose the column below.";
  if (finding.rule == "status") return "Say below what this status means.";
  if (finding.rule == "country") return "Say below which country it is, by its two letters, as in IE.";
  if (finding.rule == "unknown-level") return "Say below which level it is.";
  if (finding.rule == "unknown-manager" && finding.severity == Severity::error) return "Add the manager’s row, correct the cell, or let such people come without a manager.";
  if (finding.rule == "many-leavers") return "Is the table whole? Say so below, or that it is not.";
  return finding.way_out;
}

std::string place_of(const Finding& finding) { return fmt::format("Line {}, column {}", finding.span.begin.line, finding.span.begin.column); }

void add_findings(Sheet& sheet, const Findings& findings) {
  std::size_t errors = 0;
  Sheet::Section doubts{.id = "doubts", .heading = "Decided in doubt"};
  for (const Finding& finding : findings) {
    if (finding.severity != Severity::error) {
      if (doubts.changes.size() < problems_shown) doubts.changes.push_back({.subject = place_of(finding), .summary = finding.message, .note = finding.way_out});
    } else if (++errors <= problems_shown) {
      sheet.problems.push_back({fmt::format("{}: {}", place_of(finding), finding.message), way_out_here(finding)});
    }
  }
  if (errors > problems_shown) sheet.problems.push_back({fmt::format("And {} more.", errors - problems_shown), "Mend these first, and look again."});
  if (!doubts.changes.empty()) sheet.sections.push_back(std::move(doubts));
}

void add_reading(Sheet& sheet, const org::Table& table, const ImportPlan& plan) {
  Sheet::Section section{.id = "reading", .heading = table.name()};
  section.words.push_back(fmt::format("{}, read as {}{}.", counted(plan.rows, "row"), table.encoding(),
                                      plan.read.mapping.days ? fmt::format(", with days as {}", org::name_of(*plan.read.mapping.days)) : ""));
  std::vector<std::string> dropped;
  for (const auto& [header, what] : plan.read.at_the_door) dropped.push_back(fmt::format("{} ({})", header, what));
  if (!dropped.empty()) section.words.push_back(fmt::format("Left at the door, and read by nobody: {}.", in_words(dropped)));
  if (plan.unchanged > 0) section.words.push_back(fmt::format("{} as before.", counted(plan.unchanged, "person stays", "people stay")));
  if (plan.without_level > 0) section.words.push_back(fmt::format("{} no level yet. That is no mistake: it can be settled later.", counted(plan.without_level, "person has", "people have")));
  sheet.sections.push_back(std::move(section));
}

void add_plan(Sheet& sheet, const ImportPlan& plan) {
  for (std::size_t at = 0; at < plan.lines.size();) {
    const PlanLine::Kind kind = plan.lines[at].kind;
    const std::size_t count = plan.count(kind);
    Sheet::Section section{.id = std::string(to_string(kind)), .heading = fmt::format("{}: {}", heading_of(kind), count)};
    Sheet::Table rows{.caption = std::string(heading_of(kind)), .columns = {kind == PlanLine::Kind::team ? "Team" : "Who", "What", "Line"}, .rows = {}};
    for (std::size_t i = at; i < at + std::min(count, rows_shown); ++i) {
      const PlanLine& line = plan.lines[i];
      rows.rows.push_back({.cells = {{line.who}, {line.what}, {line.line == 0 ? std::string() : std::to_string(line.line)}}});
    }
    section.table = std::move(rows);
    sheet.sections.push_back(std::move(section));
    if (count > rows_shown) sheet.sections.push_back({.words = {fmt::format("And {} more.", count - rows_shown)}});
    at += count;
  }
}

struct Looked {
  org::Table table;
  ImportRequest request;
  ImportPlan plan;
};

/// What was uploaded, planned as the form says; or the page that says why not.
tl::expected<Looked, Response> look(const Visit& visit) {
  const auto folder = visit.installation->uploads.find(visit.viewer.account(), typed(visit, "upload"));
  if (folder == nullptr || folder->files.empty()) {
    return tl::unexpected(ask_for_file(visit, 422, Error{Error::Kind::not_found, "The table is not here any more.", "Choose it once more."}));
  }
  const auto request = import_request(visit);
  if (!request) return tl::unexpected(ask_for_file(visit, 422, request.error()));
  const FolderFile& file = folder->files.front();
  auto table = org::read_table(file.path, file.bytes, org::columns_of(request->mapping), request->mapping.separator);
  if (!table) return tl::unexpected(ask_for_file(visit, 422, table.error()));
  ImportPlan plan = org::plan_import(visit.installation->organisation.now(), *table, *request);
  return Looked{*std::move(table), *request, std::move(plan)};
}

Response show_plan(const Visit& visit, const Looked& looked, int status, std::optional<Error> error = {}) {
  Sheet sheet = empty_sheet();
  const ImportPlan& plan = looked.plan;
  pages::Form mapping = import_mapping_form(visit, looked.table, plan, looked.request);
  add_reading(sheet, looked.table, plan);
  add_plan(sheet, plan);
  if (!plan.has_errors() && !plan.lines.empty()) {
    pages::Form form{.action = "/people/import", .button = "Bring them in"};
    form.fields.push_back({.name = "why", .label = "Why", .value = typed(visit, "why"), .hint = "Stands with the change, for whoever asks later."});
    form.hidden = as_hidden(mapping);
    form.hidden.emplace_back("seen", plan.digest());
    sheet.sections.push_back({.id = "apply", .heading = "Do it", .words = {"All of it, or nothing if anything stands in the way."}, .form = std::move(form)});
  } else if (!plan.has_errors()) {
    sheet.sections.push_back({.words = {"Everything is so already. There is nothing to do."}});
  }
  if (error) tell_problem(sheet, *error, "why");
  add_findings(sheet, plan.findings);
  sheet.sections.push_back({.id = "mapping", .heading = "What the table means", .words = {"Which column says what, and what its words mean. Correct what was guessed wrong, and look again."}, .form = std::move(mapping)});
  sheet.sections.push_back(upload_section());
  return show(visit, std::move(sheet), status);
}

/// The table itself, or the first one in a zip.
Result<FolderFile> table_in(const http::FormField& field) {
  const std::string name = field.file_name.empty() ? std::string("table.csv") : field.file_name;
  if (!importer::is_zip(field.value)) return FolderFile{name, std::string(field.value)};
  Result<Folder> folder = importer::folder_of_zip(name, field.value);
  if (!folder) return tl::unexpected(folder.error());
  for (FolderFile& file : folder->files) {
    const std::string lower = to_lower_ascii(file.path);
    if (lower.ends_with(".csv") || lower.ends_with(".tsv") || lower.ends_with(".txt")) return std::move(file);
  }
  return fail(Error::Kind::bad_input, fmt::format("{} holds no table.", name), "Save the sheet as CSV, and choose that.");
}

}  // namespace

Response people_import(const Visit& visit) {
  if (typed(visit, "upload").empty()) return ask_for_file(visit, 200, {});
  auto looked = look(visit);
  if (!looked) return std::move(looked.error());
  return show_plan(visit, *looked, 200);
}

Response people_import_upload(const Visit& visit) {
  const http::FormField* file = visit.form.find("file");
  if (file == nullptr || file->value.empty()) return ask_for_file(visit, 422, Error{Error::Kind::bad_input, "No file was chosen.", "Choose the table that your HR system exports."});
  const Result<FolderFile> table = table_in(*file);
  if (!table) return ask_for_file(visit, 422, table.error());
  const auto readable = org::read_table(table->path, table->bytes, [](std::string_view) { return false; });
  if (!readable) return ask_for_file(visit, 422, readable.error());
  Folder kept;  // what nobody asked for is hidden in it
  kept.name = table->path;
  kept.files.push_back({table->path, org::with_hidden_columns(table->bytes, [](std::string_view header) { return org::left_at_the_door(header).has_value(); })});
  const Result<std::string> key = visit.installation->uploads.keep(visit.viewer.account(), kept);
  if (!key) return ask_for_file(visit, 422, key.error());
  return Response::see_other("/people/import?upload=" + access::percent_encoded(*key));
}

Response people_import_plan(const Visit& visit) {
  auto looked = look(visit);
  if (!looked) return std::move(looked.error());
  return show_plan(visit, *looked, looked->plan.has_errors() ? 422 : 200);
}

Response people_import_apply(const Visit& visit) {
  auto looked = look(visit);
  if (!looked) return std::move(looked.error());
  if (looked->plan.has_errors()) return show_plan(visit, *looked, 422);
  const std::string why = typed(visit, "why");
  if (why.empty()) return show_plan(visit, *looked, 422, Error{Error::Kind::bad_input, "Say why.", "A few words, such as “monthly export”."});
  org::AppliedImport made = org::apply_import(visit.installation->organisation, looked->table, looked->request, looked->plan, typed(visit, "seen"),
                                              {.source = "import", .why = why, .by = visit.viewer.doing()});
  if (!made.is_other && !made.plan.has_errors()) return done("/people/import", made.is_new ? "imported" : "imported-before");
  const bool is_other = made.is_other;
  looked->plan = std::move(made.plan);
  return show_plan(visit, *looked, is_other ? 409 : 422,
                   is_other ? std::optional(Error{Error::Kind::conflict, "The organisation has changed since you looked, and so has what would happen.", "Look at it again, as it is below."}) : std::nullopt);
}

}  // namespace waymark::web::handlers
