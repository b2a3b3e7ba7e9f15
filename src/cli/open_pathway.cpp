#include "cli/open_pathway.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* manifest = "pathway.yaml";

/// Somebody who names the file means its folder.
fs::path folder_meant(const fs::path& given) {
  if (given.filename() != manifest) return given;
  return given.has_parent_path() ? given.parent_path() : fs::path(".");
}

bool holds_manifest(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / manifest, ignored);
}

}  // namespace

Result<fs::path> find_pathway_folder(const std::string& given) {
  if (!given.empty()) {
    if (std::error_code ignored; !fs::exists(given, ignored)) {
      return fail(Error::Kind::not_found, fmt::format("There is no folder {}.", given),
                  fmt::format("Check what -p says, or begin one there with `waymark init {}`.", given));
    }
    return folder_meant(given);
  }
  if (const char* const variable = std::getenv("WAYMARK_PATHWAY"); variable != nullptr && *variable != '\0') {
    if (std::error_code ignored; !fs::exists(variable, ignored)) {
      return fail(Error::Kind::not_found, fmt::format("There is no folder {}, which the variable WAYMARK_PATHWAY names.", variable),
                  "Correct the variable, or say -p DIR.");
    }
    return folder_meant(variable);
  }
  std::error_code error;
  fs::path around = fs::current_path(error);
  fs::path relative = ".";
  while (!error && !around.empty()) {
    if (holds_manifest(around)) return relative;
    if (around == around.root_path()) break;
    around = around.parent_path();
    relative = relative == "." ? fs::path("..") : relative / "..";
  }
  if (holds_manifest("pathway")) return fs::path("pathway");
  return fail(Error::Kind::not_found,
              "There is no pathway here: neither this folder nor one around it holds a pathway.yaml, and neither does ./pathway.",
              "Begin one with `waymark init pathway`, or say where it is with -p DIR.");
}

std::string shown_path(const fs::path& folder, std::string_view file) {
  const fs::path normal = folder.lexically_normal();
  if (file == "." || file.empty()) return folder.string();
  return normal == "." || normal == "./" ? std::string(file) : (normal / file).string();
}

Result<ReadPathway> read_pathway(const fs::path& folder) {
  Result<Folder> documents = read_folder(folder, pathway::document_extensions());
  if (!documents) return tl::unexpected<Error>(documents.error());
  pathway::Loaded loaded = pathway::load(*documents);
  return ReadPathway{folder, std::move(*documents), std::move(loaded)};
}

Findings shown(Findings findings, const fs::path& folder) {
  for (Finding& finding : findings) finding.file = shown_path(folder, finding.file);
  return findings;
}

Trouble unusable(const fs::path& folder, const Findings& findings) {
  Findings errors;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(errors), [](const Finding& f) { return f.severity == Severity::error; });
  const Error error{Error::Kind::bad_input, fmt::format("The pathway in {} cannot be used: {}.", folder.string(), counted(errors.size(), "error")),
                    "Mend what is named here; `waymark lint` shows each with its line."};
  return {error, shown(std::move(errors), folder)};
}

tl::expected<pathway::Pathway, Trouble> open_pathway(Context& context, const fs::path& folder) {
  Result<ReadPathway> read = read_pathway(folder);
  if (!read) return tl::unexpected<Trouble>(read.error());
  if (!read->loaded.pathway) return tl::unexpected<Trouble>(unusable(folder, read->loaded.findings));
  const auto warnings = std::count_if(read->loaded.findings.begin(), read->loaded.findings.end(),
                                      [](const Finding& finding) { return finding.severity == Severity::warning; });
  if (warnings > 0) context.terminal.remark(fmt::format("{}; see `waymark lint`\n", counted(static_cast<std::size_t>(warnings), "warning")));
  return std::move(*read->loaded.pathway);
}

tl::expected<pathway::Pathway, Trouble> open_pathway(Context& context) {
  const Result<fs::path> folder = find_pathway_folder(context.pathway_folder);
  if (!folder) return tl::unexpected<Trouble>(folder.error());
  return open_pathway(context, *folder);
}

Result<const pathway::Level*> find_level(const pathway::Pathway& pathway, std::string_view word) {
  if (const pathway::Level* const level = pathway.level(word)) return level;
  std::vector<std::string> ids;
  std::vector<std::string> titles;
  for (const pathway::Level& level : pathway.levels) {
    if (to_lower_ascii(level.title) == to_lower_ascii(word)) return &level;
    ids.push_back(level.id.value);
    titles.push_back(level.title);
  }
  auto near = nearest(word, ids);
  if (!near) near = nearest(word, titles);
  return fail(Error::Kind::not_found, fmt::format("There is no level `{}`.", word),
              near ? fmt::format("Did you mean {}?", *near) : fmt::format("The levels are {}.", in_words(ids)));
}

Result<const pathway::Archetype*> find_archetype(const pathway::Pathway& pathway, std::string_view word) {
  if (const pathway::Archetype* const archetype = pathway.archetype(word)) return archetype;
  std::vector<std::string> ids;
  for (const pathway::Archetype& archetype : pathway.archetypes) {
    if (to_lower_ascii(archetype.id.value) == to_lower_ascii(word)) return &archetype;
    ids.push_back(archetype.id.value);
  }
  const auto near = nearest(word, ids);
  const std::string known = ids.empty() ? "This pathway has no archetypes." : fmt::format("The archetypes are {}.", in_words(ids));
  return fail(Error::Kind::not_found, fmt::format("There is no archetype `{}`.", word), near ? fmt::format("Did you mean {}?", *near) : known);
}

}  // namespace waymark::cli
