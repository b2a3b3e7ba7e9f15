/// What site generators add to Markdown, taken out before it is parsed: shortcodes and template tags (Hugo, Jekyll, Liquid), admonition markers (Docusaurus,
/// MkDocs), attribute lists. Lines stay where they are.
#pragma once

#include <string>
#include <vector>

#include "base/source_text.hpp"

namespace waymark::importer {

struct CleanedSource {
  struct Removed {
    std::size_t line = 0;
    std::string words;  ///< what the button or card says, or the tag itself; may be empty
    std::string link;   ///< where it leads; empty for a tag that is no navigation
  };

  std::string text;              ///< as many lines as the source
  std::vector<Removed> removed;  ///< tags that only lead somewhere, and those that a template would fill
};

/// The words of a tag that leads nowhere (the title of a call-out) stay as text in its place.
[[nodiscard]] CleanedSource clean_source(const SourceText& source);

}  // namespace waymark::importer
