/// A long Markdown text, parsed piece by piece: so that no tree of all of it is ever in memory, and the cores share the work.
#pragma once

#include <functional>

#include "base/source_text.hpp"
#include "markup/markdown.hpp"

namespace waymark::importer {

/// Calls `read` for the pieces of `source` behind `first_line`, in order, with lines counted in `source`; a text of ordinary length is one piece. A piece begins
/// at a heading that stands after an empty line and outside code and comments, so that nothing is torn apart; links find the addresses defined in other pieces.
void parse_in_pieces(const SourceText& source, std::size_t first_line, const std::function<void(markup::Markdown&)>& read);

}  // namespace waymark::importer
