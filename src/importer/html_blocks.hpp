/// HTML, a whole page or a piece inside Markdown → the blocks that Markdown gives, with the lines of the source. Parsed as browsers do (gumbo), so that
/// HTML that never closes gives what was there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "markup/markdown.hpp"

namespace waymark::importer {

/// The level of a table's block when no cell says that it is a heading.
inline constexpr int no_header = 1;

enum class HtmlExtent {
  page,      ///< navigation, headers and footers are looked for and left out
  fragment,  ///< all of it is text; comments are somebody else's
};

struct HtmlBlocks {
  struct LeftOut {
    std::string text;
    std::string_view reason;
    std::size_t first_line = 0;
    std::size_t last_line = 0;
  };

  std::vector<markup::Block>
      blocks;  ///< as parse_markdown gives them; a cell may have blocks as children, and cells made of one cell of the source the same id
  std::vector<LeftOut> left_out;   ///< in the order of the page
  std::vector<std::string> links;  ///< of the whole page, navigation included
  std::string title;               ///< of the window; may be empty
  std::size_t title_line = 0;
  std::string note;  ///< what had to be passed over to keep within bounds; empty mostly
};

/// Never fails. Time and memory are linear in the input: nesting past 200 is passed over.
[[nodiscard]] HtmlBlocks html_blocks(std::string_view html, std::size_t first_line, HtmlExtent extent);

}  // namespace waymark::importer
