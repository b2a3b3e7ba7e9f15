/// YAML and JSON in any nesting → outline: a thing with a title is a part, a text is a statement, lists of criteria that name their level are put together by
/// level, and what is pointed to is said where it is pointed from.
#pragma once

#include <vector>

#include "base/source_text.hpp"
#include "importer/data_references.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

/// Each file becomes a document. `files` is by path; `sources` has their text, in the same order. Never fails: what points in a circle or nowhere is a question.
void read_data_files(const std::vector<DataFile>& files, const std::vector<SourceText>& sources, SourceOutline& outline);

/// Data inside another file, in lines [first_line, end_line): front matter, a block of code. False, and nothing done, when it is none or holds next to no text.
[[nodiscard]] bool read_data_block(const SourceText& source, std::size_t first_line, std::size_t end_line, SourceOutline& outline,
                                   std::vector<Part>& parts, std::vector<Statement>& statements, Part* whole = nullptr);

}  // namespace waymark::importer
