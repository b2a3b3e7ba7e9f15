/// Published versions as text and for scripts.
#pragma once

#include <string>
#include <vector>

#include "cli/page.hpp"
#include "release/publishing.hpp"

namespace waymark::cli {

/// One of the list: name, standing, who, when, note.
void tell_version(Page& page, const release::Version& version, const std::optional<release::Version>& in_force);
/// What stands in the way, each with its way out.
void tell_obstacles(Page& page, const std::vector<release::Obstacle>& obstacles);
/// What became of a citation.
void tell_fate(Page& page, const release::Fate& fate);

/// {"versions": [VERSION], "next": null | hash}; VERSION is {"hash", "version", "label", "name", "predecessor": null | hash, "author", "note", "effective", "until": null | day, "published_at",
/// "in_force": whether today, "despite": [text], "because", "withdrawn": null | {"at", "why"}}
[[nodiscard]] std::string versions_json(const release::VersionPage& page, const std::optional<release::Version>& in_force);
/// VERSION with "changes": [{"kind", "subject", "from", "summary", "same_meaning", "words": [{"kind", "text"}]}]
[[nodiscard]] std::string version_json(const release::Version& version, const std::optional<release::Version>& in_force,
                                       const std::vector<release::Change>& changes);
/// {"id", "title", "words", "version": VERSION, "fate": {"state", "now": null | id, "rewordings", "steps": [{"kind", "version", "effective", "to": null | id,
/// "because"}]}}
[[nodiscard]] std::string cited_version_json(const release::Cited& cited, const std::optional<release::Version>& in_force, const release::Fate& fate);

}  // namespace waymark::cli
