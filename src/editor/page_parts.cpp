#include "editor/page_parts.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "editor/text_places.hpp"

namespace waymark::editor::reading {
namespace {

using markup::YamlNode;
using pathway::Target;
using Role = Occurrence::Role;

bool is_empty(const Span& span) { return span.begin == span.end; }

Span part_of(const SourceText& source, const Span& span, std::size_t begin, std::size_t length) {
  const std::size_t at = offset_of(source, span.begin) + begin;
  return source.span(at, at + length);
}

class ManifestReader {
 public:
  explicit ManifestReader(Page& page) : m_page(page) {}

  void read(const YamlNode& root) {
    words(root.find("scope_axis"), [&](const YamlNode& node) { add({Symbol::Kind::scope, {}, node.scalar}, Role::definition, node); });
    each(root.find("tracks"), [&](const YamlNode& track) {
      with(track.find("id"), [&](const YamlNode& node) { add({Symbol::Kind::track, {}, node.scalar}, Role::definition, node); });
      levels(track.find("levels"));
    });
    each(root.find("routes"), [&](const YamlNode& route) { levels(route.find("from")), levels(route.find("to")); });
    if (const YamlNode* const fork = root.find("fork")) {
      levels(fork->find("at"));
      levels(fork->find("branches"));
      with(fork->find("page"), [&](const YamlNode& node) {
        if (const auto target = pathway::resolve_link(m_page.source.name(), node.scalar))
          add({Symbol::Kind::page, *target, {}}, Role::reference, node);
      });
    }
    each(root.find("equivalences"), [&](const YamlNode& equivalence) {
      for (const char* const key : {"place", "equals", "while_dormant", "once_active"}) levels(equivalence.find(key));
    });
    levels(root.find("dormant"));
    each(root.find("thresholds"), [&](const YamlNode& threshold) {
      with(threshold.find("id"), [&](const YamlNode& node) { add({Symbol::Kind::threshold, {}, node.scalar}, Role::definition, node); });
      levels(threshold.find("level"));
    });
    // What a retired id was stays as it was cited; only what stands in its place is a reference.
    each(root.find("retired"), [&](const YamlNode& retired) { with(retired.find("now"), [&](const YamlNode& node) { citation(node); }); });
  }

 private:
  template <class Do>
  static void with(const YamlNode* node, const Do& act) {
    if (node != nullptr && node->kind == YamlNode::Kind::scalar && !node->scalar.empty()) act(*node);
  }
  template <class Do>
  static void each(const YamlNode* node, const Do& act) {
    if (node == nullptr || node->kind != YamlNode::Kind::sequence) return;
    for (const YamlNode& item : node->items) act(item);
  }
  template <class Do>
  static void words(const YamlNode* node, const Do& act) {
    with(node, act);
    each(node, [&](const YamlNode& item) { with(&item, act); });
  }

  void levels(const YamlNode* node) {
    words(node, [&](const YamlNode& word) { add(Symbol::level(word.scalar), Role::reference, word); });
  }

  void citation(const YamlNode& node) {
    const auto cited = pathway::parse_citation(node.scalar);
    const Span letters = letters_of(m_page.source, node);
    if (!cited || is_empty(letters)) return;
    const std::size_t dot = node.scalar.find('.');
    const std::string& level = cited->level.value;
    m_page.occurrences.push_back({Symbol::level(level), Role::reference, part_of(m_page.source, letters, 0, std::min(dot, node.scalar.size()))});
    if (cited->anchor.empty()) return;
    m_page.occurrences.push_back({{Symbol::Kind::anchor, {Target::Kind::level, level, cited->anchor}, {}},
                                  Role::reference,
                                  part_of(m_page.source, letters, dot + 1, node.scalar.size() - dot - 1)});
  }

  void add(Symbol symbol, Role role, const YamlNode& node) {
    const Span letters = letters_of(m_page.source, node);
    if (!is_empty(letters)) m_page.occurrences.push_back({std::move(symbol), role, letters});
  }

  Page& m_page;
};

/// `[name]: target` of a line, where there is one; the span is the target's.
std::optional<Span> reference_target(const SourceText& source, std::size_t line) {
  const std::string_view text = source.line(line);
  const std::size_t open = text.find_first_not_of(' ');
  if (open == std::string_view::npos || open > 3 || text[open] != '[' || text.substr(open).starts_with("[^")) return std::nullopt;
  const std::size_t close = text.find("]:", open);
  if (close == std::string_view::npos) return std::nullopt;
  std::size_t begin = text.find_first_not_of(" \t", close + 2);
  if (begin == std::string_view::npos) return std::nullopt;
  const bool bracketed = text[begin] == '<';
  if (bracketed) ++begin;
  const std::size_t end = std::min(text.find_first_of(bracketed ? ">" : " \t", begin), text.size());
  return source.span(source.line_start(line) + begin, source.line_start(line) + end);
}

}  // namespace

Span letters_of(const SourceText& source, const YamlNode& scalar) {
  Span span = scalar.span;
  const std::string_view text = text_at(source, span);
  if (text == scalar.scalar) return span;
  if (scalar.quoted && text.size() == scalar.scalar.size() + 2 && text.substr(1, scalar.scalar.size()) == scalar.scalar) {
    ++span.begin.column;
    --span.end.column;
    return span;
  }
  return {span.begin, span.begin};
}

void read_front_matter(Page& page, const YamlNode& root) {
  for (const YamlNode::Entry& entry : root.entries) {
    Field field{entry.key, entry.key_span, {}, entry.value.span};
    if (entry.value.kind == YamlNode::Kind::scalar) {
      field.value = collapse_white_space(entry.value.scalar);
      if (const Span letters = letters_of(page.source, entry.value); !is_empty(letters)) field.value_span = letters;
    }
    page.fields.push_back(std::move(field));
  }
  if (const Field* const title = page.field("title")) page.title = title->value;
  if (!page.is_document()) return;
  const Field* const id = page.field("id");
  if (id != nullptr && pathway::is_valid_id(id->value) && page.target.kind != Target::Kind::fork) {
    page.target.id = id->value;
    page.occurrences.push_back({Symbol::page(page.target.kind, id->value), Role::definition, id->value_span});
  }
  if (page.target.kind != Target::Kind::level) return;
  for (const auto& [key, kind] : {std::pair{"track", Symbol::Kind::track}, {"scope", Symbol::Kind::scope}}) {
    const Field* const field = page.field(key);
    if (field != nullptr && !field->value.empty()) page.occurrences.push_back({{kind, {}, field->value}, Role::reference, field->value_span});
  }
}

void read_manifest(Page& page, const YamlNode& root) {
  if (const YamlNode* const name = root.find("name")) page.title = name->scalar;
  ManifestReader(page).read(root);
}

void read_target(Page& page, const Span& span) {
  const std::string_view raw = text_at(page.source, span);
  const auto target = pathway::resolve_link(page.source.name(), raw);
  if (!target) return;
  const std::size_t mark = raw.find('#');
  const std::size_t path_end = std::min(mark, raw.size());
  Target whole = *target;
  whole.anchor.clear();
  const bool has_id = whole.kind == Target::Kind::level || whole.kind == Target::Kind::capability || whole.kind == Target::Kind::archetype;
  if (has_id && path_end >= whole.id.size() + 3 && raw.substr(0, path_end).ends_with(whole.id + ".md")) {
    page.occurrences.push_back(
        {{Symbol::Kind::page, whole, {}}, Role::reference, part_of(page.source, span, path_end - 3 - whole.id.size(), whole.id.size())});
  } else if (path_end > 0) {
    page.occurrences.push_back({{Symbol::Kind::page, whole, {}}, Role::reference, part_of(page.source, span, 0, path_end)});
  }
  if (mark == std::string_view::npos || target->anchor.empty()) return;
  // A link inside the page names it by its file; the page may call itself otherwise.
  Target anchor = path_end == 0 ? page.target : whole;
  anchor.anchor = target->anchor;
  page.occurrences.push_back(
      {{Symbol::Kind::anchor, std::move(anchor), {}}, Role::reference, part_of(page.source, span, mark + 1, raw.size() - mark - 1)});
}

void read_links(Page& page, const std::vector<markup::Block>& blocks) {
  std::vector<bool> in_code(page.source.line_count() + 2, false);
  for (const markup::Block& block : blocks) {
    if (block.kind == markup::Block::Kind::code_block) {
      for (std::size_t line = block.span.begin.line; line <= block.span.end.line && line < in_code.size(); ++line) in_code[line] = true;
    }
    for (const markup::Link& link : block.links) {
      // Of `[text][name]` the span is the whole block: its target stands in a line of its own, read below.
      const std::string_view written = text_at(page.source, link.span);
      if (link.span.begin.line == link.span.end.line && written.find_first_of(" \t[]") == std::string_view::npos) read_target(page, link.span);
    }
  }
  for (std::size_t line = page.body_line; line <= page.source.line_count(); ++line) {
    if (in_code[line]) continue;
    if (const auto span = reference_target(page.source, line)) read_target(page, *span);
  }
}

}  // namespace waymark::editor::reading
