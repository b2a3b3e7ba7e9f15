/// A folder as git keeps it, by libgit2. No other file sees it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/folder.hpp"

namespace waymark::cli {

/// The files of `folder` whose extension is listed, as they were at `revision` (whatever `git rev-parse` understands: a commit, a branch, HEAD~2). A folder that was not there then is
/// empty. Fails where `folder` is in no git checkout, or `revision` names nothing.
[[nodiscard]] Result<Folder> folder_at_revision(const std::filesystem::path& folder, const std::string& revision,
                                                const std::vector<std::string>& extensions);

}  // namespace waymark::cli
