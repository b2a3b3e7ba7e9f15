/// Inside read_page(): what a YAML file and links say. Not for other files.
#pragma once

#include "editor/page.hpp"
#include "markup/markdown.hpp"
#include "markup/yaml.hpp"

namespace waymark::editor::reading {

/// A scalar's letters without its quotes; empty when the source does not hold them as they are (escapes, several lines).
[[nodiscard]] Span letters_of(const SourceText& source, const markup::YamlNode& scalar);

void read_front_matter(Page& page, const markup::YamlNode& root);
void read_manifest(Page& page, const markup::YamlNode& root);

/// Links as cmark gives them, and the targets of `[name]: target` lines.
void read_links(Page& page, const std::vector<markup::Block>& blocks);

/// The occurrences inside a link's target that stands at `span`.
void read_target(Page& page, const Span& span);

}  // namespace waymark::editor::reading
