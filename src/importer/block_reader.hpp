/// Blocks of text (headings, paragraphs, lists, tables, raw HTML) with their lines → outline. What a Markdown file, an HTML page and a spreadsheet share.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.hpp"
#include "importer/outline.hpp"
#include "importer/outline_builder.hpp"
#include "importer/text_marks.hpp"
#include "markup/markdown.hpp"

namespace waymark::importer {

/// Cells of a table that are one cell of the source have the same id; any other cell has none.
class BlockReader {
 public:
  /// All must outlive this. `source` is what the lines of the blocks count in.
  BlockReader(const SourceText& source, Document& document, SourceOutline& outline, OutlineBuilder& builder)
      : m_source(source),
        m_path(outline.keep_path(source.name())),
        m_document(document),
        m_outline(outline),
        m_builder(builder),
        m_covered(source.line_count() + 1, false) {}

  void read(const std::vector<markup::Block>& blocks);

  /// Comments that are accounted for already, wherever they stand in raw HTML; must outlive the reading.
  void leave_comments(const std::vector<markup::Comment>& comments) { m_comments = &comments; }

  void cover(std::size_t first, std::size_t last);
  [[nodiscard]] bool is_covered(std::size_t line) const { return m_covered[line]; }
  [[nodiscard]] SourcePlace place(std::size_t first, std::size_t last) const { return {m_path, first, last}; }
  [[nodiscard]] SourcePlace place(const Span& span) const;
  /// Each sentence of `text`, which stands in these lines, is set aside.
  void set_aside(std::string_view text, const SourcePlace& at, std::string_view reason);

  /// What a cell says, as statements; the cells of one source cell say the same sentences.
  [[nodiscard]] std::vector<Statement> say(const markup::Block& cell);

  [[nodiscard]] OutlineBuilder& builder() { return m_builder; }

 private:
  void read_block(const markup::Block& block);
  void read_paragraph(const markup::Block& block);
  void read_quotation(const markup::Block& quote);
  /// Raw HTML from `blocks[at]` on; returns the last block that belongs to it.
  std::size_t read_html(const std::vector<markup::Block>& blocks, std::size_t at);
  [[nodiscard]] std::vector<markup::Block> blocks_of_html(std::string_view html, std::size_t first_line);
  void note_links(const markup::Block& block);
  void read_code(const markup::Block& block);
  [[nodiscard]] Statement statement(const markup::Block& block, Statement::Kind kind);
  [[nodiscard]] Statement text_statement(std::string_view text, std::string_view html, const SourcePlace& at, Statement::Kind kind,
                                         class SentenceFinder& finder);
  /// A text with line breaks: bullets become items; of a cell, every line does.
  [[nodiscard]] std::vector<Statement> lines_of(const markup::Block& block, Statement::Kind kind);
  [[nodiscard]] Statement code(const markup::Block& block);
  [[nodiscard]] std::vector<Statement> items(const markup::Block& list);
  void add_child(const markup::Block& block, Statement& item);
  void flatten(const markup::Block& block, std::vector<Statement>& into);

  const SourceText& m_source;
  std::string_view m_path;
  Document& m_document;
  SourceOutline& m_outline;
  OutlineBuilder& m_builder;
  [[nodiscard]] std::string without_comments(std::string_view html, std::size_t first_line, std::size_t last_line) const;

  const std::vector<markup::Comment>* m_comments = nullptr;
  std::vector<bool> m_covered;  ///< by line, from 1
  std::map<std::string, std::vector<Statement>> m_shared_cells;
};

}  // namespace waymark::importer
