/// Which findings a command line asked for: of some files, or only what a change added.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "cli/open_pathway.hpp"
#include "lint/lint.hpp"

namespace waymark::cli {

/// The folder that the first of `files` belongs to, when no folder was given: the nearest around it with a pathway.yaml.
/// Fails with not_found for a file that is not there.
[[nodiscard]] Result<std::filesystem::path> pathway_folder_of(const std::string& given, const std::vector<std::string>& files);

/// Keeps the findings of the files, which are named as a person would from where they are; a folder means all files in it. Fails with wrong_usage
/// for one outside the folder. REQUIRES that they exist.
[[nodiscard]] Result<void> keep_files(lint::Linted& linted, const std::filesystem::path& folder, const std::vector<std::string>& files);

/// Takes out what was there before: a finding of the same rule in the same file on a line with the same words.
void keep_new(lint::Linted& now, const Folder& documents, const lint::Linted& before, const Folder& documents_before);

}  // namespace waymark::cli
