#include "editor/pathway_folder.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

#include "base/text.hpp"

namespace waymark::editor {
namespace {

namespace fs = std::filesystem;
using pathway::Target;

bool is_read(const std::string& file) {
  const auto& extensions = pathway::document_extensions();
  return std::any_of(extensions.begin(), extensions.end(), [&](const std::string& extension) { return file.ends_with(extension); });
}

bool is_hidden(const fs::path& file) {
  return std::any_of(file.begin(), file.end(), [](const fs::path& part) { return part.native().starts_with('.'); });
}

/// Of the times and sizes of the files.
std::uint64_t fingerprint_of(const fs::path& root, const Folder& folder) {
  std::size_t mixed = folder.files.size();
  const auto mix = [&](std::size_t value) { mixed ^= value + 0x9E3779B97F4A7C15ULL + (mixed << 6) + (mixed >> 2); };
  for (const FolderFile& file : folder.files) {
    std::error_code error;
    const auto time = fs::last_write_time(root / file.path, error);
    mix(error ? 0 : static_cast<std::size_t>(time.time_since_epoch().count()));
    const auto size = fs::file_size(root / file.path, error);
    mix(error ? 0 : static_cast<std::size_t>(size));
  }
  // A file that is new changes the time of its folder.
  for (const char* const part : {".", "levels", "capabilities", "archetypes"}) {
    std::error_code error;
    const auto time = fs::last_write_time(root / part, error);
    mix(error ? 0 : static_cast<std::size_t>(time.time_since_epoch().count()));
  }
  return mixed;
}

bool by_path(const FolderFile& file, std::string_view path) { return file.path < path; }

std::size_t width(const Span& span) { return span.begin.line == span.end.line ? span.end.column - span.begin.column : SIZE_MAX; }

bool touches(const Span& span, Position position) { return span.begin <= position && position <= span.end; }

}  // namespace

PathwayFolder::PathwayFolder(fs::path root) : m_root(std::move(root)) { read_disk(); }

std::optional<std::string> PathwayFolder::file_of(const fs::path& path) const {
  const fs::path relative = path.lexically_relative(m_root);
  if (relative.empty() || *relative.begin() == ".." || is_hidden(relative) || !is_read(relative.native())) return std::nullopt;
  return relative.generic_string();
}

void PathwayFolder::read_disk() {
  std::vector<FolderFile> kept;
  for (FolderFile& file : m_folder.files) {
    if (is_laid_over(file.path)) kept.push_back(std::move(file));
  }
  Result<Folder> read = read_folder(m_root, pathway::document_extensions());
  Folder before = std::move(m_folder);
  m_folder = read ? *std::move(read) : Folder{m_root.string(), {}, {}};
  if (!read) m_folder.findings.push_back({"unreadable-folder", Severity::error, "pathway.yaml", {}, read.error().message, read.error().way_out});
  m_pages.clear();
  m_state = State::stale;
  m_fingerprint = fingerprint_of(m_root, m_folder);
  for (FolderFile& file : kept) put(file.path, std::move(file.bytes));
}

void PathwayFolder::read_disk(const std::string& file) {
  if (is_laid_over(file)) return;
  Result<std::string> bytes = read_file(m_root / file, FolderLimits{}.max_file_bytes);
  // Whatever else may be wrong with it, the folder as a whole knows how to say.
  if (!bytes && bytes.error().kind != Error::Kind::not_found) return read_disk();
  if (bytes) {
    put(file, *std::move(bytes));
  } else {
    remove(file);
  }
  m_fingerprint = fingerprint_of(m_root, m_folder);
}

void PathwayFolder::lay_over(const std::string& file, std::string text) {
  m_laid_over.insert(file);
  put(file, std::move(text));
}

void PathwayFolder::take_off(const std::string& file) {
  if (m_laid_over.erase(file) > 0) read_disk(file);
}

bool PathwayFolder::has_changed_on_disk() const { return fingerprint_of(m_root, m_folder) != m_fingerprint; }

void PathwayFolder::put(const std::string& file, std::string bytes) {
  const auto at = std::lower_bound(m_folder.files.begin(), m_folder.files.end(), file, by_path);
  if (at != m_folder.files.end() && at->path == file) {
    if (at->bytes == bytes) return;
    at->bytes = std::move(bytes);
  } else {
    m_folder.files.insert(at, {file, std::move(bytes)});
  }
  m_pages.erase(file);
  m_state = State::stale;
}

void PathwayFolder::remove(const std::string& file) {
  if (std::erase_if(m_folder.files, [&](const FolderFile& each) { return each.path == file; }) == 0) return;
  m_pages.erase(file);
  m_state = State::stale;
}

void PathwayFolder::check(Date today) {
  if (!m_checking.check_quickly(m_folder, today)) return settle(today);
  m_state = State::quickly_checked;
}

void PathwayFolder::settle(Date today) {
  m_checking.check_all(m_folder, today);
  m_state = State::settled;
}

const Page* PathwayFolder::page(std::string_view file) const {
  if (const auto known = m_pages.find(file); known != m_pages.end()) return known->second.get();
  const auto at = std::lower_bound(m_folder.files.begin(), m_folder.files.end(), file, by_path);
  if (at == m_folder.files.end() || at->path != file) return nullptr;
  return m_pages.emplace(at->path, read_page(at->path, at->bytes)).first->second.get();
}

std::vector<const Page*> PathwayFolder::pages() const {
  std::vector<const Page*> all;
  for (const FolderFile& file : m_folder.files) all.push_back(page(file.path));
  return all;
}

const Page* PathwayFolder::page_of(const Target& target) const {
  for (const Page* const page : pages()) {
    if (page->is_document() && page->target.kind == target.kind && page->target.id == target.id) return page;
  }
  return nullptr;
}

bool PathwayFolder::has_level(std::string_view id) const { return page_of({Target::Kind::level, std::string(id), {}}) != nullptr; }

std::optional<Occurrence> PathwayFolder::at(std::string_view file, Position position) const {
  const Page* const page = this->page(file);
  if (page == nullptr) return std::nullopt;
  const Occurrence* best = nullptr;
  for (const Occurrence& each : page->occurrences) {
    if (!touches(each.span, position)) continue;
    const bool is_level_mark =
        each.role == Occurrence::Role::reference && each.symbol.kind == Symbol::Kind::page && each.symbol.target.kind == Target::Kind::level;
    const bool same_letters = best != nullptr && best->span == each.span;
    if (same_letters ? is_level_mark && has_level(each.symbol.target.id) : best == nullptr || width(each.span) < width(best->span)) best = &each;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

std::optional<Found> PathwayFolder::definition(const Symbol& symbol) const {
  for (const Page* const page : pages()) {
    for (const Occurrence& each : page->occurrences) {
      if (each.role == Occurrence::Role::definition && each.symbol == symbol) return Found{page->source.name(), each};
    }
  }
  return std::nullopt;
}

std::vector<Found> PathwayFolder::occurrences(const Symbol& symbol) const {
  std::vector<Found> found;
  for (const Page* const page : pages()) {
    for (const Occurrence& each : page->occurrences) {
      if (each.symbol == symbol) found.push_back({page->source.name(), each});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::tie(a.file, a.occurrence.span.begin) < std::tie(b.file, b.occurrence.span.begin);
  });
  return found;
}

}  // namespace waymark::editor
