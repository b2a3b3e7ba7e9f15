#include "importer/draft_page.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

std::string from_comment(const SourcePlace& place) { return fmt::format("<!-- from: {} -->", comment_text(to_string(place))); }

std::string marker(const Statement& item) { return item.kind == Statement::Kind::numbered_item ? "1. " : "- "; }

}  // namespace

void DraftPage::heading(int level, std::string_view text, std::string_view id) {
  m_text += std::string(static_cast<std::size_t>(level), '#') + ' ' + escape_markdown(text);
  if (!id.empty()) m_text += fmt::format(" {{#{}}}", id);
  m_text += "\n\n";
}

void DraftPage::comment(std::string_view text) { m_text += fmt::format("<!-- {} -->\n", comment_text(text)); }

void DraftPage::keep(const std::vector<SentenceId>& sentences, std::string_view where) {
  m_ledger.keep(sentences, where.empty() ? m_path : fmt::format("{}, {}", m_path, where));
}

std::string DraftPage::words(const Statement& statement) const {
  if (statement.html.empty()) return escape_markdown(statement.text);
  return inline_markdown(statement.html, [&](std::string_view link) { return m_links(statement.place.file, link, m_path); });
}

void DraftPage::add_code(const Statement& statement, std::string_view where, std::size_t indent) {
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
  keep(statement.sentences, where);
}

void DraftPage::add_item(const Statement& item, std::string_view where, std::size_t indent) {
  m_text += fmt::format("{}{}{} {}\n", std::string(indent, ' '), marker(item), words(item), from_comment(item.place));
  keep(item.sentences, where);
  add_children(item, where, indent + marker(item).size());
}

void DraftPage::add_children(const Statement& statement, std::string_view where, std::size_t indent) {
  for (const Statement& child : statement.children) {
    if (child.is_item()) {
      add_item(child, where, indent);
    } else if (child.kind == Statement::Kind::code) {
      m_text += "\n";
      add_code(child, where, indent);
    } else {
      m_text += fmt::format("\n{}{} {}\n\n", std::string(indent, ' '), words(child), from_comment(child.place));
      keep(child.sentences, where);
      add_children(child, where, indent);
    }
  }
}

void DraftPage::add_as_prose(const Statement& statement, std::string_view where) {
  if (statement.kind == Statement::Kind::code) {
    from(statement.place);
    add_code(statement, where, 0);
    return;
  }
  from(statement.place);
  m_text += (statement.kind == Statement::Kind::quotation ? "> " : "") + words(statement) + "\n\n";
  keep(statement.sentences, where);
  if (statement.children.empty()) return;
  add_children(statement, where, 0);
  if (!m_text.ends_with("\n\n")) m_text += "\n";
}

void DraftPage::add(const Statement& statement, std::string_view where) { add(std::vector<const Statement*>{&statement}, where); }

void DraftPage::add(const std::vector<const Statement*>& statements, std::string_view where) {
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (!statements[i]->is_item()) {
      add_as_prose(*statements[i], where);
      continue;
    }
    add_item(*statements[i], where, 0);
    const bool list_ends = i + 1 == statements.size() || statements[i + 1]->kind != statements[i]->kind;
    if (list_ends && !m_text.ends_with("\n\n")) m_text += "\n";
  }
}

FolderFile DraftPage::finish() const {
  std::string text = m_text;
  while (text.ends_with("\n\n")) text.pop_back();
  return {m_path, std::move(text)};
}

}  // namespace waymark::importer
