/// One pathway folder as its authors see it now: the files on disk, with the unsaved buffers of the editor laid over them.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/folder.hpp"
#include "editor/checking.hpp"
#include "editor/page.hpp"
#include "pathway/pathway.hpp"

namespace waymark::editor {

/// An occurrence and the file it stands in.
struct Found {
  std::string file;
  Occurrence occurrence;
};

/// For one thread. Files are named relative to the root.
class PathwayFolder {
 public:
  /// Reads the folder; one that cannot be read is empty, and its findings say so.
  explicit PathwayFolder(std::filesystem::path root);

  [[nodiscard]] const std::filesystem::path& root() const { return m_root; }
  /// Relative to the root; absent for what lies outside, is hidden, or is neither Markdown nor YAML.
  [[nodiscard]] std::optional<std::string> file_of(const std::filesystem::path& path) const;

  /// Reads everything from disk again; what is laid over stays.
  void read_disk();
  /// Reads one file again, which may have come or gone.
  void read_disk(const std::string& file);
  void lay_over(const std::string& file, std::string text);
  /// Back to what is on disk.
  void take_off(const std::string& file);
  [[nodiscard]] bool is_laid_over(std::string_view file) const { return m_laid_over.contains(file); }
  /// Whether a file on disk has another time or size than when the folder was read. Reads no file.
  [[nodiscard]] bool has_changed_on_disk() const;

  /// Something changed since the last check.
  [[nodiscard]] bool is_stale() const { return m_state == State::stale; }
  /// What was checked last was checked quickly: what pages say beside each other may be out of date.
  [[nodiscard]] bool is_unsettled() const { return m_state != State::settled; }
  /// Finds what is to be mended: at once for the pages that changed (checking.hpp), or whole where that is as well.
  void check(Date today);
  /// Whole, as `waymark lint` does.
  void settle(Date today);
  [[nodiscard]] const Findings& findings() const { return m_checking.findings(); }
  /// The last one that could be loaded, also while the documents are broken; nullptr when there was none.
  [[nodiscard]] const pathway::Pathway* pathway() const { return m_checking.pathway() ? &*m_checking.pathway() : nullptr; }

  [[nodiscard]] const Folder& documents() const { return m_folder; }
  /// nullptr when there is no such file. Good until the file changes.
  [[nodiscard]] const Page* page(std::string_view file) const;
  /// All of them, by path.
  [[nodiscard]] std::vector<const Page*> pages() const;
  /// The page of a level, capability, archetype or the fork; nullptr when there is none.
  [[nodiscard]] const Page* page_of(const pathway::Target& target) const;

  /// What stands at a position, its end included. Of a heading's id that is also a level's, the level.
  [[nodiscard]] std::optional<Occurrence> at(std::string_view file, Position position) const;
  /// Where a symbol is defined; absent when it is not, or has no letters of its own there.
  [[nodiscard]] std::optional<Found> definition(const Symbol& symbol) const;
  /// Everywhere, by file and place, the definition included.
  [[nodiscard]] std::vector<Found> occurrences(const Symbol& symbol) const;
  [[nodiscard]] bool has_level(std::string_view id) const;

 private:
  void put(const std::string& file, std::string bytes);
  void remove(const std::string& file);

  std::filesystem::path m_root;
  Folder m_folder;
  std::set<std::string, std::less<>> m_laid_over;
  std::uint64_t m_fingerprint = 0;
  enum class State { stale, quickly_checked, settled } m_state = State::stale;
  Checking m_checking;
  mutable std::map<std::string, std::shared_ptr<const Page>, std::less<>> m_pages;  ///< absent until asked for
};

}  // namespace waymark::editor
