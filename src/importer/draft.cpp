#include "importer/draft.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/core.h>

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "importer/ids.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

const Part* part_with_slug(const Part& part, std::string_view fragment) {
  for (const Part& child : part.parts) {
    if (slug(child.title) == fragment) return &child;
    if (const Part* found = part_with_slug(child, fragment)) return found;
  }
  return nullptr;
}

std::string relative_link(const std::string& page, const std::string& target) {
  return std::filesystem::path(target).lexically_relative(std::filesystem::path(page).parent_path()).generic_string();
}

}  // namespace

CapabilityDraft::AtLevel& CapabilityDraft::at(std::size_t level) {
  if (!levels.empty() && levels.back().level == level) return levels.back();
  const auto known = std::find_if(levels.begin(), levels.end(), [&](const AtLevel& entry) { return entry.level == level; });
  if (known != levels.end()) return *known;
  levels.push_back({level, {}, {}});
  return levels.back();
}

CapabilityDraft& Draft::capability(const std::string& title) {
  const auto [at, fresh] = capabilities.try_emplace(title_key(title));
  if (fresh) {
    const std::string plain = read_title(title).plain;
    at->second.title = plain.empty() ? title : plain;
    at->second.id = capability_ids.take_with_letters(id_from(at->second.title, "capability"));
  }
  return at->second;
}

void render_pages(Draft& draft) {
  const std::size_t first = draft.files.size();
  draft.files.resize(first + draft.pages.size());
  parallel_for(draft.pages.size(), [&](std::size_t i) { draft.files[first + i] = draft.pages[i].finish(); });
  draft.pages.clear();
}

DraftPage::Links make_links(const Draft& draft) {
  return [&draft](std::string_view source_file, std::string_view link, const std::string& page) -> std::optional<std::string> {
    const Document* from = draft.source_links.document(source_file);
    const Document* target = from == nullptr ? nullptr : draft.source_links.target(*from, link);
    if (target == nullptr) return std::nullopt;
    const std::size_t hash = link.find('#');
    const Part* part = hash == std::string_view::npos ? &target->root : part_with_slug(target->root, link.substr(hash + 1));
    const FoundLevel* level = draft.found.told_in(part != nullptr ? *part : target->root);
    if (level == nullptr) return std::nullopt;
    return relative_link(page, fmt::format("levels/{}.md", level->id));
  };
}

}  // namespace waymark::importer
