/// Folders as zip archives: what is uploaded, and what is downloaded.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/folder.hpp"

namespace waymark::importer {

struct ArchiveLimits {
  std::size_t max_bytes = 32u << 20;  ///< unpacked, all files together
  std::size_t max_files = 5000;
};

[[nodiscard]] bool is_zip(std::string_view bytes);

/// The ordinary files in it, in memory; a folder that holds all the others is left out of their paths. Fails with bad_input where it is no zip, is encrypted,
/// unpacks to more than the limits, or a path leads out of it.
[[nodiscard]] Result<Folder> folder_of_zip(const std::string& name, std::string_view bytes, ArchiveLimits limits = {});

/// The same folder always gives the same bytes.
[[nodiscard]] Result<std::string> zip_of(const Folder& folder);

}  // namespace waymark::importer
