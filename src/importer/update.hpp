/// An import once more, into a folder that people have edited since: what changed in the source goes in, what they changed stays.
#pragma once

#include <string>
#include <vector>

#include "base/folder.hpp"

namespace waymark::importer {

/// The folder inside a draft that holds the draft as it was imported; hidden, so that nothing reads it as text of the pathway.
inline constexpr std::string_view base_folder = ".import";

struct DraftUpdate {
  struct Change {
    enum class Kind {
      updated,  ///< the source changed, nobody else
      merged,   ///< both changed, in different places
      added,
      removed,
      deleted,   ///< somebody took it out, and the source has changed it since: it stays out
      kept,      ///< the source has no more what stands here, but it was edited: it stays
      conflict,  ///< both changed the same lines: the edit stands, and the report says what the source says now
    };
    Kind kind = Kind::updated;
    std::string path;
    std::size_t line = 0;     ///< of a conflict, in the folder as it is now
    std::string source_says;  ///< of a conflict
  };

  std::vector<FolderFile> write;    ///< files that change or come
  std::vector<std::string> remove;  ///< files that go
  std::vector<Change> changes;      ///< by path
};

/// `base` is the draft of the import before, `edited` the folder as it is now, `fresh` the draft of this import with its ids kept (criterion_ids.hpp). What is in
/// none of the drafts is left alone, and what somebody deleted stays deleted. Merges line by line, as diff3 does. The import's report names the changes.
[[nodiscard]] DraftUpdate update_draft(const Folder& base, const Folder& edited, const Folder& fresh);

/// "levels/x.md: changed as in the source": one change as a sentence, without a mark at its end where a path stands there.
[[nodiscard]] std::string to_string(const DraftUpdate::Change& change);

/// The same files below base_folder, to be written beside a draft.
[[nodiscard]] std::vector<FolderFile> base_files(const Folder& draft);

}  // namespace waymark::importer
