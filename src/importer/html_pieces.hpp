/// The words of raw HTML that stands inside Markdown, piece by piece with their lines. Forgiving: HTML that never closes gives what was there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waymark::importer {

struct HtmlPiece {
  enum class Kind {
    paragraph,
    item,
    heading,
    cell,
    header_cell,
    comment,
    hidden,  ///< in a script, style, head or the like
  };
  Kind kind = Kind::paragraph;
  int level = 0;     ///< of a heading
  std::string text;  ///< plain, on one line, never empty
  std::size_t first_line = 0;
  std::size_t last_line = 0;
  std::vector<std::string> links;
  bool is_all_link = false;  ///< says nothing beside its links
};

[[nodiscard]] std::vector<HtmlPiece> html_pieces(std::string_view html, std::size_t first_line);

/// `&amp;`, `&#233;`, `&nbsp;` …; unknown ones stay as they are. A no-break space becomes a space.
[[nodiscard]] std::string decode_entities(std::string_view text);

}  // namespace waymark::importer
