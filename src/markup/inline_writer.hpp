/// The inline content of a block as HTML, plain text and links.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "markup/finding_list.hpp"
#include "markup/markdown.hpp"
#include "markup/position_cursor.hpp"

struct cmark_node;

namespace waymark::markup {

/// Where the block's content stands in the source, in bytes.
struct SourceRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Emphasis, links and the like inside one another, at most.
inline constexpr int most_inline_nesting = 100;

/// Collects comments and findings over all blocks of a document. What it is given must outlive it.
class InlineWriter {
 public:
  InlineWriter(const SourceText& source, const LinkTargets& targets, std::vector<Comment>& comments, FindingList& findings)
      : m_source(source), m_targets(targets), m_comments(comments), m_findings(findings), m_positions(source) {}

  /// Appends the content of `leaf`, whose inlines are parsed, to `html` and to the text and links of `block`, whose span is set.
  /// Leaves all three as they were when it is nested too deep, with a finding.
  void write(const cmark_node& leaf, const SourceRange& range, std::string& html, Block& block);

  /// The comments of a block of raw HTML, and a finding for what else is in it. True when there is something else.
  bool read_html_block(const SourceRange& range, std::string_view html, const Span& block);

 private:
  struct Open;

  void enter(const cmark_node& node, std::string& html, Block& block);
  void leave(const cmark_node& node, std::string& html, Block& block);
  void open_link(const cmark_node& node, std::string& html, Block& block);
  void close_link(const cmark_node& node, std::string& html, Block& block);
  void open_image(const cmark_node& node, std::string& html);
  void close_image(const cmark_node& node, std::string& html);
  void raw_html(const cmark_node& node, Block& block);
  void add_text(std::string_view text, std::string& html, Block& block);
  void add_break(std::string_view break_html, std::string& html, Block& block);
  void append_target(std::string_view target, std::string& html) const;
  [[nodiscard]] Span span_of_target(std::string_view target, std::string_view text, const Span& otherwise);
  [[nodiscard]] std::size_t find(std::string_view wanted) const;
  void comment(std::string_view literal, const Span& otherwise);

  const SourceText& m_source;
  const LinkTargets& m_targets;
  std::vector<Comment>& m_comments;
  FindingList& m_findings;
  PositionCursor m_positions;

  // Of the block being written.
  std::size_t m_at = 0;                   ///< in the source, behind what was found last
  std::size_t m_end = 0;                  ///< of the block in the source
  std::vector<std::size_t> m_link_texts;  ///< where the text of each open link begins in the block's
  const cmark_node* m_image = nullptr;    ///< the outermost open one: inside it there is only its alternative text
  bool m_warned = false;
  bool m_space_due = true;  ///< false behind raw HTML that was left out after a space
};

}  // namespace waymark::markup
