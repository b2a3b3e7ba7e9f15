/// Finding and reading the pathway a command is about.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/folder.hpp"
#include "cli/command.hpp"
#include "pathway/pathway.hpp"

namespace waymark::cli {

/// The one given with -p/--pathway, unless that is empty; else WAYMARK_PATHWAY; else the current folder or the nearest around it that holds
/// a pathway.yaml; else ./pathway. Relative where it can be. Fails with not_found, saying where it looked.
[[nodiscard]] Result<std::filesystem::path> find_pathway_folder(const std::string& given);

/// How a person would name a file of the folder from where they are: "pathway/levels/SSE.md"; of the current folder, "levels/SSE.md".
[[nodiscard]] std::string shown_path(const std::filesystem::path& folder, std::string_view file);

struct ReadPathway {
  std::filesystem::path folder;
  Folder documents;
  pathway::Loaded loaded;  ///< the findings of the folder are among its findings; files relative to the folder
};

/// Whatever its findings are.
[[nodiscard]] Result<ReadPathway> read_pathway(const std::filesystem::path& folder);

/// One that can be used; its warnings become a remark of one line. Trouble holds all errors.
[[nodiscard]] tl::expected<pathway::Pathway, Trouble> open_pathway(Context& context);
[[nodiscard]] tl::expected<pathway::Pathway, Trouble> open_pathway(Context& context, const std::filesystem::path& folder);

/// Files renamed by shown_path().
[[nodiscard]] Findings shown(Findings findings, const std::filesystem::path& folder);
/// "pathway cannot be used: 3 errors." with the way out; the errors among `findings` are its findings.
[[nodiscard]] Trouble unusable(const std::filesystem::path& folder, const Findings& findings);

/// By id or title, in any case. Fails with not_found and a suggestion.
[[nodiscard]] Result<const pathway::Level*> find_level(const pathway::Pathway& pathway, std::string_view word);
[[nodiscard]] Result<const pathway::Archetype*> find_archetype(const pathway::Pathway& pathway, std::string_view word);

}  // namespace waymark::cli
