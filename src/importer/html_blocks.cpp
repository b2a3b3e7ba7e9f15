#include "importer/html_blocks.hpp"

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <optional>

#include <gumbo.h>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/block_reader.hpp"
#include "importer/html_bounds.hpp"
#include "importer/html_left_out.hpp"
#include "importer/html_navigation.hpp"
#include "importer/html_tags.hpp"

namespace waymark::importer {
namespace {

using markup::Block;

constexpr std::size_t widest_span = 100;

struct Freed {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

bool one_of(GumboTag tag, std::initializer_list<GumboTag> tags) { return std::find(tags.begin(), tags.end(), tag) != tags.end(); }

GumboTag html_tag_of(const GumboNode* node) { return static_cast<GumboTag>(html_tag_number(node)); }

/// Inline content as it comes in, until a block ends it.
struct Run {
  std::string text;
  std::string html;
  std::vector<markup::Link> links;
  std::size_t first_line = 0;
  std::size_t last_line = 0;
};

class Converter {
 public:
  Converter(std::size_t first_line, HtmlExtent extent, HtmlBlocks& result) : m_first_line(first_line), m_extent(extent), m_result(result) {}

  void convert(const GumboNode* root) {
    if (m_extent == HtmlExtent::page) m_main = main_part(root);
    find_head(root);
    Run run;
    walk(root, m_result.blocks, run);
    flush(run, m_result.blocks);
  }

 private:
  [[nodiscard]] std::size_t line(const GumboSourcePosition& position) const { return m_first_line + std::max(1U, position.line) - 1; }

  void find_head(const GumboNode* root) {
    for (const GumboNode* node : html_children(root)) {
      if (html_tag_of(node) != GUMBO_TAG_HEAD) continue;
      for (const GumboNode* child : html_children(node)) {
        if (html_tag_of(child) != GUMBO_TAG_TITLE) continue;
        m_result.title = collapse_white_space(html_words(child));
        m_result.title_line = line(child->v.element.start_pos);
      }
    }
  }

  void leave_out(const GumboNode* node, std::string_view reason) {
    collect_left_out(node, reason, m_first_line, m_result.left_out);
    collect_links(node, m_result.links);
  }

  /// True when nothing of this element is text of the framework; it is accounted for then.
  bool is_left_out(const GumboNode* node) {
    const GumboTag tag = html_tag_of(node);
    if (one_of(tag, {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE})) {
      const std::string code = collapse_white_space(html_words(node));
      if (has_letters(code)) {
        const std::size_t first = line(node->v.element.start_pos);
        m_result.left_out.push_back({code, "a script or a style", first, std::max(first, line(node->v.element.end_pos))});
      }
      return true;
    }
    if (one_of(tag, {GUMBO_TAG_HEAD, GUMBO_TAG_SVG, GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_SELECT,
                     GUMBO_TAG_TEXTAREA, GUMBO_TAG_BUTTON})) {
      if (tag != GUMBO_TAG_HEAD) {
        leave_out(node, "part of the page's machinery");
        return true;
      }
      for (const GumboNode* child : html_children(node)) {
        const bool is_window_title = html_tag_of(child) == GUMBO_TAG_TITLE && m_extent == HtmlExtent::page;
        if (!is_window_title && !is_left_out(child)) leave_out(child, "part of the page's machinery");
      }
      return true;
    }
    if (m_extent == HtmlExtent::fragment) return false;
    const std::optional<std::string_view> reason = reason_to_leave_out(node);
    if (reason) leave_out(node, *reason);
    return reason.has_value();
  }

  void walk(const GumboNode* node, std::vector<Block>& into, Run& run) {
    for (const GumboNode* child : html_children(node)) walk_one(child, into, run);
  }

  /// True of a comment, which is accounted for then.
  bool note_comment(const GumboNode* node) {
    if (node->type != GUMBO_NODE_COMMENT) return false;
    const std::string words = collapse_white_space(node->v.text.text);
    const std::size_t at = line(node->v.text.start_pos);
    if (has_letters(words)) m_result.left_out.push_back({words, commented_out, at, at});
    return true;
  }

  void walk_one(const GumboNode* node, std::vector<Block>& into, Run& run) {
    if (is_html_text(node)) {
      add_text(node, run);
      return;
    }
    if (note_comment(node)) return;
    if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) return;
    if (is_left_out(node)) return;
    if (m_main != nullptr && node != m_main && !html_contains(node, m_main) && !html_contains(m_main, node)) {
      leave_out(node, "outside the main part of the page");
      return;
    }
    const GumboTag tag = html_tag_of(node);
    if (is_inline(tag) && !holds_block(node)) {
      add_inline(node, run);
      return;
    }
    flush(run, into);
    add_block(node, tag, into);
  }

  [[nodiscard]] bool holds_block(const GumboNode* node) const {
    const auto& children = html_children(node);
    return std::any_of(children.begin(), children.end(), [&](const GumboNode* child) {
      return child->type == GUMBO_NODE_ELEMENT && (!is_inline(html_tag_of(child)) || holds_block(child));
    });
  }

  void add_block(const GumboNode* node, GumboTag tag, std::vector<Block>& into) {
    if (const int level = heading_level(tag); level > 0) {
      Run run;
      std::vector<Block> inside;
      walk(node, inside, run);
      flush(run, inside);
      for (Block& block : inside) {
        if (block.kind == Block::Kind::paragraph) {
          block.kind = Block::Kind::heading;
          block.level = level;
          block.html = inner(block.html);
        }
        into.push_back(std::move(block));
      }
    } else if (one_of(tag, {GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL, GUMBO_TAG_MENU})) {
      into.push_back(list(node, tag));
    } else if (tag == GUMBO_TAG_TABLE) {
      add_table(node, into);
    } else if (tag == GUMBO_TAG_PRE) {
      Block code = spanning(node, Block::Kind::code_block);
      code.text = html_words(node);
      if (has_letters(code.text)) into.push_back(std::move(code));
    } else if (tag == GUMBO_TAG_BLOCKQUOTE) {
      Block quote = spanning(node, Block::Kind::block_quote);
      quote.children = blocks_in(node);
      into.push_back(std::move(quote));
    } else if (tag == GUMBO_TAG_SUMMARY) {
      std::vector<Block> inside = blocks_in(node);
      for (Block& block : inside) {
        // What opens a fold is its heading.
        if (block.kind == Block::Kind::paragraph) block.html = fmt::format("<p><strong>{}</strong></p>", markup::escape_html(block.text));
        into.push_back(std::move(block));
      }
    } else if (tag != GUMBO_TAG_HR) {
      for (Block& block : blocks_in(node)) into.push_back(std::move(block));
    }
  }

  [[nodiscard]] std::vector<Block> blocks_in(const GumboNode* node) {
    std::vector<Block> inside;
    Run run;
    walk(node, inside, run);
    flush(run, inside);
    return inside;
  }

  [[nodiscard]] Block spanning(const GumboNode* node, Block::Kind kind) const {
    Block block;
    block.kind = kind;
    const std::size_t first = line(node->v.element.start_pos);
    block.span = {{first, 1}, {std::max(first, line(node->v.element.end_pos)), 2}};
    return block;
  }

  Block list(const GumboNode* node, GumboTag tag) {
    Block made = spanning(node, tag == GUMBO_TAG_OL ? Block::Kind::ordered_list : Block::Kind::bullet_list);
    const auto add_item = [&](const GumboNode* child) {
      Block item = spanning(child, Block::Kind::list_item);
      item.children = blocks_in(child);
      made.children.push_back(std::move(item));
    };
    for (const GumboNode* child : html_children(node)) {
      if (note_comment(child)) continue;
      const GumboTag inside = html_tag_of(child);
      const bool goes_on = inside == GUMBO_TAG_DD || one_of(inside, {GUMBO_TAG_UL, GUMBO_TAG_OL});
      if (goes_on && !made.children.empty()) {
        // A list beside the items of its list belongs to the item before it, as people write it.
        std::vector<Block> more;
        if (inside == GUMBO_TAG_DD) {
          more = blocks_in(child);
        } else {
          more.push_back(list(child, inside));
        }
        for (Block& block : more) made.children.back().children.push_back(std::move(block));
      } else if (one_of(inside, {GUMBO_TAG_LI, GUMBO_TAG_DT, GUMBO_TAG_DD})) {
        add_item(child);
      } else if (child->type == GUMBO_NODE_ELEMENT || (is_html_text(child) && has_letters(child->v.text.text))) {
        Block item;
        item.kind = Block::Kind::list_item;
        Run run;
        walk_one(child, item.children, run);
        flush(run, item.children);
        if (item.children.empty()) continue;
        item.span = item.children.front().span;
        // A list that stands in a list by itself is that list.
        if (item.children.size() == 1 && item.children.front().kind == made.kind) {
          for (Block& each : item.children.front().children) made.children.push_back(std::move(each));
        } else {
          made.children.push_back(std::move(item));
        }
      }
    }
    return made;
  }

  void collect_rows(const GumboNode* node, std::vector<const GumboNode*>& rows, std::vector<Block>& before) {
    for (const GumboNode* child : html_children(node)) {
      if (note_comment(child)) continue;
      const GumboTag tag = html_tag_of(child);
      if (tag == GUMBO_TAG_TR) {
        rows.push_back(child);
      } else if (one_of(tag, {GUMBO_TAG_THEAD, GUMBO_TAG_TBODY, GUMBO_TAG_TFOOT})) {
        collect_rows(child, rows, before);
      } else if (tag == GUMBO_TAG_CAPTION) {
        for (Block& block : blocks_in(child)) before.push_back(std::move(block));
      }
    }
  }

  void add_table(const GumboNode* node, std::vector<Block>& into) {
    std::vector<const GumboNode*> rows;
    collect_rows(node, rows, into);
    Block table = spanning(node, Block::Kind::table);
    table.level = no_header;
    std::vector<std::pair<std::size_t, Block>> hanging;  // by column: rows that a cell still reaches into
    for (const GumboNode* row : rows) {
      Block made = spanning(row, Block::Kind::table_row);
      const auto fill = [&] {
        while (made.children.size() < hanging.size() && hanging[made.children.size()].first > 0) {
          --hanging[made.children.size()].first;
          made.children.push_back(hanging[made.children.size()].second);
        }
      };
      for (const GumboNode* child : html_children(row)) {
        if (note_comment(child) || !one_of(html_tag_of(child), {GUMBO_TAG_TD, GUMBO_TAG_TH})) continue;
        if (html_tag_of(child) == GUMBO_TAG_TH) table.level = 0;
        fill();
        add_cell(child, made, hanging);
      }
      fill();
      table.children.push_back(std::move(made));
    }
    // A table of one cell only places what stands in it.
    if (table.children.size() == 1 && table.children.front().children.size() == 1) {
      Block& only = table.children.front().children.front();
      for (Block& block : only.children) into.push_back(std::move(block));
      if (only.children.empty() && !only.text.empty()) {
        only.kind = Block::Kind::paragraph;
        only.html = "<p>" + only.html + "</p>";
        only.id.clear();
        into.push_back(std::move(only));
      }
    } else if (!table.children.empty()) {
      into.push_back(std::move(table));
    }
  }

  void add_cell(const GumboNode* node, Block& row, std::vector<std::pair<std::size_t, Block>>& hanging) {
    Block cell = spanning(node, Block::Kind::table_cell);
    cell.children = blocks_in(node);
    for (const Block& block : cell.children) {
      cell.text += (cell.text.empty() ? "" : " ") + all_text(block);
      cell.links.insert(cell.links.end(), block.links.begin(), block.links.end());
    }
    const bool is_plain = cell.children.size() == 1 && cell.children.front().kind == Block::Kind::paragraph;
    if (is_plain) {
      cell.html = inner(cell.children.front().html);
      cell.text = cell.children.front().text;
      cell.span = cell.children.front().span;
    } else {
      cell.text = replace_all(std::move(cell.text), line_break, " ");
    }
    if (is_plain) cell.children.clear();
    const std::size_t columns = number(node, "colspan");
    const std::size_t rows = number(node, "rowspan");
    if (columns > 1 || rows > 1) cell.id = fmt::format("cell{}", ++m_spanning);
    for (std::size_t i = 0; i < columns; ++i) {
      const std::size_t column = row.children.size();
      if (rows > 1) {
        if (hanging.size() <= column) hanging.resize(column + 1);
        hanging[column] = {rows - 1, cell};
      }
      row.children.push_back(cell);
    }
  }

  static std::string all_text(const Block& block) {
    if (block.children.empty()) return block.text;
    std::string text;
    for (const Block& child : block.children) text += (text.empty() ? "" : " ") + all_text(child);
    return text;
  }

  [[nodiscard]] static std::size_t number(const GumboNode* node, const char* name) {
    const std::string_view value = html_attribute(node, name);
    if (value.empty() || value.size() > 3 || value.find_first_not_of("0123456789") != std::string_view::npos) return 1;
    return std::clamp<std::size_t>(std::stoul(std::string(value)), 1, widest_span);
  }

  void add_text(const GumboNode* node, Run& run) {
    const std::string_view text = node->v.text.text;
    const bool has_words = text.find_first_not_of(" \t\n\f\r") != std::string_view::npos;
    if (has_words) {
      const std::size_t start = line(node->v.text.start_pos);
      const std::string_view original(node->v.text.original_text.data, node->v.text.original_text.length);
      const std::size_t lead = std::min(original.find_first_not_of(" \t\n\f\r"), original.size());
      const std::size_t tail = original.find_last_not_of(" \t\n\f\r");
      const auto newlines = [&](std::string_view part) { return static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n')); };
      if (run.first_line == 0) run.first_line = start + newlines(original.substr(0, lead));
      run.last_line = start + newlines(original.substr(0, tail == std::string_view::npos ? 0 : tail));
    }
    std::string plain(text);
    // Lists that were typed into a cell line by line.
    std::size_t bullets = 0;
    for (const std::string_view each : split(plain, '\n')) bullets += bullet_length(trim(each)) > 0 ? 1 : 0;
    if (bullets >= 2) plain = replace_all(std::move(plain), "\n", line_break);
    run.text += plain;
    run.html += markup::escape_html(plain);
  }

  void add_inline(const GumboNode* node, Run& run) {
    const GumboTag tag = html_tag_of(node);
    if (tag == GUMBO_TAG_BR) {
      run.text += line_break;
      run.html += line_break;
      return;
    }
    if (tag == GUMBO_TAG_IMG) {
      const std::string_view alternative = html_attribute(node, "alt");
      run.text += alternative;
      run.html += markup::escape_html(alternative);
      if (run.first_line == 0) run.first_line = run.last_line = line(node->v.element.start_pos);
      return;
    }
    if (tag == GUMBO_TAG_A) {
      add_link(node, run);
      return;
    }
    const std::string_view name = safe_tag(tag);
    if (!name.empty()) run.html += fmt::format("<{}>", name);
    for (const GumboNode* child : html_children(node)) add_inline_child(child, run);
    if (!name.empty()) run.html += fmt::format("</{}>", name);
  }

  void add_inline_child(const GumboNode* child, Run& run) {
    if (is_html_text(child)) {
      add_text(child, run);
    } else if (!note_comment(child) && child->type == GUMBO_NODE_ELEMENT && !is_left_out(child)) {
      add_inline(child, run);
    }
  }

  void add_link(const GumboNode* node, Run& run) {
    const std::string href(html_attribute(node, "href"));
    const std::size_t begin = run.text.size();
    const std::string lower = to_lower_ascii(href);
    const bool is_safe = !href.empty() && !lower.starts_with("javascript:") && !lower.starts_with("data:") && !lower.starts_with("vbscript:");
    if (is_safe) run.html += fmt::format("<a href=\"{}\">", markup::escape_html(href));
    for (const GumboNode* child : html_children(node)) add_inline_child(child, run);
    if (is_safe) run.html += "</a>";
    if (is_safe) {
      m_result.links.push_back(href);
      run.links.push_back({href, collapse_white_space(std::string_view(run.text).substr(begin)), {}});
    }
  }

  static std::string inner(const std::string& html) {
    return html.starts_with("<p>") && html.ends_with("</p>") ? html.substr(3, html.size() - 7) : html;
  }

  void flush(Run& run, std::vector<Block>& into) {
    Run done = std::move(run);
    run = {};
    std::string text = collapse_white_space(replace_all(std::move(done.text), "\xC2\xA0", " "));
    while (text.starts_with(line_break)) text = std::string(trim(std::string_view(text).substr(line_break.size())));
    while (text.ends_with(line_break)) text = std::string(trim(std::string_view(text).substr(0, text.size() - line_break.size())));
    if (!has_letters(replace_all(text, line_break, " "))) return;
    Block block;
    block.kind = Block::Kind::paragraph;
    block.text = std::move(text);
    block.html = "<p>" + collapse_white_space(replace_all(std::move(done.html), "\xC2\xA0", " ")) + "</p>";
    block.links = std::move(done.links);
    const std::size_t first = done.first_line == 0 ? m_first_line : done.first_line;
    block.span = {{first, 1}, {std::max(first, done.last_line), 2}};
    into.push_back(std::move(block));
  }

  std::size_t m_first_line;
  HtmlExtent m_extent;
  HtmlBlocks& m_result;
  const GumboNode* m_main = nullptr;
  std::size_t m_spanning = 0;
};

}  // namespace

HtmlBlocks html_blocks(std::string_view html, std::size_t first_line, HtmlExtent extent) {
  HtmlBlocks result;
  const BoundedHtml bounded = bound_html(html);
  if (bounded.blanked > 0) result.note = fmt::format("{} nested too deep and passed over", counted(bounded.blanked, "tag was", "tags were"));
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const std::unique_ptr<GumboOutput, Freed> output(gumbo_parse_with_options(&options, bounded.text.data(), bounded.text.size()));
  if (output != nullptr) Converter(first_line, extent, result).convert(output->root);
  return result;
}

}  // namespace waymark::importer
