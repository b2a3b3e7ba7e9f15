#include "importer/draft_page.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

std::string from_comment(const SourcePlace& place) { return fmt::format("<!-- from: {} -->", comment_text(to_string(place))); }

std::string marker(const Statement& item) { return item.kind == Statement::Kind::numbered_item ? "1. " : "- "; }

/// What a page was told to say → Markdown.
class Renderer {
 public:
  Renderer(const std::string& path, const DraftPage::Links& links) : m_path(path), m_links(links) {}

  void raw(std::string_view text) { m_text += text; }
  [[nodiscard]] std::string take() {
    while (m_text.ends_with("\n\n")) m_text.pop_back();
    return std::move(m_text);
  }

  std::string words(const Statement& statement) const {
    if (statement.html.empty()) return escape_markdown(statement.text);
    return inline_markdown(statement.html, [&](std::string_view link) { return m_links(statement.place.file, link, m_path); });
  }

  void add_code(const Statement& statement, std::size_t indent) {
    std::size_t fence = 3;
    std::size_t run = 0;
    for (const char c : statement.text) {
      run = c == '`' ? run + 1 : 0;
      fence = std::max(fence, run + 1);
    }
    const std::string space(indent, ' ');
    const std::string mark(fence, '`');
    m_text += space + mark + '\n';
    for (const std::string_view line : split(trim(statement.text), '\n')) m_text += space + std::string(line) + '\n';
    m_text += space + mark + "\n\n";
  }

  void add_item(const Statement& item, std::size_t indent) {
    m_text += fmt::format("{}{}{} {}\n", std::string(indent, ' '), marker(item), words(item), from_comment(item.place));
    add_children(item, indent + marker(item).size());
  }

  void add_children(const Statement& statement, std::size_t indent) {
    for (const Statement& child : statement.children) {
      if (child.is_item()) {
        add_item(child, indent);
      } else if (child.kind == Statement::Kind::code) {
        m_text += "\n";
        add_code(child, indent);
      } else {
        m_text += fmt::format("\n{}{} {}\n\n", std::string(indent, ' '), words(child), from_comment(child.place));
        add_children(child, indent);
      }
    }
  }

  void add_as_prose(const Statement& statement) {
    if (statement.kind == Statement::Kind::code) {
      m_text += from_comment(statement.place) + "\n";
      add_code(statement, 0);
      return;
    }
    m_text += from_comment(statement.place) + "\n";
    m_text += (statement.kind == Statement::Kind::quotation ? "> " : "") + words(statement) + "\n\n";
    if (statement.children.empty()) return;
    add_children(statement, 0);
    if (!m_text.ends_with("\n\n")) m_text += "\n";
  }

  void add(const std::vector<const Statement*>& statements) {
    for (std::size_t i = 0; i < statements.size(); ++i) {
      if (!statements[i]->is_item()) {
        add_as_prose(*statements[i]);
        continue;
      }
      add_item(*statements[i], 0);
      const bool list_ends = i + 1 == statements.size() || statements[i + 1]->kind != statements[i]->kind;
      if (list_ends && !m_text.ends_with("\n\n")) m_text += "\n";
    }
  }

 private:
  const std::string& m_path;
  const DraftPage::Links& m_links;
  std::string m_text;
};

}  // namespace

void DraftPage::raw(std::string_view text) {
  if (m_pieces.empty() || m_pieces.back().prose != nullptr || !m_pieces.back().list.empty()) m_pieces.emplace_back();
  m_pieces.back().text += text;
}

void DraftPage::heading(int level, std::string_view text, std::string_view id) {
  raw(std::string(static_cast<std::size_t>(level), '#') + ' ' + escape_markdown(text) + (id.empty() ? std::string() : fmt::format(" {{#{}}}", id)) +
      "\n\n");
}

void DraftPage::comment(std::string_view text) { raw(fmt::format("<!-- {} -->\n", comment_text(text))); }

void DraftPage::keep(const std::vector<SentenceId>& sentences, std::string_view where) {
  m_ledger.keep(sentences, where.empty() ? m_path : fmt::format("{}, {}", m_path, where));
}

void DraftPage::keep_all(const Statement& statement, const std::string& became) {
  m_ledger.keep(statement.sentences, became);
  for (const Statement& child : statement.children) keep_all(child, became);
}

void DraftPage::add(const Statement& statement, std::string_view where) { add(std::vector<const Statement*>{&statement}, where); }

void DraftPage::add(const std::vector<const Statement*>& statements, std::string_view where) {
  if (statements.empty()) return;
  const std::string became = fmt::format("{}, {}", m_path, where);
  for (const Statement* statement : statements) keep_all(*statement, became);
  m_pieces.push_back({{}, statements, nullptr});
}

void DraftPage::add_as_prose(const Statement& statement, std::string_view where) {
  keep_all(statement, fmt::format("{}, {}", m_path, where));
  m_pieces.push_back({{}, {}, &statement});
}

FolderFile DraftPage::finish() const {
  Renderer renderer(m_path, m_links);
  for (const Piece& piece : m_pieces) {
    renderer.raw(piece.text);
    if (piece.prose != nullptr) renderer.add_as_prose(*piece.prose);
    if (!piece.list.empty()) renderer.add(piece.list);
  }
  return {m_path, renderer.take()};
}

}  // namespace waymark::importer
