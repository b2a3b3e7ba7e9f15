/// A table of a Markdown file → parts: a level's column or row becomes that level, any other column a grouping. Cells become statements, never cells again.
#pragma once

#include "importer/outline_builder.hpp"
#include "markup/markdown.hpp"

namespace waymark::importer {

/// REQUIRES `table.kind` is table.
void read_table(const markup::Block& table, const std::string& file, OutlineBuilder& builder);

}  // namespace waymark::importer
