/// cmark's tree → blocks with HTML, text and places.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "markup/block_place.hpp"
#include "markup/cmark_tree.hpp"
#include "markup/inline_writer.hpp"
#include "markup/markdown.hpp"

namespace waymark::markup {

class BlockBuilder {
 public:
  /// What it is given must outlive it. `markdown` gets the blocks and comments.
  BlockBuilder(const SourceText& source, CmarkTree& tree, const LinkTargets& targets, Markdown& markdown, FindingList& findings);

  void build();

 private:
  enum class Spacing { loose, tight };

  [[nodiscard]] std::optional<Block> build(cmark_node& node, int depth, Spacing spacing);
  void build_children(cmark_node& node, int depth, Spacing spacing, Block& block);
  void build_heading(cmark_node& node, const SourceRange& range, Block& block);
  void build_paragraph(cmark_node& node, const SourceRange& range, Spacing spacing, Block& block);
  void build_code(cmark_node& node, Block& block);
  void build_list(cmark_node& node, int depth, Block& block);
  void build_table(cmark_node& node, Block& block);
  [[nodiscard]] Block build_row(cmark_node& row, const Block& table, std::string_view cell_tag);
  void write_inlines(cmark_node& leaf, const SourceRange& range, Block& block);
  void begin_line();
  void take_html(std::size_t begin, Block& block);
  void join_children(Block& block);
  [[nodiscard]] bool is_full(const Block& block);

  const SourceText& m_source;
  CmarkTree& m_tree;
  Markdown& m_markdown;
  FindingList& m_findings;
  BlockPlaces m_places;
  InlineWriter m_inlines;
  std::string m_html;       ///< of the top-level block being built; what is below it are parts of it
  std::size_t m_bytes = 0;  ///< of all blocks so far
};

}  // namespace waymark::markup
