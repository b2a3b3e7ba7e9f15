#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/draft.hpp"
#include "importer/ids.hpp"
#include "importer/subjects.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

std::string notes_path(const Draft& draft, const std::string& source) {
  const std::size_t dot = source.find_last_of("./");
  const std::string short_path = fmt::format("notes/{}.md", dot != std::string::npos && source[dot] == '.' ? source.substr(0, dot) : source);
  return draft.note_paths.contains(short_path) ? fmt::format("notes/{}.md", source) : short_path;
}

class NotesWriter {
 public:
  NotesWriter(Draft& draft, const Document& document)
      : m_draft(draft), m_document(document), m_page(notes_path(draft, document.path), draft.ledger, draft.links) {}

  void write() {
    if (m_draft.found.told_in(m_document.root) != nullptr) return;
    write_part(m_document.root, 1);
    if (m_page.empty()) return;
    m_draft.pages_without_level.push_back(m_page.path());
    m_draft.note_paths.insert(m_page.path());
    m_draft.pages.push_back(std::move(m_page));
  }

 private:
  /// The capability a heading or a lead-in speaks of.
  [[nodiscard]] CapabilityDraft* capability_of(const std::string& words) {
    const auto at = words.empty() ? m_draft.capabilities.end() : m_draft.capabilities.find(title_key(words));
    return at == m_draft.capabilities.end() ? nullptr : &at->second;
  }

  [[nodiscard]] bool goes_to_capability(const Part& part, const Statement& statement) {
    return (&part != &m_document.root && capability_of(part.title) != nullptr) || capability_of(lead_in(statement)) != nullptr;
  }

  /// Said elsewhere already: pointed to from a level.
  [[nodiscard]] bool is_said(const Statement& statement) const {
    return m_draft.ledger.is_decided(statement.sentences) &&
           std::all_of(statement.children.begin(), statement.children.end(), [&](const Statement& child) { return is_said(child); });
  }

  [[nodiscard]] bool has_words_left(const Part& part) {
    if (m_draft.found.told_in(part) != nullptr) return false;
    return std::any_of(part.statements.begin(), part.statements.end(),
                       [&](const Statement& statement) { return !is_said(statement) && !goes_to_capability(part, statement); }) ||
           std::any_of(part.parts.begin(), part.parts.end(), [&](const Part& child) { return has_words_left(child); });
  }

  void write_part(const Part& part, int depth) {
    if (m_draft.found.told_in(part) != nullptr) return;
    const bool is_root = &part == &m_document.root;
    CapabilityDraft* capability = is_root ? nullptr : capability_of(part.title);
    if (has_words_left(part)) {
      m_page.heading(std::min(depth, 6), part.title, {});
      if (!part.sentences.empty()) m_page.from(part.place);
      m_page.raw("\n");
      m_page.keep(part.sentences, "heading");
    } else if (capability != nullptr) {
      if (m_draft.capability_headings.insert(&part).second) capability->headings.push_back(&part);
    } else if (!m_draft.capability_headings.contains(&part)) {
      m_draft.ledger.set_aside(part.sentences, is_root            ? "the title of a page without text of its own"
                                               : part.has_words() ? "a heading whose text went elsewhere"
                                                                  : "a heading with nothing under it");
    }
    write_statements(part, capability);
    for (const Part& child : part.parts) write_part(child, depth + 1);
  }

  void write_statements(const Part& part, CapabilityDraft* capability) {
    std::vector<const Statement*> left;
    for (const Statement& statement : part.statements) {
      if (is_said(statement) || set_figure_aside_here(statement, part)) continue;
      CapabilityDraft* by_lead_in = capability_of(lead_in(statement));
      if (capability != nullptr || by_lead_in != nullptr) {
        (by_lead_in != nullptr ? by_lead_in : capability)->intro.push_back(&statement);
      } else {
        left.push_back(&statement);
      }
    }
    m_page.add(left, "text");
  }

  bool set_figure_aside_here(const Statement& statement, const Part& part) {
    const std::optional<std::string> reason = statement.children.empty() ? reason_it_is_a_figure(statement.text, part.title) : std::nullopt;
    if (reason) m_draft.ledger.set_aside(statement.sentences, *reason);
    return reason.has_value();
  }

  Draft& m_draft;
  const Document& m_document;
  DraftPage m_page;
};

}  // namespace

void write_notes(Draft& draft) {
  for (const Document& document : draft.outline.documents) NotesWriter(draft, document).write();
}

void write_unplaced(Draft& draft) {
  const std::vector<SentenceId> left = draft.ledger.undecided();
  if (left.empty()) return;
  DraftPage page("notes/unplaced.md", draft.ledger, draft.links);
  page.heading(1, "Found no place", {});
  for (const SentenceId id : left) {
    const SourceSentence& sentence = draft.outline.sentences[id];
    Statement statement;
    statement.kind = Statement::Kind::item;
    statement.text = sentence.text;
    statement.place = sentence.place;
    statement.sentences = {id};
    page.add(statement, "text");
  }
  draft.questions.push_back(fmt::format("notes/unplaced.md:1: {} found no place. Where do they belong?", counted(left.size(), "sentence")));
  draft.files.push_back(page.finish());
  draft.pages_without_level.push_back(page.path());
}

}  // namespace waymark::importer
