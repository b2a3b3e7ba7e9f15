#include "editor/page.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "editor/page_parts.hpp"
#include "editor/text_places.hpp"
#include "pathway/pathway.hpp"

namespace waymark::editor {
namespace {

using markup::Block;
using pathway::Target;

std::string stem_of(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? file : file.substr(slash + 1);
  return std::string(name.substr(0, name.rfind('.')));
}

/// The letters of `{#id}` at the end of a heading.
Span id_span_of(const SourceText& source, const Block& heading) {
  const std::string_view text = text_at(source, heading.span);
  const std::size_t mark = text.rfind("#" + heading.id);
  if (heading.id.empty() || mark == std::string_view::npos) return {heading.span.begin, heading.span.begin};
  const std::size_t begin = offset_of(source, heading.span.begin) + mark + 1;
  return source.span(begin, begin + heading.id.size());
}

void append(std::string& words, const std::string& text) {
  if (text.empty()) return;
  if (!words.empty()) words += "\n\n";
  words += text;
}

class Reader {
 public:
  explicit Reader(Page& page) : m_page(page) {}

  void read() {
    const std::string& file = m_page.source.name();
    // resolve_link knows which files are pages; a link from nowhere to this file leads to it.
    m_page.target = pathway::resolve_link("README.md", file).value_or(Target{Target::Kind::pathway, "none", {}});
    if (file == "pathway.yaml") {
      const markup::Yaml yaml = markup::parse_yaml(m_page.source);
      if (yaml.root) reading::read_manifest(m_page, *yaml.root);
      return;
    }
    if (!file.ends_with(".md")) return;
    const markup::FrontMatter front = markup::parse_front_matter(m_page.source);
    m_page.body_line = front.body_line;
    if (front.root) reading::read_front_matter(m_page, *front.root);
    const markup::Markdown body = markup::parse_markdown(m_page.source, front.body_line);
    for (const Block& block : body.blocks) read_block(block);
    close_headings(1, m_page.source.line_count());
    reading::read_links(m_page, body.blocks);
    if (m_page.title.empty()) m_page.title = m_page.headings.empty() ? stem_of(file) : m_page.headings.front().title;
    if (m_page.is_document()) read_ids();
  }

 private:
  void read_block(const Block& block) {
    if (block.kind == Block::Kind::heading) {
      close_headings(block.level, block.span.begin.line - 1);
      Heading heading{block.level, block.text, block.id, block.id.empty() ? slug(block.text) : block.id, block.span, id_span_of(m_page.source, block),
                      0,           {},         false};
      if (block.level <= 2)
        m_changes = m_page.target.kind == Target::Kind::level && heading.anchor == pathway::section_id(pathway::SectionKind::what_changes_here);
      heading.is_criterion = m_changes && block.level == 3;
      m_page.headings.push_back(std::move(heading));
    } else if (m_page.headings.empty() || (m_page.headings.size() == 1 && m_page.headings.front().level == 1)) {
      append(m_page.words, block.text);
    } else {
      append(m_page.headings.back().words, block.text);
    }
  }

  void close_headings(int level, std::size_t line) {
    for (auto heading = m_page.headings.rbegin(); heading != m_page.headings.rend(); ++heading) {
      if (heading->last_line != 0) continue;
      if (heading->level >= level) heading->last_line = std::max(line, heading->span.end.line);
    }
  }

  void read_ids() {
    // A level's own id also stands at the headings that other pages give it.
    const bool names_levels =
        m_page.target.kind == Target::Kind::capability || m_page.target.kind == Target::Kind::archetype || m_page.target.kind == Target::Kind::fork;
    for (const Heading& heading : m_page.headings) {
      if (heading.id.empty() || heading.id_span.begin == heading.id_span.end) continue;
      Target anchor = m_page.target;
      anchor.anchor = heading.id;
      m_page.occurrences.push_back({{Symbol::Kind::anchor, std::move(anchor), {}}, Occurrence::Role::definition, heading.id_span});
      if (names_levels && heading.level <= 3) m_page.occurrences.push_back({Symbol::level(heading.id), Occurrence::Role::reference, heading.id_span});
    }
  }

  Page& m_page;
  bool m_changes = false;
};

}  // namespace

const std::string& Symbol::name() const {
  if (kind == Kind::page) return target.id;
  return kind == Kind::anchor ? target.anchor : id;
}

const Field* Page::field(std::string_view key) const {
  const auto at = std::find_if(fields.begin(), fields.end(), [&](const Field& each) { return each.key == key; });
  return at == fields.end() ? nullptr : &*at;
}

const Heading* Page::heading(std::string_view anchor) const {
  const auto at = std::find_if(headings.begin(), headings.end(), [&](const Heading& each) { return each.anchor == anchor; });
  return at == headings.end() ? nullptr : &*at;
}

const Heading* Page::heading_above(std::size_t line) const {
  const auto at = std::find_if(headings.rbegin(), headings.rend(), [&](const Heading& each) { return each.span.begin.line <= line; });
  return at == headings.rend() ? nullptr : &*at;
}

std::shared_ptr<const Page> read_page(const std::string& file, std::string_view bytes) {
  auto page = std::make_shared<Page>(file, bytes);
  Reader(*page).read();
  return page;
}

}  // namespace waymark::editor
