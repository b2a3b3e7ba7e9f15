/// For tests: the small complete pathway of tests/fixtures, on a disk of its own, with buffers over it.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "editor/features.hpp"
#include "editor/text_places.hpp"
#include "temporary_folder.hpp"

namespace waymark::editor::testing {

inline const Date a_day = Date{std::chrono::local_days{std::chrono::year(2026) / 3 / 2}};

class GoodFolder {
 public:
  GoodFolder() {
    std::filesystem::copy(WAYMARK_SOURCE_DIR "/tests/fixtures/pathways/good", root(), std::filesystem::copy_options::recursive);
    m_folder.emplace(root());
    m_folder->settle(a_day);
  }

  [[nodiscard]] std::filesystem::path root() const { return m_disk.path() / "pathway"; }
  [[nodiscard]] PathwayFolder& folder() { return *m_folder; }
  [[nodiscard]] std::string text(const std::string& file) const { return std::string(m_folder->page(file)->source.text()); }

  /// Lays a text over a file in which `from` is `to`.
  void replace(const std::string& file, std::string_view from, std::string_view to) { m_folder->lay_over(file, replace_all(text(file), from, to)); }

  /// The position `ahead` characters into the first `words` of a file.
  [[nodiscard]] Position at(const std::string& file, std::string_view words, std::size_t ahead = 0) const {
    const SourceText& source = m_folder->page(file)->source;
    return source.position(source.text().find(words) + ahead);
  }
  [[nodiscard]] Position end(const std::string& file) const { return end_of(m_folder->page(file)->source); }

  /// A text after the edits of a change that are in it.
  [[nodiscard]] std::string after(const Change& change, const std::string& file) const {
    const SourceText& source = m_folder->page(file)->source;
    std::string text(source.text());
    std::vector<Edit> edits;
    for (const Edit& edit : change.edits) {
      if (edit.file == file) edits.push_back(edit);
    }
    std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
    for (const Edit& edit : edits) {
      const std::size_t begin = offset_of(source, edit.span.begin);
      text.replace(begin, offset_of(source, edit.span.end) - begin, edit.text);
    }
    return text;
  }

  /// Renames on disk as an editor would, and reads it again.
  void apply(const Change& change) {
    for (const FolderFile& file : std::vector<FolderFile>(m_folder->documents().files))
      (void)write_file(root() / file.path, after(change, file.path));
    for (const auto& [from, to] : change.renamed_files) std::filesystem::rename(root() / from, root() / to);
    m_folder->read_disk();
    m_folder->settle(a_day);
  }

  [[nodiscard]] std::vector<std::string> rules(const std::string& file) const {
    std::vector<std::string> found;
    for (const Finding& finding : m_folder->findings()) {
      if (finding.file == file) found.push_back(finding.rule);
    }
    return found;
  }

 private:
  TemporaryFolder m_disk;
  std::optional<PathwayFolder> m_folder;
};

}  // namespace waymark::editor::testing
