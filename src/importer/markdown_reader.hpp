/// Markdown files by headings, lists and tables → outline. Also what stands in them as front matter, raw HTML and data.
#pragma once

#include "base/folder.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

/// Reads one file into `outline`. Never fails: what cannot be read becomes a question with its place, and every line with words is a sentence of the outline.
void read_markdown(const FolderFile& file, SourceOutline& outline);

}  // namespace waymark::importer
