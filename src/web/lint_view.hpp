/// What lint found in the documents that are shown, with the words concerned cut out while the documents are at hand.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/folder.hpp"
#include "pathway/pathway.hpp"

namespace waymark::web {

/// Immutable once made.
struct LintView {
  struct Found {
    Finding finding;
    std::string before;  ///< the line up to the place, cut at a word; "…" where something was cut
    std::string marked;  ///< what the finding is about; may be empty
    std::string after;
  };
  std::vector<Found> found;  ///< of pathway.yaml, then by file and place
  std::string share;         ///< lint::told_share
  std::size_t allowed = 0;   ///< allowed in place
};

[[nodiscard]] std::shared_ptr<const LintView> make_lint_view(const Folder& folder, const pathway::Loaded& loaded, Date today);

}  // namespace waymark::web
