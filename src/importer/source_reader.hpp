/// Files of any form → one outline.
#pragma once

#include <filesystem>
#include <functional>

#include "base/error.hpp"
#include "base/folder.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

/// Called now and then with how far reading has come, from 0 to 1; from any thread, but from one at a time.
using Progress = std::function<void(double)>;

/// The files below a folder that could hold text, those of a zip, or one file. Fails with not_found when there is none, and with bad_input for a zip that
/// folder_of_zip refuses and for an office document.
[[nodiscard]] Result<Folder> read_source(const std::filesystem::path& source);

/// Reads the files side by side, and takes each out of `folder` while it does, so that no text is held twice. The order of the files changes nothing.
[[nodiscard]] SourceOutline read_outline(Folder folder, const Progress& progress);

}  // namespace waymark::importer
