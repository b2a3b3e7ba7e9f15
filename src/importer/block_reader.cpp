#include "importer/block_reader.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "importer/data_reader.hpp"
#include "importer/entities.hpp"
#include "importer/grid.hpp"
#include "importer/html_blocks.hpp"
#include "importer/sentence_finder.hpp"

namespace waymark::importer {
namespace {

using markup::Block;

constexpr std::size_t longest_bold_heading = 8;  ///< words
constexpr std::string_view no_break_space = "\xC2\xA0";

/// Says nothing beside links to other places of the same source.
bool is_navigation(const Block& block) {
  if (block.links.empty()) return false;
  std::size_t at = 0;
  for (const markup::Link& link : block.links) {
    const std::size_t found = block.text.find(link.text, at);
    if (!is_internal_link(link.target) || found == std::string::npos || has_letters(std::string_view(block.text).substr(at, found - at)))
      return false;
    at = found + link.text.size();
  }
  return !has_letters(std::string_view(block.text).substr(at));
}

std::string_view without_paragraph(std::string_view html) {
  html = trim(html);
  if (html.starts_with("<p>") && html.ends_with("</p>")) html = trim(html.substr(3, html.size() - 7));
  return html;
}

/// Where a short bold opening ends in `html`, when nothing follows it but words in italics; npos otherwise.
std::size_t end_of_bold_heading(std::string_view html) {
  if (!html.starts_with("<strong>")) return std::string_view::npos;
  const std::size_t end = html.find("</strong>");
  if (end == std::string_view::npos) return end;
  const std::string_view rest = trim(html.substr(end + 9));
  const bool in_italics = rest.starts_with("<em>") && rest.ends_with("</em>") && rest.find("</em>") + 5 == rest.size();
  return rest.empty() || rest == ":" || in_italics ? end + 9 : std::string_view::npos;
}

std::string without_tags(std::string_view html) {
  std::string text;
  bool in_tag = false;
  for (const char c : html) {
    if (c == '<') in_tag = true;
    if (!in_tag) text += c;
    if (c == '>') in_tag = false;
  }
  return collapse_white_space(decode_entities(text));
}

/// Says nothing that the text does not.
bool is_plain(std::string_view html) {
  html = without_paragraph(html);
  return html.find('<') == std::string_view::npos;
}

bool is_balanced(std::string_view html) {
  int open = 0;
  for (std::size_t at = 0; (at = html.find('<', at)) != std::string_view::npos; ++at) open += html.substr(at).starts_with("</") ? -1 : 1;
  return open == 0;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; at += part.size()) ++found;
  return found;
}

}  // namespace

SourcePlace BlockReader::place(const Span& span) const {
  return place(span.begin.line, span.end.column <= 1 && span.end.line > span.begin.line ? span.end.line - 1 : span.end.line);
}

void BlockReader::cover(std::size_t first, std::size_t last) {
  for (std::size_t line = first; line <= last && line < m_covered.size(); ++line) m_covered[line] = true;
}

void BlockReader::set_aside(std::string_view text, const SourcePlace& at, std::string_view reason) {
  cover(at.first_line, at.last_line);
  SentenceFinder finder(m_source, at.first_line, at.last_line);
  const std::string words = collapse_white_space(replace_all(std::string(text), line_break, " "));
  for (const std::string_view sentence : sentences(words)) {
    const std::size_t line = finder.line_of(sentence);
    m_builder.set_aside(place(line, line), std::string(sentence), reason);
  }
}

void BlockReader::read(const std::vector<Block>& blocks) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].kind == Block::Kind::raw_html) {
      i = read_html(blocks, i);
    } else {
      read_block(blocks[i]);
    }
  }
}

void BlockReader::read_block(const Block& block) {
  switch (block.kind) {
    case Block::Kind::heading:
      cover(block.span.begin.line, place(block.span).last_line);
      m_builder.heading(block.level, replace_all(block.text, line_break, " "), place(block.span));
      break;
    case Block::Kind::paragraph: read_paragraph(block); break;
    case Block::Kind::bullet_list:
    case Block::Kind::ordered_list:
      note_links(block);
      for (Statement& item : items(block)) m_builder.add(std::move(item));
      break;
    case Block::Kind::block_quote: read_quotation(block); break;
    case Block::Kind::code_block: read_code(block); break;
    case Block::Kind::table:
      note_links(block);
      cover(block.span.begin.line, place(block.span).last_line);
      read_grid(block, *this);
      break;
    case Block::Kind::raw_html: read({block}); break;
    case Block::Kind::thematic_break: cover(block.span.begin.line, block.span.end.line); break;
    default: m_builder.add(statement(block, Statement::Kind::paragraph)); break;
  }
}

void BlockReader::read_paragraph(const Block& block) {
  note_links(block);
  if (is_navigation(block)) {
    set_aside(block.text, place(block.span), "navigation");
    return;
  }
  const std::string_view html = without_paragraph(block.html);
  const std::size_t bold_end = end_of_bold_heading(html);
  if (bold_end != std::string_view::npos) {
    const std::string title = without_tags(html.substr(0, bold_end));
    const std::string rest = without_tags(html.substr(bold_end));
    const auto words = static_cast<std::size_t>(std::count(title.begin(), title.end(), ' ')) + 1;
    if (words <= longest_bold_heading && !title.ends_with('.') && has_letters(title) && (rest.empty() || rest == ":" || has_letters(rest))) {
      const SourcePlace at = place(block.span);
      cover(at.first_line, at.last_line);
      m_builder.bold_heading(title, at);
      if (has_letters(rest)) {
        SentenceFinder finder(m_source, at.first_line, at.last_line);
        m_builder.add(text_statement(rest, {}, at, Statement::Kind::paragraph, finder));
      }
      return;
    }
  }
  for (Statement& line : lines_of(block, Statement::Kind::paragraph)) m_builder.add(std::move(line));
}

void BlockReader::note_links(const Block& block) {
  for (const markup::Link& link : block.links) {
    if (is_internal_link(link.target)) m_document.links.push_back(link.target);
  }
}

Statement BlockReader::text_statement(std::string_view text, std::string_view html, const SourcePlace& at, Statement::Kind kind,
                                      SentenceFinder& finder) {
  Statement result;
  result.kind = kind;
  result.text = collapse_white_space(replace_all(replace_all(std::string(text), no_break_space, " "), line_break, " "));
  if (!is_plain(html)) result.html = replace_all(std::string(html), line_break, " ");
  result.place = at;
  for (const std::string_view sentence : sentences(result.text)) {
    const std::size_t line = finder.line_of(sentence);
    result.sentences.push_back(m_outline.add(place(line, line), std::string(sentence)));
  }
  return result;
}

Statement BlockReader::statement(const Block& block, Statement::Kind kind) {
  const SourcePlace at = place(block.span);
  // A block whose words the parser gave up on stays uncovered, and so is named.
  if (!trim(block.text).empty()) cover(at.first_line, at.last_line);
  SentenceFinder finder(m_source, at.first_line, at.last_line);
  return text_statement(block.text, block.html, at, kind, finder);
}

std::vector<Statement> BlockReader::lines_of(const Block& block, Statement::Kind kind) {
  std::vector<Statement> result;
  const bool is_cell = block.kind == Block::Kind::table_cell;
  if (block.text.find(line_break) == std::string::npos) {
    const std::string_view text = trim(block.text);
    const std::size_t mark = is_cell ? bullet_length(text) : 0;
    if (mark == 0) {
      result.push_back(statement(block, kind));
      return result;
    }
  }
  const SourcePlace at = place(block.span);
  cover(at.first_line, at.last_line);
  SentenceFinder finder(m_source, at.first_line, at.last_line);
  const auto parts_of = [](std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0;;) {
      const std::size_t end = text.find(line_break, from);
      parts.push_back(text.substr(from, end == std::string_view::npos ? end : end - from));
      if (end == std::string_view::npos) return parts;
      from = end + line_break.size();
    }
  };
  const std::vector<std::string_view> texts = parts_of(block.text);
  const std::vector<std::string_view> htmls = parts_of(without_paragraph(block.html));
  std::size_t bullets = 0;
  for (const std::string_view text : texts) bullets += bullet_length(trim(text)) > 0 ? 1 : 0;
  // Without bullets a broken line of running text is one statement still; of a cell, where each line could be one.
  const bool lines_are_points = is_cell && std::all_of(texts.begin(), texts.end(), [](std::string_view text) {
                                  return trim(text).empty() || std::count(trim(text).begin(), trim(text).end(), ' ') >= 2;
                                });
  if (bullets == 0 && !lines_are_points) {
    result.push_back(text_statement(block.text, block.html, at, kind, finder));
    return result;
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string_view text = trim(texts[i]);
    if (!has_letters(text)) continue;
    const std::size_t mark = bullet_length(text);
    const bool keeps_html = mark == 0 && htmls.size() == texts.size() && is_balanced(htmls[i]);
    const bool is_item = mark > 0 || (is_cell && bullets == 0);
    result.push_back(text_statement(text.substr(mark), keeps_html ? htmls[i] : std::string_view(), at,
                                    is_item ? Statement::Kind::item : Statement::Kind::paragraph, finder));
  }
  return result;
}

void BlockReader::read_code(const Block& block) {
  const SourcePlace at = place(block.span);
  std::vector<Part> parts;
  std::vector<Statement> statements;
  const bool fenced = at.first_line < m_source.line_count() && trim(m_source.line(at.first_line)).find_first_of("`~") == 0;
  if (fenced && read_data_block(m_source, at.first_line + 1, at.last_line, m_outline, parts, statements)) {
    cover(at.first_line, at.last_line);
    for (Statement& each : statements) m_builder.add(std::move(each));
    for (Part& part : parts) m_builder.add_part(std::move(part));
    return;
  }
  m_builder.add(code(block));
}

Statement BlockReader::code(const Block& block) {
  const SourcePlace at = place(block.span);
  cover(at.first_line, at.last_line);
  Statement result{Statement::Kind::code, block.text, {}, at, {}, {}, false};
  std::size_t line = at.first_line;
  const std::string_view fence = m_source.line(line);
  const std::size_t mark = std::min(fence.find("```"), fence.find("~~~"));
  if (mark != std::string_view::npos) {
    const std::size_t behind = fence.find_first_not_of("`~", mark);
    const std::string_view language = trim(fence.substr(std::min(behind, fence.size())));
    if (language.find(' ') != std::string_view::npos)
      m_builder.set_aside(place(line, line), std::string(language), "what stands behind the mark of a code block");
    ++line;
  }
  for (const std::string_view words : split(block.text, '\n')) {
    const std::size_t here = std::min(line++, at.last_line);
    if (has_letters(words)) result.sentences.push_back(m_outline.add(place(here, here), collapse_white_space(words)));
  }
  return result;
}

/// The items of a list. One that only leads somewhere is set aside; what is nested in it takes its place.
std::vector<Statement> BlockReader::items(const Block& list) {
  std::vector<Statement> result;
  const auto kind = list.kind == Block::Kind::ordered_list ? Statement::Kind::numbered_item : Statement::Kind::item;
  for (const Block& item : list.children) {
    Statement made;
    made.kind = kind;
    made.place = place(item.span);
    made.place.last_line = made.place.first_line;
    bool has_own_words = false;
    for (const Block& block : item.children) {
      if (block.kind == Block::Kind::paragraph && !has_own_words && made.children.empty()) {
        if (is_navigation(block)) {
          set_aside(block.text, place(block.span), "navigation");
          continue;
        }
        std::vector<Statement> children = std::move(made.children);
        made = statement(block, kind);
        made.children = std::move(children);
        has_own_words = true;
      } else {
        add_child(block, made);
      }
    }
    if (has_own_words) {
      result.push_back(std::move(made));
    } else {
      std::move(made.children.begin(), made.children.end(), std::back_inserter(result));
    }
  }
  return result;
}

void BlockReader::add_child(const Block& block, Statement& item) { flatten(block, item.children); }

/// As statements, whatever it is: where no heading can stand.
void BlockReader::flatten(const Block& block, std::vector<Statement>& into) {
  switch (block.kind) {
    case Block::Kind::bullet_list:
    case Block::Kind::ordered_list:
      for (Statement& child : items(block)) into.push_back(std::move(child));
      break;
    case Block::Kind::block_quote:
    case Block::Kind::table:
    case Block::Kind::table_row:
      for (const Block& child : block.children) flatten(child, into);
      break;
    case Block::Kind::raw_html:
      cover(block.span.begin.line, place(block.span).last_line);
      for (const Block& child : blocks_of_html(block.text, block.span.begin.line)) flatten(child, into);
      break;
    case Block::Kind::table_cell:
      for (Statement& child : say(block)) into.push_back(std::move(child));
      break;
    case Block::Kind::code_block: into.push_back(code(block)); break;
    case Block::Kind::thematic_break: break;
    case Block::Kind::paragraph:
      if (is_navigation(block)) {
        set_aside(block.text, place(block.span), "navigation");
        break;
      }
      [[fallthrough]];
    default:
      if (trim(block.text).empty()) break;
      for (Statement& child : lines_of(block, Statement::Kind::paragraph)) into.push_back(std::move(child));
  }
}

void BlockReader::read_quotation(const Block& quote) {
  for (const Block& block : quote.children) {
    if (block.kind == Block::Kind::paragraph) {
      note_links(block);
      m_builder.add(statement(block, Statement::Kind::quotation));
    } else {
      read({block});
    }
  }
}

std::vector<Statement> BlockReader::say(const Block& cell) {
  if (!cell.id.empty()) {
    if (const auto known = m_shared_cells.find(cell.id); known != m_shared_cells.end()) return known->second;
  }
  std::vector<Statement> said;
  if (cell.children.empty()) {
    said = lines_of(cell, Statement::Kind::item);
  } else {
    for (const Block& block : cell.children) flatten(block, said);
    // Paragraphs of a cell are its points, unless they lead up to a list.
    const bool no_items = std::none_of(said.begin(), said.end(), [](const Statement& each) { return each.is_item(); });
    if (no_items) {
      for (Statement& each : said) {
        if (each.kind == Statement::Kind::paragraph) each.kind = Statement::Kind::item;
      }
    }
  }
  if (!cell.id.empty()) m_shared_cells.emplace(cell.id, said);
  return said;
}

std::string BlockReader::without_comments(std::string_view html, std::size_t first_line, std::size_t last_line) const {
  std::string text(html);
  if (m_comments == nullptr) return text;
  std::size_t at = 0;
  const auto first = std::lower_bound(m_comments->begin(), m_comments->end(), first_line,
                                      [](const markup::Comment& comment, std::size_t line) { return comment.span.begin.line < line; });
  for (auto comment = first; comment != m_comments->end() && comment->span.begin.line <= last_line; ++comment) {
    const std::string words = collapse_white_space(comment->text);
    for (std::size_t open = at; (open = text.find("<!--", open)) != std::string::npos; ++open) {
      const std::size_t close = text.find("-->", open + 4);
      const std::size_t end = close == std::string::npos ? text.size() : close + 3;
      const std::string inside = collapse_white_space(std::string_view(text).substr(open + 4, (close == std::string::npos ? end : close) - open - 4));
      if (inside != words) continue;
      for (std::size_t i = open; i < end; ++i) {
        if (text[i] != '\n') text[i] = ' ';
      }
      at = end;
      break;
    }
  }
  return text;
}

std::vector<Block> BlockReader::blocks_of_html(std::string_view html, std::size_t first_line) {
  const auto lines = static_cast<std::size_t>(std::count(html.begin(), html.end(), '\n'));
  HtmlBlocks parsed = html_blocks(without_comments(html, first_line, first_line + lines), first_line, HtmlExtent::fragment);
  for (const HtmlBlocks::LeftOut& left : parsed.left_out) set_aside(left.text, place(left.first_line, left.last_line), left.reason);
  return std::move(parsed.blocks);
}

/// A blank line ends raw HTML for Markdown, but not the table that it stands in.
std::size_t BlockReader::read_html(const std::vector<Block>& blocks, std::size_t at) {
  std::size_t last = at;
  std::size_t open = 0;
  std::size_t close = 0;
  for (std::size_t i = at; i < blocks.size(); ++i) {
    if (blocks[i].kind == Block::Kind::raw_html) {
      const std::string lower = to_lower_ascii(blocks[i].text);
      open += count(lower, "<table");
      close += count(lower, "</table");
      if (open == 0) break;
      last = i;
      if (close >= open) break;
    }
  }
  if (close < open) last = at;  // never closed: nothing behind it is swallowed
  const std::size_t first_line = blocks[at].span.begin.line;
  const std::size_t last_line = place(blocks[last].span).last_line;
  std::string html = blocks[at].text;
  if (last > at) {
    html.clear();
    for (std::size_t line = first_line; line <= last_line; ++line) html += std::string(m_source.line(line)) + '\n';
  }
  cover(first_line, last_line);
  for (const Block& block : blocks_of_html(html, first_line)) read_block(block);
  return last;
}

}  // namespace waymark::importer
