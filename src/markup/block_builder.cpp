#include "markup/block_builder.hpp"

#include <utility>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/node.h>

#include "base/text.hpp"
#include "markup/heading_id.hpp"
#include "markup/html_text.hpp"

// Of the table extension; no installed header declares them.
extern "C" cmark_node_type CMARK_NODE_TABLE;

namespace waymark::markup {
namespace {

constexpr std::size_t bytes_for_any_text = 32u << 20;
constexpr std::size_t bytes_per_byte = 16;

std::string_view view(const cmark_chunk& chunk) { return {reinterpret_cast<const char*>(chunk.data), static_cast<std::size_t>(chunk.len)}; }

Block::Kind kind_of(const cmark_node& node) {
  switch (node.type) {
    case CMARK_NODE_HEADING: return Block::Kind::heading;
    case CMARK_NODE_LIST: return node.as.list.list_type == CMARK_ORDERED_LIST ? Block::Kind::ordered_list : Block::Kind::bullet_list;
    case CMARK_NODE_ITEM: return Block::Kind::list_item;
    case CMARK_NODE_BLOCK_QUOTE: return Block::Kind::block_quote;
    case CMARK_NODE_CODE_BLOCK: return Block::Kind::code_block;
    case CMARK_NODE_THEMATIC_BREAK: return Block::Kind::thematic_break;
    case CMARK_NODE_HTML_BLOCK: return Block::Kind::raw_html;
    default: return node.type == CMARK_NODE_TABLE ? Block::Kind::table : Block::Kind::paragraph;
  }
}

std::size_t count_children(const cmark_node& node) {
  std::size_t count = 0;
  for (const cmark_node* child = node.first_child; child != nullptr; child = child->next) ++count;
  return count;
}

std::string_view alignment_of(std::uint8_t letter) {
  switch (letter) {
    case 'l': return " align=\"left\"";
    case 'c': return " align=\"center\"";
    case 'r': return " align=\"right\"";
    default: return {};
  }
}

}  // namespace

BlockBuilder::BlockBuilder(const SourceText& source, CmarkTree& tree, const LinkTargets& targets, Markdown& markdown, FindingList& findings)
    : m_source(source),
      m_tree(tree),
      m_markdown(markdown),
      m_findings(findings),
      m_places(source),
      m_inlines(source, targets, markdown.comments, findings) {}

void BlockBuilder::build() {
  m_markdown.blocks.reserve(count_children(m_tree.root()));
  for (cmark_node* node = m_tree.root().first_child; node != nullptr; node = node->next) {
    m_html.clear();
    auto block = build(*node, 0, Spacing::loose);
    if (block) m_markdown.blocks.push_back(std::move(*block));
    if (m_bytes > bytes_for_any_text + bytes_per_byte * m_source.text().size()) return;
  }
}

/// Counts the block; what is behind the one that is too much is left out.
bool BlockBuilder::is_full(const Block& block) {
  const std::size_t most = bytes_for_any_text + bytes_per_byte * m_source.text().size();
  if (m_bytes > most) return true;
  m_bytes += sizeof(Block) + block.text.size() + block.html.size();
  for (const Link& link : block.links) m_bytes += sizeof(Link) + link.target.size() + link.text.size();
  if (m_bytes <= most) return false;
  m_findings.add("file-too-dense", Severity::error, block.span,
                 "The page made of this file would be more than 16 times its size; from here on it was left out.", "Nest less, or split the file.");
  return true;
}

std::optional<Block> BlockBuilder::build(cmark_node& node, int depth, Spacing spacing) {
  Block block;
  block.kind = kind_of(node);
  const BlockPlace place = m_places.of(node);
  block.span = place.span;
  const bool is_container = block.kind == Block::Kind::block_quote || block.kind == Block::Kind::list_item;
  if (is_container && ++depth > most_containers) return std::nullopt;

  // A paragraph of a tight list goes on in the line its item began.
  if (block.kind != Block::Kind::paragraph || spacing == Spacing::loose) begin_line();
  const std::size_t html_begin = m_html.size();
  switch (block.kind) {
    case Block::Kind::heading: build_heading(node, place.range, block); break;
    case Block::Kind::bullet_list:
    case Block::Kind::ordered_list: build_list(node, depth, block); break;
    case Block::Kind::block_quote:
      m_html += "<blockquote>\n";
      build_children(node, depth, Spacing::loose, block);
      begin_line();
      m_html += "</blockquote>\n";
      break;
    case Block::Kind::list_item:
      m_html += "<li>";
      build_children(node, depth, spacing, block);
      m_html += "</li>\n";
      break;
    case Block::Kind::code_block: build_code(node, block); break;
    case Block::Kind::table: build_table(node, block); break;
    case Block::Kind::thematic_break: m_html += "<hr />\n"; break;
    case Block::Kind::raw_html: {
      const std::string_view literal = view(node.as.literal);
      if (!m_inlines.read_html_block(place.range, literal, block.span)) return std::nullopt;
      block.text = m_source.text().substr(place.range.begin, place.range.end - place.range.begin);
      break;
    }
    default: build_paragraph(node, place.range, spacing, block); break;
  }
  const bool has_html = block.kind == Block::Kind::heading || (block.kind == Block::Kind::paragraph && spacing == Spacing::tight);
  if (!has_html) take_html(html_begin, block);
  if (is_full(block)) return std::nullopt;
  return block;
}

void BlockBuilder::build_children(cmark_node& node, int depth, Spacing spacing, Block& block) {
  block.children.reserve(count_children(node));
  for (cmark_node* child = node.first_child; child != nullptr; child = child->next) {
    auto built = build(*child, depth, spacing);
    if (built) block.children.push_back(std::move(*built));
  }
  join_children(block);
}

void BlockBuilder::join_children(Block& block) {
  std::size_t length = 0;
  for (const Block& child : block.children) length += child.text.size() + 1;
  block.text.reserve(length);
  for (const Block& child : block.children) {
    block.links.insert(block.links.end(), child.links.begin(), child.links.end());
    if (child.span.end > block.span.end) block.span.end = child.span.end;
    if (child.kind == Block::Kind::raw_html || child.text.empty()) continue;
    if (!block.text.empty()) block.text += ' ';
    block.text += child.text;
  }
}

void BlockBuilder::begin_line() {
  if (!m_html.empty() && m_html.back() != '\n') m_html += '\n';
}

void BlockBuilder::take_html(std::size_t begin, Block& block) {
  std::string_view html = std::string_view(m_html).substr(begin);
  if (html.ends_with('\n')) html.remove_suffix(1);
  block.html = html;
}

void BlockBuilder::write_inlines(cmark_node& leaf, const SourceRange& range, Block& block) {
  if (leaf.content.size == 0) return;
  if (!m_tree.parse_inlines(leaf, block.span.begin.line)) return;
  m_inlines.write(leaf, range, m_html, block);
  while (block.text.ends_with(' ')) block.text.pop_back();
}

void BlockBuilder::build_heading(cmark_node& node, const SourceRange& range, Block& block) {
  block.level = node.as.heading.level;
  const std::string_view content(reinterpret_cast<const char*>(node.content.ptr), static_cast<std::size_t>(node.content.size));
  if (const auto id = heading_id(content)) {
    block.id = id->id;
    node.content.size = static_cast<bufsize_t>(id->begin);
    node.content.ptr[id->begin] = '\0';
  }
  const auto digit = static_cast<char>('0' + block.level);
  m_html += "<h";
  m_html += digit;
  m_html += '>';
  const std::size_t begin = m_html.size();
  write_inlines(node, range, block);
  block.html.assign(m_html, begin);
  m_html += "</h";
  m_html += digit;
  m_html += ">\n";
}

void BlockBuilder::build_paragraph(cmark_node& node, const SourceRange& range, Spacing spacing, Block& block) {
  const std::size_t begin = m_html.size();
  if (spacing == Spacing::loose) m_html += "<p>";
  write_inlines(node, range, block);
  if (spacing == Spacing::loose) {
    m_html += "</p>\n";
  } else {
    block.html.reserve(m_html.size() - begin + 7);
    block.html += "<p>";
    block.html.append(m_html, begin);
    block.html += "</p>";
  }
}

void BlockBuilder::build_code(cmark_node& node, Block& block) {
  std::string_view language = view(node.as.code.info);
  language = language.substr(0, language.find_first_of(" \t\n\v\f\r"));
  const std::string_view code = view(node.as.code.literal);
  m_html += "<pre><code";
  if (!view(node.as.code.info).empty()) {
    m_html += " class=\"language-";
    append_escaped(m_html, language);
    m_html += '"';
  }
  m_html += '>';
  append_escaped(m_html, code);
  m_html += "</code></pre>\n";
  block.text = code.ends_with('\n') ? code.substr(0, code.size() - 1) : code;
}

void BlockBuilder::build_list(cmark_node& node, int depth, Block& block) {
  const bool is_ordered = block.kind == Block::Kind::ordered_list;
  if (!is_ordered) {
    m_html += "<ul>\n";
  } else if (node.as.list.start == 1) {
    m_html += "<ol>\n";
  } else {
    m_html += "<ol start=\"" + std::to_string(node.as.list.start) + "\">\n";
  }
  build_children(node, depth, node.as.list.tight ? Spacing::tight : Spacing::loose, block);
  m_html += is_ordered ? "</ol>\n" : "</ul>\n";
}

void BlockBuilder::build_table(cmark_node& node, Block& block) {
  m_html += "<table>\n";
  block.children.reserve(count_children(node));
  bool has_body = false;
  for (cmark_node* row = node.first_child; row != nullptr; row = row->next) {
    const bool is_header = row == node.first_child;
    if (is_header) {
      m_html += "<thead>\n";
    } else if (!has_body) {
      m_html += "<tbody>\n";
      has_body = true;
    }
    block.children.push_back(build_row(*row, block, is_header ? "th" : "td"));
    m_html += is_header ? "</thead>\n" : "";
    if (is_full(block.children.back())) break;
  }
  m_html += has_body ? "</tbody>\n</table>\n" : "</table>\n";
  join_children(block);
}

Block BlockBuilder::build_row(cmark_node& row, const Block& table, std::string_view cell_tag) {
  Block block;
  block.kind = Block::Kind::table_row;
  const BlockPlace place = m_places.of_row(row, table.span.begin.line);
  block.span = place.span;
  const std::size_t columns = cmark_gfm_extensions_get_table_columns(row.parent);
  const std::uint8_t* const alignments = cmark_gfm_extensions_get_table_alignments(row.parent);
  const std::vector<BlockPlace> places = m_places.of_cells(place, columns);

  const std::size_t row_begin = m_html.size();
  m_html += "<tr>\n";
  block.children.reserve(columns);
  std::size_t column = 0;
  for (cmark_node* node = row.first_child; node != nullptr && column < columns; node = node->next, ++column) {
    Block cell;
    cell.kind = Block::Kind::table_cell;
    cell.span = places[column].span;
    m_html += '<';
    m_html += cell_tag;
    m_html += alignment_of(alignments[column]);
    m_html += '>';
    const std::size_t begin = m_html.size();
    write_inlines(*node, places[column].range, cell);
    cell.html.assign(m_html, begin);
    m_html += "</";
    m_html += cell_tag;
    m_html += ">\n";
    if (is_full(cell)) break;
    block.children.push_back(std::move(cell));
  }
  m_html += "</tr>\n";
  take_html(row_begin, block);
  join_children(block);
  return block;
}

}  // namespace waymark::markup
