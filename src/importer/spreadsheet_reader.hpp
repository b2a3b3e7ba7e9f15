/// CSV and TSV, as a spreadsheet exports them → outline.
#pragma once

#include <optional>
#include <string_view>

#include "base/folder.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

/// The mark between the cells, when most lines of `text` have as many of it: a comma, a semicolon or a tab.
[[nodiscard]] std::optional<char> separator_of(std::string_view text);

/// REQUIRES separator_of() found one in the text of the file. Never fails.
void read_spreadsheet(const FolderFile& file, SourceOutline& outline);

}  // namespace waymark::importer
