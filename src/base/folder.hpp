/// A folder of text files, read once into memory: what everything that "takes a folder" works on, so that tests, uploads
/// and the embedded starter need no disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/finding.hpp"

namespace waymark {

struct FolderFile {
  std::string path;   ///< relative, forward slashes, no "." or ".."
  std::string bytes;  ///< as on disk
};

struct Folder {
  std::string name;               ///< as the person named it
  std::vector<FolderFile> files;  ///< by path
  Findings findings;              ///< what could not be read: `symlink-outside`, `file-too-large`, `unreadable-file`, …

  [[nodiscard]] const FolderFile* find(std::string_view path) const;
};

struct FolderLimits {
  std::size_t max_file_bytes = 8u << 20;
  std::size_t max_files = 20'000;
  int max_depth = 16;
};

/// Reads the files below `root` whose extension (".md", lower case) is listed; hidden files and folders are left alone. A
/// symbolic link is followed only inside `root`. Fails with not_found when there is no such folder.
[[nodiscard]] Result<Folder> read_folder(const std::filesystem::path& root, const std::vector<std::string>& extensions, FolderLimits limits = {});

[[nodiscard]] Folder folder_of(embedded::Files files, std::string name);

/// Writes all files below `root`, which must be absent or an empty folder (conflict otherwise). Written aside first and renamed
/// into place, so that a stop in the middle leaves nothing half-made.
[[nodiscard]] Result<void> write_folder(const Folder& folder, const std::filesystem::path& root);

/// Writes these files below `root`, which is there, and removes others; whatever else it holds stays. All new bytes are on the disk before the first file is
/// replaced; when one cannot be, those before it are put back.
[[nodiscard]] Result<void> update_folder(const std::vector<FolderFile>& write, const std::vector<std::string>& remove,
                                         const std::filesystem::path& root);

/// Whole file, or not_found / unavailable.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes = 64u << 20);
/// Atomically, by rename.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace waymark
