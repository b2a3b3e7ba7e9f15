#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "editor/features.hpp"
#include "editor/lookup.hpp"
#include "editor/text_places.hpp"

namespace waymark::editor {
namespace {

using pathway::Target;
using Role = Occurrence::Role;

bool is_section(std::string_view anchor) {
  for (int kind = 0; kind < static_cast<int>(pathway::SectionKind::other); ++kind) {
    if (anchor == pathway::section_id(static_cast<pathway::SectionKind>(kind))) return true;
  }
  return false;
}

std::string kind_of(const Symbol& symbol) {
  switch (symbol.kind) {
    case Symbol::Kind::track: return "track";
    case Symbol::Kind::scope: return "scope";
    case Symbol::Kind::threshold: return "threshold";
    case Symbol::Kind::anchor: return "id";
    case Symbol::Kind::page: break;
  }
  if (symbol.target.kind == Target::Kind::level) return "level";
  return symbol.target.kind == Target::Kind::capability ? "capability" : "archetype";
}

/// "drives-design-2" is a paragraph of "drives-design".
bool is_paragraph_of(std::string_view anchor, std::string_view whole) {
  if (!anchor.starts_with(whole) || anchor.size() < whole.size() + 2 || anchor[whole.size()] != '-') return false;
  return anchor.substr(whole.size() + 1).find_first_not_of("0123456789") == std::string_view::npos;
}

class Renaming {
 public:
  Renaming(const PathwayFolder& folder, const Symbol& symbol, std::string new_name)
      : m_folder(folder), m_symbol(symbol), m_new(std::move(new_name)) {}

  Result<Change> make() {
    if (m_new == m_symbol.name()) return Change{};
    if (auto good = check_name(); !good) return tl::unexpected<Error>(good.error());
    replace_all_of(m_symbol);
    if (m_symbol.kind == Symbol::Kind::anchor) replace_paragraphs();
    if (m_symbol.kind == Symbol::Kind::page) follow_page();
    retire_old_citations();
    return std::move(m_change);
  }

 private:
  Result<void> check_name() const {
    if (m_symbol.kind == Symbol::Kind::scope) {
      if (trim(m_new).empty() || m_new.find_first_of("\n,[]{}#:\"'") != std::string::npos)
        return fail(Error::Kind::bad_input, fmt::format("`{}` cannot be a word of the scope axis.", m_new), "Use plain words without punctuation.");
    } else if (!pathway::is_valid_id(m_new)) {
      return fail(Error::Kind::bad_input, fmt::format("`{}` cannot be an id.", m_new),
                  "Begin with a letter; then letters, digits, `_` or `-`; 64 characters at most.");
    }
    Symbol wanted = m_symbol;
    (wanted.kind == Symbol::Kind::page ? wanted.target.id : wanted.kind == Symbol::Kind::anchor ? wanted.target.anchor : wanted.id) = m_new;
    bool taken = m_folder.definition(wanted).has_value();
    if (wanted.kind == Symbol::Kind::anchor) {
      const Page* const page = m_folder.page_of(wanted.target);
      taken = taken || is_section(m_new) || (page != nullptr && page->heading(m_new) != nullptr);
    } else if (wanted.kind == Symbol::Kind::page) {
      taken = taken || m_folder.page_of(wanted.target) != nullptr;
    }
    if (taken) return fail(Error::Kind::conflict, fmt::format("The {} `{}` is taken.", kind_of(m_symbol), m_new), "Choose another name.");
    return {};
  }

  void replace(const std::string& file, const Span& span) {
    if (m_done.emplace(file, span.begin).second) m_change.edits.push_back({file, span, m_new});
  }

  void replace_all_of(const Symbol& symbol) {
    for (const Found& found : m_folder.occurrences(symbol)) {
      // A heading may carry a level's id on a page where no such level is meant; only levels that exist are referred to.
      replace(found.file, found.occurrence.span);
    }
  }

  void replace_paragraphs() {
    for (const Page* const page : m_folder.pages()) {
      for (const Occurrence& each : page->occurrences) {
        const bool same_page = each.symbol.kind == Symbol::Kind::anchor && each.symbol.target.kind == m_symbol.target.kind &&
                               each.symbol.target.id == m_symbol.target.id;
        if (!same_page || !is_paragraph_of(each.symbol.target.anchor, m_symbol.target.anchor) || m_folder.definition(each.symbol)) continue;
        const Span span{each.span.begin, {each.span.begin.line, each.span.begin.column + m_symbol.target.anchor.size()}};
        replace(page->source.name(), span);
      }
    }
  }

  /// The file of a page is called by its id, and headings on other pages are.
  void follow_page() {
    const Page* const own = m_folder.page_of(m_symbol.target);
    if (own != nullptr) {
      const std::string& file = own->source.name();
      const std::string folder = file.substr(0, file.rfind('/') + 1);
      if (file == folder + m_symbol.target.id + ".md") m_change.renamed_files.emplace_back(file, folder + m_new + ".md");
    }
    if (m_symbol.target.kind != Target::Kind::level) return;
    for (const Page* const page : m_folder.pages()) {
      const Heading* const heading = page->heading(m_symbol.target.id);
      const bool names_levels =
          page->target.kind == Target::Kind::capability || page->target.kind == Target::Kind::archetype || page->target.kind == Target::Kind::fork;
      if (!names_levels || heading == nullptr || heading->id.empty()) continue;
      Target anchor = page->target;
      anchor.anchor = heading->id;
      replace_all_of({Symbol::Kind::anchor, std::move(anchor), {}});
      replace_in_title(*page, *heading);
    }
  }

  /// "At SSE {#SSE}": the words of the heading name the level, too.
  void replace_in_title(const Page& page, const Heading& heading) {
    const std::string_view text = text_at(page.source, {heading.span.begin, heading.id_span.begin});
    const std::string& old = m_symbol.target.id;
    const auto is_letter = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c < 0;
    };
    for (std::size_t at = text.find(old); at != std::string_view::npos; at = text.find(old, at + old.size())) {
      const std::size_t end = at + old.size();
      if ((at > 0 && is_letter(text[at - 1])) || (end < text.size() && is_letter(text[end]))) continue;
      const std::size_t begin = offset_of(page.source, heading.span.begin) + at;
      replace(page.source.name(), page.source.span(begin, begin + old.size()));
    }
  }

  void retire_old_citations() {
    const bool is_criterion = m_symbol.kind == Symbol::Kind::anchor && m_symbol.target.kind == Target::Kind::level;
    const bool is_level = m_symbol.kind == Symbol::Kind::page && m_symbol.target.kind == Target::Kind::level;
    const Page* const manifest = m_folder.page("pathway.yaml");
    const Page* const page = m_folder.page_of(m_symbol.target);
    if ((!is_criterion && !is_level) || manifest == nullptr || page == nullptr || is_draft(*manifest)) return;
    std::string entries;
    for (const Heading& heading : page->headings) {
      if (!heading.is_criterion || heading.id.empty() || (is_criterion && heading.id != m_symbol.target.anchor)) continue;
      const std::string old_citation = m_symbol.target.id + "." + heading.id;
      const std::string now = is_level ? m_new + "." + heading.id : m_symbol.target.id + "." + m_new;
      entries += fmt::format("  - id: {}\n    because: Renamed; its meaning is the same.\n    now: {}\n", old_citation, now);
    }
    if (!entries.empty()) add_to_retired(*manifest, std::move(entries));
  }

  static bool is_draft(const Page& manifest) {
    for (std::size_t line = 1; line <= manifest.source.line_count(); ++line) {
      const std::string_view text = manifest.source.line(line);
      if (text.starts_with("status:") && trim(text.substr(7)).starts_with("draft")) return true;
    }
    return false;
  }

  void add_to_retired(const Page& manifest, std::string entries) {
    for (std::size_t line = 1; line <= manifest.source.line_count(); ++line) {
      const std::string_view text = manifest.source.line(line);
      if (!text.starts_with("retired:")) continue;
      const std::string_view value = trim(text.substr(8));
      if (value == "[]") {
        m_change.edits.push_back(
            {manifest.source.name(), {{line, 1}, {line, count_code_points(text) + 1}}, "retired:\n" + entries.substr(0, entries.size() - 1)});
      } else if (value.empty() || value.starts_with('#')) {
        // A list that is not indented stays so.
        const bool flat = line_at(manifest.source, line + 1).starts_with('-');
        if (flat) entries = replace_all(entries.substr(2), "\n  ", "\n");
        insert_line(manifest, line + 1, entries);
      }
      return;  // any other form (a list in brackets) is left to its author
    }
    const Position end = end_of(manifest.source);
    const bool open_end = !manifest.source.text().ends_with('\n');
    m_change.edits.push_back({manifest.source.name(), {end, end}, (open_end ? "\n\nretired:\n" : "\nretired:\n") + entries});
  }

  void insert_line(const Page& page, std::size_t line, const std::string& text) {
    if (line <= page.source.line_count()) {
      m_change.edits.push_back({page.source.name(), {{line, 1}, {line, 1}}, text});
      return;
    }
    const Position end = end_of(page.source);
    m_change.edits.push_back({page.source.name(), {end, end}, (page.source.text().ends_with('\n') ? "" : "\n") + text});
  }

  const PathwayFolder& m_folder;
  const Symbol& m_symbol;
  std::string m_new;
  Change m_change;
  std::set<std::pair<std::string, Position>> m_done;
};

}  // namespace

Result<Occurrence> renameable(const PathwayFolder& folder, std::string_view file, Position position) {
  auto found = folder.at(file, position);
  if (!found)
    return fail(Error::Kind::not_found, "No id stands here.", "Put the cursor on an id: of a heading, a link, the front matter or pathway.yaml.");
  // The number of a paragraph comes after the id of what it belongs to.
  if (found->symbol.kind == Symbol::Kind::anchor && !folder.definition(found->symbol)) {
    const Page* const page = folder.page_of(found->symbol.target);
    for (const Heading& heading : page == nullptr ? std::vector<Heading>() : page->headings) {
      if (heading.id.empty() || !is_paragraph_of(found->symbol.target.anchor, heading.id)) continue;
      found->symbol.target.anchor = heading.id;
      found->span.end = {found->span.begin.line, found->span.begin.column + heading.id.size()};
      break;
    }
  }
  const Symbol& symbol = found->symbol;
  const bool fixed_page = symbol.kind == Symbol::Kind::page && symbol.target.id.empty();
  if (fixed_page)
    return fail(Error::Kind::bad_input, "This file's name is part of the format.",
                "Only levels, capabilities and archetypes have names of their own.");
  if (symbol.kind == Symbol::Kind::anchor && symbol.target.kind == Target::Kind::level && is_section(symbol.target.anchor)) {
    return fail(Error::Kind::bad_input, fmt::format("`{}` is an id of the format: it says which section this is.", symbol.target.anchor),
                "Change the words of the heading instead.");
  }
  const bool known = folder.definition(symbol) || (symbol.kind == Symbol::Kind::page && folder.page_of(symbol.target) != nullptr);
  if (!known)
    return fail(Error::Kind::not_found, fmt::format("`{}` is defined nowhere.", symbol.name()),
                "Correct it first, or give the heading that it means an id.");
  return *found;
}

Result<Change> rename(const PathwayFolder& folder, std::string_view file, Position position, std::string_view new_name) {
  const auto found = renameable(folder, file, position);
  if (!found) return tl::unexpected<Error>(found.error());
  return Renaming(folder, found->symbol, std::string(trim(new_name))).make();
}

}  // namespace waymark::editor
