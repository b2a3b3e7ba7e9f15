#include "importer/source_links.hpp"

#include <filesystem>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

std::string key_of(std::filesystem::path path) {
  path = path.lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  const std::string extension = to_lower_ascii(path.extension().string());
  if (extension == ".md" || extension == ".markdown" || extension == ".html") path.replace_extension();
  const std::string name = to_lower_ascii(path.filename().string());
  if (name == "index" || name == "_index" || name == "readme") path = path.parent_path();
  return to_lower_ascii(path.generic_string());
}

const Document* find(const std::map<std::string, const Document*, std::less<>>& documents, std::string_view key) {
  const auto at = documents.find(key);
  return at == documents.end() ? nullptr : at->second;
}

}  // namespace

SourceLinks::SourceLinks(const SourceOutline& outline) {
  for (const Document& document : outline.documents) {
    m_paths.emplace(document.path, &document);
    const std::string key = key_of(document.path);
    m_keys.emplace(key, &document);
    for (std::size_t slash = key.find('/'); slash != std::string::npos; slash = key.find('/', slash + 1))
      m_ends.emplace(key.substr(slash + 1), &document);
  }
}

const Document* SourceLinks::document(std::string_view path) const { return find(m_paths, path); }

const Document* SourceLinks::target(const Document& from, std::string_view link) const {
  link = link.substr(0, link.find_first_of("#?"));
  if (link.empty()) return &from;
  const std::filesystem::path written{std::string(link)};
  const std::string wanted = key_of(written.is_absolute() ? written.relative_path() : std::filesystem::path(from.path).parent_path() / written);
  if (const Document* whole = find(m_keys, wanted)) return whole;
  return wanted.empty() ? nullptr : find(m_ends, wanted);
}

}  // namespace waymark::importer
