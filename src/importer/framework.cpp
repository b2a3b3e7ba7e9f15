#include "importer/framework.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/draft.hpp"
#include "importer/levels.hpp"
#include "importer/outline.hpp"
#include "importer/source_reader.hpp"

namespace waymark::importer {
namespace {

namespace fs = std::filesystem;

// What the linter reads in about a second; it compares the criteria of a level with those of the next.
constexpr std::size_t most_criteria_judged = 20'000;
constexpr std::size_t most_criteria_judged_at_a_level = 1'000;
constexpr std::size_t most_bytes_judged = 8u << 20;

constexpr std::string_view what_is_read = "Markdown, HTML, YAML, JSON, CSV and TSV, recognised by what stands in them";

std::string name_of(const fs::path& source) {
  fs::path path = fs::absolute(source).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  return path.filename().string();
}

void ask_about_comments(const SourceOutline& outline, std::vector<std::string>& questions) {
  std::size_t count = 0;
  const SourcePlace* first = nullptr;
  for (const SourceOutline::SetAside& aside : outline.set_aside) {
    if (aside.reason != commented_out) continue;
    if (first == nullptr) first = &outline.sentences[aside.sentences.front()].place;
    count += aside.sentences.size();
  }
  if (count > 0) {
    questions.push_back(fmt::format("{}: {} commented out in the source, this the first of them. Should any of it count?", to_string(*first),
                                    counted(count, "sentence is", "sentences are")));
  }
}

bool is_small_enough_to_judge(const Draft& draft, const Folder& folder) {
  std::size_t bytes = 0;
  for (const FolderFile& file : folder.files) bytes += file.path.starts_with("notes/") ? 0 : file.bytes.size();
  return draft.criteria <= most_criteria_judged && draft.most_criteria_at_a_level <= most_criteria_judged_at_a_level && bytes <= most_bytes_judged;
}

Error no_levels(std::size_t files, const fs::path& source, const SourceOutline& outline) {
  if (files == 0) {
    return {Error::Kind::bad_input, fmt::format("{} holds no file that can be imported.", source.string()),
            fmt::format("The importer reads {}; it found no such file.", what_is_read)};
  }
  return {
      Error::Kind::bad_input, fmt::format("No level was found in {} ({}).", source.string(), counted(files, "file")),
      std::string(
          "Looked for pages or headings named like a role or a level (“Senior Engineer”, “Level 3”, “IC4”, “Staff”) with text under them, and for "
          "pages or headings beside one "
          "another with the same sub-headings. Name the levels that way, or say their titles in a mapping file, and import again.") +
          (outline.questions.empty() ? std::string() : " On the way: " + outline.questions.front())};
}

}  // namespace

Result<ImportedFramework> import_framework(const std::filesystem::path& source, const ImportOptions& options) {
  Result<Folder> folder = read_source(source);
  if (!folder) return tl::unexpected(folder.error());
  folder->name = name_of(source);
  return import_framework(std::move(*folder), options);
}

Result<ImportedFramework> import_framework(Folder source, const ImportOptions& options) {
  const std::string source_name = source.name;
  const std::size_t files = source.files.size();
  SourceOutline outline = read_outline(std::move(source), options.progress);
  const Result<FoundLevels> levels = find_levels(outline, options.mapping);
  if (!levels) return tl::unexpected(levels.error());
  const FoundLevels& found = *levels;
  if (found.levels.empty()) return tl::unexpected(no_levels(files, source_name, outline));

  Draft draft(outline, found);
  draft.links = make_links(draft);
  draft.name = collapse_white_space(options.name);
  if (draft.name.empty() && options.mapping.name != name_in_source(draft)) draft.name = collapse_white_space(options.mapping.name);
  for (const SourceOutline::SetAside& aside : outline.set_aside) draft.ledger.set_aside(aside.sentences, aside.reason);
  name_pathway(draft);
  write_levels(draft);
  write_notes(draft);
  write_capabilities(draft);
  write_manifest(draft);
  write_unplaced(draft);
  render_pages(draft);

  ImportedFramework result;
  for (const FoundLevel& level : found.levels) result.levels.push_back(level.id);
  result.questions = found.questions;
  result.questions.insert(result.questions.end(), draft.questions.begin(), draft.questions.end());
  for (const Document& document : outline.documents) {
    if (document.is_draft)
      result.questions.push_back(
          fmt::format("{}:1: The page is marked as a draft in the source and was imported all the same. Does it belong here?", document.path));
  }
  ask_about_comments(outline, result.questions);
  result.questions.insert(result.questions.end(), outline.questions.begin(), outline.questions.end());
  std::set<std::string> asked;
  std::erase_if(result.questions, [&](const std::string& question) { return !asked.insert(question).second; });
  draft.ledger.hand_over(outline, result);
  result.mapping = mapping_of(found, draft.name, options.mapping.not_levels);
  draft.files.push_back({std::string(mapping_file), to_yaml(result.mapping)});
  const auto by_path = [](const FolderFile& a, const FolderFile& b) { return a.path < b.path; };
  std::sort(draft.files.begin(), draft.files.end(), by_path);
  result.draft = {draft.name, std::move(draft.files), {}};
  if (options.judge) {
    result.is_too_large_to_judge = !is_small_enough_to_judge(draft, result.draft);
    if (!result.is_too_large_to_judge) result.judgement = options.judge(result.draft);
  }
  result.first_steps = first_steps(draft, result.questions, result.judgement);
  FolderFile report = write_report(draft, result);
  std::vector<FolderFile>& all = result.draft.files;
  all.insert(std::upper_bound(all.begin(), all.end(), report, by_path), std::move(report));
  return result;
}

}  // namespace waymark::importer
