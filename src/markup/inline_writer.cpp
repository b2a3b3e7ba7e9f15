#include "markup/inline_writer.hpp"

#include <algorithm>

#include <cmark-gfm/node.h>

#include "base/text.hpp"
#include "markup/html_text.hpp"

// Of the table and strikethrough extensions; no installed header declares it.
extern "C" cmark_node_type CMARK_NODE_STRIKETHROUGH;

namespace waymark::markup {
namespace {

constexpr std::string_view comment_begin = "<!--";
constexpr std::string_view comment_end = "-->";

std::string_view view(const cmark_chunk& chunk) { return {reinterpret_cast<const char*>(chunk.data), static_cast<std::size_t>(chunk.len)}; }

std::string_view tag_of(const cmark_node& node) {
  if (node.type == CMARK_NODE_EMPH) return "em>";
  if (node.type == CMARK_NODE_STRONG) return "strong>";
  if (node.type == CMARK_NODE_STRIKETHROUGH) return "del>";
  return {};
}

// A search compares no more than this at each place, or a hostile target would make it quadratic.
constexpr std::size_t longest_compared = 256;

/// An autolink is its own text, to which cmark adds a scheme.
bool is_autolink(std::string_view target, std::string_view text) {
  if (text.empty() || !target.ends_with(text)) return false;
  const std::string_view scheme = target.substr(0, target.size() - text.size());
  return scheme.empty() || scheme == "http://" || scheme == "mailto:";
}

/// Whether what stands before `at` opens the target of `[…](target)`.
bool opens_target(std::string_view source, std::size_t at) {
  if (at > 0 && source[at - 1] == '<') --at;
  while (at > 0 && (source[at - 1] == ' ' || source[at - 1] == '\t' || source[at - 1] == '\n')) --at;
  return at > 1 && source[at - 1] == '(' && source[at - 2] == ']';
}

}  // namespace

void InlineWriter::write(const cmark_node& leaf, const SourceRange& range, std::string& html, Block& block) {
  const std::size_t html_before = html.size();
  const std::size_t comments_before = m_comments.size();
  m_at = range.begin;
  m_end = range.end;
  m_link_texts.clear();
  m_image = nullptr;
  m_warned = false;
  m_space_due = true;

  int depth = 0;
  for (const cmark_node* node = leaf.first_child; node != nullptr;) {
    enter(*node, html, block);
    if (node->first_child != nullptr) {
      if (++depth > most_inline_nesting) {
        html.resize(html_before);
        block.text.clear();
        block.links.clear();
        m_comments.resize(comments_before);
        m_findings.add("nesting-too-deep", Severity::error, block.span, "Emphasis and links are nested more than 100 deep in this block.",
                       "Put the text into a code block, or put a backslash before the stars, underscores and brackets.");
        return;
      }
      node = node->first_child;
      continue;
    }
    leave(*node, html, block);
    while (node->next == nullptr && node->parent != &leaf) {
      node = node->parent;
      --depth;
      leave(*node, html, block);
    }
    node = node->next;
  }
}

void InlineWriter::enter(const cmark_node& node, std::string& html, Block& block) {
  switch (node.type) {
    case CMARK_NODE_TEXT: add_text(view(node.as.literal), html, block); return;
    case CMARK_NODE_SOFTBREAK: add_break("\n", html, block); return;
    case CMARK_NODE_LINEBREAK: add_break("<br />\n", html, block); return;
    case CMARK_NODE_CODE: {
      // What looks like a link in here is none: the search for the next target goes on behind it.
      const std::string_view code = view(node.as.literal);
      if (const std::size_t place = find(code); place != std::string_view::npos) m_at = place + code.size();
      if (m_image == nullptr) html += "<code>";
      add_text(code, html, block);
      if (m_image == nullptr) html += "</code>";
      return;
    }
    case CMARK_NODE_HTML_INLINE: raw_html(node, block); return;
    case CMARK_NODE_LINK: open_link(node, html, block); return;
    case CMARK_NODE_IMAGE: open_image(node, html); return;
    default:
      if (const std::string_view tag = tag_of(node); !tag.empty() && m_image == nullptr) {
        html += '<';
        html += tag;
      }
  }
}

void InlineWriter::leave(const cmark_node& node, std::string& html, Block& block) {
  if (node.type == CMARK_NODE_LINK) {
    close_link(node, html, block);
  } else if (node.type == CMARK_NODE_IMAGE) {
    close_image(node, html);
  } else if (const std::string_view tag = tag_of(node); !tag.empty() && m_image == nullptr) {
    html += "</";
    html += tag;
  }
}

void InlineWriter::add_text(std::string_view text, std::string& html, Block& block) {
  append_escaped(html, text);
  if (!m_space_due && text.starts_with(' ')) text.remove_prefix(1);
  m_space_due = true;
  const std::size_t begin = block.text.size();
  block.text += text;
  // Code and text hold a line end only as an entity.
  for (std::size_t at = block.text.find('\n', begin); at != std::string::npos; at = block.text.find('\n', at)) block.text[at] = ' ';
}

void InlineWriter::add_break(std::string_view break_html, std::string& html, Block& block) {
  if (m_image == nullptr) {
    html += break_html;
  } else {
    html += ' ';
  }
  if (m_space_due) block.text += ' ';
  m_space_due = true;
}

void InlineWriter::append_target(std::string_view target, std::string& html) const {
  if (m_targets) {
    append_address(html, m_targets(target));
  } else {
    append_address(html, target);
  }
}

void InlineWriter::open_link(const cmark_node& node, std::string& html, Block& block) {
  m_link_texts.push_back(block.text.size());
  if (m_image != nullptr) return;
  html += "<a href=\"";
  append_target(view(node.as.link.url), html);
  if (node.as.link.title.len > 0) {
    html += "\" title=\"";
    append_escaped(html, view(node.as.link.title));
  }
  html += "\">";
}

void InlineWriter::close_link(const cmark_node& node, std::string& html, Block& block) {
  const std::size_t text_begin = m_link_texts.back();
  m_link_texts.pop_back();
  if (m_image != nullptr) return;
  html += "</a>";
  const std::string_view target = view(node.as.link.url);
  std::string text = block.text.substr(text_begin);
  const Span span = span_of_target(target, text, block.span);
  block.links.push_back({std::string(target), std::move(text), span});
}

void InlineWriter::open_image(const cmark_node& node, std::string& html) {
  if (m_image != nullptr) return;
  html += "<img src=\"";
  append_target(view(node.as.link.url), html);
  html += "\" alt=\"";
  m_image = &node;
}

void InlineWriter::close_image(const cmark_node& node, std::string& html) {
  if (m_image != &node) return;
  m_image = nullptr;
  if (node.as.link.title.len > 0) {
    html += "\" title=\"";
    append_escaped(html, view(node.as.link.title));
  }
  html += "\" />";
}

std::size_t InlineWriter::find(std::string_view wanted) const {
  if (wanted.empty() || m_at >= m_end) return std::string_view::npos;
  const std::string_view source = m_source.text().substr(0, m_end);
  const std::size_t place = source.find(wanted.substr(0, longest_compared), m_at);
  return place == std::string_view::npos || source.substr(place).starts_with(wanted) ? place : std::string_view::npos;
}

Span InlineWriter::span_of_target(std::string_view target, std::string_view text, const Span& otherwise) {
  const auto found = [&](std::size_t place, std::size_t length) {
    m_at = place + length;
    return m_positions.span(place, m_at);
  };
  if (is_autolink(target, text)) {
    const std::size_t place = find(text);
    const bool is_bare = place != std::string_view::npos && (place == 0 || m_source.text()[place - 1] != '[');
    if (is_bare) return found(place, text.size());
  }
  const std::string_view source = m_source.text().substr(0, m_end);
  const std::string_view head = target.substr(0, longest_compared);
  if (head.empty()) return otherwise;
  for (std::size_t at = m_at; at < m_end; ++at) {
    at = source.find(head, at);
    if (at == std::string_view::npos) break;
    if (opens_target(source, at)) return source.substr(at).starts_with(target) ? found(at, target.size()) : otherwise;
  }
  return otherwise;
}

void InlineWriter::raw_html(const cmark_node& node, Block& block) {
  m_space_due = !block.text.empty() && block.text.back() != ' ';
  const std::string_view literal = view(node.as.literal);
  if (literal.starts_with(comment_begin)) {
    comment(literal, block.span);
    return;
  }
  if (m_warned) return;
  m_warned = true;
  // Of a tag over several lines the first is enough to find it.
  const std::string_view first_line = literal.substr(0, literal.find('\n'));
  const std::size_t place = find(first_line);
  const Span where = place == std::string_view::npos ? block.span : m_positions.span(place, place + first_line.size());
  m_findings.add("raw-html", Severity::warning, where, "HTML is not shown to readers: the tags in this block are left out.",
                 "Write it in Markdown; for a literal < write \\<, or put it in backticks.");
}

/// `literal` begins with `<!--`; its next comment in the source is it.
void InlineWriter::comment(std::string_view literal, const Span& otherwise) {
  literal.remove_prefix(comment_begin.size());
  const std::string_view text = literal.substr(0, literal.find(comment_end));
  Span where = otherwise;
  if (const std::size_t place = find(comment_begin); place != std::string_view::npos) {
    m_at = place + comment_begin.size();
    const std::size_t end = find(comment_end);
    m_at = end == std::string_view::npos ? m_end : end + comment_end.size();
    where = m_positions.span(place, m_at);
  }
  m_comments.push_back({std::string(trim(text)), where});
}

bool InlineWriter::read_html_block(const SourceRange& range, std::string_view html, const Span& block) {
  m_at = range.begin;
  m_end = range.end;
  bool has_more = false;
  while (true) {
    const std::size_t begin = html.find(comment_begin);
    has_more |= !trim(html.substr(0, begin)).empty();
    if (begin == std::string_view::npos) break;
    const std::size_t end = html.find(comment_end, begin + comment_begin.size());
    comment(html.substr(begin), block);
    if (end == std::string_view::npos) {
      m_findings.add("raw-html", Severity::warning, block, "This comment is never closed: everything behind it is hidden.", "Close it with -->.");
      return has_more;
    }
    html.remove_prefix(end + comment_end.size());
  }
  if (has_more) {
    m_findings.add("raw-html", Severity::warning, block, "HTML is not shown to readers: this block is left out.",
                   "Write it in Markdown, or put it into a code block.");
  }
  return has_more;
}

}  // namespace waymark::markup
