#include "importer/markdown_reader.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/front_matter.hpp"
#include "importer/html_pieces.hpp"
#include "importer/markdown_tables.hpp"
#include "importer/outline_builder.hpp"
#include "importer/sentence_finder.hpp"
#include "importer/source_cleaning.hpp"
#include "markup/markdown.hpp"

namespace waymark::importer {
namespace {

using markup::Block;

constexpr std::size_t longest_bold_heading = 8;  ///< words
constexpr std::string_view no_break_space = "\xC2\xA0";

bool is_internal(std::string_view target) {
  return !target.empty() && target.find("://") == std::string_view::npos && !target.starts_with("mailto:") && !target.starts_with("//");
}

bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

/// Says nothing beside links to other places of the same source.
bool is_navigation(const Block& block) {
  if (block.links.empty()) return false;
  std::size_t at = 0;
  for (const markup::Link& link : block.links) {
    const std::size_t found = block.text.find(link.text, at);
    if (!is_internal(link.target) || found == std::string::npos || has_letters(std::string_view(block.text).substr(at, found - at))) return false;
    at = found + link.text.size();
  }
  return !has_letters(std::string_view(block.text).substr(at));
}

/// A paragraph that is bold throughout and short stands for a heading.
bool is_bold_heading(const Block& block) {
  std::string_view html = trim(block.html);
  if (html.starts_with("<p>") && html.ends_with("</p>")) html = trim(html.substr(3, html.size() - 7));
  if (!html.starts_with("<strong>")) return false;
  const std::size_t end = html.find("</strong>");
  const std::string_view rest = end == std::string_view::npos ? std::string_view("x") : trim(html.substr(end + 9));
  const auto words = std::count(block.text.begin(), block.text.end(), ' ') + 1;
  return (rest.empty() || rest == ":") && static_cast<std::size_t>(words) <= longest_bold_heading && !block.text.ends_with('.');
}

/// "## Next" → "Next", "1. **Why?**" → "**Why?**".
std::string without_block_marks(std::string_view text) {
  std::size_t begin = text.find_first_not_of("#*-+> ");
  if (begin == std::string_view::npos) return {};
  const std::size_t digits = text.find_first_not_of("0123456789", begin);
  if (digits != begin && digits != std::string_view::npos && (text[digits] == '.' || text[digits] == ')')) begin = digits + 1;
  return std::string(trim(text.substr(begin)));
}

class Reader {
 public:
  Reader(const FolderFile& file, SourceOutline& outline)
      : m_outline(outline),
        m_original(file.path, file.bytes),
        m_cleaned(clean_source(m_original)),
        m_source(file.path, m_cleaned.text),
        m_builder(m_document, outline) {
    m_document.path = file.path;
    m_covered.assign(m_source.line_count() + 1, false);
  }

  void read() {
    ask_about(m_original.findings());
    for (const CleanedSource::Removed& tag : m_cleaned.removed) {
      if (!tag.link.empty()) m_document.links.push_back(tag.link);
      if (has_letters(tag.words))
        m_builder.set_aside(place(tag.line, tag.line), tag.words, tag.link.empty() ? "a tag that a template would fill" : "navigation");
    }
    const std::size_t body_line = read_front_matter(m_source, m_document, m_builder);
    cover(1, body_line - 1);
    const markup::Markdown markdown = markup::parse_markdown(m_source, body_line);
    ask_about(markdown.findings);
    for (const markup::Comment& comment : markdown.comments) read_comment(comment.text, comment.span.begin.line, comment.span.end.line);
    read_blocks(markdown.blocks);
    account_for_uncovered();
    m_builder.finish();
    m_outline.documents.push_back(std::move(m_document));
  }

 private:
  [[nodiscard]] SourcePlace place(std::size_t first, std::size_t last) const { return {m_source.name(), first, last}; }
  [[nodiscard]] SourcePlace place(const Span& span) const {
    return place(span.begin.line, span.end.column <= 1 && span.end.line > span.begin.line ? span.end.line - 1 : span.end.line);
  }

  void cover(std::size_t first, std::size_t last) {
    for (std::size_t line = first; line <= last && line < m_covered.size(); ++line) m_covered[line] = true;
  }

  void ask_about(const Findings& findings) {
    for (const Finding& finding : findings) {
      if (finding.severity != Severity::error) continue;
      m_outline.questions.push_back(fmt::format("{}:{}: {} It was imported as far as it could be read; is anything wrong there?", finding.file,
                                                finding.span.begin.line, finding.message));
    }
  }

  void read_comment(const std::string& text, std::size_t first_line, std::size_t last_line) {
    cover(first_line, last_line);
    if (!has_letters(text)) return;
    SentenceFinder finder(m_source, first_line, last_line);
    for (const HtmlPiece& piece : html_pieces(text, first_line)) {
      const std::string words = without_block_marks(piece.text);
      for (const std::string_view sentence : sentences(words)) {
        const std::size_t line = finder.line_of(sentence);
        m_builder.set_aside(place(line, line), std::string(sentence), commented_out);
      }
    }
  }

  void read_blocks(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) read_block(block);
  }

  void read_block(const Block& block) {
    switch (block.kind) {
      case Block::Kind::heading:
        cover(block.span.begin.line, place(block.span).last_line);
        m_builder.heading(block.level, block.text, place(block.span));
        break;
      case Block::Kind::paragraph:
        note_links(block);
        if (is_navigation(block)) {
          set_aside(block, "navigation");
        } else if (is_bold_heading(block)) {
          cover(block.span.begin.line, place(block.span).last_line);
          m_builder.bold_heading(block.text, place(block.span));
        } else {
          m_builder.add(statement(block, Statement::Kind::paragraph));
        }
        break;
      case Block::Kind::bullet_list:
      case Block::Kind::ordered_list:
        note_links(block);
        for (Statement& item : items(block)) m_builder.add(std::move(item));
        break;
      case Block::Kind::block_quote: read_quotation(block); break;
      case Block::Kind::code_block: m_builder.add(code(block)); break;
      case Block::Kind::table:
        note_links(block);
        cover(block.span.begin.line, place(block.span).last_line);
        read_table(block, m_source.name(), m_builder);
        break;
      case Block::Kind::raw_html: read_html(block); break;
      case Block::Kind::thematic_break: cover(block.span.begin.line, block.span.end.line); break;
      default: m_builder.add(statement(block, Statement::Kind::paragraph)); break;
    }
  }

  void note_links(const Block& block) {
    for (const markup::Link& link : block.links) {
      if (is_internal(link.target)) m_document.links.push_back(link.target);
    }
  }

  void set_aside(const Block& block, std::string_view reason) {
    const SourcePlace at = place(block.span);
    cover(at.first_line, at.last_line);
    SentenceFinder finder(m_source, at.first_line, at.last_line);
    for (const std::string_view sentence : sentences(block.text)) {
      const std::size_t line = finder.line_of(sentence);
      m_builder.set_aside(place(line, line), std::string(sentence), reason);
    }
  }

  Statement statement(const Block& block, Statement::Kind kind) {
    const SourcePlace at = place(block.span);
    // A block whose words the parser gave up on stays uncovered, and so is named.
    if (!trim(block.text).empty()) cover(at.first_line, at.last_line);
    Statement result;
    result.kind = kind;
    result.text = collapse_white_space(replace_all(block.text, no_break_space, " "));
    result.html = block.html;
    result.place = at;
    SentenceFinder finder(m_source, at.first_line, at.last_line);
    for (const std::string_view sentence : sentences(result.text)) {
      const std::size_t line = finder.line_of(sentence);
      result.sentences.push_back(m_outline.add(place(line, line), std::string(sentence)));
    }
    return result;
  }

  Statement code(const Block& block) {
    const SourcePlace at = place(block.span);
    cover(at.first_line, at.last_line);
    Statement result{Statement::Kind::code, block.text, {}, at, {}, {}, false};
    std::size_t line = at.first_line;
    const std::string_view fence = m_source.line(line);
    const std::size_t mark = std::min(fence.find("```"), fence.find("~~~"));
    if (mark != std::string_view::npos) {
      const std::string_view language =
          trim(fence.substr(fence.find_first_not_of("`~", mark) == std::string_view::npos ? fence.size() : fence.find_first_not_of("`~", mark)));
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
  std::vector<Statement> items(const Block& list) {
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
            set_aside(block, "navigation");
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

  void add_child(const Block& block, Statement& item) {
    switch (block.kind) {
      case Block::Kind::bullet_list:
      case Block::Kind::ordered_list:
        for (Statement& child : items(block)) item.children.push_back(std::move(child));
        break;
      case Block::Kind::block_quote:
        for (const Block& child : block.children) add_child(child, item);
        break;
      case Block::Kind::raw_html:
        for (const HtmlPiece& piece : pieces(block)) item.children.push_back(statement(piece));
        break;
      case Block::Kind::code_block: item.children.push_back(code(block)); break;
      case Block::Kind::thematic_break: break;
      case Block::Kind::paragraph:
        if (is_navigation(block)) {
          set_aside(block, "navigation");
          break;
        }
        [[fallthrough]];
      default:
        if (!trim(block.text).empty()) item.children.push_back(statement(block, Statement::Kind::paragraph));
    }
  }

  void read_quotation(const Block& quote) {
    for (const Block& block : quote.children) {
      if (block.kind == Block::Kind::paragraph) {
        note_links(block);
        m_builder.add(statement(block, Statement::Kind::quotation));
      } else {
        read_block(block);
      }
    }
  }

  std::vector<HtmlPiece> pieces(const Block& block) {
    cover(block.span.begin.line, place(block.span).last_line);
    std::vector<HtmlPiece> kept;
    for (HtmlPiece& piece : html_pieces(block.text, block.span.begin.line)) {
      for (const std::string& link : piece.links) {
        if (is_internal(link)) m_document.links.push_back(link);
      }
      // Comments inside HTML are among the comments of the file.
      if (piece.kind == HtmlPiece::Kind::comment) continue;
      if (piece.kind == HtmlPiece::Kind::hidden) {
        m_builder.set_aside(place(piece.first_line, piece.last_line), piece.text, "a script, a style or the like");
      } else if (piece.is_all_link &&
                 std::all_of(piece.links.begin(), piece.links.end(), [](const std::string& link) { return is_internal(link); })) {
        m_builder.set_aside(place(piece.first_line, piece.last_line), piece.text, "navigation");
      } else {
        kept.push_back(std::move(piece));
      }
    }
    return kept;
  }

  Statement statement(const HtmlPiece& piece) {
    Statement result;
    result.kind =
        piece.kind == HtmlPiece::Kind::paragraph || piece.kind == HtmlPiece::Kind::header_cell ? Statement::Kind::paragraph : Statement::Kind::item;
    result.text = piece.text;
    result.place = place(piece.first_line, piece.last_line);
    SentenceFinder finder(m_source, piece.first_line, piece.last_line);
    for (const std::string_view sentence : sentences(result.text)) {
      const std::size_t line = finder.line_of(sentence);
      result.sentences.push_back(m_outline.add(place(line, line), std::string(sentence)));
    }
    return result;
  }

  void read_html(const Block& block) {
    for (const HtmlPiece& piece : pieces(block)) {
      if (piece.kind == HtmlPiece::Kind::heading) {
        m_builder.heading(piece.level, piece.text, place(piece.first_line, piece.last_line));
      } else {
        m_builder.add(statement(piece));
      }
    }
  }

  /// Lines the parser made nothing of: definitions of links, and what stood too deep.
  void account_for_uncovered() {
    std::size_t count = 0;
    std::size_t first = 0;
    for (std::size_t line = 1; line <= m_source.line_count(); ++line) {
      const std::string_view words = trim(m_source.line(line));
      if (m_covered[line] || !has_letters(words)) continue;
      const bool is_definition = words.starts_with('[') && words.find("]:") != std::string_view::npos;
      m_builder.set_aside(place(line, line), std::string(words), is_definition ? "the address of a link" : "not understood");
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
  std::vector<bool> m_covered;  ///< by line, from 1
};

}  // namespace

const std::vector<std::string>& markdown_extensions() {
  static const std::vector<std::string> extensions{".md", ".markdown"};
  return extensions;
}

void read_markdown(const FolderFile& file, SourceOutline& outline) { Reader(file, outline).read(); }

}  // namespace waymark::importer
