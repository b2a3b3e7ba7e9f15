/// Writing a folder whose files lie in several places.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace waymark {

struct FileToWrite {
  std::string path;        ///< as of a FolderFile
  std::string_view bytes;  ///< must outlive the writing
};

/// As write_folder of a Folder (base/folder.hpp).
[[nodiscard]] Result<void> write_folder(const std::vector<FileToWrite>& files, const std::filesystem::path& root);

}  // namespace waymark
