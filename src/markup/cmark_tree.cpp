#include "markup/cmark_tree.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>

#include "markup/container_markers.hpp"

namespace waymark::markup {
namespace {

// Steps are what a loop of cmark does once, one to five nanoseconds.
constexpr std::uint64_t steps_for_any_text = 1u << 28;
constexpr std::uint64_t steps_per_byte = 64;
// Blocks this short are not worth counting.
constexpr std::size_t short_content = 128;
constexpr std::size_t most_columns = 256;
// What cmark may hold for the blocks of a text, and for the inline content of one block.
constexpr std::size_t memory_for_any_text = 64u << 20;
constexpr std::size_t memory_per_byte = 16;
constexpr std::size_t most_bytes = 64u << 20;

struct Extensions {
  cmark_syntax_extension* table;
  cmark_syntax_extension* strikethrough;
  cmark_syntax_extension* autolink;
};

// cmark_parser_finish would switch the extensions' special characters on and off in a global table at every call, which threads would see
// of each other. So they are on for good, and finish is never called: see close_open_blocks and parse_inlines.
const Extensions& extensions() {
  static const Extensions found = [] {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_inlines_add_special_character('~', true);
    cmark_inlines_add_special_character(':', false);
    cmark_inlines_add_special_character('w', false);
    return Extensions{cmark_find_syntax_extension("table"), cmark_find_syntax_extension("strikethrough"), cmark_find_syntax_extension("autolink")};
  }();
  return found;
}

// What the inline parser does at a character, at worst: low half, how often it looks through the rest of the block (at an `@` the email
// autolink copies it, which is dear); high half, that it makes a node.
constexpr std::uint64_t one_node = std::uint64_t{1} << 32;
constexpr std::array<std::uint64_t, 256> cost_of_character = [] {
  std::array<std::uint64_t, 256> cost{};
  for (const char each : std::string_view("[]()<&`*_~:\\")) cost[static_cast<unsigned char>(each)] += 1;
  for (const char each : std::string_view("[]<&`*_~:\\!w\n@")) cost[static_cast<unsigned char>(each)] += one_node;
  cost[static_cast<unsigned char>('@')] += 8;
  return cost;
}();
// A domain is decoded character by character, which takes longer than to look.
constexpr std::uint64_t looks_at_www = 8;
// The character's node, the one of the text before it, and what stands on the stacks of delimiters and brackets.
constexpr std::uint64_t bytes_of_nodes = 500;

std::string_view content_of(const cmark_node& node) {
  return {reinterpret_cast<const char*>(node.content.ptr), static_cast<std::size_t>(node.content.size)};
}

struct InlineCost {
  std::uint64_t steps = 0;
  std::uint64_t bytes = 0;
};

InlineCost cost_of_inlines(std::string_view content, std::size_t longest_reference) {
  if (content.size() <= short_content && longest_reference <= short_content) return {};
  std::uint64_t cost = 0;
  std::uint64_t brackets = 0;
  for (std::size_t i = 0; i < content.size(); ++i) {
    const char each = content[i];
    cost += cost_of_character[static_cast<unsigned char>(each)];
    if (each == ']') ++brackets;
    if (each == 'w' && content.substr(i).starts_with("www.")) cost += looks_at_www;
  }
  const std::uint64_t looks = cost % one_node;
  const std::uint64_t nodes = cost / one_node;
  const std::uint64_t copied = brackets * longest_reference;
  return {looks * content.size() + copied, nodes * bytes_of_nodes + copied};
}

}  // namespace

CmarkTree::CmarkTree(const SourceText& source, std::size_t first_line, FindingList& findings) : m_source(source), m_findings(findings) {
  const Extensions& known = extensions();
  const CmarkArena::Use use(m_arena);
  m_parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, CmarkArena::memory());
  cmark_parser_attach_syntax_extension(m_parser, known.table);
  cmark_parser_attach_syntax_extension(m_parser, known.strikethrough);
  cmark_parser_attach_syntax_extension(m_parser, known.autolink);
  m_root = m_parser->root;
  m_allowance = steps_for_any_text + steps_per_byte * source.text().size();
  // cmark counts from the line after this one.
  m_parser->line_number = static_cast<int>(first_line) - 1;

  if (source.text().size() > most_bytes) {
    refuse_density(1, "The file is larger than 64 MB.", "Split it.");
  } else {
    read(first_line);
  }
  close_open_blocks();
  prepare_references();
  m_blocks_end = m_arena.mark();
}

void CmarkTree::read(std::size_t first_line) {
  for (std::size_t line = first_line; line <= m_source.line_count(); ++line) {
    const std::string_view text = m_source.line(line);
    const std::size_t end = m_source.line_start(line) + text.size();
    // A refused line becomes an empty one, which keeps the count and ends what it would have continued.
    if (!is_acceptable(line, text)) {
      feed("\n");
    } else if (end < m_source.text().size()) {
      feed(m_source.text().substr(m_source.line_start(line), text.size() + 1));
    } else {
      feed(text);
      feed("\n");
    }
    if (has_run_away(line)) return;
  }
}

std::size_t CmarkTree::most_memory() const { return memory_for_any_text + memory_per_byte * m_source.text().size(); }

void CmarkTree::feed(std::string_view text) { cmark_parser_feed(m_parser, text.data(), text.size()); }

bool CmarkTree::pay(std::uint64_t steps) {
  if (steps > m_allowance) return false;
  m_allowance -= steps;
  return true;
}

/// In code or HTML that stands in no container a line is only text, unless it is the one that ends it.
bool CmarkTree::in_top_level_literal() const {
  const cmark_node& open = *m_parser->current;
  if (open.parent != m_root) return false;
  return (open.type == CMARK_NODE_CODE_BLOCK && open.as.code.fenced != 0) || (open.type == CMARK_NODE_HTML_BLOCK && open.as.html_block_type <= 5);
}

int CmarkTree::container_depth() const {
  int depth = 0;
  for (const cmark_node* node = m_parser->current; node != nullptr; node = node->parent) {
    depth += node->type == CMARK_NODE_BLOCK_QUOTE || node->type == CMARK_NODE_ITEM ? 1 : 0;
  }
  return depth;
}

bool CmarkTree::is_acceptable(std::size_t line, std::string_view text) {
  if (in_top_level_literal()) return true;

  if (const auto marker = marker_past(text, most_containers)) {
    const bool is_indented_code = (text.starts_with("    ") || text.starts_with("\t")) && container_depth() == 0;
    if (!is_indented_code) {
      refuse_nesting(line, *marker);
      return false;
    }
  }

  // A row of a table costs the square of its columns.
  if (text.size() > short_content) {
    const auto pipes = static_cast<std::size_t>(std::count(text.begin(), text.end(), '|'));
    if (pipes > most_columns || !pay(pipes > 16 ? pipes * pipes : 0)) {
      refuse_density(line, "This line would be a table row of more than 256 columns, or one of too many wide ones.",
                     "Make a narrower table, or put the line into a code block.");
      return false;
    }
  }

  // What could be the line of dashes under a table's header makes cmark read all lines of the paragraph as a header, each back to the start.
  const cmark_node& open = *m_parser->current;
  if (open.type == CMARK_NODE_PARAGRAPH) {
    const std::size_t last = text.find_last_not_of(" \t");
    if (last != std::string_view::npos && (text[last] == '-' || text[last] == '|' || text[last] == ':')) {
      const auto lines = static_cast<std::uint64_t>(m_parser->line_number - open.start_line + 1);
      const auto size = static_cast<std::uint64_t>(open.content.size);
      const auto width = std::max<std::uint64_t>(1, std::min<std::uint64_t>(most_columns, size / lines));
      if (!pay(size * (lines + width))) {
        refuse_density(line, "The paragraph before this line is too long to look for a table in it.", "Put an empty line before the table.");
        return false;
      }
    }
  }
  return true;
}

bool CmarkTree::has_run_away(std::size_t line) {
  const bool has_moved = m_parser->current != m_current_before;
  m_current_before = m_parser->current;
  if (has_moved && container_depth() > most_containers) {
    const std::string_view text = m_source.line(line);
    refuse_nesting(line, std::min(text.find_first_not_of(" \t"), text.size()));
    return true;
  }
  if (m_arena.total() > most_memory()) {
    refuse_density(line, "The file has more structure than prose can have; from this line on it was not read.",
                   "Make smaller tables and longer paragraphs, or split the file.");
    return true;
  }
  return false;
}

/// cmark closes blocks when a line does not belong to them. So it gets such lines: the end of what only its own end closes, and a heading,
/// which ends everything else and is taken out again.
void CmarkTree::close_open_blocks() {
  cmark_node& open = *m_parser->current;
  if (open.parent == m_root && open.type == CMARK_NODE_HTML_BLOCK) {
    constexpr std::array<std::string_view, 7> ends{"</script>\n", "-->\n", "?>\n", ">\n", "]]>\n", "\n", "\n"};
    const auto type = static_cast<std::size_t>(open.as.html_block_type);
    feed(ends.at(type - 1));
    if (type <= 5) open.as.literal.len -= static_cast<bufsize_t>(ends.at(type - 1).size());
  } else if (in_top_level_literal()) {
    feed(std::string(open.as.code.fence_length, static_cast<char>(open.as.code.fence_char)) + "\n");
  }
  feed("#\n");
  assert(m_root->last_child != nullptr && m_root->last_child->type == CMARK_NODE_HEADING);
  cmark_node_unlink(m_root->last_child);
}

/// cmark sorts the link definitions when it first looks for one; that must not happen in memory that goes with a block.
void CmarkTree::prepare_references() {
  for (cmark_map_entry* each = m_parser->refmap->refs; each != nullptr; each = each->next) {
    const auto* const reference = reinterpret_cast<const cmark_reference*>(each);
    m_longest_reference = std::max(m_longest_reference, static_cast<std::size_t>(reference->url.len + reference->title.len));
  }
  cmark_chunk any = cmark_chunk_literal("x");
  (void)cmark_map_lookup(m_parser->refmap, &any);
}

bool CmarkTree::parse_inlines(cmark_node& leaf, std::size_t line) {
  if (m_parsed != nullptr) m_parsed->first_child = m_parsed->last_child = nullptr;
  m_parsed = &leaf;
  m_arena.rewind(m_blocks_end);

  const std::string_view content = content_of(leaf);
  const InlineCost cost = cost_of_inlines(content, m_longest_reference);
  if (cost.bytes > most_memory() || !pay(cost.steps)) {
    refuse_density(line, "This block has more marks (brackets, stars, quotes, and the like) than prose can have; it was left out.",
                   "Break it up with empty lines, or put it into a code block.");
    return false;
  }
  const CmarkArena::Use use(m_arena);
  cmark_parse_inlines(m_parser, &leaf, m_parser->refmap, CMARK_OPT_DEFAULT);
  if (content.find('@') != std::string_view::npos) {
    cmark_syntax_extension* const autolink = extensions().autolink;
    autolink->postprocess_func(autolink, m_parser, &leaf);
  }
  return true;
}

void CmarkTree::refuse_nesting(std::size_t line, std::size_t byte) {
  const std::size_t offset = m_source.line_start(line) + byte;
  m_findings.add("nesting-too-deep", Severity::error, m_source.span(offset, offset + 1), "Lists and block quotes are nested more than 32 deep here.",
                 "Make the nesting shallower, or put the text into a code block.");
}

void CmarkTree::refuse_density(std::size_t line, const char* message, const char* way_out) {
  m_findings.add("file-too-dense", Severity::error, m_source.line_span(line), message, way_out);
}

}  // namespace waymark::markup
