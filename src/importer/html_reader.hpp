/// An HTML page → outline; navigation, scripts and footers set aside.
#pragma once

#include "base/folder.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

/// Reads one page into `outline`. Never fails.
void read_html_page(const FolderFile& file, SourceOutline& outline);

}  // namespace waymark::importer
