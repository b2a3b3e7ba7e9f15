#include <algorithm>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "importer/archive.hpp"
#include "web/account_handlers.hpp"
#include "web/change_words.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using pages::FormField;
using pages::Sheet;
using release::Obstacle;

/// What is to be published: an upload by its key, else the folder that is served.
std::shared_ptr<const Folder> documents_of(const Visit& visit) {
  const std::string key = typed(visit, "upload");
  if (!key.empty()) return visit.installation->uploads.find(visit.viewer.account(), key);
  return visit.documents == nullptr ? nullptr : std::make_shared<const Folder>(*visit.documents);
}

std::vector<std::string> declared(const Visit& visit) {
  std::vector<std::string> ids;
  for (const http::FormField& field : visit.form.fields) {
    if (field.name == "same-meaning") ids.emplace_back(field.value);
  }
  return ids;
}

release::Proposal proposal_of(const Visit& visit, const Folder& documents) {
  release::Proposal proposal{.folder = documents, .note = typed(visit, "note"), .same_meaning = declared(visit), .because = typed(visit, "because")};
  if (const auto day = parse_date(typed(visit, "effective"))) proposal.effective = day;
  if (const std::string other = typed(visit, "other"); !other.empty()) proposal.pathway = other;
  if (const http::FormField* after = visit.form.find("after"); after != nullptr) proposal.after = std::string(after->value);
  return proposal;
}

std::string preview_address(const std::string& upload, const std::string& other) {
  if (upload.empty()) return "/publish";
  return fmt::format("/publish?upload={}{}", access::percent_encoded(upload), other.empty() ? "" : "&other=" + access::percent_encoded(other));
}

Sheet::Section upload_section() {
  return {.id = "upload",
          .heading = "Publish something else",
          .words = {"A zip of the folder with pathway.yaml in it, as git hosts give it out."},
          .form = pages::Form{.action = "/publish/upload", .button = "Look at it", .fields = {{.name = "file", .label = "A zip", .kind = FormField::Kind::file},
                                         {.name = "other", .label = "Key of another pathway", .hint = "Empty: the one this site begins with. Otherwise a short word, such as hardware: it is published beside that one.", .required = false}},
                              .with_files = true}};
}

bool has(const std::vector<Obstacle>& obstacles, Obstacle::Kind kind) {
  return std::any_of(obstacles.begin(), obstacles.end(), [&](const Obstacle& each) { return each.kind == kind; });
}

/// What the form itself settles is no obstacle to showing it.
bool is_settled_in_form(const Obstacle& obstacle) {
  return obstacle.kind == Obstacle::Kind::meaning || obstacle.kind == Obstacle::Kind::lint || obstacle.kind == Obstacle::Kind::note;
}

pages::Form form_of(const Visit& visit, const release::Preview& preview) {
  pages::Form form{.action = "/publish", .button = "Publish"};
  form.fields.push_back({.name = "note", .label = "What is this version for", .kind = FormField::Kind::lines, .value = typed(visit, "note"), .hint = "Readers see it."});
  form.fields.push_back({.name = "effective", .label = "In force from", .kind = FormField::Kind::date, .value = to_iso(preview.effective)});
  std::vector<FormField::Option> reworded;
  const auto chosen = declared(visit);
  std::vector<std::string> asked = chosen;
  for (const Obstacle& obstacle : preview.obstacles) {
    if (obstacle.kind == Obstacle::Kind::meaning && std::find(asked.begin(), asked.end(), obstacle.subject) == asked.end()) asked.push_back(obstacle.subject);
  }
  std::sort(asked.begin(), asked.end());
  for (const std::string& id : asked) reworded.push_back({id, id, std::find(chosen.begin(), chosen.end(), id) != chosen.end()});
  if (!reworded.empty()) {
    form.fields.push_back({.name = "same-meaning",
                           .label = "These mean what they meant, in other words",
                           .kind = FormField::Kind::checks,
                           .hint = "Evidence and cases cite them. One that means something else needs an id of its own, and the old one an entry under retired: in pathway.yaml.",
                           .options = std::move(reworded)});
  }
  if (has(preview.obstacles, Obstacle::Kind::lint) || !typed(visit, "because").empty()) {
    form.fields.push_back({.name = "because", .label = "Why, in spite of the linter’s errors", .value = typed(visit, "because"), .hint = "Stands with the version."});
  }
  form.hidden = {{"upload", typed(visit, "upload")}, {"other", typed(visit, "other")}, {"after", preview.predecessor ? preview.predecessor->hash : std::string()}};
  return form;
}

/// What the terminal shows as typed stands in quotation marks here.
std::string without_backticks(std::string_view text) {
  std::string shown;
  bool opens = true;
  for (const char c : text) {
    if (c != '`') {
      shown += c;
      continue;
    }
    shown += opens ? "“" : "”";
    opens = !opens;
  }
  return shown;
}

void add_obstacles(Sheet& sheet, const std::vector<Obstacle>& obstacles, bool also_settled) {
  for (const Obstacle& obstacle : obstacles) {
    if (!also_settled && is_settled_in_form(obstacle)) continue;
    if (obstacle.kind == Obstacle::Kind::same_bytes && !also_settled) {
      sheet.sections.push_back({.words = {obstacle.message}});  // to look and find nothing new is no mistake
      continue;
    }
    sheet.problems.push_back({without_backticks(obstacle.message), without_backticks(obstacle.way_out)});
    if (!obstacle.yaml.empty()) {
      sheet.sections.push_back({.words = {fmt::format("For pathway.yaml, to be completed, about {}:", obstacle.subject)}, .shown_once = {obstacle.yaml}});
    }
  }
}

void add_findings(Sheet& sheet, const Findings& findings) {
  Sheet::Section section{.id = "findings", .heading = "Errors the linter finds"};
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::error) section.changes.push_back({.subject = fmt::format("{}:{}", finding.file, finding.span.begin.line), .summary = finding.message, .note = finding.rule});
  }
  if (!section.changes.empty()) sheet.sections.push_back(std::move(section));
}

enum class Asked { to_look, to_publish };

Sheet preview_sheet(const Visit& visit, const release::Preview& preview, Asked asked) {
  Sheet sheet{.title = "Publish a version", .lead = "A version is frozen: its words stay as they are, and evidence is read against them. Look at what it changes before you let it go."};
  add_obstacles(sheet, preview.obstacles, asked == Asked::to_publish);
  add_findings(sheet, preview.findings);
  if (preview.after && !has(preview.obstacles, Obstacle::Kind::same_bytes)) {
    if (preview.before) {
      std::vector<pathway::VersionChange> changes;
      for (const release::Change& each : preview.changes) changes.push_back(each.what);
      sheet.sections.push_back({.words = {fmt::format("Compared with {}:", in_words(*preview.predecessor))}});
      auto sections = change_sections(changes, [](std::string_view) { return std::string(); });
      std::move(sections.begin(), sections.end(), std::back_inserter(sheet.sections));
    } else {
      std::size_t criteria = 0;
      for (const pathway::Level& level : preview.after->pathway.levels) criteria += level.criteria.size();
      sheet.sections.push_back({.words = {fmt::format("The first version of {}: {} and {}.", preview.after->pathway.name,
                                                      counted(preview.after->pathway.levels.size(), "place"), counted(criteria, "criterion", "criteria"))}});
    }
    sheet.sections.push_back({.id = "publish", .heading = "Let it go", .form = form_of(visit, preview)});
  }
  return sheet;
}

Response show_preview(const Visit& visit, const std::shared_ptr<const Folder>& documents, Asked asked, int status) {
  if (documents == nullptr) {
    Sheet sheet{.title = "Publish a version", .lead = {}};
    tell_problem(sheet, {Error::Kind::not_found, "The documents are not here any more.", "Upload them once more."});
    sheet.sections.push_back(upload_section());
    return show(visit, std::move(sheet), 422);
  }
  release::Proposal proposal = proposal_of(visit, *documents);
  if (asked == Asked::to_look) proposal.after.reset();
  Sheet sheet = preview_sheet(visit, visit.installation->publishing.preview(proposal), asked);
  sheet.sections.push_back(upload_section());
  sheet.sections.push_back({.links = {{"What was published", "/versions"}, {"Read the folder as it stands", "/draft"}}});
  return show(visit, std::move(sheet), status);
}

}  // namespace

Response publish_form(const Visit& visit) { return show_preview(visit, documents_of(visit), Asked::to_look, 200); }

Response publish_upload(const Visit& visit) {
  const http::FormField* file = visit.form.find("file");
  const auto refuse = [&](const Error& error) {
    Sheet sheet{.title = "Publish a version", .lead = {}};
    sheet.sections.push_back(upload_section());
    tell_problem(sheet, error, "file");
    return show(visit, std::move(sheet), 422);
  };
  if (file == nullptr || file->value.empty()) return refuse({Error::Kind::bad_input, "No file was chosen.", "Choose a zip of the folder."});
  if (!importer::is_zip(file->value)) return refuse({Error::Kind::bad_input, "This file is no zip.", "Pack the folder with pathway.yaml as a zip."});
  Result<Folder> folder = importer::folder_of_zip(file->file_name, file->value);
  if (!folder) return refuse(folder.error());
  const Result<std::string> key = visit.installation->uploads.keep(visit.viewer.account(), *folder);
  if (!key) return refuse(key.error());
  return Response::see_other(preview_address(*key, typed(visit, "other")));
}

Response publish(const Visit& visit) {
  const auto documents = documents_of(visit);
  if (documents == nullptr) return show_preview(visit, documents, Asked::to_publish, 422);
  const release::Publisher publisher{visit.viewer.doing(), visit.viewer.actor};
  const auto published = visit.installation->publishing.publish(proposal_of(visit, *documents), publisher);
  if (published) {
    if (visit.published) visit.published();
    return done("/versions/" + published->version.short_hash(), "published");
  }
  const release::Refusal& refusal = published.error();
  if (!refusal.came_between.empty()) {
    Sheet sheet{.title = "Somebody was faster", .lead = "Nothing was published: while you looked, this came between."};
    Sheet::Section section;
    for (const release::Version& each : refusal.came_between) section.links.push_back({in_words(each), "/versions/" + each.short_hash()});
    section.links.push_back({"Look at yours again, against the newest", preview_address(typed(visit, "upload"), typed(visit, "other"))});
    sheet.sections.push_back(std::move(section));
    return show(visit, std::move(sheet), 409);
  }
  return show_preview(visit, documents, Asked::to_publish, refusal.error.kind == Error::Kind::conflict ? 409 : 422);
}

}  // namespace waymark::web::handlers
