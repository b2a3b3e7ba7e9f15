#include "importer/markdown_pieces.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace waymark;
using namespace waymark::importer;

namespace {

/// Kind, lines and words of each block, one a line.
std::string told(const std::vector<markup::Block>& blocks) {
  std::string text;
  for (const markup::Block& block : blocks) {
    text += std::to_string(static_cast<int>(block.kind)) + ' ' + std::to_string(block.span.begin.line) + ' ' + std::to_string(block.span.end.line) + ' ' +
            block.text.substr(0, 60);
    for (const markup::Link& link : block.links) text += " -> " + link.target;
    text += '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("a long text in pieces is the text as a whole: nothing torn, every line where it stands, every link where it leads") {
  std::string text = "Before any heading.\n\n";
  for (int i = 0; text.size() < (5u << 20); ++i) {
    const std::string number = std::to_string(i);
    text += "## Part " + number + "\n\n- Reads [the guide][guide] and says what is missing in part " + number + ".\n- Mends it.\n\n";
    text += "```\n\n# no heading, part " + number + "\n\n```\n\n<table><tr><td>\n\n# in a table\n\n</td></tr></table>\n\n<!--\n\n# in a comment\n\n-->\n\n";
    text += std::string(2000, 'w') + " words.\n\n";
  }
  text += "[guide]: guide.md\n";
  const SourceText source("long.md", text);
  const markup::Markdown whole = markup::parse_markdown(source);
  std::string in_pieces;
  std::size_t pieces = 0;
  std::size_t comments = 0;
  parse_in_pieces(source, 1, [&](const markup::Markdown& piece) {
    in_pieces += told(piece.blocks);
    comments += piece.comments.size();
    ++pieces;
  });
  CHECK(pieces >= 4);
  CHECK(comments == whole.comments.size());
  const bool same = in_pieces == told(whole.blocks);
  CHECK(same);
}
