/// Headings and statements in the order of a document → its tree of parts. What every reader feeds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "importer/outline.hpp"

namespace waymark::importer {

class OutlineBuilder {
 public:
  /// Fills `document.root` at finish(); both must outlive this.
  OutlineBuilder(Document& document, SourceOutline& outline) : m_document(document), m_outline(outline) {}

  /// A line of the document.
  [[nodiscard]] SourcePlace place(std::size_t line) { return {m_outline.keep_path(m_document.path), line, line}; }

  /// The title and description a page gives itself outside its text.
  void page_title(std::string text, const SourcePlace& place);
  /// The same, when its sentences are counted already.
  void page_title(const Part& titled);
  void page_description(std::string_view text, const SourcePlace& place);

  /// `depth` counts from 1; an empty text is no heading.
  void heading(int depth, std::string_view text, const SourcePlace& place);
  /// Under every real heading, whatever its depth.
  void bold_heading(std::string_view text, const SourcePlace& place) { heading(7, text, place); }
  /// Columns and rows of a table as parts: `depth` is 1 or 2. `counts` says that the title stands in the source here; a row's name may be repeated for
  /// every column without that.
  enum class Title { counts, repeated };
  void table_part(int depth, std::string_view text, const SourcePlace& place, Title title);
  void end_table();

  void add(Statement statement);
  /// A part with all in it, below the heading that is open; its sentences are counted already.
  void add_part(Part part);
  /// A whole text that is one statement; sentences are counted here.
  void add_item(std::string_view text, std::string html, const SourcePlace& place);
  void set_aside(const SourcePlace& place, std::string text, std::string_view reason);
  void ask(std::string question) { m_outline.questions.push_back(std::move(question)); }

  void finish();

 private:
  struct Event {
    enum class Kind { heading, statement, part, close };
    Kind kind = Kind::statement;
    int depth = 0;
    Part part;
    Statement statement;
  };

  void settle_title();
  [[nodiscard]] std::vector<Event>::iterator title_event();

  Document& m_document;
  SourceOutline& m_outline;
  Part m_page;  ///< title as the front matter gives it
  std::vector<Statement> m_description;
  std::vector<Event> m_events;
};

/// "docs/01-senior_engineer.md" → "Senior engineer"; of an index page, the folder's name; empty when there is none.
[[nodiscard]] std::string title_from_path(std::string_view path);

}  // namespace waymark::importer
