#include <algorithm>
#include <map>
#include <memory>

#include <fmt/core.h>

#include "base/hash.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "pathway/loading.hpp"

namespace waymark::pathway {
namespace {

using namespace loading;

bool is_document(const FolderFile& file) {
  const auto in = [&](std::string_view folder) {
    return file.path.starts_with(folder) && file.path.ends_with(".md") && file.path.find('/', folder.size()) == std::string::npos;
  };
  return file.path == "pathway.yaml" || in("levels/") || in("capabilities/") || in("archetypes/");
}

bool is_read(const FolderFile& file, std::string_view fork_page) { return is_document(file) || file.path == fork_page; }

/// Over names and normalised texts, so that a checkout with other line ends is the same version, and a zip in another order.
std::string content_hash(const Folder& folder, std::string_view fork_page) {
  std::vector<const FolderFile*> files;
  for (const FolderFile& file : folder.files) {
    if (is_read(file, fork_page)) files.push_back(&file);
  }
  std::sort(files.begin(), files.end(), [](const FolderFile* a, const FolderFile* b) { return a->path < b->path; });
  std::string all;
  for (const FolderFile* const file : files) {
    const SourceText source(file->path, file->bytes);
    all += fmt::format("{}\n{}\n", file->path, source.text().size());
    all += source.text();
  }
  return sha256_hex(all);
}

template <class Thing>
bool keep_apart(const std::vector<Thing>& known, const Thing& thing, std::string_view what, Report& report) {
  const auto same = std::find_if(known.begin(), known.end(), [&](const Thing& other) { return other.id == thing.id; });
  if (same == known.end()) return true;
  report.error("duplicate-id", thing.place,
               fmt::format("The {} `{}` is already in {}:{}.", what, thing.id.value, same->place.file, same->place.span.begin.line),
               "Give one of them another id; the older one should keep it, because it may have been cited.");
  return false;
}

template <class Thing>
void sort_by_title(std::vector<Thing>& things) {
  std::stable_sort(things.begin(), things.end(), [](const Thing& a, const Thing& b) { return a.title < b.title; });
}

/// A page as it was read, from which bytes, and what was found in it alone.
struct KeptPage {
  std::string bytes;
  std::shared_ptr<const Document> document;
  Findings findings;
};
using KeptPages = std::map<std::string, KeptPage>;

class Loader {
 public:
  Loader(const Folder& folder, Report& report, KeptPages& kept) : m_folder(folder), m_report(report), m_kept(kept) {}

  Pathway load() {
    read_files();
    read_levels();
    check_levels(m_pathway, m_manifest, m_report);
    read_other_pages();
    check_references(m_pathway, m_manifest, m_report);
    check_links(m_pathway, m_manifest, m_documents, m_report);
    return std::move(m_pathway);
  }

 private:
  /// pathway.yaml and every page by itself need no other, so they are read side by side: it is most of what a command like `waymark cite` takes.
  void read_files() {
    std::vector<const FolderFile*> files;
    for (const FolderFile& file : m_folder.files) {
      if (is_document(file) && file.path != "pathway.yaml") files.push_back(&file);
    }
    std::vector<KeptPage> pages(files.size());
    parallel_for(files.size() + 1, [&](std::size_t i) {
      if (i == 0) {
        read_manifest_file();
        m_pathway.hash = content_hash(m_folder, m_pathway.fork ? m_pathway.fork->page : std::string());
        return;
      }
      const FolderFile& file = *files[i - 1];
      KeptPage& page = pages[i - 1];
      if (const auto kept = m_kept.find(file.path); kept != m_kept.end() && kept->second.bytes == file.bytes) {
        page = std::move(kept->second);
        return;
      }
      page.bytes = file.bytes;
      Report report(page.findings);
      page.document = std::make_shared<const Document>(read_document(file, FrontMatterNeed::required, report));
    });
    m_kept.clear();
    for (std::size_t i = 0; i < files.size(); ++i) {
      m_report.take(pages[i].findings);
      m_documents.push_back(pages[i].document);
      m_kept.emplace(files[i]->path, std::move(pages[i]));
    }
  }

  void read_manifest_file() {
    const FolderFile* manifest_file = m_folder.find("pathway.yaml");
    m_manifest.is_broken = manifest_file == nullptr;
    if (m_folder.files.empty()) {
      m_report.error("empty-folder", {"pathway.yaml", {}}, "The folder holds no pathway: neither pathway.yaml nor any page.",
                     "`waymark init DIR` writes a complete pathway to begin from.");
    } else if (manifest_file == nullptr) {
      m_report.error("no-pathway-file", {"pathway.yaml", {}}, "The folder has no pathway.yaml.",
                     "`waymark init DIR` writes a complete pathway to begin from; doc/pathway-format.md describes the file.");
    } else {
      read_manifest(*manifest_file, m_pathway, m_manifest, m_report);
    }
  }

  template <class Read>
  void for_each_page(std::string_view folder, const Read& read) {
    for (const auto& document : m_documents) {
      if (document->source.name().starts_with(folder)) read(*document);
    }
  }

  void read_levels() {
    for_each_page("levels/", [&](const Document& document) {
      std::optional<Level> level = read_level(document, m_pathway, m_report);
      if (!level) {
        const std::string& name = document.source.name();
        m_manifest.broken_pages.insert(name.substr(name.rfind('/') + 1, name.rfind('.') - name.rfind('/') - 1));
      } else if (keep_apart(m_pathway.levels, *level, "level", m_report)) {
        m_pathway.levels.push_back(std::move(*level));
      }
    });
    const bool no_page =
        std::none_of(m_documents.begin(), m_documents.end(), [](const auto& document) { return document->source.name().starts_with("levels/"); });
    if (m_pathway.levels.empty() && !m_folder.files.empty() && no_page) {
      m_report.error("no-levels", {"pathway.yaml", {}}, "The pathway has no level: no page in levels/.",
                     "Write one page a level, as doc/pathway-format.md shows.");
    }
  }

  void read_other_pages() {
    for_each_page("capabilities/", [&](const Document& document) {
      std::optional<Capability> capability = read_capability(document, m_pathway, m_manifest, m_report);
      if (capability && keep_apart(m_pathway.capabilities, *capability, "capability", m_report))
        m_pathway.capabilities.push_back(std::move(*capability));
    });
    for_each_page("archetypes/", [&](const Document& document) {
      std::optional<Archetype> archetype = read_archetype(document, m_pathway, m_manifest, m_report);
      if (archetype && keep_apart(m_pathway.archetypes, *archetype, "archetype", m_report)) m_pathway.archetypes.push_back(std::move(*archetype));
    });
    sort_by_title(m_pathway.capabilities);
    sort_by_title(m_pathway.archetypes);
    if (!m_pathway.fork || m_pathway.fork->page.empty()) return;
    const FolderFile* page = m_folder.find(m_pathway.fork->page);
    if (page == nullptr) {
      m_report.error("dangling-link", {"pathway.yaml", {}}, fmt::format("The page of the fork, {}, is not there.", m_pathway.fork->page),
                     "Write it, or leave `page:` out.");
      return;
    }
    m_documents.push_back(std::make_shared<const Document>(read_document(*page, FrontMatterNeed::optional, m_report)));
    read_fork_page(*m_documents.back(), *m_pathway.fork, m_report);
  }

  const Folder& m_folder;
  Report& m_report;
  KeptPages& m_kept;
  Pathway m_pathway;
  Manifest m_manifest;
  std::vector<std::shared_ptr<const Document>> m_documents;
};

}  // namespace

struct LoadMemory::Pages {
  KeptPages by_file;
};

LoadMemory::LoadMemory() : m_pages(std::make_unique<Pages>()) {}
LoadMemory::LoadMemory(LoadMemory&&) noexcept = default;
LoadMemory& LoadMemory::operator=(LoadMemory&&) noexcept = default;
LoadMemory::~LoadMemory() = default;

Loaded load(const Folder& folder) {
  LoadMemory memory;
  return load(folder, memory);
}

Loaded load(const Folder& folder, LoadMemory& memory) {
  Loaded loaded;
  loaded.findings = folder.findings;
  Report report(loaded.findings);
  Pathway pathway = Loader(folder, report, memory.m_pages->by_file).load();
  sort_findings(loaded.findings);
  (has_errors(loaded.findings) ? loaded.unusable : loaded.pathway) = std::move(pathway);
  return loaded;
}

Folder documents_of(const Folder& folder, const Pathway& pathway) {
  Folder documents{folder.name, {}, {}};
  for (const FolderFile& file : folder.files) {
    if (is_read(file, pathway.fork ? pathway.fork->page : std::string())) {
      documents.files.push_back({file.path, std::string(SourceText(file.path, file.bytes).text())});
    }
  }
  return documents;
}

const std::vector<std::string>& document_extensions() {
  static const std::vector<std::string> extensions{".md", ".yaml"};
  return extensions;
}

}  // namespace waymark::pathway
