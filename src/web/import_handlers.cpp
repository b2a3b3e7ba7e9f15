#include <algorithm>
#include <chrono>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "importer/archive.hpp"
#include "importer/framework.hpp"
#include "web/handlers.hpp"
#include "web/http/multipart.hpp"
#include "web/judge_draft.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/import_page.hpp"
#include "web/uploads.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using importer::Mapping;

constexpr std::size_t longest_answer = 300;
constexpr std::size_t most_places = 600;

/// Where there are no accounts there is one process.
Uploads& uploads_of_nobody() {
  static Uploads kept;
  return kept;
}

Result<std::string> keep(const Visit& visit, Folder folder) {
  if (visit.installation != nullptr) return visit.installation->uploads.keep(visit.viewer.account(), folder);
  return uploads_of_nobody().keep(std::move(folder), Uploads::Clock::now());
}

std::shared_ptr<const Folder> kept(const Visit& visit, std::string_view key) {
  if (visit.installation != nullptr) return visit.installation->uploads.find(visit.viewer.account(), key);
  return uploads_of_nobody().find(key, Uploads::Clock::now());
}

template <class Page>
Response show(const Visit& visit, std::string_view body_template, const Page& page, int status) {
  const pages::FrameView frame =
      pages::make_frame(visit.site, visit.links, "Bring the framework you have", "Upload a framework and see it as a draft pathway.", "narrow");
  Response response = Response::html(status, render_framed(frame, body_template, [&](pages::Values values) { fill(values, page); }));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response ask_for_file(const Visit& visit, int status, std::string problem, std::string way_out, const http::Form* answers) {
  pages::ImportPage page{visit.links.to("/import/draft"), std::move(problem), std::move(way_out), visit.viewer.form_token(), {}};
  if (answers != nullptr) {
    for (const http::FormField& field : answers->fields) {
      if (field.file_name.empty() && field.name != "upload" && field.name != "file" && field.name != "form_token" && field.value.size() <= longest_answer)
        page.answers.emplace_back(field.name, std::string(field.value));
    }
  }
  return show(visit, "import_page.html", page, status);
}

/// The positions that could not be read stand at the end.
std::size_t number_of(std::string_view text) {
  const auto number = whole_number(text);
  return number && *number >= 0 && *number < 9999 ? static_cast<std::size_t>(*number) : 9999;
}

/// Tracks, order, names and fork as the form has them.
Mapping mapping_in(const http::Form& form) {
  Mapping mapping;
  mapping.file = "the form";
  mapping.is_older = true;
  mapping.name = collapse_white_space(form.value("name").substr(0, longest_answer));
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    if (form.fields[i].name != "track-id" || i + 1 >= form.fields.size() || form.fields[i + 1].name != "track-title") continue;
    mapping.tracks.push_back({std::string(form.fields[i].value), std::string(form.fields[i + 1].value), {}});
  }
  std::map<std::string, std::vector<std::pair<std::size_t, Mapping::Level>>> by_track;
  for (std::size_t number = 1; number <= most_places; ++number) {
    const std::string title(form.value(fmt::format("title-{}", number)));
    if (title.empty()) break;
    const std::string track(form.value(fmt::format("track-{}", number)));
    if (track == "none") {
      mapping.not_levels.push_back(title);
    } else {
      by_track[track].emplace_back(number_of(form.value(fmt::format("position-{}", number))),
                                   Mapping::Level{std::string(form.value(fmt::format("id-{}", number))), title, 0});
    }
  }
  for (Mapping::Track& track : mapping.tracks) {
    auto& levels = by_track[track.id];
    std::stable_sort(levels.begin(), levels.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [position, level] : levels) track.levels.push_back(std::move(level));
  }
  std::erase_if(mapping.tracks, [](const Mapping::Track& track) { return track.levels.empty(); });
  if (const std::string at(form.value("fork")); !at.empty()) {
    Mapping::Fork fork{at, {}, 0};
    for (const Mapping::Track& track : mapping.tracks) fork.branches.push_back(track.levels.front().id);
    mapping.fork = std::move(fork);
  }
  return mapping;
}

/// What came through a form is checked as what comes from a file is: by writing it as one.
Result<Mapping> checked(const Mapping& mapping) {
  if (mapping.tracks.empty() && mapping.not_levels.empty()) return mapping;
  Result<Mapping> read = importer::parse_mapping(mapping.file, importer::to_yaml(mapping));
  if (read) read->is_older = true;
  return read;
}

struct Imported {
  importer::ImportedFramework framework;
  std::string key;
};

/// What a zip holds, or the one file that was chosen.
Result<Folder> folder_of(const http::FormField& file) {
  const std::string name = file.file_name.empty() ? std::string("upload") : file.file_name;
  if (importer::is_zip(file.value)) return importer::folder_of_zip(name, file.value);
  Folder folder;
  folder.name = name;
  folder.files.push_back({name, std::string(file.value)});
  return folder;
}

/// Either what was imported, or the page that says why not.
tl::expected<Imported, Response> import_form(const Visit& visit) {
  const http::Form* const form = &visit.form;
  if (!visit.is_form_whole) return tl::unexpected(ask_for_file(visit, 422, "The form did not arrive whole.", "Choose the file once more.", nullptr));
  const http::FormField* file = form->find("file");
  std::string key(form->value("upload"));
  if (file != nullptr && !file->value.empty()) {
    Result<Folder> read = folder_of(*file);
    if (!read) return tl::unexpected(ask_for_file(visit, 422, read.error().message, read.error().way_out, &*form));
    Result<std::string> kept_as = keep(visit, std::move(*read));
    if (!kept_as) return tl::unexpected(ask_for_file(visit, 422, kept_as.error().message, kept_as.error().way_out, &*form));
    key = std::move(*kept_as);
  }
  const std::shared_ptr<const Folder> folder = kept(visit, key);
  if (folder == nullptr) {
    const bool had_one = !key.empty();
    return tl::unexpected(ask_for_file(visit, 422, had_one ? "The upload is not here any more." : "No file was chosen.",
                                       had_one ? "Choose the file once more; what you answered comes along." : "Choose a file, or a zip of files.",
                                       &*form));
  }
  const Result<Mapping> mapping = checked(mapping_in(*form));
  if (!mapping) return tl::unexpected(ask_for_file(visit, 422, mapping.error().message, "Choose the file once more.", nullptr));
  importer::ImportOptions options;
  options.mapping = *mapping;
  options.judge = [](const Folder& draft) { return judge_draft(draft, date_of(SystemClock().now())); };
  Result<importer::ImportedFramework> imported = importer::import_framework(*folder, options);
  if (!imported) return tl::unexpected(ask_for_file(visit, 422, imported.error().message, imported.error().way_out, nullptr));
  return Imported{std::move(*imported), std::move(key)};
}

}  // namespace

Response import_start(const Visit& visit) { return ask_for_file(visit, 200, {}, {}, nullptr); }

Response import_draft(const Visit& visit) {
  tl::expected<Imported, Response> imported = import_form(visit);
  if (!imported) return std::move(imported.error());
  pages::ImportDraftPage page = pages::make_import_draft_page(imported->framework, visit.links, imported->key);
  page.form_token = visit.viewer.form_token();
  return show(visit, "import_draft_page.html", page, 200);
}

Response import_folder(const Visit& visit) {
  tl::expected<Imported, Response> imported = import_form(visit);
  if (!imported) return std::move(imported.error());
  const Result<std::string> zip = importer::zip_of(imported->framework.draft);
  if (!zip) return Response::text(503, zip.error().message + "\n");
  return {200,
          {{"Content-Type", "application/zip"}, {"Content-Disposition", "attachment; filename=\"pathway-draft.zip\""}, {"Cache-Control", "no-store"}},
          *zip,
          nullptr};
}

}  // namespace waymark::web::handlers
