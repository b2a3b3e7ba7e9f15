/// One Markdown file of the draft while it is written. Whatever words it takes in, it says in the file where they are from and in the ledger where they went.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/folder.hpp"
#include "importer/inline_markdown.hpp"
#include "importer/ledger.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

class DraftPage {
 public:
  /// Absent: the link is left out and its words stay.
  using Links = std::function<std::optional<std::string>(std::string_view source_file, std::string_view link, const std::string& page)>;

  /// Both references must outlive the page.
  DraftPage(std::string path, Ledger& ledger, const Links& links) : m_path(std::move(path)), m_ledger(ledger), m_links(links) {}

  [[nodiscard]] const std::string& path() const { return m_path; }
  [[nodiscard]] bool empty() const { return m_pieces.empty(); }

  /// As it stands, for front matter.
  void raw(std::string_view text);
  /// An empty id leaves it out.
  void heading(int level, std::string_view text, std::string_view id);
  void comment(std::string_view text);
  void from(const SourcePlace& place) { comment("from: " + to_string(place)); }
  /// What the source does not say, left visibly open.
  void gap(std::string_view what) { comment("not in the source: " + std::string(what)); }
  /// A statement and all that belongs to it; `where` completes "levels/x.md, …". Items become a list of one when they stand alone.
  void add(const Statement& statement, std::string_view where);
  /// Neighbouring items as one list.
  void add(const std::vector<const Statement*>& statements, std::string_view where);
  /// As a paragraph, whatever it was: the narrative of a criterion.
  void add_as_prose(const Statement& statement, std::string_view where);
  /// A list item that is no text of the source.
  void item(std::string_view markdown) { raw("- " + std::string(markdown) + "\n"); }
  void end_list() { raw("\n"); }

  void keep(const std::vector<SentenceId>& sentences, std::string_view where);

  /// The file, made only now: from any thread, while nothing is added anywhere and all that was added lives.
  [[nodiscard]] FolderFile finish() const;

 private:
  /// One of the three.
  struct Piece {
    std::string text;
    std::vector<const Statement*> list;
    const Statement* prose = nullptr;
  };

  void keep_all(const Statement& statement, const std::string& became);

  std::string m_path;
  Ledger& m_ledger;
  const Links& m_links;
  std::vector<Piece> m_pieces;
};

}  // namespace waymark::importer
