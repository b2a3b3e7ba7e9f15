/// What a page says about itself in front of its text.
#pragma once

#include "base/source_text.hpp"
#include "importer/outline.hpp"
#include "importer/outline_builder.hpp"

namespace waymark::importer {

/// Title, description, order and draft mark go into `document` and `builder`; every other text in it is set aside, and named. Broken front matter is read line by
/// line as far as possible. Returns the first line behind it.
[[nodiscard]] std::size_t read_front_matter(const SourceText& source, Document& document, OutlineBuilder& builder);

}  // namespace waymark::importer
