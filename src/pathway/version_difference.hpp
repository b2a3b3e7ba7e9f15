/// The semantic difference between two versions of a pathway: what an owner publishes and what people are told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/word_diff.hpp"
#include "pathway/pathway.hpp"

namespace waymark::pathway {

struct VersionChange {
  enum class Kind {
    criterion_added, criterion_reworded, criterion_moved, criterion_retired,
    criterion_vanished,  ///< gone without an entry under `retired`
    level_added, level_removed, level_changed, route_added, route_removed, route_changed, threshold_added, threshold_removed, threshold_changed,
    capability_changed, archetype_changed, fork_changed, equivalences_changed, tracks_changed, axis_changed, pathway_changed,
  };
  Kind kind = Kind::pathway_changed;
  std::string subject;          ///< "SSE.drives-design", "SSE", "SSE → TTL", "graduate-months"
  std::string summary;          ///< one sentence
  std::vector<WordEdit> words;  ///< of what was reworded; may be empty
  std::string from = {};        ///< of a criterion that moved: its id before
};

[[nodiscard]] std::string_view to_string(VersionChange::Kind kind);  ///< "criterion-added"

/// Grouped by kind, then by subject. Empty exactly when both say the same. A criterion whose anchor is found unchanged in another level is moved; one
/// whose text is found under another anchor is retired there and added here.
[[nodiscard]] std::vector<VersionChange> compare_versions(const Pathway& before, const Pathway& after);

}  // namespace waymark::pathway
