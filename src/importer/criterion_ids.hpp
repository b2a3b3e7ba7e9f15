/// An id is a citation for ever: what the source says in other words keeps it, and nothing else gets it.
#pragma once

#include "base/folder.hpp"

namespace waymark::importer {

/// `fresh` with the ids that `base`, the draft of the import before, gave the same criteria. On each level page a criterion is the same when its words are, or
/// when most of them are and it stands in the same place: under the same heading, and more alike the less it does. A criterion of `fresh` that is like none has
/// an id that no criterion of that page had before.
[[nodiscard]] Folder keep_ids(const Folder& base, Folder fresh);

}  // namespace waymark::importer
