#include "editor/lookup.hpp"

#include <filesystem>

#include "base/text.hpp"
#include "editor/features.hpp"
#include "editor/text_places.hpp"
#include "pathway/cite.hpp"

namespace waymark::editor {
namespace {

using pathway::Target;

/// A paragraph that only the pathway knows by its number.
std::optional<Definition> paragraph_of(const PathwayFolder& folder, const Target& target) {
  const pathway::Level* const level = folder.pathway() == nullptr ? nullptr : folder.pathway()->level(pathway::LevelId{target.id});
  const Page* const page = folder.page_of(target);
  if (level == nullptr || page == nullptr || target.kind != Target::Kind::level) return std::nullopt;
  const auto find_in = [&](const std::vector<pathway::Passage>& passages) -> std::optional<Definition> {
    for (const pathway::Passage& passage : passages) {
      if (passage.anchor == target.anchor) return Definition{page->source.name(), passage.block.span, passage.block.span};
    }
    return std::nullopt;
  };
  if (auto found = find_in(level->summary)) return found;
  for (const pathway::Section& section : level->sections) {
    if (auto found = find_in(section.passages)) return found;
  }
  for (const pathway::Criterion& criterion : level->criteria) {
    if (auto found = find_in(criterion.passages)) return found;
  }
  return std::nullopt;
}

bool holds(const Span& span, Position position) { return span.begin <= position && position <= span.end; }

}  // namespace

Span whole_of(const Page& page, const Heading& heading) {
  const std::size_t last = std::min(heading.last_line, page.source.line_count());
  return {heading.span.begin, {last, count_code_points(line_at(page.source, last)) + 1}};
}

std::optional<Thing> thing_at(const PathwayFolder& folder, std::string_view file, Position position) {
  if (const auto occurrence = folder.at(file, position)) return Thing{occurrence->symbol, occurrence->span};
  const Page* const page = folder.page(file);
  if (page == nullptr || !page->is_document()) return std::nullopt;
  for (const Heading& heading : page->headings) {
    if (!holds(heading.span, position)) continue;
    // "At SSE" on a capability's page is about the level.
    if (page->target.kind != Target::Kind::level && folder.has_level(heading.id)) return Thing{Symbol::level(heading.id), heading.span};
    Target anchor = page->target;
    anchor.anchor = heading.anchor;
    return Thing{{Symbol::Kind::anchor, std::move(anchor), {}}, heading.span};
  }
  return std::nullopt;
}

std::string link_to(std::string_view file, std::string_view page, std::string_view anchor) {
  std::string link;
  if (file != page) link = std::filesystem::path(page).lexically_relative(std::filesystem::path(file).parent_path()).generic_string();
  if (!anchor.empty()) link.append("#").append(anchor);
  return link;
}

std::optional<Definition> definition(const PathwayFolder& folder, std::string_view file, Position position) {
  const auto thing = thing_at(folder, file, position);
  if (!thing) return std::nullopt;
  const Symbol& symbol = thing->symbol;
  if (symbol.kind == Symbol::Kind::anchor || symbol.kind == Symbol::Kind::page) {
    const Page* const page = folder.page_of(symbol.target);
    if (page == nullptr) return std::nullopt;
    if (symbol.kind == Symbol::Kind::page) {
      const auto found = folder.definition(symbol);
      const Span whole{{1, 1}, end_of(page->source)};
      return Definition{page->source.name(), whole, found ? found->occurrence.span : page->source.line_span(1)};
    }
    if (const Heading* const heading = page->heading(symbol.target.anchor))
      return Definition{page->source.name(), whole_of(*page, *heading), heading->span};
    return paragraph_of(folder, symbol.target);
  }
  const auto found = folder.definition(symbol);
  if (!found) return std::nullopt;
  return Definition{found->file, found->occurrence.span, found->occurrence.span};
}

std::vector<pathway::Place> references(const PathwayFolder& folder, std::string_view file, Position position, Declaration declaration) {
  std::vector<pathway::Place> places;
  const auto thing = thing_at(folder, file, position);
  if (!thing) return places;
  for (const Found& found : folder.occurrences(thing->symbol)) {
    if (declaration == Declaration::left_out && found.occurrence.role == Occurrence::Role::definition) continue;
    places.push_back({found.file, found.occurrence.span});
  }
  return places;
}

}  // namespace waymark::editor
