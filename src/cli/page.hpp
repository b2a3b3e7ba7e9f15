/// Text laid out for a terminal: wrapped by what a reader sees (combining and wide characters), inked where the terminal takes colour.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "markup/markdown.hpp"
#include "pathway/pathway.hpp"

namespace waymark::cli {

/// How many columns a terminal gives to a text: 0 for combining characters, 2 for wide ones.
[[nodiscard]] int display_width(std::string_view text);

/// Control characters and marks that turn the direction of writing become U+FFFD, so that a document cannot command the terminal; white space stays.
[[nodiscard]] std::string printable(std::string_view text);

enum class Ink { plain, strong, faint, match, removed, added, error, warning, note };

/// The escape sequences around a text; the text itself where there is no colour.
[[nodiscard]] std::string inked(std::string_view text, Ink ink, bool colour);

struct Run {
  std::string text;
  Ink ink = Ink::plain;
};
using Runs = std::vector<Run>;

/// What stands before the first and before every further line of a paragraph.
struct Margin {
  std::string first;
  std::string rest;

  [[nodiscard]] static Margin of(int columns);               ///< that many spaces
  [[nodiscard]] Margin with(std::string_view marker) const;  ///< "- " behind the first, as many spaces behind the rest
};

class Page {
 public:
  Page(int columns, bool colour) : m_columns(columns), m_colour(colour) {}

  [[nodiscard]] int columns() const { return m_columns; }
  [[nodiscard]] bool colour() const { return m_colour; }

  /// One empty line before whatever comes next; never two, never at the beginning.
  void gap() { m_gap = true; }
  /// A paragraph. Runs join without a space; white space in them is where a line may break.
  void say(const Runs& runs, const Margin& margin = {});
  void say(std::string_view text, const Margin& margin = {}) { say(Runs{{std::string(text), Ink::plain}}, margin); }
  void heading(std::string_view text, const Margin& margin = {});
  /// Lines as they are.
  void verbatim(std::string_view text, const Margin& margin = {});
  /// Markdown as prose: paragraphs, lists with their markers, quotes, code. Gaps between them, not around them.
  void block(const markup::Block& block, const Margin& margin = {});
  void blocks(const std::vector<markup::Block>& blocks, const Margin& margin = {});
  void passages(const std::vector<pathway::Passage>& passages, const Margin& margin = {});
  /// The lines of another page, as they are.
  void append(const Page& other);
  /// Two pages beside each other, line by line.
  void side_by_side(const Page& left, const Page& right);

  /// Every line ends with a line end.
  [[nodiscard]] std::string text() const;

 private:
  struct Line {
    std::string bytes;
    int width = 0;
  };
  void add(Line line);
  void list(const markup::Block& list, const Margin& margin);

  int m_columns;
  bool m_colour;
  bool m_gap = false;
  std::vector<Line> m_lines;
};

}  // namespace waymark::cli
