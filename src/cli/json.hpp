/// What `--json` prints. Scripts depend on these shapes: keys are added, never renamed or removed.
///
///     PATHWAY   {"name", "version_label", "version": twelve hex digits, "hash"}
///     ROUTE     {"from", "to", "kind": "onward" | "return", "note"}
///     CRITERION {"id": "SSE.drives-design", "title", "text", "link"}
///     PLACE     {"id", "title", "track", "scope", "scope_position", "autonomy", "span", "shift", "dormant", "link"}
///     SECTION   {"id", "title", "text"}
///
/// Text is plain, one block a line; link is an address when the pathway has a url, else a path on the served site. What is not there is an empty
/// string, an empty array or null, never a missing key.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/lint.hpp"
#include "pathway/cite.hpp"
#include "pathway/difference.hpp"
#include "pathway/search.hpp"
#include "pathway/version_difference.hpp"

namespace boost::json {
class value;
}

namespace waymark::cli {

/// Two spaces a level, numbers as people write them, a line end behind it.
[[nodiscard]] std::string pretty_json(const boost::json::value& value);

/// {"pathway", "tracks": [{"id", "title", "summary", "places": [PLACE]}], "routes": [ROUTE]}
[[nodiscard]] std::string places_json(const pathway::Pathway& pathway);
/// {"pathway", …PLACE, "when", "band", "summary", "sections": [SECTION], "criteria": [CRITERION], "stops_counting": [{"criterion", "because"}],
/// "routes": [ROUTE], "equals": [id], "archetype": null | SECTION}
[[nodiscard]] std::string level_json(const pathway::Pathway& pathway, const pathway::Level& level, const pathway::Archetype* archetype);
/// {"pathway", "kind": "capability" | "archetype" | "fork", "id", "title", "summary", "text", "levels": [SECTION, the id is the level's],
/// "sections": [SECTION]}; of the fork, levels are its ways, "stay" among them.
[[nodiscard]] std::string capability_json(const pathway::Pathway& pathway, const pathway::Capability& capability);
[[nodiscard]] std::string archetype_json(const pathway::Pathway& pathway, const pathway::Archetype& archetype);
[[nodiscard]] std::string fork_json(const pathway::Pathway& pathway, const pathway::Fork& fork);
/// {"pathway", "routes": [ROUTE], "leads_here": [ROUTE]}; without a level all routes, and leads_here is empty.
[[nodiscard]] std::string routes_json(const pathway::Pathway& pathway, const pathway::Level* level);
/// {"pathway", "differences": [{"from": PLACE, "to": PLACE, "route": null | ROUTE, "keeps": [CRITERION], "starts": [CRITERION],
/// "stops": [CRITERION with "because": null | text], "not_yet": null | text}]}
[[nodiscard]] std::string differences_json(const pathway::Pathway& pathway, const std::vector<pathway::Difference>& differences);
/// {"before": PATHWAY, "after": PATHWAY, "changes": [{"kind", "subject", "summary", "words": [{"kind": "same" | "removed" | "added", "text"}]}]}
[[nodiscard]] std::string changes_json(const pathway::Pathway& before, const pathway::Pathway& after,
                                       const std::vector<pathway::VersionChange>& changes);
/// {"pathway", "id", "title", "words", "version", "link"}
[[nodiscard]] std::string cited_json(const pathway::Pathway& pathway, const pathway::CitedWords& cited);
/// {"pathway", "query", "hits": [{"title", "where", "id", "link", "passage": [{"text", "match"}], "score"}]}
[[nodiscard]] std::string hits_json(const pathway::Pathway& pathway, const std::string& query, const std::vector<pathway::Hit>& hits);
/// {"folder", "usable", "errors", "warnings", "notes", "findings": [{"file", "line", "column", "end_line", "end_column", "severity", "rule", "message",
/// "way_out", "related": [{"file", "line", "column", "message"}], "fixes": [{"kind": "mechanical" | "suggestion", "title", "edits": [{"file", "line", "column",
/// "end_line", "end_column", "text"}]}]}], "allowed": number, "criteria": number, "criteria_in_doubt": number, "criteria_vague": number,
/// "criteria_perhaps_vague": number}; files are relative to the folder.
[[nodiscard]] std::string findings_json(const std::string& folder, bool usable, const lint::Linted& linted);

struct ShownSetting {
  std::string key;
  std::vector<std::string> values;  ///< of a secret, none
  std::string from;
  std::string help;
  bool hidden = false;              ///< a secret that is set
};
/// {"settings": [{"key", "values": [text], "hidden": a secret that is set, "from", "help"}]}
[[nodiscard]] std::string settings_json(const std::vector<ShownSetting>& settings);

}  // namespace waymark::cli
