#include "importer/outline_builder.hpp"

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

constexpr int table_depth = 10;

Statement whole_statement(Statement::Kind kind, std::string_view text, const SourcePlace& place, SourceOutline& outline) {
  Statement result;
  result.kind = kind;
  result.text = collapse_white_space(text);
  result.place = place;
  for (const std::string_view sentence : sentences(result.text)) result.sentences.push_back(outline.add(place, std::string(sentence)));
  return result;
}

}  // namespace

std::string title_from_path(std::string_view path) {
  const std::filesystem::path whole(path);
  std::string name = whole.stem().string();
  const std::string lower = to_lower_ascii(name);
  if (lower == "readme" || lower == "index" || lower == "_index") name = whole.parent_path().filename().string();
  const std::size_t first = name.find_first_not_of("0123456789-_. ");
  if (first == std::string::npos) return name;
  name = name.substr(first);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 32);
  return collapse_white_space(name);
}

void OutlineBuilder::page_title(std::string text, const SourcePlace& place) {
  m_page.title = collapse_white_space(text);
  m_page.sentences = {m_outline.add(place, m_page.title)};
  m_page.place = place;
}

void OutlineBuilder::page_title(const Part& titled) {
  m_page.title = titled.title;
  m_page.sentences = titled.sentences;
  m_page.place = titled.place;
}

void OutlineBuilder::page_description(std::string_view text, const SourcePlace& place) {
  m_description.push_back(whole_statement(Statement::Kind::paragraph, text, place, m_outline));
  m_description.back().is_description = true;
}

void OutlineBuilder::heading(int depth, std::string_view text, const SourcePlace& place) {
  if (trim(text).empty()) return;
  Event event{Event::Kind::heading, depth, {}, {}};
  event.part.title = collapse_white_space(text);
  event.part.place = place;
  event.part.sentences = {m_outline.add(place, event.part.title)};
  m_events.push_back(std::move(event));
}

void OutlineBuilder::table_part(int depth, std::string_view text, const SourcePlace& place, Title title) {
  Event event{Event::Kind::heading, table_depth + depth, {}, {}};
  event.part.title = collapse_white_space(text);
  event.part.place = place;
  event.part.from_table = true;
  if (title == Title::counts && !event.part.title.empty()) event.part.sentences = {m_outline.add(place, event.part.title)};
  m_events.push_back(std::move(event));
}

void OutlineBuilder::end_table() { m_events.push_back({Event::Kind::close, table_depth, {}, {}}); }

void OutlineBuilder::add(Statement statement) {
  if (statement.sentences.empty() && statement.children.empty()) return;
  m_events.push_back({Event::Kind::statement, 0, {}, std::move(statement)});
}

void OutlineBuilder::add_part(Part part) {
  Event event{Event::Kind::part, 0, {}, {}};
  event.part = std::move(part);
  m_events.push_back(std::move(event));
}

void OutlineBuilder::add_item(std::string_view text, std::string html, const SourcePlace& place) {
  Statement item = whole_statement(Statement::Kind::item, text, place, m_outline);
  item.html = std::move(html);
  add(std::move(item));
}

void OutlineBuilder::set_aside(const SourcePlace& place, std::string text, std::string_view reason) {
  m_outline.set_aside.push_back({{m_outline.add(place, std::move(text))}, std::string(reason)});
}

/// One heading above all others is the title of the document, and before any text unless it names a level; so is a first one that names a level, when none
/// beside it does. The end of the events when there is none.
std::vector<OutlineBuilder::Event>::iterator OutlineBuilder::title_event() {
  const auto is_heading = [](const Event& event) { return event.kind == Event::Kind::heading && !event.part.from_table; };
  const auto first = std::find_if(m_events.begin(), m_events.end(), [](const Event& event) { return event.kind != Event::Kind::statement; });
  if (first == m_events.end() || !is_heading(*first)) return m_events.end();
  const bool names_level = read_title(first->part.title).names_level;
  if (first != m_events.begin() && !names_level) return m_events.end();
  const bool has_part = std::any_of(m_events.begin(), m_events.end(), [](const Event& event) { return event.kind == Event::Kind::part; });
  if (has_part && !m_page.title.empty()) return m_events.end();
  const bool has_rival = std::any_of(first + 1, m_events.end(), [&](const Event& event) {
    return is_heading(event) && event.depth <= first->depth && (!names_level || read_title(event.part.title).names_level);
  });
  return has_rival ? m_events.end() : first;
}

void OutlineBuilder::settle_title() {
  Part& root = m_document.root;
  root.title = m_page.title;
  root.place = m_page.place;
  root.sentences = m_page.sentences;
  const auto event = title_event();
  const bool is_title =
      event != m_events.end() && (root.title.empty() || event->depth == 1 || title_key(root.title) == title_key(event->part.title) ||
                                  (read_title(event->part.title).names_level && !read_title(root.title).names_level));
  if (is_title) {
    Part first = std::move(event->part);
    m_events.erase(event);
    if (title_key(root.title) == title_key(first.title) || root.title.empty()) {
      if (root.title.empty()) root.place = first.place;
      root.title = first.title;
      root.sentences.insert(root.sentences.end(), first.sentences.begin(), first.sentences.end());
    } else {
      // Two titles that differ: the one that names a level is the title, the other is said under it.
      Part other = first;
      if (read_title(first.title).names_level && !read_title(root.title).names_level) std::swap(static_cast<Part&>(root), other);
      Statement said;
      said.text = other.title;
      said.place = other.place;
      said.sentences = other.sentences;
      root.statements.push_back(std::move(said));
    }
  }
  if (root.title.empty()) {
    root.title = title_from_path(m_document.path);
    root.place = place(1);
  }
}

void OutlineBuilder::finish() {
  settle_title();
  Part& root = m_document.root;
  std::move(m_description.begin(), m_description.end(), std::back_inserter(root.statements));
  // Pointers into the last part of each rank: a vector grows only after what it held is off this stack.
  std::vector<std::pair<int, Part*>> open{{0, &root}};
  for (Event& event : m_events) {
    if (event.kind == Event::Kind::statement) {
      open.back().second->statements.push_back(std::move(event.statement));
      continue;
    }
    if (event.kind == Event::Kind::part) {
      open.back().second->parts.push_back(std::move(event.part));
      continue;
    }
    while (open.back().first >= event.depth) open.pop_back();
    if (event.kind == Event::Kind::close) continue;
    open.back().second->parts.push_back(std::move(event.part));
    open.emplace_back(event.depth, &open.back().second->parts.back());
  }
  m_events.clear();
}

}  // namespace waymark::importer
