#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "editor/features.hpp"
#include "editor/lookup.hpp"
#include "editor/text_places.hpp"
#include "markup/yaml.hpp"

namespace waymark::editor {
namespace {

constexpr std::size_t most_found = 500;

Entry entry_of(const Page& page, const Heading& heading) {
  const bool cited = page.target.kind == pathway::Target::Kind::level && !heading.id.empty();
  return {heading.title.empty() ? heading.anchor : heading.title,
          cited ? page.target.id + "." + heading.id : heading.id,
          heading.is_criterion ? Entry::Kind::criterion : Entry::Kind::section,
          whole_of(page, heading),
          heading.span,
          {}};
}

std::vector<Entry> outline_of_prose(const Page& page) {
  std::vector<Entry> roots;
  std::vector<std::pair<int, Entry*>> open;
  for (const Heading& heading : page.headings) {
    while (!open.empty() && open.back().first >= heading.level) open.pop_back();
    std::vector<Entry>& into = open.empty() ? roots : open.back().second->children;
    into.push_back(entry_of(page, heading));
    // Pointers into `into` stay good: nothing is added to it while a child of its last entry is open.
    open.emplace_back(heading.level, &into.back());
  }
  return roots;
}

std::string scalar_of(const markup::YamlNode& node, std::string_view key) {
  const markup::YamlNode* const found = node.find(key);
  return found == nullptr ? std::string() : found->scalar;
}

std::string name_of(const markup::YamlNode& item) {
  if (item.kind == markup::YamlNode::Kind::scalar) return item.scalar;
  if (const std::string from = scalar_of(item, "from"), to = scalar_of(item, "to"); !from.empty() || !to.empty()) {
    if (item.find("measure") == nullptr) return fmt::format("{} → {}", from, to);
  }
  for (const char* const key : {"id", "place", "title"}) {
    if (std::string name = scalar_of(item, key); !name.empty()) return name;
  }
  return "…";
}

Position end_of_node(const markup::YamlNode& node) {
  Position end = node.span.end;
  for (const markup::YamlNode& item : node.items) end = std::max(end, end_of_node(item));
  for (const markup::YamlNode::Entry& entry : node.entries) end = std::max({end, entry.key_span.end, end_of_node(entry.value)});
  return end;
}

std::vector<Entry> outline_of_manifest(const Page& page) {
  std::vector<Entry> entries;
  const markup::Yaml yaml = markup::parse_yaml(page.source);
  if (!yaml.root) return entries;
  for (const markup::YamlNode::Entry& each : yaml.root->entries) {
    Entry entry{each.key,          each.value.scalar,
                Entry::Kind::list, {each.key_span.begin, std::max(each.key_span.end, end_of_node(each.value))},
                each.key_span,     {}};
    if (each.value.kind == markup::YamlNode::Kind::scalar) entry.kind = Entry::Kind::item;
    for (const markup::YamlNode& item : each.value.items) {
      entry.children.push_back({name_of(item), scalar_of(item, "title"), Entry::Kind::item, {item.span.begin, end_of_node(item)}, item.span, {}});
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

std::vector<Entry> outline(const PathwayFolder& folder, std::string_view file) {
  const Page* const page = folder.page(file);
  if (page == nullptr) return {};
  return file == "pathway.yaml" ? outline_of_manifest(*page) : outline_of_prose(*page);
}

std::vector<std::pair<std::string, Entry>> find_everywhere(const PathwayFolder& folder, std::string_view words) {
  std::vector<std::pair<std::string, Entry>> found;
  const std::string wanted = to_lower_ascii(words);
  const auto offer = [&](const Page& page, Entry entry) {
    const bool matches =
        to_lower_ascii(entry.name).find(wanted) != std::string::npos || to_lower_ascii(entry.detail).find(wanted) != std::string::npos;
    if (matches && found.size() < most_found) found.emplace_back(page.source.name(), std::move(entry));
  };
  for (const Page* const page : folder.pages()) {
    if (!page->is_document() || page->source.name() == "pathway.yaml") continue;
    offer(*page, {page->title, page->target.id, Entry::Kind::page, {{1, 1}, end_of(page->source)}, page->source.line_span(1), {}});
    for (const Heading& heading : page->headings) {
      if (heading.is_criterion) offer(*page, entry_of(*page, heading));
    }
  }
  return found;
}

}  // namespace waymark::editor
