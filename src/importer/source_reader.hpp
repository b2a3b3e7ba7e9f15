/// Files of any form → one outline.
#pragma once

#include <filesystem>
#include <functional>

#include "base/error.hpp"
#include "base/folder.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

/// Called now and then with how far reading has come, from 0 to 1.
using Progress = std::function<void(double)>;

/// The files below a folder that could hold text, or one file. Fails with not_found when there is none.
[[nodiscard]] Result<Folder> read_source(const std::filesystem::path& source);

/// Takes the files out of `folder` one by one while it reads them, so that no text is held twice.
[[nodiscard]] SourceOutline read_outline(Folder folder, const Progress& progress);

}  // namespace waymark::importer
