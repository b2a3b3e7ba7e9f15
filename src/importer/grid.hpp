/// A table, from Markdown, HTML or a spreadsheet → parts: levels may be its columns or its rows, each once or one row a criterion. Cells become statements, never
/// cells again.
#pragma once

#include "importer/block_reader.hpp"
#include "markup/markdown.hpp"

namespace waymark::importer {

/// REQUIRES `table.kind` is table. Rows may differ in length.
void read_grid(const markup::Block& table, BlockReader& reader);

}  // namespace waymark::importer
