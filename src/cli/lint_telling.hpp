/// What `waymark lint` found, in the terminal.
#pragma once

#include <string>

#include "base/folder.hpp"
#include "cli/open_pathway.hpp"
#include "lint/lint.hpp"

namespace waymark::cli {

/// File by file, each finding with its line, then one line of summary and, where criteria are in doubt, their share.
[[nodiscard]] std::string told_findings(const Terminal& terminal, const std::filesystem::path& folder, const Folder& documents,
                                        const lint::Linted& linted);

}  // namespace waymark::cli
