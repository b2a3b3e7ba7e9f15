#include "importer/markdown_pieces.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/parallel.hpp"
#include "base/text.hpp"

namespace waymark::importer {
namespace {

constexpr std::size_t piece_bytes = 1u << 20;
constexpr std::size_t shortest_long_text = 4 * piece_bytes;
constexpr std::size_t pieces_at_once = 8;
constexpr std::size_t most_definition_bytes = 1u << 16;

struct Piece {
  std::size_t first_line = 1;
  std::size_t end_line = 1;  ///< behind the last
};

bool is_heading(std::string_view line) {
  const std::size_t marks = line.find_first_not_of('#');
  return marks != std::string_view::npos && marks >= 1 && marks <= 6 && line[marks] == ' ';
}

bool is_definition(std::string_view line) {
  const std::size_t close = line.find("]:");
  return line.starts_with('[') && close != std::string_view::npos && line.find(']') == close;
}

class Cutter {
 public:
  Cutter(const SourceText& source, std::size_t first_line) : m_source(source), m_first_line(first_line) {}

  std::vector<Piece> cut() {
    const std::size_t end = m_source.line_count() + 1;
    std::vector<Piece> pieces{{m_first_line, end}};
    for (std::size_t line = m_first_line; line < end; ++line) {
      const std::string_view text = m_source.line(line);
      const bool may_begin = is_open_ground() && line > m_first_line && is_heading(text) && trim(m_source.line(line - 1)).empty();
      if (may_begin && m_source.line_start(line) - m_source.line_start(pieces.back().first_line) >= piece_bytes) {
        pieces.back().end_line = line;
        pieces.push_back({line, end});
      }
      step_over(text);
      if (is_definition(text) && m_definitions.size() + text.size() < most_definition_bytes) m_definitions += std::string(text) + '\n';
    }
    return pieces;
  }

  [[nodiscard]] const std::string& definitions() const { return m_definitions; }

 private:
  [[nodiscard]] bool is_open_ground() const { return m_fence.empty() && !m_in_comment && m_tables == 0; }

  void step_over(std::string_view text) {
    const std::string_view words = trim(text);
    if (!m_fence.empty()) {
      if (words.starts_with(m_fence)) m_fence = {};
      return;
    }
    if (words.starts_with("```") || words.starts_with("~~~")) m_fence = words.substr(0, 3);
    const std::size_t opens = text.rfind("<!--");
    const std::size_t closes = text.rfind("-->");
    if (opens != std::string_view::npos && (closes == std::string_view::npos || closes < opens)) m_in_comment = true;
    if (closes != std::string_view::npos && (opens == std::string_view::npos || opens < closes)) m_in_comment = false;
    if (words.starts_with("<table")) ++m_tables;
    if (m_tables > 0 && words.find("</table") != std::string_view::npos) --m_tables;
  }

  const SourceText& m_source;
  std::size_t m_first_line;
  std::string_view m_fence;
  bool m_in_comment = false;
  int m_tables = 0;
  std::string m_definitions;
};

void shift(Span& span, std::size_t lines) {
  span.begin.line += lines;
  span.end.line += lines;
}

void shift(markup::Block& block, std::size_t lines) {
  shift(block.span, lines);
  for (markup::Link& link : block.links) shift(link.span, lines);
  for (markup::Block& child : block.children) shift(child, lines);
}

markup::Markdown parse(const SourceText& source, const Piece& piece, const std::string& definitions) {
  const std::size_t begin = source.line_start(piece.first_line);
  const std::size_t end = piece.end_line > source.line_count() ? source.text().size() : source.line_start(piece.end_line);
  std::string text(source.text().substr(begin, end - begin));
  if (!definitions.empty()) text += "\n\n" + definitions;
  markup::Markdown markdown = markup::parse_markdown(SourceText(source.name(), text));
  const std::size_t lines = piece.first_line - 1;
  for (markup::Block& block : markdown.blocks) shift(block, lines);
  for (markup::Comment& comment : markdown.comments) shift(comment.span, lines);
  for (Finding& finding : markdown.findings) shift(finding.span, lines);
  return markdown;
}

}  // namespace

void parse_in_pieces(const SourceText& source, std::size_t first_line, const std::function<void(markup::Markdown&)>& read) {
  if (source.text().size() < shortest_long_text || first_line > source.line_count()) {
    markup::Markdown whole = markup::parse_markdown(source, first_line);
    read(whole);
    return;
  }
  Cutter cutter(source, first_line);
  const std::vector<Piece> pieces = cutter.cut();
  for (std::size_t from = 0; from < pieces.size(); from += pieces_at_once) {
    std::vector<markup::Markdown> parsed(std::min(pieces_at_once, pieces.size() - from));
    parallel_for(parsed.size(), [&](std::size_t i) { parsed[i] = parse(source, pieces[from + i], cutter.definitions()); });
    for (markup::Markdown& markdown : parsed) read(markdown);
  }
}

}  // namespace waymark::importer
