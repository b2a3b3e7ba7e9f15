#include "importer/markdown_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/block_reader.hpp"
#include "importer/data_reader.hpp"
#include "importer/front_matter.hpp"
#include "importer/markdown_pieces.hpp"
#include "importer/outline_builder.hpp"
#include "importer/sentence_finder.hpp"
#include "importer/source_cleaning.hpp"

namespace waymark::importer {
namespace {

/// "## Next" → "Next", "1. **Why?**" → "**Why?**".
std::string without_block_marks(std::string_view text) {
  std::size_t begin = text.find_first_not_of("#*-+> ");
  if (begin == std::string_view::npos) return {};
  const std::size_t digits = text.find_first_not_of("0123456789", begin);
  if (digits != begin && digits != std::string_view::npos && (text[digits] == '.' || text[digits] == ')')) begin = digits + 1;
  return std::string(trim(text.substr(begin)));
}

std::string without_tags(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool opens = text[at] == '<' && at + 1 < text.size() && (text[at + 1] == '/' || (text[at + 1] >= 'A' && text[at + 1] <= 'z'));
    const std::size_t end = opens ? text.find_first_of("<>", at + 1) : std::string_view::npos;
    if (end == std::string_view::npos || text[end] == '<') {
      result += text[at];
    } else {
      result += ' ';
      at = end;
    }
  }
  return result;
}

class Reader {
 public:
  Reader(const FolderFile& file, SourceOutline& outline)
      : m_outline(outline),
        m_original(file.path, file.bytes),
        m_cleaned(clean_source(m_original)),
        m_source(file.path, std::exchange(m_cleaned.text, {})),
        m_builder(m_document, outline),
        m_blocks(m_source, m_document, outline, m_builder) {
    m_document.path = file.path;
  }

  void read() {
    ask_about(m_original.findings());
    for (const CleanedSource::Removed& tag : m_cleaned.removed) {
      if (!tag.link.empty()) m_document.links.push_back(tag.link);
      if (has_letters(tag.words))
        m_builder.set_aside(m_blocks.place(tag.line, tag.line), tag.words, tag.link.empty() ? "a tag that a template would fill" : "navigation");
    }
    const std::size_t body_line = read_front();
    m_blocks.cover(1, body_line - 1);
    parse_in_pieces(m_source, body_line, [&](const markup::Markdown& markdown) {
      ask_about(markdown.findings);
      for (const markup::Comment& comment : markdown.comments) read_comment(comment);
      m_blocks.leave_comments(markdown.comments);
      m_blocks.read(markdown.blocks);
    });
    account_for_uncovered();
    m_builder.finish();
    m_outline.documents.push_back(std::move(m_document));
  }

 private:
  /// A page about itself, or a whole framework in front of an empty page.
  std::size_t read_front() {
    if (trim(m_source.line(1)) != "---") return read_front_matter(m_source, m_document, m_builder);
    std::size_t end = 2;
    while (end <= m_source.line_count() && trim(m_source.line(end)) != "---") ++end;
    Part whole;
    std::vector<Part> parts;
    std::vector<Statement> statements;
    if (end > m_source.line_count() || !read_data_block(m_source, 2, end, m_outline, parts, statements, &whole))
      return read_front_matter(m_source, m_document, m_builder);
    if (!whole.sentences.empty()) m_builder.page_title(whole);
    for (Statement& each : statements) m_builder.add(std::move(each));
    for (Part& part : parts) m_builder.add_part(std::move(part));
    return end + 1;
  }

  void ask_about(const Findings& findings) {
    for (const Finding& finding : findings) {
      if (finding.severity != Severity::error) continue;
      m_outline.questions.push_back(fmt::format("{}:{}: {} It was imported as far as it could be read; is anything wrong there?", finding.file,
                                                finding.span.begin.line, finding.message));
    }
  }

  void read_comment(const markup::Comment& comment) {
    const std::size_t first = comment.span.begin.line;
    const std::size_t last = comment.span.end.line;
    m_blocks.cover(first, last);
    SentenceFinder finder(m_source, first, last);
    const std::string text = without_tags(comment.text);
    for (const std::string_view raw : split(text, '\n')) {
      const std::string words = collapse_white_space(without_block_marks(trim(raw)));
      if (!has_letters(words)) continue;
      for (const std::string_view sentence : sentences(words)) {
        const std::size_t line = finder.line_of(sentence);
        m_builder.set_aside(m_blocks.place(line, line), std::string(sentence), commented_out);
      }
    }
  }

  /// Lines the parser made nothing of: definitions of links, and what stood too deep.
  void account_for_uncovered() {
    std::size_t count = 0;
    std::size_t first = 0;
    for (std::size_t line = 1; line <= m_source.line_count(); ++line) {
      const std::string_view words = trim(m_source.line(line));
      if (m_blocks.is_covered(line) || !has_letters(words)) continue;
      const bool is_definition = words.starts_with('[') && words.find("]:") != std::string_view::npos;
      m_builder.set_aside(m_blocks.place(line, line), std::string(words), is_definition ? "the address of a link" : "not understood");
      if (is_definition) continue;
      if (count++ == 0) first = line;
    }
    if (count > 0)
      m_builder.ask(fmt::format("{}:{}: {} not understood, this the first. What should become of the words?", m_source.name(), first,
                                counted(count, "line was", "lines were")));
  }

  SourceOutline& m_outline;
  Document m_document;
  SourceText m_original;
  CleanedSource m_cleaned;
  SourceText m_source;
  OutlineBuilder m_builder;
  BlockReader m_blocks;
};

}  // namespace

void read_markdown(const FolderFile& file, SourceOutline& outline) { Reader(file, outline).read(); }

}  // namespace waymark::importer
