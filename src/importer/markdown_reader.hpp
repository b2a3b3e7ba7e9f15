/// Markdown files by headings and lists → outline. Also what stands in them as front matter, tables and raw HTML.
#pragma once

#include "base/folder.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

/// The extensions of the files it reads.
[[nodiscard]] const std::vector<std::string>& markdown_extensions();

/// Reads one file into `outline`. Never fails: what cannot be read becomes a question with its place, and every line with words is a sentence of the outline.
void read_markdown(const FolderFile& file, SourceOutline& outline);

}  // namespace waymark::importer
